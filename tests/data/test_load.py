"""Training pixels: averaging by area, cropping, mirroring, and the sizes told to SDXL."""

from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mikazuki.data.buckets import Crop, geometry
from mikazuki.data.colour import ColourShift
from mikazuki.data.draw import Showing, corner_in_cover
from mikazuki.data.entries import Entry
from mikazuki.data.load import Pixels, area_resize, covering_pixels, resize, training_pixels
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.settings.datasets import SubsetOptions
from mikazuki.settings.options.kinds import Interpolation
from tests.data.conftest import MakePicture

KINDS = get_args(get_args(get_args(Interpolation)[0])[0])


def grey(rows: list[list[int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.repeat(np.array(rows, np.uint8)[:, :, None], 3, axis=2)


def test_area_by_hand() -> None:
    # 3 columns onto 2: each output takes one whole column and half of the middle one
    assert area_resize(grey([[0, 90, 240]]), (2, 1))[0, :, 0].tolist() == [30, 190]
    # 2 x 2 onto 1: the mean 0.5 rounds up
    assert area_resize(grey([[0, 1], [0, 1]]), (1, 1))[0, 0].tolist() == [1, 1, 1]


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_area_keeps_flat_colours_and_the_mean(width: int, height: int, data: st.DataObject) -> None:
    size = (data.draw(st.integers(1, width)), data.draw(st.integers(1, height)))
    assert np.unique(area_resize(np.full((height, width, 3), 77, np.uint8), size)).tolist() == [77]
    noise = np.random.default_rng(width * 41 + height).integers(0, 256, (height, width, 3), dtype=np.uint8)
    assert abs(float(area_resize(noise, size).mean()) - float(noise.mean())) <= 0.51


def test_same_size_is_not_touched() -> None:
    pixels = grey([[1, 2], [3, 4]])
    assert resize(pixels, (2, 2)) is pixels


def test_enlarging_is_smooth() -> None:
    large = resize(grey([[0, 255]]), (8, 4))
    assert large.shape == (4, 8, 3)
    assert len(np.unique(large)) > 2


def test_nearest_linear_and_area_by_hand() -> None:
    pixels = grey([[0, 90]])
    assert resize(pixels, (4, 1), "nearest")[0, :, 0].tolist() == [0, 0, 90, 90]
    # sampled at 0.25, 0.75, 1.25, 1.75 between the centres 0.5 and 1.5
    assert resize(pixels, (4, 1), "linear")[0, :, 0].tolist() == [0, 23, 68, 90]
    # the middle one of three columns covers the two halves alike
    assert resize(pixels, (3, 1), "area")[0, :, 0].tolist() == [0, 45, 90]


@pytest.mark.parametrize(("name", "same"), [("linear", "bilinear"), ("cubic", "bicubic")])
def test_two_names_of_one_filter(name: str, same: str) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    assert np.array_equal(resize(pixels, (13, 31), name), resize(pixels, (13, 31), same))


@pytest.mark.parametrize("kind", KINDS)
def test_every_choice_keeps_flat_colours(kind: str) -> None:
    for size in ((9, 30), (30, 9), (40, 40)):
        assert np.unique(resize(np.full((20, 20, 3), 77, np.uint8), size, kind)).tolist() == [77]


def test_shrinking_never_aliases() -> None:
    """Stripes one pixel wide become grey; by picking or by blending two pixels they would become other stripes."""
    stripes = grey([[0, 255] * 32] * 4)
    for kind in ("bilinear", "bicubic", "lanczos", "area"):
        small = resize(stripes, (16, 4), kind)[:, 2:-2]
        assert np.all(np.abs(small.astype(int) - 128) < 12), kind


def entry_of(path: Path, bucket: tuple[int, int] = (128, 128), mask: Path | None = None) -> Entry:
    with Image.open(path) as image:
        size = image.size
    return Entry(path, "", 1, 0, False, size, bucket, geometry(size, bucket), mask=mask)


def shown(entry: Entry, *, flip: bool = False, crop: Crop | None = None, **options: Any) -> Pixels:
    subset = SubsetOptions(image_dir=None, **options)
    return training_pixels(entry, Showing("", flip, crop or entry.crop), subset)


def test_crop_and_sizes(tmp_path: Path, make_picture: MakePicture) -> None:
    path = make_picture(tmp_path / "a.png", (151, 128))
    whole = np.asarray(Image.open(path))
    found = shown(entry_of(path))
    assert np.array_equal(found.rgb, whole[:, 11:139])
    assert (found.original, found.corner, found.mask) == ((128, 151), (0, 11), None)
    mirrored = shown(entry_of(path), flip=True)
    assert np.array_equal(mirrored.rgb, whole[:, 138:10:-1])
    assert mirrored.corner == (0, 12)
    assert mirrored.rgb.flags.c_contiguous
    moved = shown(entry_of(path), crop=Crop((151, 128), 20, 0))
    assert np.array_equal(moved.rgb, whole[:, 20:148])
    assert moved.corner == (0, 20)


def test_a_crop_of_another_scale(tmp_path: Path, make_picture: MakePicture) -> None:
    path = make_picture(tmp_path / "a.png", (300, 200))
    found = shown(entry_of(path), crop=Crop((300, 200), 170, 72))
    assert np.array_equal(found.rgb, np.asarray(Image.open(path))[72:, 170:298])
    assert (found.original, found.corner) == ((200, 300), (72, 170))


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("kind", [None, "bicubic", "nearest"])
@pytest.mark.parametrize("where", ["alpha", "file"])
def test_masks_go_wherever_their_picture_goes(tmp_path: Path, where: str, kind: str | None, *, flip: bool) -> None:
    """A mask that is the picture's own red channel stays that through resizing, cropping and mirroring."""
    values = np.random.default_rng(3).integers(0, 256, (150, 230, 4), dtype=np.uint8)
    values[:, :, 3] = values[:, :, 0]
    Image.fromarray(values).save(tmp_path / "a.png")
    Image.fromarray(values).convert("RGB").save(tmp_path / "mask.png")
    mask = None if where == "alpha" else tmp_path / "mask.png"
    entry = entry_of(tmp_path / "a.png", mask=mask)
    found = shown(entry, flip=flip, alpha_mask=True, resize_interpolation=kind)
    assert found.mask is not None
    assert found.mask.dtype == np.float32
    assert found.mask.shape == (128, 128)
    assert found.mask.flags.c_contiguous
    assert np.allclose(found.mask * 255, found.rgb[:, :, 0], atol=1e-3)
    assert (shown(entry).mask is None) == (where == "alpha")


def test_a_picture_of_a_mask_wins_over_transparency(tmp_path: Path) -> None:
    Image.new("RGBA", (128, 128), (1, 2, 3, 255)).save(tmp_path / "a.png")
    Image.new("L", (128, 128), 0).save(tmp_path / "mask.png")
    assert shown(entry_of(tmp_path / "a.png"), alpha_mask=True).mask == pytest.approx(1)
    assert shown(entry_of(tmp_path / "a.png", mask=tmp_path / "mask.png"), alpha_mask=True).mask == pytest.approx(0)


def test_colours_change_the_picture_and_not_its_mask(tmp_path: Path) -> None:
    Image.new("RGBA", (128, 128), (128, 128, 128, 128)).save(tmp_path / "a.png")
    entry, subset = entry_of(tmp_path / "a.png"), SubsetOptions(image_dir=None, alpha_mask=True)
    found = training_pixels(entry, Showing("", False, entry.crop, ColourShift(gamma=1.05)), subset)
    assert np.unique(found.rgb).tolist() == [124]
    assert found.mask == pytest.approx(128 / 255)


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("left", [0, 13, 100])
def test_a_cover_holds_every_crop(tmp_path: Path, left: int, *, flip: bool) -> None:
    """A crop whose corner is on the grid is the same pixels, cut out of the cover or loaded by itself."""
    values = np.random.default_rng(3).integers(0, 256, (300, 535, 4), dtype=np.uint8)
    Image.fromarray(values).save(tmp_path / "a.png")
    entry, subset = entry_of(tmp_path / "a.png"), SubsetOptions(image_dir=None, alpha_mask=True)
    cover = covering_pixels(entry, subset, flip=flip)
    assert (entry.crop.resized, cover.rgb.shape, cover.corner) == ((228, 128), (128, 224, 3), (0, 0))
    top, first = corner_in_cover(Showing("", flip, Crop((228, 128), left, 0)), entry.bucket, step=8)
    on_grid = Showing("", flip, Crop((228, 128), left // 8 * 8, 0))
    alone = training_pixels(entry, on_grid, subset)
    assert cover.mask is not None
    assert alone.mask is not None
    part = (slice(top, top + 128), slice(first, first + 128))
    assert np.array_equal(cover.rgb[part], alone.rgb)
    assert np.array_equal(cover.mask[part], alone.mask)


def test_a_picture_that_changed_is_named(tmp_path: Path, make_picture: MakePicture) -> None:
    path = make_picture(tmp_path / "a.png", (151, 128))
    entry = replace(entry_of(path), size=(128, 151))
    with pytest.raises(MikazukiError, match=r"a\.png was 128x151 pixels") as caught:
        shown(entry)
    assert (caught.value.code, caught.value.exit_code) == ("picture-changed", EXIT_FAILED)
