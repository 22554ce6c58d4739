"""Shows a running training: stages as short lines, one progress bar, what was saved and drawn as lines above it."""

import shutil
import time
from collections.abc import Callable
from typing import Any, Final, TextIO

from mikazuki.jobs.events import Event
from mikazuki.text import count, duration, size

BAR_WIDTH: Final = 24
PLAIN_SECONDS: Final = 10.0
PLAIN_LINES: Final = 20
"""Lines of a whole training in a pipe, where it is not so slow that every `PLAIN_SECONDS` one is due."""
CLEAR_LINE: Final = "\r\x1b[K"


class LiveView:
    """Turns events into text: on a terminal with a bar that is redrawn, elsewhere as plain lines, not too many."""

    def __init__(self, out: TextIO, *, terminal: bool, clock: Callable[[], float] = time.monotonic) -> None:
        """Write to ``out``; ``clock`` gives seconds."""
        self._out = out
        self._terminal = terminal
        self._clock = clock
        self._bar = ""
        self._stage: tuple[str, float] | None = None
        self._shown_at = clock()
        self._shown_part = 0

    def handle(self, event: Event) -> None:
        """Show one event; kinds that are for other readers show nothing."""
        show = {
            "stage": self._on_stage,
            "stage_progress": self._on_stage_progress,
            "progress": self._on_progress,
            "sample": self._on_sample,
            "checkpoint": self._on_checkpoint,
            "warning": self._on_warning,
        }.get(event["kind"])
        if show:
            show(event)

    def say(self, text: str) -> None:
        """Write one line above the bar."""
        self._out.write(f"{CLEAR_LINE if self._bar else ''}{text}\n{self._bar}")
        self._out.flush()

    def close(self) -> None:
        """End the running stage and leave the last bar standing on a line of its own."""
        self._end_stage()
        if self._bar:
            self._out.write("\n")
            self._bar = ""
        self._out.flush()

    def _on_stage(self, event: Event) -> None:
        self._end_stage()
        text = str(event.get("text") or event.get("name", ""))
        if event.get("name") == "train":
            self.say(_what_trains(event))
        elif self._terminal:
            self._stage = (text, self._clock())
            if not self._bar:
                self._draw(f"  {text} ...")
        else:
            self._stage = (text, self._clock())

    def _on_stage_progress(self, event: Event) -> None:
        if self._stage is not None and self._terminal:
            self._draw(f"  {self._stage[0]} ... {event.get('done')}/{event.get('total')}")

    def _end_stage(self) -> None:
        if self._stage is None:
            return
        text, began = self._stage
        self._stage = None
        self._wipe()
        self.say(f"  {text}: {duration(self._clock() - began)}")

    def _on_progress(self, event: Event) -> None:
        self._end_stage()
        now = self._clock()
        part = int(_number(event, "step")) * PLAIN_LINES // max(1, int(_number(event, "total")))
        if self._terminal:
            columns = shutil.get_terminal_size().columns
            self._draw(bar_line(event)[: columns - 1])
        elif now - self._shown_at >= PLAIN_SECONDS or part > self._shown_part:
            self._shown_at, self._shown_part = now, part
            self.say(f"  {progress_text(event)}")

    def _on_sample(self, event: Event) -> None:
        self.say(f"  sample: {event.get('path')}")

    def _on_checkpoint(self, event: Event) -> None:
        self._end_stage()
        if event.get("what") == "removed":
            self.say(f"  removed, as no longer to be kept: {event.get('path')}")
            return
        what = {"state": "state saved", "merged": "merged model saved"}.get(str(event.get("what")), "saved")
        self.say(f"  {what} at step {event.get('step')}: {event.get('path')} ({size(_number(event, 'bytes'))})")

    def _on_warning(self, event: Event) -> None:
        self.say(f"  warning: {event.get('text', '')}")

    def _draw(self, text: str) -> None:
        self._bar = text
        self._out.write(f"{CLEAR_LINE}{text}")
        self._out.flush()

    def _wipe(self) -> None:
        """Take away a stage's passing line; a progress bar is redrawn with the next progress."""
        if self._bar:
            self._out.write(CLEAR_LINE)
            self._bar = ""


def bar_line(event: Event) -> str:
    """Return the bar of a progress event, with its figures."""
    filled = round(_share(event) * BAR_WIDTH)
    return f"  {_share(event):4.0%} [{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {progress_text(event)}"


def progress_text(event: Event) -> str:
    """Return a progress event's figures in one line; what it does not know is left out."""
    parts = [
        f"step {event.get('step')}/{event.get('total')}",
        f"epoch {event.get('epoch')}/{event.get('epochs')}",
        f"loss {_number(event, 'avg_loss'):.4f}" if _known(event, "avg_loss") else "",
        _speed(_number(event, "speed")),
        f"{duration(_number(event, 'eta'))} left" if _known(event, "eta") else "",
        size(_number(event, "memory")) if _known(event, "memory") else "",
    ]
    return ", ".join(part for part in parts if part)


def _speed(speed: float) -> str:
    """Write steps a second, or for slow ones seconds a step."""
    if speed <= 0:
        return ""
    return f"{speed:.1f} steps/s" if speed >= 1 else f"{1 / speed:.1f} s/step"


def _share(event: Event) -> float:
    total = _number(event, "total")
    return min(1.0, _number(event, "step") / total) if total else 0.0


def _known(event: Event, name: str) -> bool:
    return isinstance(event.get(name), (int, float))


def _number(event: Event, name: str) -> float:
    value: Any = event.get(name)
    return float(value) if isinstance(value, (int, float)) else 0.0


def _what_trains(event: Event) -> str:
    """Say what a training told of itself; sd-scripts does not always tell everything."""
    known = [
        count(int(_number(event, name)), noun)
        for name, noun in (("parameters", "parameter"), ("modules", "module"))
        if _known(event, name)
    ]
    precision = {"no": "fp32"}.get(str(event.get("precision")), event.get("precision"))
    where = [str(part) for part in (event.get("device"), precision) if part]
    return f"  training {' in '.join(known)}" + (f" on {', '.join(where)}" if where else "")
