"""Epochs of unequal length, held against counting one by one."""

from hypothesis import given
from hypothesis import strategies as st

from mikazuki.data.lengths import Lengths

DATASETS = st.lists(st.tuples(st.integers(1, 9), st.none() | st.integers(1, 6)), min_size=1, max_size=4)


@given(DATASETS, st.integers(1, 4))
def test_lengths_are_those_counted_one_by_one(datasets: list[tuple[int, int | None]], accumulation: int) -> None:
    lengths = Lengths(tuple(own for own, _ in datasets), tuple(end for _, end in datasets), accumulation)
    places: list[tuple[int, int]] = []
    for epoch in range(9):
        shown = [own for own, end in datasets if end is None or epoch < end]
        assert lengths.batches_in(epoch) == sum(shown)
        assert lengths.steps_before(epoch) == len(places)
        places += [(epoch, place) for place in range(-(-sum(shown) // accumulation))]
    assert [lengths.place_of(step) for step in range(len(places))] == places
    most = lengths.most_steps()
    if most is None:
        assert any(end is None for _, end in datasets)
    else:
        assert most == len(places)
        assert lengths.place_of(most) == (max(end or 0 for _, end in datasets), 0)
