"""Measuring in processes of their own: what each ending means, and that an end leaves no process behind."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from mikazuki.errors import MikazukiError
from mikazuki.preparing import probe as probing
from mikazuki.preparing.probe import Line, Watcher, measure, probe
from mikazuki.preparing.probe_choices import Measured
from mikazuki.settings.train import TrainSettings
from tests.preparing.test_probe_choices import asked, by_batch

GB = 10**9
DONE = {"memory": 5, "free": 10, "seconds": 1.5, "pictures": 4, "size": [64, 96], "device": "cpu", "precision": "no"}

StandIn = Callable[..., None]


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Put a program in the measurement's place that writes an event, a line of log, and ends with a code."""

    def put(event: dict[str, Any] | None, code: int = 0, more: str = "") -> None:
        line = json.dumps({"time": 1.0, **event}) if event else ""
        source = (
            "import os, sys, time, pathlib\n"
            f"folder = pathlib.Path(sys.argv[2]).parent\nline = {line!r}\n"
            "assert 'training.toml' in (folder / 'config.toml').read_text()\n"
            "if line:\n    (folder / 'events.jsonl').write_text(line + '\\n')\n"
            f"print('a word in the log', flush=True)\n{more}\nsys.exit({code})\n"
        )
        (tmp_path / "stand_in_probe.py").write_text(source, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        monkeypatch.setattr(probing, "PROGRAM", "stand_in_probe")

    return put


def never() -> bool:
    return False


def test_figures_come_back(stand_in: StandIn) -> None:
    stand_in({"kind": "done", **DONE, "spills": True})
    assert measure(asked(), 10, never) == Measured(5, 10, 1.5, 4, (64, 96), "cpu", "no", spills=True)


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_a_process_that_the_system_ended_ran_out_of_memory(stand_in: StandIn) -> None:
    stand_in(None, more="os.kill(os.getpid(), 9)")
    assert measure(asked(), 10, never) == Measured(0, 10, None)


def test_what_keeps_the_training_from_starting_is_told(stand_in: StandIn) -> None:
    failed = {"kind": "failed", "code": "model-not-found", "message": "No model.", "hint": "", "exit_code": 2}
    stand_in(failed, code=2)
    with pytest.raises(MikazukiError) as found:
        measure(asked(), None, never)
    assert found.value.code == "model-not-found"
    stand_in({**failed, "code": "out-of-memory"}, code=1)
    assert measure(asked(), 10, never).seconds is None
    stand_in(None, code=3)
    with pytest.raises(MikazukiError, match="a word in the log") as broken:
        measure(asked(), None, never)
    assert broken.value.code == "probe-failed"


def test_an_end_leaves_no_process(stand_in: StandIn) -> None:
    stand_in(None, more="time.sleep(60)")
    before = {one.pid for one in psutil.Process().children(recursive=True)}
    with pytest.raises(KeyboardInterrupt):
        measure(asked(), None, lambda: True)
    left = [one for one in psutil.Process().children(recursive=True) if one.pid not in before]
    assert not [one for one in left if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize(("free", "changes"), [(8.0, {}), (2.6, {"gradient_checkpointing": True}), (1.0, None)])
def test_all_of_it(free: float, changes: dict[str, Any] | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(settings: TrainSettings, memory: int | None, _stop: Callable[[], bool]) -> Measured:
        assert memory == 7
        assert settings.wandb_api_key is None
        return Measured(by_batch(settings), int(free * GB), 1.0, spills=True)

    monkeypatch.setattr(probing, "measure", measured)
    shown: list[Line] = []
    found = probe(asked(wandb_api_key="secret"), 7, Watcher(shown.append, never))
    assert list(found.lines) == shown
    assert found.changes == changes
    codes = [code for code, _ in found.warnings]
    assert codes == {8.0: [], 2.6: ["spills"], 1.0: ["nothing-fits", "spills"]}[free]
    assert (found.chosen is None) == (changes is None)
