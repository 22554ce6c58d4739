"""A job's curves: numbers by tag and step, read as they come and thinned for the eye."""

import math
import operator
import threading
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic_core import from_json

from mikazuki.jobs.events import Event, parse_line

_BLOCK_BYTES: Final = 1 << 18
"""How much is read and parsed at a time: what has just been made is still in the processor's cache."""
PROGRESS_TAGS: Final = {"speed": "progress/speed", "memory": "progress/memory"}
"""Numbers of progress events that are curves of their own: steps a second, bytes."""


_Point = tuple[int, Mapping[str, Any]]
"""A step and its values by tag."""


@dataclass(frozen=True)
class Series:
    """One curve; a value that is no number is None."""

    steps: list[int]
    values: list[float | None]
    count: int
    """Points before the thinning."""


@dataclass(frozen=True)
class Curves:
    """Curves of a job, thinned, and all tags that it has."""

    tags: list[str]
    series: dict[str, Series]
    last_step: int


@dataclass
class _Points:
    """Points of one tag, their steps never falling."""

    steps: "array[int]" = field(default_factory=lambda: array("q"))
    values: "array[float]" = field(default_factory=lambda: array("d"))

    def extend(self, steps: Sequence[int], values: Sequence[Any]) -> None:
        """Add points; a step that was there already, as after going back to a state, begins anew from there."""
        rising = all(map(operator.lt, steps, steps[1:]))
        if rising and (not self.steps or steps[0] > self.steps[-1]):
            self.steps.extend(steps)
            self.values.extend(_numbers(values))
            return
        for step, value in zip(steps, _numbers(values), strict=True):
            if self.steps and step <= self.steps[-1]:
                at = bisect_left(self.steps, step)
                del self.steps[at:], self.values[at:]
            self.steps.append(step)
            self.values.append(value)


def _numbers(values: Sequence[Any]) -> "array[float]":
    """Return values as numbers, NaN for what is none."""
    try:
        return array("d", values)
    except TypeError:
        return array("d", (value if isinstance(value, (int, float)) else math.nan for value in values))


class Metrics:
    """The curves of one job, kept in memory and read on where its events file has grown."""

    def __init__(self, events: Path) -> None:
        """Read the events file ``events``, which need not be there yet."""
        self._path = events
        self._offset = 0
        self._points: dict[str, _Points] = {}
        self._lock = threading.Lock()

    def curves(
        self, tags: Collection[str] = (), points: int = 1000, first: int | None = None, last: int | None = None
    ) -> Curves:
        """Return curves.

        Args:
            tags: Which; empty: all.
            points: How many points each may have at most (at least 4 are given).
            first: The least step, None: from the beginning.
            last: The greatest step, None: to the end.
        """
        with self._lock:
            self._read()
            wanted = [tag for tag in self._points if not tags or tag in tags]
            series = {tag: _thinned(self._points[tag], points, first, last) for tag in wanted}
            last_step = max((found.steps[-1] for found in self._points.values() if found.steps), default=0)
            return Curves(list(self._points), series, last_step)

    def _read(self) -> None:
        for block in self._blocks():
            events = _parsed(block)
            metrics = [event for event in events if event["kind"] == "metric" and _is_point(event)]
            progress = [_speed_point(event) for event in events if event["kind"] == "progress" and "step" in event]
            self._take([(event["step"], event["values"]) for event in metrics])
            self._take([point for point in progress if isinstance(point[0], int)])

    def _blocks(self) -> Iterator[bytes]:
        """Yield the whole lines that were added since the last time."""
        try:
            file = self._path.open("rb")
        except OSError:
            return
        with file:
            if file.seek(0, 2) < self._offset:
                self._offset, self._points = 0, {}
            size = _BLOCK_BYTES
            while True:
                file.seek(self._offset)
                data = file.read(size)
                end = data.rfind(b"\n") + 1
                if not end and len(data) < size:
                    return
                # a line may be longer than a block
                size = _BLOCK_BYTES if end else size * 2
                self._offset += end
                if end:
                    yield data[:end]

    def _take(self, points: Sequence[_Point]) -> None:
        """Add points: whole columns at once where all events of a kind have the same tags, as they mostly do."""
        groups: dict[tuple[str, ...], list[_Point]] = {}
        for point in points:
            groups.setdefault(tuple(point[1]), []).append(point)
        tags = [tag for group in groups for tag in group]
        if len(set(tags)) < len(tags):
            for step, values in points:
                for tag, value in values.items():
                    self._extend(tag, [step], [value])
            return
        for group, members in groups.items():
            steps = [step for step, _ in members]
            for tag, column in zip(group, zip(*(values.values() for _, values in members), strict=True), strict=True):
                self._extend(tag, steps, column)

    def _extend(self, tag: str, steps: Sequence[int], values: Sequence[Any]) -> None:
        points = self._points.get(tag)
        if points is None:
            points = self._points[tag] = _Points()
        points.extend(steps, values)


def _is_point(event: Event) -> bool:
    return isinstance(event.get("step"), int) and isinstance(event.get("values"), dict)


def _speed_point(event: Event) -> _Point:
    return event["step"], {tag: event[name] for name, tag in PROGRESS_TAGS.items() if event.get(name) is not None}


def _parsed(block: bytes) -> list[Event]:
    """Parse many lines at once, one by one only where a kill has torn one of them."""
    try:
        found: list[Any] = from_json(b"[" + block.strip().replace(b"\n", b",") + b"]")
    except ValueError:
        return [event for line in block.splitlines() if (event := parse_line(line)) is not None]
    return [event for event in found if isinstance(event, dict) and "kind" in event]


def _thinned(points: _Points, most: int, first: int | None, last: int | None) -> Series:
    start = 0 if first is None else bisect_left(points.steps, first)
    end = len(points.steps) if last is None else bisect_right(points.steps, last)
    chosen = thin(points.values[start:end], most)
    steps = [points.steps[start + at] for at in chosen]
    values = [points.values[start + at] for at in chosen]
    return Series(steps, [value if math.isfinite(value) else None for value in values], max(0, end - start))


def thin(values: Sequence[float], most: int) -> list[int]:
    """Return the places of at most ``most`` (at least 4) values: first, last, and each stretch's high and low.

    What is no number is kept where a stretch has nothing else, so that a gap is seen as one.
    """
    most = max(4, most)
    count = len(values)
    if count <= most:
        return list(range(count))
    stretches = (most - 2) // 2
    inner = count - 2
    chosen = [0]
    for number in range(stretches):
        start, end = 1 + inner * number // stretches, 1 + inner * (number + 1) // stretches
        part = values[start:end]
        low, high = min(part), max(part)
        if not math.isfinite(low + high):
            low, high = _finite_bounds(part)
        places = {start + part.index(low), start + part.index(high)} if math.isfinite(low) else {start}
        chosen.extend(sorted(places))
    return [*chosen, count - 1]


def _finite_bounds(part: Sequence[float]) -> tuple[float, float]:
    """Return the least and the greatest number, NaN twice where there is none."""
    finite = [value for value in part if math.isfinite(value)]
    return (min(finite), max(finite)) if finite else (math.nan, math.nan)
