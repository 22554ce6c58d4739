"""Pauses after epochs: as long as they were told to be, not after the last, and ended at once by a stop."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mikazuki.events import STOP_FILE
from tests.training import making
from tests.training.conftest import MakeRun, MakeSettings

pytestmark = pytest.mark.tiny

SHORT: dict[str, Any] = {"max_train_epochs": 3, "train_batch_size": 4, "enable_bucket": False}
"""Three epochs of one step."""


class Clock:
    """A clock that only sleeping moves on; ``ring`` is called after each sleep."""

    def __init__(self, ring: Callable[[], None] = lambda: None) -> None:
        self.now = 100.0
        self.ring = ring

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.ring()


def set_clock(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Clock:
    monkeypatch.setattr("mikazuki.training.loop.time", SimpleNamespace(monotonic=clock.monotonic, sleep=clock.sleep))
    return clock


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("every", "pauses"),
    [(1, 2), *(pytest.param(every, pauses, marks=SLOW) for every, pauses in ((2, 1), (3, 0), (None, 0)))],
)
def test_it_rests_between_epochs(
    train_tiny: MakeRun, monkeypatch: pytest.MonkeyPatch, every: int | None, pauses: int
) -> None:
    clock = set_clock(monkeypatch, Clock())
    done = train_tiny(**SHORT, epoch_pause_frequency=every, epoch_pause_time=7)
    assert done.finished
    assert len(done.losses()) == 3
    assert clock.now == pytest.approx(100 + 7 * pauses)
    told = [event for event in done.of("stage") if event["name"] == "pause"]
    assert [event["text"] for event in told] == [
        f"pausing for 7 seconds after epoch {epoch}" for epoch in (1, 2) if every and epoch % every == 0
    ]
    # the first step after a pause has no step before it to measure a speed from
    speeds = [event["speed"] for event in done.of("progress")]
    assert speeds[1:] == [pytest.approx(0)] * 2 if pauses == 2 else len(speeds) == 3


def test_a_stop_ends_it_at_once_and_the_run_goes_on_later(
    make_settings: MakeSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = tmp_path / "job"
    settings = make_settings(**SHORT, epoch_pause_frequency=1, epoch_pause_time=3600)
    clock = set_clock(monkeypatch, Clock(lambda: (job / STOP_FILE).touch() if clock.now > 110 else None))
    stopped = making.run(settings, job)
    assert not stopped.finished
    assert clock.now < 112
    assert len(stopped.losses()) == 1
    more = {"resume": stopped.of("stopped")[0]["state"], "epoch_pause_frequency": None}
    again = making.run(making.set_anew(settings, **more), tmp_path / "again")
    whole = making.run(make_settings(at="whole", **SHORT), tmp_path / "whole")
    assert stopped.losses() + again.losses() == whole.losses()
    assert making.same(again.weights(), whole.weights())
