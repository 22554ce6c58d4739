"""What nvidia-smi says, read."""

import shutil
import subprocess
from typing import Any

import pytest

from mikazuki.setup.hardware import Gpu, parse_gpus, parse_version, probe


def test_cards_are_read_line_by_line() -> None:
    table = "NVIDIA GeForce RTX 5090, 580.65.06, 12.0\nNVIDIA H100, PCIe, 580.65.06, 9.0\n"
    assert parse_gpus(table) == (
        Gpu("NVIDIA GeForce RTX 5090", (580, 65, 6), (12, 0)),
        Gpu("NVIDIA H100, PCIe", (580, 65, 6), (9, 0)),
    )


@pytest.mark.parametrize("cell", ["[N/A]", "[Not Supported]", ""])
def test_a_card_that_does_not_tell_has_no_capability(cell: str) -> None:
    assert parse_gpus(f"GRID A100, 550.54.14, {cell}") == (Gpu("GRID A100", (550, 54, 14), None),)


def test_what_is_no_card_is_left_out() -> None:
    assert parse_gpus("No devices were found\n\n") == ()


@pytest.mark.parametrize(("text", "version"), [("580.65.06", (580, 65, 6)), ("12.0", (12, 0)), ("[N/A]", ()), ("", ())])
def test_versions_end_where_numbers_end(text: str, version: tuple[int, ...]) -> None:
    assert parse_version(text) == version


def _answering(monkeypatch: pytest.MonkeyPatch, answers: dict[str, tuple[int, str]]) -> None:
    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        status, text = answers[command[1].removeprefix("--query-gpu=")]
        return subprocess.CompletedProcess(command, status, text, "")

    monkeypatch.setattr(shutil, "which", lambda _: "nvidia-smi")
    monkeypatch.setattr(subprocess, "run", run)


def test_an_old_driver_that_does_not_know_the_field_is_asked_again_without(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = 'Field "compute_cap" is not a valid field to query.'
    _answering(
        monkeypatch,
        {"name,driver_version,compute_cap": (6, unknown), "name,driver_version": (0, "Tesla T4, 450.80.02")},
    )
    assert probe().gpus == (Gpu("Tesla T4", (450, 80, 2), None),)


def test_a_driver_that_fails_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "Failed to initialize NVML: Driver/library version mismatch"
    _answering(monkeypatch, {"name,driver_version,compute_cap": (18, said), "name,driver_version": (18, said)})
    machine = probe()
    assert machine.gpus == ()
    assert machine.trouble == said


def test_a_machine_without_nvidia_has_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert (probe().gpus, probe().trouble) == ((), "")
