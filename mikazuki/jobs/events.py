"""Follows what happens in a job: the JSON lines that its process writes with `mikazuki.events.EventWriter`."""

import json
from pathlib import Path
from typing import Any, Final

Event = dict[str, Any]
"""One event: ``time`` (unix seconds), ``kind``, and the kind's own fields."""

LAST_KINDS: Final = ("done", "stopped", "failed")
"""Kinds that end a run."""


class EventReader:
    """Follows an events file from an offset in bytes; a last line still being written waits for its end."""

    def __init__(self, path: Path, offset: int = 0) -> None:
        """Start at ``offset``: 0 replays everything, an earlier reader's `offset` goes on from there."""
        self.path = path
        self.offset = offset

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
        return [event for line in whole.splitlines() if (event := _parse(line)) is not None]


def _parse(line: bytes) -> Event | None:
    """Return a line's event, or None for a line that a kill has torn."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) and isinstance(event.get("kind"), str) else None
