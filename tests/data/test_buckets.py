"""Bucket sizes, the choice among them, and the geometry of resizing and cropping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikazuki.data.buckets import (
    Crop,
    Size,
    bucket_list,
    choose,
    geometry,
    lost_share,
    mean_aspect_error,
    no_upscale_bucket,
)
from mikazuki.errors import MikazukiError

sizes = st.tuples(st.integers(1, 6000), st.integers(1, 6000))
resolutions = st.tuples(st.integers(256, 1536), st.integers(256, 1536))
steps = st.sampled_from([8, 32, 64])

SD_LIST = [
    (256, 832), (256, 896), (256, 960), (256, 1024), (320, 704), (320, 768), (384, 640), (448, 576), (512, 512),
    (576, 448), (640, 384), (704, 320), (768, 320), (832, 256), (896, 256), (960, 256), (1024, 256),
]  # fmt: skip


def test_the_list_of_512() -> None:
    assert bucket_list((512, 512), 256, 1024, 64) == SD_LIST


def test_the_list_of_128_by_hand() -> None:
    assert bucket_list((128, 128), 64, 256, 64) == [(64, 192), (64, 256), (128, 128), (192, 64), (256, 64)]


def test_sides_are_rounded_to_the_step() -> None:
    assert bucket_list((512, 512), 300, 1000, 64) == bucket_list((512, 512), 256, 1024, 64)


def test_step_larger_than_the_picture() -> None:
    with pytest.raises(MikazukiError, match="bucket_reso_steps 256"):
        bucket_list((128, 128), 64, 256, 256)


@given(resolutions, steps)
def test_every_bucket_keeps_to_the_rules(resolution: Size, step: int) -> None:
    low, high = min(resolution), max(resolution)
    buckets = bucket_list(resolution, low, high, step)
    assert buckets == sorted(set(buckets))
    for width, height in buckets:
        assert width % step == height % step == 0
        assert width * height <= resolution[0] * resolution[1]
        assert (height, width) in buckets


@pytest.mark.parametrize(
    ("size", "bucket"),
    [
        ((512, 512), (512, 512)),
        ((256, 1024), (256, 1024)),
        ((4000, 3000), (576, 448)),
        ((3000, 4000), (448, 576)),
        ((100, 100), (512, 512)),
        ((5000, 100), (1024, 256)),
    ],
)
def test_choice(size: Size, bucket: Size) -> None:
    assert choose(size, SD_LIST) == bucket


def test_exact_size_wins_over_an_equal_aspect() -> None:
    assert choose((256, 256), [(128, 128), (256, 256)]) == (256, 256)
    assert choose((300, 300), [(128, 128), (256, 256)]) == (128, 128)


def test_geometry_by_hand() -> None:
    assert geometry((640, 360), (128, 128)) == Crop((228, 128), 50, 0)
    assert geometry((256, 320), (128, 128)) == Crop((128, 160), 0, 16)
    assert geometry((64, 64), (128, 128)) == Crop((128, 128), 0, 0)


@given(sizes, st.tuples(st.integers(1, 30), st.integers(1, 30)))
def test_the_resized_picture_just_covers_its_bucket(size: Size, cells: Size) -> None:
    bucket = (cells[0] * 64, cells[1] * 64)
    crop = geometry(size, bucket)
    assert 0 <= crop.left <= crop.resized[0] - bucket[0]
    assert 0 <= crop.top <= crop.resized[1] - bucket[1]
    assert crop.resized[0] == bucket[0] or crop.resized[1] == bucket[1]
    assert abs(crop.resized[0] - bucket[0] - 2 * crop.left) <= 1
    assert abs(crop.resized[1] - bucket[1] - 2 * crop.top) <= 1


def test_no_upscale_by_hand() -> None:
    assert no_upscale_bucket((500, 400), (512, 512), 64) == ((448, 384), Crop((500, 400), 26, 8))
    # 4:3 of that area is 591 x 443: 576 wide makes 384 high (1.5), 384 high makes 512 wide (4:3 exactly)
    assert no_upscale_bucket((4000, 3000), (512, 512), 64) == ((512, 384), Crop((512, 384), 0, 0))
    # 5:6 of it is 467 x 561: 448 wide makes 512 high (0.875), 512 high makes 384 wide (0.75)
    assert no_upscale_bucket((1000, 1200), (512, 512), 64) == ((448, 512), Crop((448, 538), 0, 13))
    assert no_upscale_bucket((1200, 1000), (512, 512), 64) == ((512, 448), Crop((538, 448), 13, 0))
    assert no_upscale_bucket((30, 100), (512, 512), 64) == ((64, 64), Crop((64, 213), 0, 74))


@given(sizes, resolutions, steps)
def test_no_upscale_never_enlarges_what_is_large_enough(size: Size, resolution: Size, step: int) -> None:
    bucket, crop = no_upscale_bucket(size, resolution, step)
    assert min(bucket) >= step
    assert bucket[0] % step == bucket[1] % step == 0
    assert 0 <= crop.left <= crop.resized[0] - bucket[0]
    assert 0 <= crop.top <= crop.resized[1] - bucket[1]
    if min(crop.resized) > step and min(size) >= step:
        assert crop.resized[0] <= size[0] + 1
        assert crop.resized[1] <= size[1] + 1


def test_aspect_error_and_lost_share() -> None:
    assert mean_aspect_error([((100, 100), (64, 64)), ((200, 100), (64, 64))]) == 0.5
    assert mean_aspect_error([]) == 0
    assert lost_share((200, 100), (64, 64)) == lost_share((100, 200), (64, 64)) == 0.5
    assert lost_share((64, 64), (64, 64)) == 0
