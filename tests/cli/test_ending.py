"""What is said when a training has ended."""

from pathlib import Path

import pytest

from mikazuki.cli.ending import say_end
from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import State, Status


def said(capsys: pytest.CaptureFixture[str], tmp_path: Path, ended: State, **last: object) -> str:
    status = Status(ended, reason="stopped on request")
    say_end(Job(tmp_path), status, {"kind": ended.value, "time": 0.0, **last}, "builtin", {})
    return capsys.readouterr().out


def test_a_run_without_a_final_file_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = "No model was saved at the end"
    out = said(capsys, tmp_path, State.DONE, path="x-000002.safetensors", bytes=10, text=text, seconds=3)
    assert "x-000002.safetensors" in out
    assert text in out
    assert "None" not in said(capsys, tmp_path, State.DONE, path=None, bytes=None, text=None, seconds=3)


def test_a_stopped_run_says_what_it_left(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = said(capsys, tmp_path, State.STOPPED, step=5, state=None, path="x-step00000005.safetensors")
    assert "No state was saved to go on from, as save_state_on_cancel is off." in out
    assert "The model is in x-step00000005.safetensors." in out
    assert "resume=x-state" in said(capsys, tmp_path, State.STOPPED, step=5, state="x-state", path=None)
