"""The process's border: every end has its exit code, its event, and words for a person."""

import errno
import os
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED, EXIT_WRONG_REQUEST, MikazukiError
from mikazuki.events import STOP_FILE
from mikazuki.settings.load import dump_toml
from mikazuki.settings.train import TrainSettings
from mikazuki.training import __main__ as program
from tests.training import making
from tests.training.conftest import MakeSettings

pytestmark = pytest.mark.tiny

Start = Callable[[TrainSettings], tuple[int, dict[str, Any]]]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Run the program as its command line would; return the exit code and the last event."""

    def run(settings: TrainSettings) -> tuple[int, dict[str, Any]]:
        job = tmp_path / "job"
        job.mkdir(exist_ok=True)
        (job / "config.toml").write_text(dump_toml(settings), encoding="utf-8")
        monkeypatch.setattr("sys.argv", ["training", "--config_file", str(job / "config.toml")])
        return program.main(), making.read_events(job)[-1]

    return run


def output(settings: TrainSettings) -> dict[str, bytes]:
    """Return the files below output_dir and what is in them."""
    folder = Path(settings.output_dir)
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_done(start: Start, make_settings: MakeSettings) -> None:
    code, last = start(make_settings(max_train_steps=1))
    assert (code, last["kind"]) == (EXIT_DONE, "done")


def test_stopped(start: Start, make_settings: MakeSettings, tmp_path: Path) -> None:
    (tmp_path / "job").mkdir()
    (tmp_path / "job" / STOP_FILE).touch()
    code, last = start(make_settings())
    assert (code, last["kind"], last["step"]) == (EXIT_STOPPED, "stopped", 1)


def test_a_wrong_request(start: Start, make_settings: MakeSettings, caplog: pytest.LogCaptureFixture) -> None:
    code, last = start(make_settings(Path("nowhere.safetensors")))
    assert (code, last["kind"], last["code"]) == (EXIT_WRONG_REQUEST, "failed", "model-not-found")
    assert "Traceback" not in caplog.text


def test_settings_that_are_wrong(start: Start, make_settings: MakeSettings, tmp_path: Path) -> None:
    start(make_settings(max_train_steps=1))
    config = tmp_path / "job" / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("max_train_steps = 1", "max_train_steps = 0"))
    assert program.main() == EXIT_WRONG_REQUEST
    assert making.read_events(tmp_path / "job")[-1]["kind"] == "failed"


def test_a_fault_of_ours_leaves_its_traceback_in_the_log(
    start: Start, make_settings: MakeSettings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("lost")

    monkeypatch.setattr("mikazuki.training.run.train", broken)
    code, last = start(make_settings())
    assert (code, last["kind"], last["code"], last["exit_code"]) == (EXIT_FAILED, "failed", "internal", EXIT_FAILED)
    assert "KeyError" in last["message"]
    assert "Traceback" in caplog.text


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 7.8 GiB"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:117] . DefaultCPUAllocator: can't allocate memory: you tried"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate(handle)"),
        MemoryError(),
    ],
)
def test_too_little_memory_names_what_to_lower(error: Exception) -> None:
    told = program.as_told(error)
    assert told is not None
    assert (told.code, told.exit_code) == ("out-of-memory", EXIT_FAILED)
    positions = [told.hint.index(name) for name in ("train_batch_size", "gradient_checkpointing", "resolution")]
    assert positions == sorted(positions)


def test_other_errors_are_nobodys_to_mend() -> None:
    assert program.as_told(ValueError("?")) is None
    assert program.as_told(FileNotFoundError(errno.ENOENT, "?")) is None
    wrong = MikazukiError("x", "y")
    assert program.as_told(wrong) is wrong


def test_a_full_disk_leaves_what_was_there(
    start: Start, make_settings: MakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = make_settings(save_every_n_steps=1, save_state=True)
    assert start(settings)[0] == EXIT_DONE
    before = output(settings)
    whole = os.fsync

    def full(handle: int) -> None:
        if len(output(settings)) > len(before):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        whole(handle)

    monkeypatch.setattr("os.fsync", full)
    code, last = start(making.set_anew(settings, learning_rate=0.5))
    assert (code, last["kind"], last["code"]) == (EXIT_FAILED, "failed", "disk-full")
    assert "disk is full" in last["message"]
    assert output(settings) == before


@pytest.mark.parametrize(("part", "limit"), [("file", 30_000), ("state", 60_000)])
def test_a_file_that_cannot_grow_is_no_fault_of_ours(
    start: Start, make_settings: MakeSettings, part: str, limit: int
) -> None:
    """A limit on the size of files makes real writes fail in the middle; the file is refused by name."""
    settings = make_settings(save_state=True, max_train_steps=1)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        code, last = start(settings)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (code, last["kind"], last["code"]) == (EXIT_FAILED, "failed", "not-writable")
    assert "File too large" in last["message"]
    assert ("-state" in last["message"]) == (part == "state")
    assert set(output(settings)) == ({"x.safetensors"} if part == "state" else set())


def test_a_disk_too_full_for_the_event_still_has_an_exit_code(
    start: Start, make_settings: MakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("mikazuki.training.run.train", full)
    start(make_settings())
    monkeypatch.setattr("mikazuki.events.EventWriter.emit", full)
    assert program.main() == EXIT_FAILED
