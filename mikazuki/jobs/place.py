"""A job's place in the queue: its ``queue.json``, and the arithmetic of ranks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from mikazuki.files import write_text
from mikazuki.jobs.folder import Job, read_json

_GAP: Final = 1024.0
_NARROW: Final = 1e-6
"""Ranks nearer than this are told apart no more; all are dealt out anew then."""


@dataclass(frozen=True)
class Place:
    """When, where and whether a waiting job may start."""

    rank: float = 0.0
    """Jobs start in the order of their ranks."""
    not_before: float | None = None
    """Unix seconds; None: as soon as there is room."""
    gpus: tuple[str, ...] = ()
    """The slots it wants; empty: any."""
    held: bool = False
    """Whether it is held back until somebody releases it."""
    needs: int = 1
    """How many slots it wants where it names none; 0: it computes on the processor, beside what has slots."""


def place_text(place: Place) -> str:
    """Write a place as the text of ``queue.json``."""
    return json.dumps(asdict(place), ensure_ascii=False, indent=2) + "\n"


def write_place(job: Job, place: Place) -> None:
    """Write ``queue.json`` in one piece."""
    write_text(job.place, place_text(place))


def read_place(job: Job) -> Place | None:
    """Return a job's place; None for a job that was never queued, a default one where the file is broken."""
    if not job.place.exists():
        return None
    return _place_in(read_json(job.place))


def place_of(job: Job) -> Place:
    """Return a job's place; of one that was never queued what ``job.json`` says it needs."""
    return read_place(job) or _place_in({"needs": job.facts().get("needs")})


def _place_in(found: Mapping[str, Any]) -> Place:
    needs = _number(found.get("needs"))
    return Place(
        rank=_number(found.get("rank")) or 0.0,
        not_before=_number(found.get("not_before")),
        gpus=tuple(str(gpu) for gpu in found.get("gpus") or ()),
        held=bool(found.get("held")),
        needs=1 if needs is None else max(0, int(needs)),
    )


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


Row = tuple[Job, Place]
"""A waiting job and its place."""


def rank_at(order: Sequence[Row], position: int | None) -> float | None:
    """Return a rank that stands at a position among jobs in order (None: at the end); None where no room is left."""
    ranks = [place.rank for _, place in order]
    if not ranks:
        return 0.0
    if position is None or position >= len(ranks):
        return ranks[-1] + _GAP
    if position <= 0:
        return ranks[0] - _GAP
    before, after = ranks[position - 1], ranks[position]
    return (before + after) / 2 if after - before > _NARROW else None


def spread(order: Sequence[Row]) -> list[Row]:
    """Deal out ranks anew, above all that there are, and write them from the last to the first.

    So the order is the same at every moment, whenever a kill comes.
    """
    top = max((place.rank for _, place in order), default=0.0)
    dealt = [(job, replace(place, rank=top + (at + 1) * _GAP)) for at, (job, place) in enumerate(order)]
    for job, place in reversed(dealt):
        write_place(job, place)
    return dealt
