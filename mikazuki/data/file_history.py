"""What files held before they were written, kept as lines of JSON so that a write of many files can be taken back."""

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mikazuki.files import disk_error, write_bytes


@dataclass(frozen=True, slots=True)
class Change:
    """A file about to be written: its bytes before and after, None where there is no file."""

    path: Path
    old: bytes | None
    new: bytes | None


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking writes back came to: files restored, files removed that had been made, and files left alone.

    Left alone are those that somebody has changed since.
    """

    restored: int
    removed: int
    left: tuple[Path, ...]


def remember(file: Path, changes: Sequence[Change]) -> None:
    """Note files as they are, safely on the disk, before they are written.

    Raises:
        MikazukiError: ``disk-full``, ``not-writable``.
    """
    append_records(
        file,
        (
            {
                "path": str(change.path),
                "before": None if change.old is None else base64.b64encode(change.old).decode("ascii"),
                "after": None if change.new is None else digest(change.new),
            }
            for change in changes
        ),
    )


def changes_back(file: Path) -> Iterator[tuple[Change, bool]]:
    """Yield what would take the writes back, newest first, and whether that may be done.

    It may not where the file is no longer what was written. A file that is as it was before is passed over.
    """
    records = [record for record in read_records(file) if {"path", "before", "after"} <= set(record)]
    for record in reversed(records):
        path = Path(str(record["path"]))
        before = None if record["before"] is None else base64.b64decode(str(record["before"]))
        now = content(path)
        if now != before:
            yield Change(path, now, before), (None if now is None else digest(now)) == record["after"]


def take_back(file: Path) -> Undone:
    """Give every file its content back, newest first; what was changed since stays as it is.

    Raises:
        MikazukiError: ``disk-full``, ``not-writable``.
    """
    restored, removed, left = 0, 0, []
    for change, allowed in changes_back(file):
        if not allowed:
            left.append(change.path)
            continue
        carry_out(change)
        restored += change.new is not None
        removed += change.new is None
    return Undone(restored, removed, tuple(left))


def carry_out(change: Change) -> None:
    """Write or remove one file; raises MikazukiError ``disk-full``, ``not-writable``."""
    if change.new is not None:
        write_bytes(change.path, change.new)
        return
    try:
        change.path.unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(change.path, error) from error


def append_records(path: Path, records: Iterable[dict[str, Any]]) -> int:
    """Append lines of JSON to a file and see them onto the disk; return the file's length in bytes.

    Raises:
        MikazukiError: ``disk-full``, ``not-writable``.
    """
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            # a kill may have left a part of a line, which no reader takes
            parted = "\n" if lines and _ends_within_a_line(path) else ""
            file.write((parted + lines).encode("utf-8", "surrogateescape"))
            file.flush()
            os.fsync(file.fileno())
            return file.tell()
    except OSError as error:
        raise disk_error(path, error) from error


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the whole records of a file of JSON lines; nothing where there is no such file."""
    try:
        lines = path.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    except OSError:
        return
    for line in lines:
        with suppress(ValueError):
            record = json.loads(line)
            if isinstance(record, dict):
                yield record


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def content(path: Path) -> bytes | None:
    """Return a file's bytes, None where there is none."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return path.read_bytes()
    return None


def _ends_within_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if size == 0:
            return False
        file.seek(size - 1)
        return file.read(1) != b"\n"
