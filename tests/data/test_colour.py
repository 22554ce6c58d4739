"""Colours: how often and how far they change, and what that does to a pixel."""

from random import Random

import numpy as np
import pytest
from PIL import Image

from mikazuki.data.colour import ColourShift, draw_shift, shifted


def one_pixel(colour: tuple[int, int, int], shift: ColourShift) -> object:
    return shifted(Image.new("RGB", (1, 1), colour), shift).getpixel((0, 0))


def test_a_third_changes_half_of_it_in_hue() -> None:
    drawn = [draw_shift(Random(seed)) for seed in range(6000)]
    changed = [shift for shift in drawn if shift]
    hues = [shift.hue for shift in changed if shift.gamma == 1]
    gammas = [shift.gamma for shift in changed if shift.hue == 0]
    assert 1800 < len(changed) < 2160
    assert len(hues) + len(gammas) == len(changed)
    assert 880 < len(hues) < 1100
    assert -16 <= min(hues) < -15.8
    assert 15.8 < max(hues) <= 16
    assert 0.95 <= min(gammas) < 0.951
    assert 1.049 < max(gammas) <= 1.05


def test_gamma_by_hand() -> None:
    # 255 (128 / 255)^1.05 = 123.66; 255 (64 / 255)^0.95 = 68.58
    assert one_pixel((128, 0, 255), ColourShift(gamma=1.05)) == (124, 0, 255)
    assert one_pixel((64, 64, 64), ColourShift(gamma=0.95)) == (69, 69, 69)


def test_hue_by_hand() -> None:
    # 120 degrees turn red to green; 15.5 degrees (11 of 255 steps) raise green by 15.5 / 60 of 255 = 66
    assert one_pixel((255, 0, 0), ColourShift(hue=120)) == pytest.approx((0, 255, 0), abs=3)
    assert one_pixel((255, 0, 0), ColourShift(hue=15.5)) == pytest.approx((255, 66, 0), abs=3)
    assert one_pixel((255, 0, 0), ColourShift(hue=-15.5)) == pytest.approx((255, 0, 66), abs=3)
    assert one_pixel((90, 90, 90), ColourShift(hue=16)) == (90, 90, 90)


def test_no_change_is_none() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (9, 9, 3), dtype=np.uint8)
    assert np.array_equal(np.asarray(shifted(Image.fromarray(pixels), ColourShift())), pixels)
