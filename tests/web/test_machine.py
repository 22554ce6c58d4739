"""What the machine says of itself."""

from pathlib import Path

import pytest

from mikazuki.web import machine
from mikazuki.web.machine import MIB, Machine, parse_gpus

TABLE = """0, NVIDIA GeForce RTX 4090, 24564, 1024, 97, 61, 350.12
1, NVIDIA H200 MIG 1g.18gb, 18000, 10, [N/A], [N/A], [N/A]
broken line
2, No memory, [N/A], 1, 2, 3, 4
"""


def test_the_drivers_table_is_read_as_far_as_it_goes() -> None:
    first, second = parse_gpus(TABLE)
    assert (first.index, first.total, first.used) == (0, 24564 * MIB, 1024 * MIB)
    assert (first.utilisation, first.temperature, first.power) == (97, 61, 350.12)
    assert (second.utilisation, second.temperature, second.power) == (None, None, None)


def test_many_askers_cost_one_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def read() -> list[object]:
        asked.append(1)
        return []

    monkeypatch.setattr(machine, "read_gpus", read)
    one = Machine(tmp_path / "not made yet")
    readings = [one.read() for _ in range(20)]
    assert len(asked) == 1
    assert 0 < readings[0].memory_used <= readings[0].memory_total
    assert 0 < readings[0].disk_free <= readings[0].disk_total
    one._at -= machine.KEPT_SECONDS + 1
    one.read()
    assert len(asked) == 2


def test_without_a_driver_there_is_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mikazuki.web.machine.shutil.which", lambda _name: None)
    assert machine.read_gpus() == []
