"""A job's log in parts and by search: by byte offset, as whole characters, progress bars as their last state."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 1 << 20
"""The most that one part may have."""
MOST_HITS: Final = 500
MOST_CHARACTERS: Final = 500
"""How much of a line that was found is shown."""


@dataclass(frozen=True)
class Part:
    """A part of a log; offsets in bytes of the file."""

    text: str
    start: int
    next: int
    """Where the next part begins."""
    size: int
    """Bytes of the whole log now."""


@dataclass(frozen=True)
class Hit:
    """A line that was found: where it begins (bytes), its number (from 1), its text."""

    offset: int
    line: int
    text: str


@dataclass(frozen=True)
class Found:
    """Lines that were found, not all of them where there are many, and how many there are."""

    hits: tuple[Hit, ...]
    total: int


def read_part(path: Path, start: int, limit: int) -> Part:
    """Return up to ``limit`` bytes from ``start`` on; a negative start counts from the end and is moved to a line's.

    No character is cut: an incomplete one at the end waits for the next part. No file is an empty log.
    """
    limit = max(4, min(limit, MOST_BYTES))
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            begin = min(size, start) if start >= 0 else max(0, size + start)
            file.seek(begin)
            data = file.read(limit)
    except FileNotFoundError:
        return Part("", 0, 0, 0)
    skipped = _first_character(data) if begin else 0
    if start < 0 and begin:
        line = data.find(b"\n") + 1
        skipped = line if 0 < line < len(data) else skipped
    end = _last_character(data)
    whole = data[skipped:end]
    return Part(collapsed(whole.decode("utf-8", "replace")), begin + skipped, begin + max(skipped, end), size)


def _first_character(data: bytes) -> int:
    """Return where the first whole character begins: behind the rest of one that was cut, at most 3 bytes.

    Four such bytes in a row are no UTF-8 at all, and shown as they are.
    """
    for at, byte in enumerate(data[:4]):
        if byte & 0xC0 != 0x80:
            return at
    return len(data) if len(data) < 4 else 0


def _last_character(data: bytes) -> int:
    """Return where the last whole character ends; what is no UTF-8 at all counts as whole."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte & 0xC0 == 0x80:
            continue
        length = 1 if byte < 0x80 else 2 if byte >> 5 == 6 else 3 if byte >> 4 == 14 else 4 if byte >> 3 == 30 else 1
        return len(data) - back if length > back else len(data)
    return len(data)


def collapsed(text: str) -> str:
    """Return text as a terminal would show it in the end: of what a carriage return began anew, the last."""
    if "\r" not in text:
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(_last_state(line) for line in lines)


def _last_state(line: str) -> str:
    if "\r" not in line:
        return line
    parts = [part for part in line.split("\r") if part.strip()]
    return parts[-1] if parts else ""


def search(path: Path, text: str, limit: int = MOST_HITS) -> Found:
    """Return the lines that hold ``text``, case ignored, at most ``limit`` of them; an empty text finds nothing."""
    wanted = text.casefold()
    hits: list[Hit] = []
    total = 0
    if not wanted:
        return Found((), 0)
    for number, (offset, raw) in enumerate(_lines(path), start=1):
        line = _last_state(raw.decode("utf-8", "replace").rstrip("\r\n"))
        if wanted not in line.casefold():
            continue
        total += 1
        if len(hits) < min(limit, MOST_HITS):
            hits.append(Hit(offset, number, line[:MOST_CHARACTERS]))
    return Found(tuple(hits), total)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield where each line begins and its bytes."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        offset = 0
        for raw in file:
            yield offset, raw
            offset += len(raw)
