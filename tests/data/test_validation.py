"""What is held back to validate with."""

import math
import random
from random import Random

import pytest

from mikazuki.data.validation import split


@pytest.mark.parametrize(
    ("number", "share", "held"),
    [(10, 0.2, 2), (10, 0.25, 2), (10, 0.05, 0), (3, 0.5, 1), (1, 0.9, 0), (5, 0.99, 4), (100, 0.1, 10), (7, 0.0, 0)],
)
def test_how_many(number: int, share: float, held: int) -> None:
    trained, back = split(list(range(number)), share, seed=1)
    assert (len(trained), len(back)) == (number - held, held)


def test_parts_are_disjoint_in_order_and_the_same_again() -> None:
    rng = Random(0)
    for _ in range(1000):
        items = list(range(rng.randint(1, 40)))
        share, seed = rng.choice([rng.random(), 0.1, 0.5]), rng.randint(0, 2**32 - 1)
        trained, back = split(items, share, seed)
        assert sorted([*trained, *back]) == items
        assert (trained, back) == (sorted(trained), sorted(back))
        assert trained
        assert split(items, share, seed) == (trained, back)
    assert len({tuple(split(list(range(20)), 0.5, seed)[1]) for seed in range(30)}) == 30


def test_the_same_pictures_as_upstream_are_trained_on() -> None:
    """As it is done there: the list itself is shuffled by the module's generator, and cut."""
    for seed in range(200):
        items = [f"{number:02d}.png" for number in range(1 + seed % 13)]
        shuffled = list(items)
        random.seed(seed)
        random.shuffle(shuffled)
        kept = shuffled[0 : math.ceil(len(shuffled) * (1 - 0.3))]
        assert set(split(items, 0.3, seed)[0]) == set(kept)
