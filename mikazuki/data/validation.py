"""Chooses the pictures that are held back to validate with."""

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def split(items: Sequence[T], share: float, seed: int) -> tuple[list[T], list[T]]:
    """Divide a subset's pictures into those trained on and those held back, each in its old order.

    They are shuffled, and the first ceil(number x (1 - share)) are trained on: at least one, and with the same seed
    the same ones as sd-scripts trains on. The others are held back, and only they. (sd-scripts counts the two parts by
    two roundings and can so validate with a picture that it trains on.)

    Args:
        items: The pictures in order of their paths.
        share: Which part to hold back, 0 to below 1.
        seed: Seed of the shuffle.
    """
    if not share:
        return list(items), []
    order = list(range(len(items)))
    Random(seed).shuffle(order)
    trained = set(order[: math.ceil(len(items) * (1 - share))])
    return (
        [item for place, item in enumerate(items) if place in trained],
        [item for place, item in enumerate(items) if place not in trained],
    )
