"""Copies are found by their bytes, and by what they look like."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from mikazuki.data.duplicates import NEAR_DISTANCE, joined, near, perceptual_hash, same


def scene(seed: int, side: int = 256) -> Image.Image:
    """Draw something with shapes of several sizes."""
    rng = np.random.default_rng(seed)
    small = Image.fromarray(rng.integers(0, 256, (6, 6), dtype=np.uint8))
    fine = Image.fromarray(rng.integers(0, 256, (24, 24), dtype=np.uint8))
    large = small.resize((side, side), Image.Resampling.BICUBIC)
    return Image.blend(large, fine.resize((side, side), Image.Resampling.BICUBIC), 0.3)


def hashed(image: Image.Image) -> int:
    value = perceptual_hash(image)
    assert value is not None
    return value


def jpeg(image: Image.Image) -> Image.Image:
    file = BytesIO()
    image.save(file, "JPEG", quality=40)
    return Image.open(file)


@pytest.mark.parametrize("seed", range(5))
def test_a_hash_survives_size_jpeg_and_light(seed: int) -> None:
    image = scene(seed)
    changed = [image.resize((100, 90)), jpeg(image), ImageEnhance.Brightness(image).enhance(0.8)]
    distances = [(hashed(image) ^ hashed(other)).bit_count() for other in changed]
    assert max(distances) <= NEAR_DISTANCE


def test_unlike_pictures_are_far_apart() -> None:
    values = [hashed(scene(seed)) for seed in range(40)]
    distances = [(one ^ other).bit_count() for place, one in enumerate(values) for other in values[:place]]
    assert min(distances) > NEAR_DISTANCE
    assert 26 < np.mean(distances) < 38


def test_an_even_picture_is_like_no_other() -> None:
    assert perceptual_hash(Image.new("L", (50, 50), 200)) is None
    assert near([None, None, 3, 3]) == [(2, 3)]


def test_near_finds_exactly_the_pairs_within_the_distance() -> None:
    rng = np.random.default_rng(1)
    values = [int(value) for value in rng.integers(0, 1 << 63, 1200, dtype=np.uint64)]
    values[700] = values[3] ^ 0b111
    values[1100] = values[3] ^ (0b1111 << 40)
    assert near(values, 3) == [(3, 700)]
    assert near(values, 4) == [(3, 700, 1100)]
    assert near(values, 2) == []


def test_groups_join_by_way_of_others() -> None:
    assert joined([(4, 5), (1, 2), (5, 2), (8, 9)]) == [(1, 2, 4, 5), (8, 9)]
    assert same(["a", None, "b", "a", None]) == [(0, 3)]
