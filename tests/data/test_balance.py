"""Repeats of regularisation pictures; on many random cases in test_rules."""

import pytest

from mikazuki.data.balance import balanced


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
