"""Follows what happens in a job: the JSON lines that its process writes with `mikazuki.events.EventWriter`."""

import json
from pathlib import Path
from typing import Any, Final

Event = dict[str, Any]
"""One event: ``time`` (unix seconds), ``kind``, and the kind's own fields."""

LAST_KINDS: Final = ("done", "stopped", "failed")
"""Kinds that end a run."""
_HEAD_BYTES: Final = 60
"""Where in a line its kind stands: behind the time."""
_TAIL_BYTES: Final = 1 << 18
"""How much of a file's end is read for its last word; a failure brings up to some hundred lines along."""


class EventReader:
    """Follows an events file from an offset in bytes; a last line still being written waits for its end."""

    def __init__(self, path: Path, offset: int = 0, *, skipped: bytes | None = None) -> None:
        """Start at ``offset``: 0 replays everything, an earlier reader's `offset` goes on from there.

        Lines that begin with a time and then say ``skipped`` are left out unparsed.
        """
        self.path = path
        self.offset = offset
        self._skipped = skipped

    def read(self) -> list[Event]:
        """Return the events that were completed since the last call; no file means none yet."""
        try:
            with self.path.open("rb") as file:
                file.seek(self.offset)
                data = file.read()
        except FileNotFoundError:
            return []
        whole = data[: data.rfind(b"\n") + 1]
        self.offset += len(whole)
        lines = whole.splitlines()
        if self._skipped is not None:
            lines = [line for line in lines if self._skipped not in line[:_HEAD_BYTES]]
        return [event for line in lines if (event := parse_line(line)) is not None]


def last_events(path: Path) -> list[Event]:
    """Return the events at the end of a file: its last word is among them, if it has one."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            start = max(0, size - _TAIL_BYTES)
            file.seek(start)
            lines = file.read().splitlines()
    except OSError:
        return []
    whole = lines[1:] if start else lines
    return [event for line in whole if (event := parse_line(line)) is not None]


def parse_line(line: bytes) -> Event | None:
    """Return a line's event, or None for a line that a kill has torn."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) and isinstance(event.get("kind"), str) else None


def sample_rank(event: Event) -> tuple[int, int]:
    """Return how well a sample picture stands for its run: the later its step the better, then the earlier its prompt.

    The order in which they are drawn does not tell: the base model's pictures for the grid come at the very end.
    """
    step, index = event.get("step"), event.get("index")
    return step if isinstance(step, int) else 0, -(index if isinstance(index, int) else 0)
