"""Choices: every one possible, and the same numbers for ever."""

from collections import Counter
from random import Random

from mikazuki.data.chance import between, chosen, shuffled, whole


def test_shuffle_never_changes_between_versions() -> None:
    assert shuffled(range(8), Random("order 42 1")) == [2, 4, 7, 3, 6, 5, 1, 0]


def test_choices_never_change_between_versions() -> None:
    rng = Random("sample 1 2 3")
    assert [whole(0, 9, rng) for _ in range(8)] == [2, 6, 3, 0, 4, 9, 0, 5]
    assert chosen("abc", Random("x")) == "abc"[int(Random("x").random() * 3)]


def test_ends_are_included_and_all_are_as_likely() -> None:
    rng = Random(1)
    counts = Counter(whole(-2, 2, rng) for _ in range(5000))
    assert set(counts) == {-2, -1, 0, 1, 2}
    assert all(850 < count < 1150 for count in counts.values())
    assert {whole(3, 3, rng) for _ in range(9)} == {3}
    assert {chosen("ab", rng) for _ in range(99)} == {"a", "b"}


def test_numbers_between() -> None:
    drawn = [between(-2.0, 6.0, Random(seed)) for seed in range(500)]
    assert -2 <= min(drawn) < -1.8
    assert 5.8 < max(drawn) < 6
