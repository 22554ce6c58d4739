"""Faces: read from names, and crops around them worked out by hand."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikazuki.data.buckets import Crop
from mikazuki.data.faces import Face, draw_face_crop, face_in_name, face_scales, name_without_face

BUCKET = (512, 512)


@pytest.mark.parametrize(
    ("stem", "face"),
    [
        ("jo_10_20_30_40", Face(10, 20, 30, 40)),
        ("a_b_c_0_20_30_40", Face(0, 20, 30, 40)),
        ("10_20_30_40", None),
        ("jo_10_20_30_x", None),
        ("jo_10_20_30_-4", None),
        ("jo_10_20_0_40", None),
        ("a_red_dog_in_snow", None),
        ("jo", None),
    ],
)
def test_names(stem: str, face: Face | None) -> None:
    assert face_in_name(stem) == face


def test_names_without_the_face() -> None:
    assert name_without_face("a_b_1_2_3_4") == "a_b"
    assert name_without_face("a_1_2_3_4") == "a"
    assert name_without_face("1_2_3_4") is None
    assert Path("x/_1_2_3_4.png").stem == "_1_2_3_4"
    assert name_without_face("_1_2_3_4") == ""


def test_scales_by_hand() -> None:
    # 1000 x 800 covers 512 x 512 at 512 / 800 = 0.64
    wide = (1000, 800)
    # crops of 2 to 4 times 200 px are 400 to 800 px of the picture: 512 / 800 to 512 / 400, but never enlarged
    assert face_scales(Face(0, 0, 200, 150), wide, BUCKET, (2, 4)) == (0.64, 1)
    # of 256 px: 512 / 1024 is less than what covers; 512 / 512
    assert face_scales(Face(0, 0, 100, 256), wide, BUCKET, (2, 4)) == (0.64, 1)
    # of 320 px: 512 / 640 at most
    assert face_scales(Face(0, 0, 320, 256), wide, BUCKET, (2, 4)) == (0.64, 0.8)
    # a small face would need more than the picture has
    assert face_scales(Face(0, 0, 50, 50), wide, BUCKET, (2, 4)) == (1, 1)
    # a picture that is smaller than the bucket is enlarged to cover it and no more
    assert face_scales(Face(0, 0, 50, 50), (256, 300), BUCKET, (2, 4)) == (2, 2)


def test_the_face_is_in_the_middle_as_far_as_the_picture_goes() -> None:
    rng = Random(1)
    before = rng.getstate()
    # 512 / (4 x 160) = 0.8: the picture becomes 800 x 640 and the face's centre 400, 240; 240 - 256 lies outside
    assert draw_face_crop(Face(500, 300, 160, 100), (1000, 800), BUCKET, (4, 4), rng) == Crop((800, 640), 144, 0)
    assert draw_face_crop(Face(990, 790, 160, 100), (1000, 800), BUCKET, (4, 4), rng) == Crop((800, 640), 288, 128)
    assert draw_face_crop(Face(9, 9, 9, 9), BUCKET, BUCKET, (4, 4), rng) == Crop(BUCKET, 0, 0)
    assert rng.getstate() == before


def test_a_range_is_used_to_its_ends_and_the_face_moves_a_little() -> None:
    face = Face(700, 500, 200, 100)
    crops = [draw_face_crop(face, (1400, 1000), BUCKET, (2, 4), Random(seed)) for seed in range(400)]
    widths = [crop.resized[0] for crop in crops]
    # 512 / 800 = 0.64 to 1 (512 / 400 would enlarge)
    assert 896 <= min(widths) < 905
    assert 1395 < max(widths) <= 1400
    centres = {crop.left + 256 - int(700 * crop.resized[0] / 1400 + 0.5) for crop in crops}
    assert set(range(-10, 11)) <= centres <= set(range(-11, 12))  # one pixel from rounding twice
    small = [draw_face_crop(Face(700, 500, 39, 39), (1400, 1000), BUCKET, (2, 4), Random(seed)) for seed in range(9)]
    assert set(small) == {Crop((1400, 1000), 444, 244)}


@given(
    st.tuples(st.integers(0, 3000), st.integers(0, 3000), st.integers(1, 900), st.integers(1, 900)),
    st.tuples(st.integers(1, 3000), st.integers(1, 3000)),
    st.tuples(st.integers(1, 16), st.integers(1, 16)),
    st.integers(),
)
def test_every_crop_lies_in_the_picture(
    face: tuple[int, int, int, int], size: tuple[int, int], cells: tuple[int, int], seed: int
) -> None:
    bucket = (cells[0] * 64, cells[1] * 64)
    crop = draw_face_crop(Face(*face), size, bucket, (1.5, 5.0), Random(seed))
    assert 0 <= crop.left <= crop.resized[0] - bucket[0]
    assert 0 <= crop.top <= crop.resized[1] - bucket[1]
    cover = max(bucket[0] / size[0], bucket[1] / size[1])
    assert crop.resized[0] <= max(1, cover) * size[0] + 1
