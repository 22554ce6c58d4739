"""The report: what it tells, how often, and what it makes of the times of steps."""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import torch

from mikazuki.events import EventWriter
from mikazuki.training.report import Losses, Report, memory_used
from mikazuki.training.trackers import At
from tests.training import making


class Notes:
    """A tracker that writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[At, Mapping[str, float]]] = []
        self.shown: list[tuple[Path, int, str]] = []
        self.closed = False

    def log(self, values: Mapping[str, float], at: At) -> None:
        self.told.append((at, values))

    def picture(self, path: Path, index: int, prompt: str) -> None:
        self.shown.append((path, index, prompt))

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Stand in for the clock: the only item is the time."""
    now = [100.0]
    monkeypatch.setattr("mikazuki.training.report.time.monotonic", lambda: now[0])
    return now


def told(job: Path, kind: str) -> list[dict[str, Any]]:
    return [event for event in making.read_events(job) if event["kind"] == kind]


def test_speed_and_time_left_come_from_the_steps(tmp_path: Path, clock: list[float]) -> None:
    report = Report(EventWriter(tmp_path / "events.jsonl"))
    for step in (1, 2, 3):
        report.step(step, 11, (1, 2), 0.5 * step, {"lr/unet": 0.1})
        clock[0] += 0.5
    progress = told(tmp_path, "progress")
    assert [event["speed"] for event in progress] == [0.0, 2.0, 2.0]
    assert [event["eta"] for event in progress] == [None, 4.5, 4.0]
    assert [event["avg_loss"] for event in progress] == [0.5, 0.75, 1.0]
    assert (progress[-1]["epoch"], progress[-1]["epochs"], progress[-1]["total"]) == (1, 2, 11)


def test_what_is_no_step_does_not_slow_the_speed(tmp_path: Path, clock: list[float]) -> None:
    report = Report(EventWriter(tmp_path / "events.jsonl"))
    for step in range(1, 7):
        report.step(step, 9, (1, 1), 1.0, {})
        clock[0] += 0.5
        if step == 3:
            clock[0] += 1000
            report.pause()
    assert told(tmp_path, "progress")[-1]["speed"] == 2.0


def test_fast_steps_are_told_now_and_then_but_the_first_and_the_last_always(tmp_path: Path, clock: list[float]) -> None:
    report = Report(EventWriter(tmp_path / "events.jsonl"))
    for step in range(1, 41):
        report.step(step, 40, (1, 1), 1.0, {})
        clock[0] += 0.01
    steps = [event["step"] for event in told(tmp_path, "progress")]
    assert (steps[0], steps[-1], len(steps)) == (1, 40, 3)
    assert len(told(tmp_path, "metric")) == 40


def test_a_stage_tells_how_far_it_is_now_and_then(tmp_path: Path, clock: list[float]) -> None:
    report = Report(EventWriter(tmp_path / "events.jsonl"))
    for done in range(1, 51):
        report.preparing("cache_latents", done, 50)
        clock[0] += 0.01
    assert [event["done"] for event in told(tmp_path, "stage_progress")] == [1, 21, 41, 50]
    assert {(event["name"], event["total"]) for event in told(tmp_path, "stage_progress")} == {("cache_latents", 50)}


def test_the_mean_moves_over_the_epochs_slots(tmp_path: Path) -> None:
    notes = Notes()
    report = Report(EventWriter(tmp_path / "events.jsonl"), [notes])
    for step, loss in enumerate((1.0, 2.0), start=1):
        report.step(step, 4, (1, 2), loss, {"lr/unet": 0.1})
    report.epoch(1, 2)
    report.step(3, 4, (2, 2), 5.0, {"lr/unet": 0.1})  # in place of the 1.0
    report.step(4, 4, (2, 2), 3.0, {"lr/unet": 0.1})
    report.epoch(2, 4)
    report.close()
    assert notes.closed
    assert notes.told == [
        (At(1, 1, 1), {"loss/current": 1.0, "loss/average": 1.0, "lr/unet": 0.1}),
        (At(2, 2, 1), {"loss/current": 2.0, "loss/average": 1.5, "lr/unet": 0.1}),
        (At(1, 2, 1), {"loss/epoch_average": 1.5}),
        (At(3, 3, 2), {"loss/current": 5.0, "loss/average": 3.5, "lr/unet": 0.1}),
        (At(4, 4, 2), {"loss/current": 3.0, "loss/average": 4.0, "lr/unet": 0.1}),
        (At(2, 4, 2), {"loss/epoch_average": 4.0}),
    ]


def test_the_running_mean_goes_on_from_a_state() -> None:
    values = [random.Random(1).random() for _ in range(23)]

    def means(losses: Losses, chosen: range) -> list[float]:
        found = []
        for number in chosen:
            losses.add(values[number])
            found.append(losses.mean)
            if number % 5 == 4:
                losses.begin_epoch()
        return found

    whole = means(Losses(), range(23))
    for stop in (0, 3, 5, 13):
        first, second = Losses(), Losses()
        begun = means(first, range(stop))
        second.load_state_dict(first.state_dict())
        assert begun + means(second, range(stop, 23)) == whole


def test_a_run_resumed_without_numbers_averages_what_it_has_seen() -> None:
    losses = Losses()
    losses.load_state_dict({})
    assert losses.mean == 0.0
    losses.add(0.5)
    assert losses.mean == 0.5


@pytest.mark.parametrize(("by", "axis"), [("step", 2), ("epoch", 1)])
def test_validation_is_told_against_the_training(tmp_path: Path, clock: list[float], by: str, axis: int) -> None:
    notes = Notes()
    report = Report(EventWriter(tmp_path / "events.jsonl"), [notes])
    for step in (1, 2, 3):
        report.step(step, 9, (1, 3), 0.25, {})
        clock[0] += 0.5
        if step == 2:
            clock[0] += 1000
            report.validation(0.75, At(axis, 2, 1), by=by)
    values = {f"loss/validation/{by}_average": 0.75, f"loss/validation/{by}_divergence": 0.5}
    assert notes.told[2] == (At(axis, 2, 1), values)
    assert [(event["step"], event["values"]) for event in told(tmp_path, "metric")][2] == (2, values)
    assert report.losses.mean == 0.25
    assert told(tmp_path, "progress")[-1]["speed"] == 0.0


def test_pictures_and_warnings_are_passed_on(tmp_path: Path) -> None:
    notes = Notes()
    report = Report(EventWriter(tmp_path / "events.jsonl"), [notes])
    report.picture(tmp_path / "a.png", 1, "a cat")
    report.warn("upload-failed", "why")
    assert notes.shown == [(tmp_path / "a.png", 1, "a cat")]
    assert [(event["code"], event["text"]) for event in told(tmp_path, "warning")] == [("upload-failed", "why")]


def test_memory_is_counted_in_bytes() -> None:
    assert memory_used(torch.device("cpu")) > 10_000_000
