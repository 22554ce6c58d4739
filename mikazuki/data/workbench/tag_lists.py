"""Reads lists of tags with their counts, as the booru sites and taggers publish them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from mikazuki.data.workbench.transforms import folded
from mikazuki.errors import MikazukiError

FOLDER: Final = "tags"
"""The folder in that of the settings in which lists are found without naming them."""
ENDINGS: Final = (".csv", ".txt")
MOST_BYTES: Final = 64_000_000
_NAMES: Final = ("name", "tag", "tag_name")
_COUNTS: Final = ("count", "post_count", "posts")


@dataclass(frozen=True, slots=True)
class TagList:
    """Tags with their counts (0: not told), the most frequent first, and beside each its form for comparing."""

    tags: tuple[tuple[str, int], ...] = ()
    folded: tuple[str, ...] = ()


def tag_lists(config: Path) -> list[Path]:
    """Return the lists that lie in the folder for them."""
    folder = config / FOLDER
    return sorted(path for path in folder.glob("*") if path.suffix.lower() in ENDINGS) if folder.is_dir() else []


def read_tag_list(path: Path) -> TagList:
    """Read a list; kept in memory while the file stays the same.

    A first line that names its columns (`name`, `count`) is heeded. Without one the tag comes first and its count is
    the last number before any words: both `tag,count` and `tag,category,count,"other names"` are read so. A line with
    a tag alone counts 0.

    Raises:
        MikazukiError: `tag-list-not-found`, `tag-list-wrong`.
    """
    try:
        found = path.stat()
        if path.suffix.lower() not in ENDINGS or found.st_size > MOST_BYTES:
            raise MikazukiError(
                "tag-list-wrong",
                f"{path} is no list of tags: {' and '.join(ENDINGS)} up to {MOST_BYTES // 1_000_000} MB are read.",
                "Choose a text file with a tag and its count on each line.",
            )
        return _read(path, found.st_mtime_ns)
    except (OSError, ValueError, csv.Error) as error:
        gone = isinstance(error, FileNotFoundError)
        raise MikazukiError(
            "tag-list-not-found" if gone else "tag-list-wrong",
            f"The list of tags {path} {'is not there' if gone else f'cannot be read: {error}'}.",
            "Choose a text file in UTF-8 with a tag and its count on each line.",
        ) from error


@lru_cache(maxsize=4)
def _read(path: Path, _modified: int) -> TagList:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if row and row[0].strip()]
    if not rows:
        return TagList()
    named = _columns(rows[0])
    if named is None:
        counts = {row[0].strip(): _count_of(row) for row in rows}
    else:
        name, count = named
        counts = {row[name].strip(): _number(row, count) for row in rows[1:] if len(row) > name}
    tags = tuple(sorted(((tag, count) for tag, count in counts.items() if tag), key=lambda pair: -pair[1]))
    return TagList(tags, tuple(folded(tag) for tag, _ in tags))


def _columns(head: Sequence[str]) -> tuple[int, int | None] | None:
    """Return the columns of names and counts where a first line names them."""
    words = [word.strip().casefold() for word in head]
    name = next((words.index(word) for word in _NAMES if word in words), None)
    if name is None:
        return None
    return name, next((words.index(word) for word in _COUNTS if word in words), None)


def _count_of(row: Sequence[str]) -> int:
    count = 0
    for word in row[1:]:
        if not word.strip().isdecimal():
            break
        count = int(word)
    return count


def _number(row: Sequence[str], column: int | None) -> int:
    word = row[column].strip() if column is not None and column < len(row) else ""
    return int(word) if word.isdecimal() else 0
