"""Shows a running tagger: stages as short lines, pictures done and a second on one line that is redrawn."""

import time
from collections.abc import Callable
from typing import TextIO

from mikazuki.cli.live import PLAIN_SECONDS, LiveView
from mikazuki.jobs.events import Event
from mikazuki.text import duration


class TagView(LiveView):
    """As a training's view, but its progress counts pictures."""

    def __init__(self, out: TextIO, *, terminal: bool, clock: Callable[[], float] = time.monotonic) -> None:
        """Write to ``out``; ``clock`` gives seconds."""
        super().__init__(out, terminal=terminal, clock=clock)
        self._said_at = clock()

    def _on_progress(self, event: Event) -> None:
        if self._terminal:
            self._draw(f"  {progress_text(event)}")
        elif self._clock() - self._said_at >= PLAIN_SECONDS:
            self._said_at = self._clock()
            self.say(f"  {progress_text(event)}")


def progress_text(event: Event) -> str:
    """Return a progress event in one line: `12/500 pictures, 3.1 a second, 2 min 37 s left`."""
    parts = [f"{event.get('step')}/{event.get('total')} pictures"]
    if event.get("speed"):
        parts.append(f"{float(event['speed']):.1f} a second")
    if event.get("eta"):
        parts.append(f"{duration(float(event['eta']))} left")
    return ", ".join(parts)
