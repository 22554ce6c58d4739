"""The report: what it tells, how often, and what it makes of the times of steps."""

from pathlib import Path
from typing import Any

import pytest
import torch

from mikazuki.events import EventWriter
from mikazuki.settings.train import TrainSettings
from mikazuki.training.report import Report, TensorBoard, memory_used, open_trackers
from tests.training import making


class Notes:
    """A tracker that writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, dict[str, float]]] = []
        self.closed = False

    def log(self, values: dict[str, float], step: int) -> None:
        self.told.append((step, values))

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


def test_every_epoch_has_its_own_mean(tmp_path: Path) -> None:
    notes = Notes()
    report = Report(EventWriter(tmp_path / "events.jsonl"), [notes])
    for step, loss in enumerate((1.0, 2.0), start=1):
        report.step(step, 4, (1, 2), loss, {"lr/unet": 0.1})
    report.epoch(1)
    report.step(3, 4, (2, 2), 5.0, {"lr/unet": 0.1})
    report.epoch(2)
    report.epoch(3)
    report.close()
    assert notes.closed
    assert notes.told == [
        (1, {"loss/current": 1.0, "loss/average": 1.0, "lr/unet": 0.1}),
        (2, {"loss/current": 2.0, "loss/average": 1.5, "lr/unet": 0.1}),
        (1, {"loss/epoch_average": 1.5}),
        (3, {"loss/current": 5.0, "loss/average": 5.0, "lr/unet": 0.1}),
        (2, {"loss/epoch_average": 5.0}),
    ]


def test_memory_is_counted_in_bytes() -> None:
    assert memory_used(torch.device("cpu")) > 10_000_000


def test_the_curves_lie_where_upstream_puts_them(tmp_path: Path) -> None:
    values = {"pretrained_model_name_or_path": "m", "train_data_dir": "d", "logging_dir": str(tmp_path)}
    (tracker,) = open_trackers(TrainSettings.model_validate(values))
    assert isinstance(tracker, TensorBoard)
    tracker.close()
    (run,) = tmp_path.glob("*/network_train")
    assert run.parent.name.isdigit()
    assert len(run.parent.name) == 14
