"""Repeats of regularisation pictures; on many random cases in test_rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikazuki.data.balance import balanced, class_quotas, spread

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9), max_size=6)


@pytest.mark.parametrize(
    ("wanted", "repeats", "expected"),
    [
        (10, [1, 1, 1], [4, 3, 3]),  # too few: raised by one in turn
        (10, [4, 4, 4, 4], [4, 4, 4]),  # the third passes the total, the fourth is not used
        (10, [20, 1], [20]),
        (10, [], []),
        (3, [1, 1, 1, 1], [1, 1, 1]),
    ],
)
def test_balance(wanted: int, repeats: list[int], expected: list[int]) -> None:
    assert balanced(wanted, repeats) == expected


@given(st.integers(0, 40), COUNTS)
def test_a_number_is_spread_in_proportion(total: int, shares: dict[str, int]) -> None:
    parts = spread(total, shares)
    assert sum(parts.values()) == (total if shares else 0)
    assert all(abs(part - total * shares[key] / sum(shares.values())) < 1 for key, part in parts.items())


def test_the_first_of_equals_gets_the_rest() -> None:
    assert spread(4, {"b": 1, "a": 1, "c": 1}) == {"b": 2, "a": 1, "c": 1}
    assert spread(3, {"a": 0}) == {"a": 0}


@pytest.mark.parametrize(
    ("wanted", "classes", "expected"),
    [
        ({"a": 3, "b": 2}, {"a": 9, "b": 1}, {"a": 3, "b": 2}),
        ({"a": 3, "b": 2}, {"a": 1, "c": 4, "d": 4}, {"a": 3, "c": 1, "d": 1}),  # those of b beside others of theirs
        ({"a": 3, "b": 2}, {"a": 1}, {"a": 5}),
        ({"a": 3}, {"a": 2, "c": 1}, {"a": 3, "c": 0}),
        ({"a": 3}, {}, {}),
    ],
)
def test_class_pictures_are_paired_by_buckets(
    wanted: dict[str, int], classes: dict[str, int], expected: dict[str, int]
) -> None:
    assert class_quotas(wanted, classes) == expected
