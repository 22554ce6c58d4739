"""Choices from a generator's `random()` alone, the one method whose numbers Python keeps from version to version."""

from collections.abc import Iterable, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def shuffled(items: Iterable[T], rng: Random) -> list[T]:
    """Return the items in random order."""
    return sorted(items, key=lambda _: rng.random())


def chosen(items: Sequence[T], rng: Random) -> T:
    """Return one of the items, each as likely as the others."""
    return items[int(rng.random() * len(items))]


def whole(low: int, high: int, rng: Random) -> int:
    """Draw a whole number from `low` to `high`, both included."""
    return low + int(rng.random() * (high - low + 1))


def between(low: float, high: float, rng: Random) -> float:
    """Draw a number from `low` to `high`."""
    return low + rng.random() * (high - low)
