"""Which waiting jobs may start now, and on which slots: GPUs, the one slot ``cpu``, or none for light jobs."""

from collections.abc import Collection, Sequence
from typing import Final

from mikazuki.jobs.place import Place, Row

CPU: Final = "cpu"
"""The one slot of a machine without GPUs."""
LIGHT_AT_ONCE: Final = 2
"""How many jobs run at a time that need no slot: they share the processor and the disk with those that have one."""


def wanted(place: Place, slots: Sequence[str]) -> tuple[str, ...]:
    """Return the slots that a job names; GPUs mean nothing where the only slot is the processor."""
    return () if tuple(slots) == (CPU,) else place.gpus


def is_light(place: Place, slots: Sequence[str]) -> bool:
    """Tell whether a job takes no slot: it needs none, and nobody has given it one."""
    return place.needs == 0 and not wanted(place, slots)


def taken_by(gpus: Sequence[str], needs: int, slots: Sequence[str]) -> tuple[str, ...]:
    """Return the slots that a running job takes; one that names none, as a job of another version, the first ones."""
    named = tuple(gpu for gpu in gpus if gpu in slots)
    return named or tuple(slots[:needs])


def choose(
    rows: Sequence[Row], slots: Sequence[str], busy: Collection[str], now: float, light: int = 0
) -> list[tuple[Row, list[str]]]:
    """Return the jobs to start now, each with its slots, in the order of the queue.

    A job that is due and waits for several slots, or for named ones, keeps the free ones of them for itself, so that
    small jobs behind it cannot starve it. A job that is held, or not due yet, keeps nothing. Light jobs pass all that
    wait for slots; ``light`` of them run already.
    """
    free = [slot for slot in slots if slot not in busy]
    started: list[tuple[Row, list[str]]] = []
    for row in rows:
        _, place = row
        if place.held or (place.not_before is not None and place.not_before > now):
            continue
        if is_light(place, slots):
            if light < LIGHT_AT_ONCE:
                started.append((row, []))
            light += 1
            continue
        named = wanted(place, slots)
        number = min(max(1, place.needs), len(slots))
        possible = [slot for slot in free if slot in named] if named else free[:number]
        free = [slot for slot in free if slot not in possible]
        if set(named) <= set(possible) if named else len(possible) == number:
            started.append((row, possible))
    return started


def why_waiting(place: Place, slots: Sequence[str], now: float, *, paused: bool) -> str:
    """Say in words why a queued job has not begun."""
    if place.held:
        return "held back until it is released"
    if place.not_before is not None and place.not_before > now:
        return "waits for its time"
    if paused:
        return "the queue is paused"
    missing = [gpu for gpu in wanted(place, slots) if gpu not in slots] if slots else []
    if missing:
        return f"waits for GPU {', '.join(missing)}, which is not here"
    return "waits for its turn"
