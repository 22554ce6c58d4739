"""What stands out draws the cut, and an even picture is cut in the middle."""

import numpy as np
import pytest
from PIL import Image

from mikazuki.data.saliency import best_corner, saliency


def picture(left: int, top: int) -> Image.Image:
    rng = np.random.default_rng(0)
    pixels = np.full((256, 512), 128, np.uint8)
    pixels[top : top + 60, left : left + 60] = rng.integers(0, 256, (60, 60))
    return Image.fromarray(pixels)


@pytest.mark.parametrize(("left", "wanted"), [(10, range(11)), (440, range(245, 257)), (230, range(35, 231))])
def test_the_cut_holds_what_stands_out(left: int, wanted: range) -> None:
    corner = best_corner(saliency(picture(left, 90)), (512, 256), (256, 256))
    assert corner[0] in wanted
    assert corner[1] == 0


def test_brightness_alone_draws_nothing() -> None:
    pixels = np.tile(np.linspace(255, 40, 512), (256, 1))
    pixels[100:140, 420:460] = np.random.default_rng(0).integers(20, 90, (40, 40))
    assert best_corner(saliency(Image.fromarray(pixels.astype(np.uint8))), (512, 256), (256, 256))[0] > 200


def test_an_even_picture_is_cut_in_the_middle() -> None:
    attention = saliency(Image.new("RGB", (300, 200), "grey"))
    assert attention.sum() == pytest.approx(1)
    assert best_corner(attention, (300, 200), (200, 200)) == (50, 0)
    assert best_corner(attention, (300, 200), (300, 200)) == (0, 0)
