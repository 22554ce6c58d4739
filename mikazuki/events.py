"""Writes a job's events: one JSON object a line, the only thing that page, command line and tests follow."""

import json
import threading
import time
from pathlib import Path
from typing import Any, Final

EVENTS_FILE: Final = "events.jsonl"
STOP_FILE: Final = "stop"
SAMPLE_FILE: Final = "sample"
SAVE_FILE: Final = "save"
LOG_FILE: Final = "log.txt"
"""Names in a job's folder that both sides of the process boundary know.

The empty files ``stop``, ``sample`` and ``save`` are orders to a running training: to end, to draw its sample
pictures, to save model and state; it takes the latter two away when it has obeyed.
"""

KINDS: Final = frozenset(
    {
        "started",
        "stage",
        "stage_progress",
        "progress",
        "metric",
        "sample",
        "checkpoint",
        "warning",
        "done",
        "stopped",
        "failed",
    }
)


def _plain(value: Any) -> Any:
    """Return what JSON can say of a value; a number that is no number becomes null."""
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, float) and (value != value or value in {float("inf"), float("-inf")}):  # noqa: PLR0124
        return None
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value


class EventWriter:
    """Appends events to a file; every event is one write, so a reader sees whole lines or none."""

    def __init__(self, path: Path | None) -> None:
        """Append to ``path``; None drops everything (the other processes of several)."""
        self._path = path
        self._lock = threading.Lock()

    @property
    def speaks(self) -> bool:
        """Whether anything is written."""
        return self._path is not None

    def emit(self, kind: str, **fields: Any) -> None:
        """Write one event of a kind in KINDS."""
        assert kind in KINDS, kind  # noqa: S101 - a programmer's mistake
        if self._path is None:
            return
        line = json.dumps({"time": time.time(), "kind": kind, **_plain(fields)}, ensure_ascii=False) + "\n"
        with self._lock, self._path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(line)
