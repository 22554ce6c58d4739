"""Tells the outside what happens: events as JSON lines, curves, speed, time left and memory."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psutil
import torch

from mikazuki.events import EventWriter
from mikazuki.training.trackers import At, Tracker

_logger = logging.getLogger(__name__)

_PROGRESS_SECONDS: Final = 0.2
_SPEED_WINDOW: Final = 20


def memory_used(device: torch.device) -> int:
    """Return bytes in use: the GPU's reserved peak, on a CPU the process's resident memory."""
    if device.type == "cuda":
        return torch.cuda.max_memory_reserved(device)
    return int(psutil.Process().memory_info().rss)


@dataclass
class Losses:
    """The mean of an epoch's losses, kept fresh: each step's loss replaces the same step's of the epoch before.

    So from the second epoch on, the mean is over as many losses as an epoch has steps and does not jump where one
    begins (sd-scripts' ``loss/average``).
    """

    _slots: list[float] = field(default_factory=list)
    _next: int = 0
    _total: float = 0.0

    def add(self, loss: float) -> None:
        """Take the loss of the epoch's next step."""
        if self._next < len(self._slots):
            self._total -= self._slots[self._next]
            self._slots[self._next] = loss
        else:
            self._slots.append(loss)
        self._total += loss
        self._next += 1

    def begin_epoch(self) -> None:
        """Begin again at the first step."""
        self._next = 0

    @property
    def mean(self) -> float:
        """The mean, 0 before the first loss."""
        return self._total / len(self._slots) if self._slots else 0.0

    def state_dict(self) -> dict[str, Any]:
        """Return what `load_state_dict` needs."""
        return {"slots": torch.tensor(self._slots, dtype=torch.float64), "next": self._next, "total": self._total}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Go on from a state; an empty one begins anew."""
        if state:
            self._slots, self._next, self._total = state["slots"].tolist(), state["next"], state["total"]


@dataclass
class Report:
    """The one voice of a training; only the main process of several has one that speaks."""

    events: EventWriter
    trackers: list[Tracker] = field(default_factory=list)
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))
    losses: Losses = field(default_factory=Losses)
    _ticks: list[float] = field(default_factory=list)
    _said: float = 0.0

    def stage(self, name: str, text: str, **fields: Any) -> None:
        """Say what begins now."""
        self._tell(logging.INFO, text)
        self.events.emit("stage", name=name, text=text, **fields)

    def preparing(self, name: str, done: int, total: int) -> None:
        """Say how far a stage before the training is: ``done`` of ``total`` pieces."""
        now = time.monotonic()
        if now - self._said >= _PROGRESS_SECONDS or done == total:
            self._said = now
            self.events.emit("stage_progress", name=name, done=done, total=total)

    def step(self, step: int, total: int, epoch: tuple[int, int], loss: float, more: Mapping[str, float]) -> None:
        """Count one optimizer step: ``step`` of ``total`` (from 1), ``epoch`` of epochs (from 1).

        ``more`` are other values of the step under upstream's tags: ``lr/...``, ``norm/...``, ``max_norm/...``.
        """
        now = time.monotonic()
        self._ticks = [*self._ticks[-_SPEED_WINDOW:], now]
        self.losses.add(loss)
        values = {"loss/current": loss, "loss/average": self.losses.mean, **more}
        self._log(values, At(step, step, epoch[0]))
        self.events.emit("metric", step=step, values=values)
        if now - self._said < _PROGRESS_SECONDS and step not in {1, total}:
            return
        self._said = now
        span = self._ticks[-1] - self._ticks[0]
        speed = (len(self._ticks) - 1) / span if span > 0 else 0.0
        self.events.emit(
            "progress",
            step=step,
            total=total,
            epoch=epoch[0],
            epochs=epoch[1],
            loss=loss,
            avg_loss=self.losses.mean,
            speed=speed,
            eta=(total - step) / speed if speed else None,
            memory=memory_used(self.device),
        )

    def validation(self, average: float, at: At, *, by: str) -> None:
        """Tell the mean loss of the pictures held back, and how far it lies above the training's.

        Measured ``by`` "step" (axis: steps) or "epoch" (axis: epochs). Tags are sd-scripts'.
        """
        values = {
            f"loss/validation/{by}_average": average,
            f"loss/validation/{by}_divergence": average - self.losses.mean,
        }
        self._log(values, at)
        self.events.emit("metric", step=at.step, values=values)
        self.pause()

    def epoch(self, epoch: int, step: int = 0) -> None:
        """Close an epoch (from 1) after ``step`` steps in all: log its mean loss on an axis of epochs."""
        self._log({"loss/epoch_average": self.losses.mean}, At(epoch, step, epoch))
        self._tell(logging.INFO, f"epoch {epoch} ends at step {step}, mean loss {self.losses.mean:.5f}")
        self.losses.begin_epoch()

    def picture(self, path: Path, index: int, prompt: str) -> None:
        """Show a sample picture to the trackers."""
        for tracker in self.trackers:
            tracker.picture(path, index, prompt)

    def warn(self, code: str, text: str) -> None:
        """Tell of something that went wrong without ending the training."""
        self._tell(logging.WARNING, text)
        self.events.emit("warning", code=code, text=text)

    def pause(self) -> None:
        """Forget the clock after something that is no step, so that the speed stays the steps' own."""
        self._ticks.clear()

    def close(self) -> None:
        """Close the trackers."""
        for tracker in self.trackers:
            tracker.close()

    def state_dict(self) -> dict[str, Any]:
        """Return the running numbers, for a state."""
        return self.losses.state_dict()

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Go on from a state's running numbers."""
        self.losses.load_state_dict(state)

    def _tell(self, level: int, text: str) -> None:
        """Write a line into the job's log, where this is the process that speaks."""
        if self.events.speaks:
            _logger.log(level, "%s", text)

    def _log(self, values: Mapping[str, float], at: At) -> None:
        for tracker in self.trackers:
            tracker.log(values, at)
