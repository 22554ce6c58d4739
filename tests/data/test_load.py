"""Training pixels: averaging by area, cropping, mirroring, and the sizes told to SDXL."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikazuki.data.load import area_resize, resize, training_pixels
from mikazuki.data.plan import Entry, make_plan
from mikazuki.errors import EXIT_FAILED, MikazukiError
from tests.data.conftest import MakePicture, MakeSettings


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


def planned(folder: Path, make_settings: MakeSettings) -> Entry:
    return make_plan(make_settings(folder)).entries[0]


def test_crop_and_sizes(tmp_path: Path, make_picture: MakePicture, make_settings: MakeSettings) -> None:
    path = make_picture(tmp_path / "1_a" / "a.png", (151, 128))
    entry = planned(tmp_path, make_settings)
    pixels, original, corner = training_pixels(entry)
    whole = np.asarray(__import__("PIL.Image").Image.open(path))
    assert np.array_equal(pixels, whole[:, 11:139])
    assert (original, corner) == ((128, 151), (0, 11))
    mirrored, _, corner = training_pixels(entry, flip=True)
    assert np.array_equal(mirrored, pixels[:, ::-1])
    assert corner == (0, 12)
    assert mirrored.flags.c_contiguous


def test_a_picture_that_changed_is_named(
    tmp_path: Path, make_picture: MakePicture, make_settings: MakeSettings
) -> None:
    make_picture(tmp_path / "1_a" / "a.png", (151, 128))
    entry = planned(tmp_path, make_settings)
    with pytest.raises(MikazukiError, match=r"a\.png was 128x151 pixels") as caught:
        training_pixels(replace(entry, size=(128, 151)))
    assert (caught.value.code, caught.value.exit_code) == ("picture-changed", EXIT_FAILED)
