"""Blur lowers the measure, whatever the size."""

import numpy as np
from PIL import Image, ImageFilter

from mikazuki.data.sharpness import BLURRED_BELOW, measured_copy, sharpness


def test_a_known_picture_has_the_value_that_was_computed_by_hand() -> None:
    pixels = np.zeros((3, 4), np.uint8)
    pixels[1, 1] = 10  # Laplacian -40 there and 10 beside it: mean -15, variance 625
    assert sharpness(Image.fromarray(pixels)) == 625


def test_blur_is_seen_at_any_size() -> None:
    rng = np.random.default_rng(0)
    checks = Image.fromarray(rng.integers(0, 2, (64, 64), dtype=np.uint8) * 255)
    for side in (512, 1600):
        sharp = checks.resize((side, side), Image.Resampling.NEAREST)
        assert sharpness(sharp) > 10 * BLURRED_BELOW
        assert sharpness(sharp.filter(ImageFilter.GaussianBlur(side / 100))) < BLURRED_BELOW


def test_a_line_has_no_sharpness_and_small_pictures_stay_as_they_are() -> None:
    assert sharpness(Image.new("L", (2, 50))) == 0
    assert measured_copy(Image.new("L", (100, 200))).size == (100, 200)
    assert measured_copy(Image.new("L", (1024, 1024))).size == (512, 512)
