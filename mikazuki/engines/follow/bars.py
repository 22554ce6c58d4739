"""Reads progress bars as tqdm draws them: what is counted, how far it is, how fast, and the figures behind it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

BAR: Final = re.compile(
    r"(?:(?P<title>[^|\r\n]{0,200}?): +)?\s*(?P<percent>\d{1,3})%\|[^|\r\n]*\| "
    r"(?P<done>[\d.]+[kMGT]?)/(?P<total>[\d.]+[kMGT]?) "
    r"\[(?P<spent>[\d:]+)<(?P<left>[\d:]+|\?), *(?P<rate>[\d.e+-]+|\?)(?P<unit>[^\s\],]*)"
    r"(?:, (?P<figures>[^\]\r\n]*))?\]"
)
"""The default ``bar_format`` of tqdm: ``title:  40%|####      | 4/10 [00:16<00:24,  4.07s/it, name=value]``."""
SCALES: Final = {"k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}


@dataclass(frozen=True)
class Bar:
    """One drawing of a progress bar."""

    title: str
    done: int
    total: int
    speed: float | None = None
    """Pieces a second, over the whole time; None while unknown."""
    left: float | None = None
    """Seconds to go."""
    figures: Mapping[str, float] = field(default_factory=dict)
    """What stands behind the bar, e.g. ``avr_loss``; ``nan`` and ``inf`` are kept."""


def split_bars(line: str) -> tuple[list[Bar], str]:
    """Return the bars in a line and what else stands there: programs write right behind a bar without a newline."""
    if "%|" not in line:
        return [], line
    return [_bar(found) for found in BAR.finditer(line)], BAR.sub("", line)


def _bar(found: re.Match[str]) -> Bar:
    return Bar(
        title=(found["title"] or "").strip(),
        done=_count(found["done"]),
        total=_count(found["total"]),
        speed=_speed(found["rate"], found["unit"]),
        left=_seconds(found["left"]),
        figures=_figures(found["figures"] or ""),
    )


def _count(text: str) -> int:
    """Read a count, which tqdm shortens on request: ``1.5k``."""
    scale = SCALES.get(text[-1], 1)
    return round(float(text.rstrip("kMGT")) * scale)


def _speed(rate: str, unit: str) -> float | None:
    """Read ``4.07s/it`` and ``1.20it/s`` alike as pieces a second."""
    value = _number(rate)
    if not value:
        return None
    return 1 / value if unit.startswith("s/") else value


def _seconds(text: str) -> float | None:
    """Read ``MM:SS`` or ``H:MM:SS``; hours may exceed 24."""
    if text == "?":
        return None
    seconds = 0
    for part in text.split(":"):
        seconds = seconds * 60 + int(part or 0)
    return float(seconds)


def _figures(text: str) -> dict[str, float]:
    pairs = (pair.partition("=") for pair in text.split(", "))
    return {name.strip(): number for name, _, value in pairs if (number := _number(value.strip())) is not None}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
