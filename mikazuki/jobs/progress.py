"""How far a job is, gathered from its events as they come."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mikazuki.jobs.events import LAST_KINDS, Event, EventReader, sample_rank

_SKIPPED: Final = b'"kind": "metric"'
"""Most events are these; they say nothing here and are not parsed."""
_NUMBERS: Final = ("step", "total", "epoch", "epochs")


@dataclass
class Progress:
    """What the newest events say."""

    stage: str = ""
    step: int = 0
    total: int = 0
    epoch: int = 0
    epochs: int = 0
    loss: float | None = None
    speed: float | None = None
    eta: float | None = None
    memory: int | None = None
    part: tuple[int, int] | None = None
    """Done and all of the stage under way, or of the last one, where that tells."""
    sample: str | None = None
    sample_rank: tuple[int, int] = (0, 0)
    output: str | None = None
    states: dict[str, int] = field(default_factory=dict)
    """State folders that were written and not removed again, with their steps."""
    last: Event | None = None
    """The event that ended the run."""

    def take(self, event: Event) -> None:
        """Take the next event into account."""
        kind = event["kind"]
        if kind in LAST_KINDS:
            self._end(event)
        elif kind == "stage_progress":
            self.part = (_whole(event.get("done")) or 0, _whole(event.get("total")) or 0)
        elif kind == "stage":
            self._on_stage(event)
        elif kind == "progress":
            self._on_progress(event)
        elif kind == "sample":
            self._on_sample(event)
        elif kind == "checkpoint":
            self._on_checkpoint(event)

    def _on_stage(self, event: Event) -> None:
        self.part = None
        self.stage = str(event.get("name") or "")
        self.total = _whole(event.get("total")) or self.total
        self.epochs = _whole(event.get("epochs")) or self.epochs
        self.step = max(self.step, _whole(event.get("first")) or 0)

    def _on_sample(self, event: Event) -> None:
        rank, path = sample_rank(event), _text(event.get("path"))
        if path and (self.sample is None or rank >= self.sample_rank):
            self.sample, self.sample_rank = path, rank

    def _on_progress(self, event: Event) -> None:
        self.stage = _text(event.get("name")) or "train"
        for name in _NUMBERS:
            setattr(self, name, _whole(event.get(name)) or getattr(self, name))
        loss = event.get("avg_loss")
        self.loss = _number(event.get("loss") if loss is None else loss)
        self.speed, self.eta = _number(event.get("speed")), _number(event.get("eta"))
        self.memory = _whole(event.get("memory"))

    def _on_checkpoint(self, event: Event) -> None:
        path, what = _text(event.get("path")), event.get("what")
        if path is None:
            return
        if what == "model":
            self.output = path
        elif what == "state":
            self.states[path] = _whole(event.get("step")) or 0
        else:
            self.states.pop(path, None)

    def _end(self, event: Event) -> None:
        self.last = event
        self.eta = None
        self.output = _text(event.get("path")) or self.output
        self.step = _whole(event.get("steps")) or _whole(event.get("step")) or self.step
        state = _text(event.get("state"))
        if state:
            self.states[state] = self.step

    def newest_state(self) -> str | None:
        """Return the state folder that got farthest and is still there."""
        for path in sorted(self.states, key=lambda one: self.states[one], reverse=True):
            if Path(path).is_dir():
                return path
        return None


class ProgressReader:
    """Keeps the progress of one job fresh, reading only what is new."""

    def __init__(self, events: Path) -> None:
        """Read the events file ``events``, which need not be there yet."""
        self.progress = Progress()
        self._reader = EventReader(events, skipped=_SKIPPED)

    def refresh(self) -> Progress:
        """Return what all events until now say."""
        for event in self._reader.read():
            self.progress.take(event)
        return self.progress


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _whole(value: Any) -> int | None:
    found = _number(value)
    return None if found is None else int(found)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
