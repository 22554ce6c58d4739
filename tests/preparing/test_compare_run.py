"""The three runs of a comparison with processes that train nothing: files, measures, failures, an end by hand."""

import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from mikazuki.engines.contract import Launch
from mikazuki.engines.sd_scripts_run import NAME as UPSTREAM
from mikazuki.errors import MikazukiError
from mikazuki.jobs.events import Event
from mikazuki.preparing import compare_run
from mikazuki.preparing.compare import BUILTIN, Comparison, settings_of
from mikazuki.preparing.compare_run import Watcher, compare, memory_of_tree, seconds_a_step, step_ends
from mikazuki.preparing.training import Start
from mikazuki.settings.train import TrainSettings
from tests.preparing import compared_run


def start_of(task: Any) -> Start:
    """Start the stand-in with the words that the engines' commands have where the comparison changes them."""
    name, settings = task.engine.name, task.settings
    file = "sd_scripts.toml" if name == UPSTREAM else "config.toml"
    words = ("train_network.py",) if name == UPSTREAM else ("-m", "mikazuki.training")
    return Start(
        settings.output_name,
        Path(settings.logging_dir),
        name,
        {"config.toml": settings.network_weights or ""},
        lambda job: Launch(
            (sys.executable, str(compared_run.PROGRAM), *words, "--config_file", str(job / file)), Path.cwd()
        ),
        {},
        {},
    )


@pytest.fixture
def task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A comparison of the stand-ins."""
    monkeypatch.setattr(compare_run, "start_of", start_of)
    monkeypatch.setattr(compare_run, "replace", lambda _ready, settings: ready(BUILTIN, settings))
    monkeypatch.setattr(compare_run, "SAMPLE_SECONDS", 0.01)
    base = TrainSettings(pretrained_model_name_or_path="m", train_data_dir="d")

    def ready(engine: str, settings: TrainSettings) -> Any:
        return SimpleNamespace(engine=SimpleNamespace(name=engine), settings=settings)

    upstream, builtin = (ready(engine, settings_of(base, engine, 3, tmp_path)) for engine in (UPSTREAM, BUILTIN))
    return Comparison(upstream, builtin, tmp_path)


def watcher(seen: list[Event], stop: Any = lambda: False) -> Watcher:
    return Watcher(lambda text: seen.append({"kind": "begin", "text": text}), seen.append, stop)


def test_three_runs_give_an_outcome(task: Comparison, tmp_path: Path) -> None:
    seen: list[Event] = []
    outcome = compare(task, watcher(seen))
    assert [event["text"][:6] for event in seen if event["kind"] == "begin"] == ["1 of 3", "2 of 3", "3 of 3"]
    assert outcome.answer["begins"] == "before"
    assert (tmp_path / "recorded" / "lora_after.safetensors").read_text() == "after"
    assert (outcome.device, outcome.precision) == ("cpu", "no")
    for took in (outcome.upstream, outcome.builtin):
        assert 0 < took.first < took.total
        assert took.step is not None
        assert took.step >= compared_run.STEP_SECONDS
        assert took.memory > 1_000_000
    frozen = [path.read_text() for path in tmp_path.glob("builtin/jobs/*/config.toml")]
    assert sorted(frozen) == ["", str(tmp_path / "recorded" / "lora_before.safetensors")]


@pytest.mark.parametrize("run", ["upstream", "builtin", "replay"])
def test_a_run_that_fails_is_told_with_the_end_of_its_log(
    run: str, task: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPARED", f"{run} fails")
    with pytest.raises(MikazukiError) as caught:
        compare(task, watcher([]))
    assert (caught.value.code, caught.value.exit_code, caught.value.hint) == ("comparison-failed", 1, "Mend it.")
    assert f"The run by {UPSTREAM if run == 'upstream' else BUILTIN} failed: It broke." in caught.value.message
    assert "the last line of the log" in caught.value.message


def test_a_run_without_a_step_cannot_be_measured(task: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPARED", "builtin trains nothing")
    with pytest.raises(MikazukiError, match="told of no step"):
        compare(task, watcher([]))


def test_a_person_who_stops_it_leaves_no_process(task: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPARED", "builtin hangs")
    me = psutil.Process()
    found: list[psutil.Process] = []

    def stop() -> bool:
        tree = me.children(recursive=True)
        found.extend(tree if len(tree) > 1 else [])
        return bool(found)

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        compare(task, watcher([], stop))
    assert time.monotonic() - began < 50, "it waited for the sleeper"
    assert psutil.wait_procs(found, timeout=10)[1] == []


def test_a_step_ends_when_it_is_first_told() -> None:
    told = [(1, 10.0), (2, 12.0), (2, 12.5), (3, 13.0), (0, 1.0)]
    events = [{"kind": "progress", "step": step, "time": at} for step, at in told]
    events += [{"kind": "metric", "step": 4, "time": 99.0}]
    assert step_ends(events, "progress") == {1: 10.0, 2: 12.0, 3: 13.0}


@pytest.mark.parametrize(
    ("ends", "seconds"),
    [
        ({1: 10.0, 2: 12.0, 3: 13.0, 4: 15.0}, 2.0),
        ({1: 10.0, 4: 13.0, 5: 18.0}, 2.0),
        ({5: 10.0}, None),
    ],
)
def test_seconds_a_step_are_a_median_or_over_gaps_a_mean(ends: dict[int, float], seconds: float | None) -> None:
    assert seconds_a_step(ends) == seconds


def test_memory_counts_a_process_and_what_it_started() -> None:
    own = memory_of_tree(os.getpid())
    assert own > 10_000_000
    assert memory_of_tree(2**22 + 1) == 0
