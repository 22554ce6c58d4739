"""What becomes of a mask's shape, against tables made by hand."""

import numpy as np
import pytest

from mikazuki.data.mask_shapes import Shape, grown, shaped
from mikazuki.data.masks import Mask


def mask(*rows: str) -> Mask:
    """Read a mask from rows of the digits 0 to 5, fifths of white."""
    return np.array([[int(digit) * 51 for digit in row] for row in rows], np.uint8)


ONE = mask("00000", "00000", "00500", "00000", "00000")
SQUARE = mask("00000", "05550", "05550", "05550", "00000")


def test_shades_become_black_and_white() -> None:
    assert np.array_equal(shaped(mask("012345"), Shape(threshold=0.6)), mask("000555"))
    assert np.array_equal(shaped(mask("012345"), Shape()), mask("012345"))
    assert np.array_equal(shaped(mask("012345"), Shape(threshold=0.0)), mask("555555"))


def test_edges_move_outwards_and_inwards() -> None:
    assert np.array_equal(shaped(ONE, Shape(grow=1)), SQUARE)
    assert np.array_equal(shaped(SQUARE, Shape(grow=-1)), ONE)
    assert np.array_equal(shaped(mask("10000", "00020"), Shape(grow=1)), mask("11222", "11222"))
    assert not shaped(SQUARE, Shape(grow=-2)).any()


@pytest.mark.parametrize("pixels", [1, 2, 3, 7, 30])
def test_growing_is_the_lightest_of_a_square(pixels: int) -> None:
    rng = np.random.default_rng(pixels)
    before = rng.integers(0, 256, (23, 17), dtype=np.uint8)
    expected = [
        [before[max(0, y - pixels) : y + pixels + 1, max(0, x - pixels) : x + pixels + 1].max() for x in range(17)]
        for y in range(23)
    ]
    assert np.array_equal(grown(before, pixels), np.array(expected, np.uint8))


def test_the_order_is_threshold_grow_soften_invert() -> None:
    done = shaped(mask("00004000000000"), Shape(threshold=0.5, grow=1, invert=True))
    assert np.array_equal(done, mask("55500055555555"))
    soft = shaped(np.repeat(mask("0000000055555555"), 16, axis=0), Shape(soften=4))
    assert (soft[8, 0], soft[8, 15]) == (0, 255)
    assert 0 < soft[8, 6] < soft[8, 7] < soft[8, 8] < soft[8, 9] < 255
    assert int(soft[8, 7]) + int(soft[8, 8]) == pytest.approx(255, abs=2)
