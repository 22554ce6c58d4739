import os
from pathlib import Path

import psutil
import pytest

from mikazuki.engines.machine import cpu_threads, gpus, memory_available, parse_gpus


def test_threads_are_bounded_by_a_containers_quota(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(psutil, "cpu_count", lambda **_: 64)
    if hasattr(os, "sched_getaffinity"):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(64)))
    quota = tmp_path / "cpu.max"
    for text, threads in (("350000 100000", 4), ("50000 100000", 1), ("max 100000", 64), ("strange", 64)):
        quota.write_text(text, encoding="ascii")
        assert cpu_threads(quota) == threads
    assert cpu_threads(tmp_path / "none") == 64


def test_a_persons_wish_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    assert cpu_threads() == 7
    for nonsense in ("0", "many", ""):
        monkeypatch.setenv("OMP_NUM_THREADS", nonsense)
        assert cpu_threads() >= 1


def test_the_drivers_table() -> None:
    found = parse_gpus("0, NVIDIA GeForce RTX 4090, 24564, 23000, 560.94\n1, Broken, [N/A], 1, 2\nsomething else\n")
    assert [(gpu.index, gpu.name, gpu.total, gpu.driver) for gpu in found] == [
        (0, "NVIDIA GeForce RTX 4090", 24564 * 2**20, "560.94")
    ]


def test_without_a_driver_there_are_no_gpus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert gpus() == []
    assert memory_available() > 0
