"""What a run changed, kept in its job folder so that it can be taken back, and which pictures are done."""

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.files import disk_error, write_bytes

BEFORE_FILE: Final = ".before.jsonl"
"""In a job's folder: each file that was about to be written, as it was before."""
DONE_FILE: Final = ".done.jsonl"
"""In a job's folder: the pictures that are done. Both begin with a dot so that a retried job begins its own."""

DIFFERENCES: Final = "differences.diff"
DIFFERENCES_JSON: Final = "differences.jsonl"
"""In the job's folder after a dry run: what would change, for people and for programs."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file about to be written: its bytes before, None where there is none, and after."""

    path: Path
    old: bytes | None
    new: bytes


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a run back came to: files restored, files removed that it had made, and files left alone.

    Left alone are those that somebody has changed since.
    """

    restored: int
    removed: int
    left: tuple[Path, ...]


class History:
    """Writes the two files of a job's folder."""

    def __init__(self, folder: Path) -> None:
        """Keep them in ``folder``, going on where an earlier process was killed."""
        self._folder = folder

    def remember(self, changes: Sequence[Change]) -> None:
        """Note files as they are, safely on the disk, before they are written."""
        self._append(
            BEFORE_FILE,
            (
                {
                    "path": str(change.path),
                    "before": None if change.old is None else base64.b64encode(change.old).decode("ascii"),
                    "after": digest(change.new),
                }
                for change in changes
            ),
        )

    def finish(self, pictures: Iterable[Path]) -> None:
        """Note pictures as done."""
        self._append(DONE_FILE, ({"picture": str(picture)} for picture in pictures))

    def _append(self, name: str, records: Iterable[dict[str, Any]]) -> None:
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        if not lines:
            return
        path = self._folder / name
        try:
            with path.open("ab") as file:
                # a kill may have left a part of a line, which no reader takes
                file.write((("\n" if _ends_within_a_line(path) else "") + lines).encode("utf-8", "surrogateescape"))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise disk_error(path, error) from error


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def done_pictures(folder: Path) -> set[str]:
    """Return the paths of the pictures that a job's folder calls done; empty where it says nothing."""
    return {str(record["picture"]) for record in _records(folder / DONE_FILE) if "picture" in record}


def undo(folder: Path) -> Undone:
    """Give every file that a run wrote its content back, newest first; what was changed since stays as it is.

    Raises:
        MikazukiError: ``nothing-to-undo`` where the job changed no file; ``disk-full``, ``not-writable``.
    """
    records = [record for record in _records(folder / BEFORE_FILE) if {"path", "before", "after"} <= set(record)]
    if not records:
        raise MikazukiError(
            "nothing-to-undo", f"The job {folder.name} has changed no file.", "Name a tagging job that has."
        )
    restored, removed, left = 0, 0, []
    for record in reversed(records):
        path = Path(str(record["path"]))
        before = None if record["before"] is None else base64.b64decode(str(record["before"]))
        now = _content(path)
        if now == before:
            continue
        if now is None or digest(now) != record["after"]:
            left.append(path)
        elif before is None:
            _remove(path)
            removed += 1
        else:
            write_bytes(path, before)
            restored += 1
    return Undone(restored, removed, tuple(left))


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(path, error) from error


def _content(path: Path) -> bytes | None:
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


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the whole records of a file of JSON lines."""
    try:
        lines = path.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    except OSError:
        return
    for line in lines:
        with suppress(ValueError):
            record = json.loads(line)
            if isinstance(record, dict):
                yield record
