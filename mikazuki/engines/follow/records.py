"""Puts log records together again that rich has laid out in columns: time, level, message in many rows, source."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

HEAD: Final = re.compile(
    r"^(?P<time>\[?\d{2,4}[-/]\d{2}[-/]\d{2} \d{2}:\d{2}:\d{2}\]?| {18,22}) "
    r"(?P<level>DEBUG|INFO|WARNING|ERROR|CRITICAL) +(?P<rest>.*)$"
)
"""The first row: a time, or its room where it has not changed, and a level in eight columns."""
SOURCE: Final = re.compile(r"^(?P<text>.*?) ?(?P<source>[\w<>.-]+(?:\.py|>):\d+)$")
LEVEL_COLUMNS: Final = 9
"""A level's eight columns and the gap behind it."""
JAPANESE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Record:
    """One message as its writer meant it; plain output has the level ``""``."""

    level: str
    text: str


@dataclass
class _Open:
    """A record whose next row may still come."""

    level: str
    indent: int
    width: int
    """Columns of the message; 0 where they are not known."""
    rows: list[str] = field(default_factory=list)


class Records:
    """Takes lines and gives back records; a record is whole when a line comes that is not one of its rows."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._open: _Open | None = None

    def feed(self, line: str) -> list[Record]:
        """Take a line without its end and return the records it completed, itself among them if it is plain."""
        head = HEAD.match(line)
        if head:
            done = self.flush()
            self._open = _begin(head)
            return done
        now = self._open
        if now and line.startswith(" " * now.indent):
            now.rows.append(line[now.indent :].rstrip())
            return []
        return [*self.flush(), Record("", line.rstrip())]

    def flush(self) -> list[Record]:
        """Return the record that is open as if it were whole; an empty one is none."""
        found, self._open = self._open, None
        if found is None:
            return []
        text = _joined(found)
        return [Record(found.level, text)] if text else []


def english(text: str) -> str:
    """Return a message without the Japanese half that follows `` / `` in many of them."""
    first, slash, second = text.partition(" / ")
    return first.strip() if slash and JAPANESE.search(second) and not JAPANESE.search(first) else text.strip()


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes: wide characters take two (Unicode annex 11)."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _begin(head: re.Match[str]) -> _Open:
    rest = head["rest"]
    indent = len(head["time"]) + 1 + LEVEL_COLUMNS
    # A message's own indentation belongs to it, but it never decides anything here.
    found = SOURCE.match(rest)
    first, source = (found["text"], found["source"]) if found else (rest, "")
    total = cells(head.string.rstrip())
    return _Open(head["level"], indent, total - indent - len(source) - 1 if source else 0, [first.rstrip()])


def _joined(record: _Open) -> str:
    """Join rows: with a space where the line was broken between words, without one where a word was cut.

    rich cuts only a word wider than the column, and begins it on a row of its own: such a row is full and has no space.
    """
    text = record.rows[0] if record.rows else ""
    before = text
    for row in record.rows[1:]:
        cut = 0 < record.width <= cells(before) and " " not in before
        text += row if cut else f" {row}"
        before = row
    return re.sub(r" {2,}", " ", text).strip()
