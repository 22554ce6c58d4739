"""Where crops of kept latents come to lie, and what one drawing draws."""

from dataclasses import replace
from pathlib import Path

import pytest

from mikazuki.data.buckets import Crop
from mikazuki.data.colour import ColourShift
from mikazuki.data.draw import Showing
from mikazuki.data.entries import Entry
from mikazuki.data.showings import settled, way_at, way_of
from mikazuki.settings.datasets import SubsetOptions

ENTRY = Entry(Path("a.png"), "a cat", 1, 0, is_reg=False, size=(200, 64), bucket=(64, 64), crop=Crop((200, 64), 68, 0))
FACE = replace(ENTRY, picture=Path("a_100_32_20_20.png"))
MOVED = Showing("a cat", flip=False, crop=Crop((200, 64), 37, 3))


def test_how_a_picture_is_encoded() -> None:
    plain, random, face = (
        SubsetOptions(None, **more) for more in ({}, {"random_crop": True}, {"face_crop_aug_range": (2.0, 4.0)})
    )
    assert [way_of(ENTRY, options) for options in (plain, random, face)] == ["bucket", "cover", "bucket"]
    assert way_of(FACE, face) == "anew"
    assert way_of(replace(ENTRY, crop=Crop((64, 64), 0, 0)), random) == "bucket"


@pytest.mark.parametrize(("keep", "corner"), [(True, (32, 0)), (False, (37, 3))])
def test_kept_crops_lie_between_latents(keep: bool, corner: tuple[int, int]) -> None:  # noqa: FBT001
    options = SubsetOptions(None, random_crop=True)
    crop = settled(ENTRY, MOVED, options, keep=keep).crop
    assert (crop.left, crop.top) == corner
    coloured = replace(MOVED, colour=ColourShift(5.0))
    assert way_at(ENTRY, coloured, options, keep=keep) == "anew"
    assert settled(ENTRY, coloured, options, keep=keep) == coloured
