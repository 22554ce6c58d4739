"""Pictures as models take them, checked pixel by pixel."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mikazuki.errors import MikazukiError
from mikazuki.tagging.pictures import Form, on_white, prepared, squared
from tests.tagging import world


def test_a_photo_stands_upright(tmp_path: Path) -> None:
    image = Image.new("RGB", (4, 2), (0, 0, 255))
    image.putpixel((0, 0), (255, 0, 0))
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "a.png", exif=exif)
    pixels = on_white(tmp_path / "a.png")
    assert pixels.shape == (4, 2, 3)
    assert pixels[0, 1].tolist() == [255, 0, 0]


@pytest.mark.parametrize(("alpha", "expected"), [(0, [255, 255, 255]), (255, [10, 20, 30]), (102, [157, 161, 165])])
def test_transparency_is_laid_on_white(tmp_path: Path, alpha: int, expected: list[int]) -> None:
    assert on_white(world.picture(tmp_path / "a.png", (10, 20, 30, alpha)))[0, 0].tolist() == expected


def test_a_broken_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    with pytest.raises(MikazukiError, match=r"a\.png"):
        on_white(tmp_path / "a.png")


def test_squares() -> None:
    tall = np.arange(5 * 2 * 3, dtype=np.uint8).reshape(5, 2, 3)
    white = squared(tall, "wd")
    assert white.shape == (5, 5, 3)
    assert (white[:, [0, 3, 4]] == 255).all()
    assert (white[:, 1:3] == tall).all()
    edges = squared(tall, "deepdanbooru")
    assert (edges[:, 0] == tall[:, 0]).all()
    assert (edges[:, 3:] == tall[:, [1, 1]]).all()


def test_channels_and_ranges() -> None:
    pixels = np.full((4, 4, 3), (0, 51, 255), dtype=np.uint8)
    assert prepared(pixels, Form("wd", 4, colours_first=False))[0, 0].tolist() == [255.0, 51.0, 0.0]
    first = prepared(pixels, Form("cl", 4, colours_first=True))
    assert first.shape == (3, 4, 4)
    assert first[:, 0, 0] == pytest.approx([1.0, -0.6, -1.0])
    assert prepared(pixels, Form("deepdanbooru", 4, colours_first=False))[0, 0] == pytest.approx([0.0, 0.2, 1.0])


def test_the_size_is_the_models() -> None:
    pixels = np.full((30, 20, 3), 7, dtype=np.uint8)
    values = prepared(pixels, Form("wd", 12, colours_first=False))
    assert values.shape == (12, 12, 3)
    assert values.dtype == np.float32
    assert values[6, 6].tolist() == [7.0, 7.0, 7.0]


def test_a_large_photo_is_decoded_smaller_and_looks_the_same(tmp_path: Path) -> None:
    large = Image.radial_gradient("L").resize((2000, 1500)).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    large.save(tmp_path / "a.jpg", quality=95, exif=exif)
    assert on_white(tmp_path / "a.jpg").shape == (2000, 1500, 3)
    small = on_white(tmp_path / "a.jpg", 128)
    assert small.shape == (250, 188, 3)
    form = Form("wd", 64, colours_first=False)
    difference = prepared(small, form) - prepared(on_white(tmp_path / "a.jpg"), form)
    assert np.abs(difference).mean() < 1
    assert on_white(tmp_path / "a.jpg", 1001).shape == (2000, 1500, 3)
    large.save(tmp_path / "a.png")
    assert on_white(tmp_path / "a.png", 128).shape == (1500, 2000, 3)
