"""Showings: what is random about them, what is not, and that one option leaves the numbers of another alone."""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from mikazuki.data.buckets import Crop, geometry
from mikazuki.data.draw import Showing, corner_in_cover, crop_changes, draw_showing, plain_showing
from mikazuki.data.entries import Entry
from mikazuki.settings.datasets import CaptionOptions, SubsetOptions


def entry_of(name: str = "a.png", size: tuple[int, int] = (300, 200), bucket: tuple[int, int] = (128, 128)) -> Entry:
    return Entry(Path(name), "a, b, c, d", 1, 0, False, size, bucket, geometry(size, bucket))


def subset_of(**options: Any) -> SubsetOptions:
    return SubsetOptions(image_dir=None, **options)


def draw(entry: Entry, subset: SubsetOptions, seed: int) -> Showing:
    return draw_showing(entry, subset, Random(seed), epoch=1, step=0, max_steps=10)


def test_one_number_and_the_middle_by_default() -> None:
    rng, other = Random(5), Random(5)
    shown = draw_showing(entry_of(), subset_of(), rng, epoch=1, step=0, max_steps=10)
    assert shown == Showing("a, b, c, d", flip=False, crop=Crop((192, 128), 32, 0), colour=None)
    other.random()
    assert rng.random() == other.random()


def test_half_are_mirrored_whatever_else_is_drawn() -> None:
    captions = CaptionOptions(shuffle_caption=True, caption_dropout_rate=0.5)
    others: list[dict[str, Any]] = [{}, {"captions": captions}, {"random_crop": True, "color_aug": True}]
    flips = [[draw(entry_of(), subset_of(flip_aug=True, **more), seed).flip for seed in range(1000)] for more in others]
    assert flips[0] == flips[1] == flips[2]
    assert 440 < sum(flips[0]) < 560
    assert not any(draw(entry_of(), subset_of(), seed).flip for seed in range(50))


def test_crops_and_colours_leave_captions_alone_and_colours_crops() -> None:
    captions = CaptionOptions(shuffle_caption=True)
    plain = [draw(entry_of(), subset_of(captions=captions), seed) for seed in range(40)]
    cut = [draw(entry_of(), subset_of(captions=captions, random_crop=True), seed) for seed in range(40)]
    both = [draw(entry_of(), subset_of(captions=captions, random_crop=True, color_aug=True), s) for s in range(40)]
    assert [shown.caption for shown in plain] == [shown.caption for shown in cut] == [shown.caption for shown in both]
    assert [shown.crop for shown in cut] == [shown.crop for shown in both]
    assert len({shown.caption for shown in plain}) > 10
    assert len({shown.crop for shown in cut}) > 10
    assert 5 < sum(shown.colour is not None for shown in both) < 25


def test_random_crops_reach_every_place() -> None:
    crops = {draw(entry_of(size=(140, 133)), subset_of(random_crop=True), seed).crop for seed in range(400)}
    # 140 x 133 becomes 135 x 128: eight places beside one another
    assert crops == {Crop((135, 128), left, 0) for left in range(8)}


def test_faces_are_cut_around_and_other_pictures_as_without() -> None:
    faced = subset_of(face_crop_aug_range=(2.0, 2.0))
    # the face of 100 px wants 200 px of the picture, so that 0.64 covers: 192 x 128, its centre at 64
    assert draw(entry_of("jo_100_100_100_80.png"), faced, 1).crop == Crop((192, 128), 0, 0)
    assert draw(entry_of("jo_290_100_100_80.png"), faced, 1).crop == Crop((192, 128), 64, 0)
    assert draw(entry_of("jo.png"), faced, 1).crop == Crop((192, 128), 32, 0)
    assert draw(entry_of("jo_290_100_100_80.png"), subset_of(), 1).crop == Crop((192, 128), 32, 0)


def test_which_crops_change() -> None:
    assert not crop_changes(entry_of(), subset_of())
    assert crop_changes(entry_of(), subset_of(random_crop=True))
    assert not crop_changes(entry_of(size=(128, 128)), subset_of(random_crop=True))
    assert crop_changes(entry_of("jo_9_9_9_9.png"), subset_of(face_crop_aug_range=(2.0, 4.0)))
    assert not crop_changes(entry_of("jo.png"), subset_of(face_crop_aug_range=(2.0, 4.0)))


def test_plain_showings_have_nothing_random() -> None:
    everything = CaptionOptions(shuffle_caption=True, caption_dropout_rate=1.0, caption_suffix="x")
    subset = subset_of(captions=everything, random_crop=True, color_aug=True, flip_aug=True)
    expected = Showing("a, b, c, d x", flip=True, crop=Crop((192, 128), 32, 0))
    assert plain_showing(entry_of(), subset, flip=True) == expected


@pytest.mark.parametrize(
    ("left", "flip", "expected"),
    [
        (0, False, (8, 0)),
        (7, False, (8, 0)),
        (100, False, (8, 96)),
        # mirrored in the 224 columns that are left of 228: 224 - 128 - 0, 224 - 128 - 96
        (0, True, (8, 96)),
        (100, True, (8, 0)),
    ],
)
def test_corners_in_the_cover(left: int, expected: tuple[int, int], *, flip: bool) -> None:
    showing = Showing("", flip, Crop((228, 140), left, 9))
    assert corner_in_cover(showing, (128, 128), step=8) == expected


def test_the_same_place_gives_the_same_showing() -> None:
    subset = subset_of(random_crop=True, color_aug=True, flip_aug=True, captions=CaptionOptions(shuffle_caption=True))
    assert draw(entry_of(), subset, 3) == draw(entry_of(), subset, 3)
    assert len({str(draw(entry_of(), subset, seed)) for seed in range(100)}) > 90
    assert draw(entry_of(), replace(subset, flip_aug=False), 3).crop == draw(entry_of(), subset, 3).crop
