"""The order of an epoch: complete, one bucket a batch, a function of seed and epoch alone."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikazuki.data.batches import draw_sample, epoch_batches, rank_batches, sample_rng
from mikazuki.data.plan import Plan, make_plan
from tests.data.conftest import MakePicture, MakeSettings


@pytest.fixture
def plan(tmp_path: Path, make_picture: MakePicture, make_settings: MakeSettings) -> Plan:
    """Seven pictures in three buckets, 3 and 5 repeats."""
    for index, size in enumerate([(128, 128), (128, 128), (64, 192), (192, 64)]):
        make_picture(tmp_path / "3_a" / f"{index}.png", size, "a, b, c, d")
    for index, size in enumerate([(128, 128), (64, 192), (64, 192)]):
        make_picture(tmp_path / "5_b" / f"{index}b.png", size)
    return make_plan(make_settings(tmp_path, train_batch_size=4))


@pytest.mark.parametrize("batch_size", [1, 2, 4, 100])
def test_an_epoch_shows_everything_as_often_as_it_repeats(plan: Plan, batch_size: int) -> None:
    batches = epoch_batches(plan, seed=42, epoch=1, batch_size=batch_size)
    shown = Counter(index for batch in batches for index in batch)
    assert shown == {index: entry.repeats for index, entry in enumerate(plan.entries)}
    assert all(len({plan.entries[index].bucket for index in batch}) == 1 for batch in batches)
    assert all(1 <= len(batch) <= batch_size for batch in batches)
    if batch_size == 4:
        assert len(batches) == plan.batches_per_epoch


def test_order_depends_on_seed_and_epoch_only(plan: Plan) -> None:
    def order(seed: int, epoch: int) -> list[list[int]]:
        return epoch_batches(plan, seed=seed, epoch=epoch, batch_size=2)

    assert order(42, 3) == order(42, 3)
    assert len({str(order(seed, epoch)) for seed in range(5) for epoch in range(5)}) == 25


def test_batches_of_buckets_are_mixed(plan: Plan) -> None:
    first = {plan.entries[epoch_batches(plan, seed=1, epoch=e, batch_size=2)[0][0]].bucket for e in range(40)}
    assert len(first) == 3


@given(st.integers(1, 30), st.integers(1, 8))
def test_ranks_share_an_epoch(count: int, num_processes: int) -> None:
    batches = [[index] for index in range(count)]
    dealt = [rank_batches(batches, rank=rank, num_processes=num_processes) for rank in range(num_processes)]
    assert len({len(part) for part in dealt}) == 1
    places = [place for part in dealt for place, _ in part]
    assert sorted(places) == list(range(len(places)))
    assert {batch[0] for part in dealt for _, batch in part} == set(range(count))
    assert len(places) < count + num_processes


def test_samples_have_numbers_of_their_own() -> None:
    assert sample_rng(1, 2, 3).random() == sample_rng(1, 2, 3).random()
    draws = {sample_rng(seed, epoch, place).random() for seed in range(4) for epoch in range(4) for place in range(4)}
    assert len(draws) == 64
    assert sample_rng(1, 23, 4).random() != sample_rng(12, 3, 4).random()


def test_half_are_mirrored_whatever_the_caption_draws(plan: Plan, make_settings: MakeSettings) -> None:
    entry = plan.entries[0]
    flips: list[list[bool]] = []
    for options in ({}, {"shuffle_caption": True}, {"caption_dropout_rate": 0.5}):
        settings = make_settings(Path("x"), flip_aug=True, **options)
        flips.append([draw_sample(entry, settings, sample_rng(0, 0, place))[1] for place in range(1000)])
    assert flips[0] == flips[1] == flips[2]
    assert 440 < sum(flips[0]) < 560
    still = make_settings(Path("x"), flip_aug=False)
    assert not any(draw_sample(entry, still, sample_rng(0, 0, place))[1] for place in range(50))
    assert draw_sample(entry, still, sample_rng(0, 0, 0))[0] == "a, b, c, d"
