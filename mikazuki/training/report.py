"""Tells the outside what happens: events as JSON lines, curves for TensorBoard, speed, time left and memory."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

import psutil
import torch

from mikazuki.events import EventWriter
from mikazuki.settings.train import TrainSettings

_PROGRESS_SECONDS: Final = 0.2
_SPEED_WINDOW: Final = 20


class Tracker(Protocol):
    """Takes curves: TensorBoard, Weights & Biases."""

    def log(self, values: dict[str, float], step: int) -> None:
        """Take the values of one step."""

    def close(self) -> None:
        """Write what is still held."""


class TensorBoard:
    """Curves as TensorBoard event files."""

    def __init__(self, folder: Path) -> None:
        """Open an event file in ``folder``."""
        from torch.utils.tensorboard import SummaryWriter

        self._writer = SummaryWriter(str(folder))

    def log(self, values: dict[str, float], step: int) -> None:
        """Write scalars under their tags."""
        for tag, value in values.items():
            self._writer.add_scalar(tag, value, step)

    def close(self) -> None:
        """Flush and close the file."""
        self._writer.close()


class Wandb:
    """Curves at Weights & Biases; the key comes from WANDB_API_KEY, never from a file of ours."""

    def __init__(self, settings: TrainSettings) -> None:
        """Open a run."""
        import wandb

        project = settings.log_tracker_name or "mikazuki"
        self._run: Any = wandb.init(project=project, name=settings.output_name, config=settings.model_dump())

    def log(self, values: dict[str, float], step: int) -> None:
        """Send scalars."""
        self._run.log(values, step=step)

    def close(self) -> None:
        """Finish the run."""
        self._run.finish()


def open_trackers(settings: TrainSettings) -> list[Tracker]:
    """Open what ``log_with`` names; TensorBoard under logging_dir/<time>/network_train, or log_tracker_name."""
    found: list[Tracker] = []
    if settings.log_with in {"tensorboard", "all"}:
        run = Path(settings.logging_dir) / time.strftime("%Y%m%d%H%M%S")
        found.append(TensorBoard(run / (settings.log_tracker_name or "network_train")))
    if settings.log_with in {"wandb", "all"}:
        found.append(Wandb(settings))
    return found


def memory_used(device: torch.device) -> int:
    """Return bytes in use: the GPU's reserved peak, on a CPU the process's resident memory."""
    if device.type == "cuda":
        return torch.cuda.max_memory_reserved(device)
    return int(psutil.Process().memory_info().rss)


@dataclass
class Report:
    """The one voice of a training; only the main process of several has one that speaks."""

    events: EventWriter
    trackers: list[Tracker] = field(default_factory=list)
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))
    _ticks: list[float] = field(default_factory=list)
    _said: float = 0.0
    _losses: list[float] = field(default_factory=list)

    def stage(self, name: str, text: str, **fields: Any) -> None:
        """Say what begins now."""
        self.events.emit("stage", name=name, text=text, **fields)

    def step(self, step: int, total: int, epoch: tuple[int, int], loss: float, rates: dict[str, float]) -> None:
        """Count one optimizer step: ``step`` of ``total`` (from 1), ``epoch`` of epochs (from 1)."""
        now = time.monotonic()
        self._ticks = [*self._ticks[-_SPEED_WINDOW:], now]
        self._losses.append(loss)
        average = sum(self._losses) / len(self._losses)
        values = {"loss/current": loss, "loss/average": average, **rates}
        for tracker in self.trackers:
            tracker.log(values, step)
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
            avg_loss=average,
            speed=speed,
            eta=(total - step) / speed if speed else None,
            memory=memory_used(self.device),
        )

    def epoch(self, epoch: int) -> None:
        """Close an epoch (from 1): log its mean loss on an axis of epochs, and begin a new mean."""
        if self._losses:
            values = {"loss/epoch_average": sum(self._losses) / len(self._losses)}
            for tracker in self.trackers:
                tracker.log(values, epoch)
            self._losses.clear()

    def pause(self) -> None:
        """Forget the clock after something that is no step, so that the speed stays the steps' own."""
        self._ticks.clear()

    def close(self) -> None:
        """Close the trackers."""
        for tracker in self.trackers:
            tracker.close()
