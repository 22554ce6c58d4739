"""The order of an epoch: complete, one bucket a batch, a function of seed and epoch alone."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikazuki.data.batches import epoch_batches, own_part, sample_position, sample_rng
from mikazuki.data.plan import Plan, make_plan
from tests.data.conftest import MakePicture, MakeSettings

RECORDED = [[1, 4, 0], [2, 5, 6, 5], [0, 4, 4, 1], [3, 3, 3], [2], [0, 4, 1, 4], [5, 6, 6, 6], [5, 5, 6, 2]]


@pytest.fixture
def plan(tmp_path: Path, make_picture: MakePicture, make_settings: MakeSettings) -> Plan:
    """Seven pictures in three buckets, 3 and 5 repeats."""
    for index, size in enumerate([(128, 128), (128, 128), (64, 192), (192, 64)]):
        make_picture(tmp_path / "3_a" / f"{index}.png", size, "a, b, c, d")
    for index, size in enumerate([(128, 128), (64, 192), (64, 192)]):
        make_picture(tmp_path / "5_b" / f"{index}b.png", size)
    return make_plan(make_settings(tmp_path, train_batch_size=4))


def with_batch_size(plan: Plan, size: int) -> Plan:
    return replace(plan, datasets=tuple(replace(dataset, batch_size=size) for dataset in plan.datasets))


@pytest.mark.parametrize("batch_size", [1, 2, 4, 100])
def test_an_epoch_shows_everything_as_often_as_it_repeats(plan: Plan, batch_size: int) -> None:
    batches = epoch_batches(with_batch_size(plan, batch_size), seed=42, epoch=1)
    shown = Counter(index for batch in batches for index in batch)
    assert shown == {index: entry.repeats for index, entry in enumerate(plan.entries)}
    assert all(len({plan.entries[index].bucket for index in batch}) == 1 for batch in batches)
    assert all(1 <= len(batch) <= batch_size for batch in batches)
    if batch_size == 4:
        assert len(batches) == plan.batches_per_epoch


def test_order_depends_on_seed_and_epoch_only(plan: Plan) -> None:
    def order(seed: int, epoch: int) -> list[list[int]]:
        return epoch_batches(plan, seed=seed, epoch=epoch)

    assert order(42, 3) == order(42, 3)
    assert len({str(order(seed, epoch)) for seed in range(5) for epoch in range(5)}) == 25


def test_batches_of_buckets_are_mixed(plan: Plan) -> None:
    first = {plan.entries[epoch_batches(plan, seed=1, epoch=e)[0][0]].bucket for e in range(40)}
    assert len(first) == 3


@given(st.integers(1, 30), st.integers(1, 8))
def test_processes_share_a_batch(count: int, num_processes: int) -> None:
    parts = [list(range(count))[own_part(count, rank=r, processes=num_processes)] for r in range(num_processes)]
    assert [index for part in parts for index in part] == list(range(count))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_samples_have_numbers_of_their_own() -> None:
    assert sample_rng(1, 2, 3).random() == sample_rng(1, 2, 3).random()
    draws = {sample_rng(seed, epoch, place).random() for seed in range(4) for epoch in range(4) for place in range(4)}
    assert len(draws) == 64
    assert sample_rng(1, 23, 4).random() != sample_rng(12, 3, 4).random()


def test_the_order_of_one_dataset_is_what_it_always_was(plan: Plan) -> None:
    """Recorded before there were several datasets: a stored state must find the order it stopped in."""
    assert epoch_batches(plan, seed=42, epoch=1) == RECORDED


@pytest.fixture
def two(tmp_path: Path, make_picture: MakePicture, make_settings: MakeSettings) -> Plan:
    """The same five pictures twice, at 128 px in batches of 4 and at 64 px in batches of 3."""
    for index in range(5):
        make_picture(tmp_path / "a" / f"{index}.png", (128, 128))
    file = tmp_path / "d.toml"
    one, other = (
        '[[datasets]]\nresolution = {}\nbatch_size = {}\n[[datasets.subsets]]\nimage_dir = "{}"'.format(
            side, size, (tmp_path / "a").as_posix()
        )
        for side, size in ((128, 4), (64, 3))
    )
    file.write_text(f"{one}\nnum_repeats = 2\n{other}\n", encoding="utf-8")
    return make_plan(make_settings(tmp_path, train_data_dir="", dataset_config=str(file)))


def test_batches_never_mix_datasets(two: Plan) -> None:
    batches = epoch_batches(two, seed=1, epoch=0)
    kinds = [{two.entries[index].dataset for index in batch} for batch in batches]
    assert all(len(kind) == 1 for kind in kinds)
    sizes = sorted((*kind, len(batch)) for kind, batch in zip(kinds, batches, strict=True))
    assert sizes == [(0, 2), (0, 4), (0, 4), (1, 2), (1, 3)]
    assert two.batches_per_epoch == len(batches)
    first = {
        min(kind)
        for kind in (
            kinds[0],
            *({two.entries[epoch_batches(two, seed=seed, epoch=0)[0][0]].dataset} for seed in range(20)),
        )
    }
    assert first == {0, 1}


def test_every_picture_of_an_epoch_has_a_position_of_its_own(two: Plan) -> None:
    batches = epoch_batches(two, seed=1, epoch=0)
    positions = [sample_position(two, place, at) for place, batch in enumerate(batches) for at in range(len(batch))]
    assert len(set(positions)) == len(positions) == 15
    assert sample_position(two, 3, 1) == 3 * 4 + 1
