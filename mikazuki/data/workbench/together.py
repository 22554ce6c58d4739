"""Writes thousands of small files, each whole at any moment, with one flush of the disk instead of thousands."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Final

from mikazuki.data.file_history import Change
from mikazuki.errors import MikazukiError
from mikazuki.files import disk_error, part_of, sweep

AT_ONCE: Final = 2000
FEW: Final = 20
"""Up to so many files are flushed one by one: a flush of the whole disk waits for what others write as well."""
_WRITERS: Final = 16

Stamp = tuple[int, int]
Row = tuple[Change, Stamp | None, Path]
"""A change, the stamp that its file must have, and the file beside it."""


def stamp_of(path: Path) -> Stamp | None:
    """Return a file's time of change in ns and its length in bytes, None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - ten thousand of them: a third faster than a Path's own
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def write_together(changes: Sequence[tuple[Change, Stamp | None]]) -> dict[Path, MikazukiError]:
    """Write or remove files, each provided that it still has the stamp that is given with it.

    Returns:
        Why a file was left alone, by path: `caption-changed`, or `not-writable`.

    Raises:
        MikazukiError: `disk-full`; files that were reached before are written, the others are as they were.
    """
    for folder in {change.path.parent for change, _ in changes}:
        sweep(folder)
    problems: dict[Path, MikazukiError] = {}
    for batch in _batches(changes):
        parts = [(change, stamp, part_of(change.path)) for change, stamp in batch]
        try:
            problems.update(_write_parts(parts))
            problems.update(_put_into_place([row for row in parts if row[0].path not in problems]))
        finally:
            for _, _, part in parts:
                with suppress(OSError):
                    part.unlink(missing_ok=True)
    return problems


def _batches(changes: Sequence[tuple[Change, Stamp | None]]) -> Iterator[Sequence[tuple[Change, Stamp | None]]]:
    for start in range(0, len(changes), AT_ONCE):
        yield changes[start : start + AT_ONCE]


def _write_parts(parts: Sequence[Row]) -> dict[Path, MikazukiError]:
    """Write the new content beside each place and flush it."""
    problems = {}
    one_by_one = len(parts) <= FEW or not hasattr(os, "sync")  # Windows flushes file by file
    for change, _, part in parts:
        if change.new is None:
            continue
        try:
            with part.open("wb") as file:
                file.write(change.new)
                if one_by_one:
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            problems[change.path] = _passed_on(change.path, error)
    if not one_by_one:
        os.sync()
    return problems


def _put_into_place(parts: Sequence[Row]) -> dict[Path, MikazukiError]:
    """Rename each file; several at a time, since a disk may take milliseconds to let an old file go."""
    with ThreadPoolExecutor(_WRITERS) as pool:
        found = list(pool.map(_put_one, parts))
    _flush_folders({change.path.parent for change, _, _ in parts})
    return {row[0].path: problem for row, problem in zip(parts, found, strict=True) if problem}


def _put_one(row: Row) -> MikazukiError | None:
    change, stamp, part = row
    if stamp_of(change.path) != stamp:
        return MikazukiError(
            "caption-changed",
            f"{change.path} was changed by somebody else; it was left alone.",
            "Look at the caption as it is now, and edit that one.",
        )
    try:
        if change.new is None:
            change.path.unlink(missing_ok=True)
        else:
            part.replace(change.path)
    except OSError as error:
        return _passed_on(change.path, error)
    return None


def _flush_folders(folders: set[Path]) -> None:
    if os.name == "nt":  # which cannot open folders, and needs no such flush
        return
    for folder in folders:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _passed_on(path: Path, error: OSError) -> MikazukiError:
    """Return why one file cannot be written; a full disk is every later file's problem as well, and raised."""
    found = disk_error(path, error)
    if found.code == "disk-full":
        raise found from error
    return found
