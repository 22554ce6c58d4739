"""Masks: read from pictures and from transparency, and held to the size of their picture."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from mikazuki.data.masks import mask_in_alpha, mask_in_file
from mikazuki.data.pictures import load
from mikazuki.errors import MikazukiError


def rgba(width: int = 5, height: int = 3) -> Image.Image:
    return Image.fromarray(np.random.default_rng(4).integers(0, 256, (height, width, 4), dtype=np.uint8))


def test_red_counts(tmp_path: Path) -> None:
    Image.fromarray(np.array([[[200, 7, 9], [0, 255, 255]]], np.uint8)).save(tmp_path / "m.png")
    assert mask_in_file(tmp_path / "m.png", (2, 1)).tolist() == [[200, 0]]
    Image.new("1", (2, 1), 1).save(tmp_path / "m.png")
    assert mask_in_file(tmp_path / "m.png", (2, 1)).tolist() == [[255, 255]]


def test_a_mask_of_another_size_is_named(tmp_path: Path) -> None:
    Image.new("L", (20, 30)).save(tmp_path / "m.png")
    with pytest.raises(MikazukiError, match=r"m\.png \(20x30, not 30x20\)") as caught:
        mask_in_file(tmp_path / "m.png", (30, 20))
    assert caught.value.code == "mask-size"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("ending", ["png", "webp"])
def test_transparency_is_turned_with_its_picture(tmp_path: Path, orientation: int, ending: str) -> None:
    """Red is made the same as the transparency, so the two must agree however the file is turned."""
    channels = rgba().split()
    image = Image.merge("RGBA", (channels[3], *channels[1:]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    options: dict[str, Any] = {"lossless": True, "exact": True} if ending == "webp" else {}
    image.save(tmp_path / f"p.{ending}", exif=exif, **options)
    alpha = mask_in_alpha(tmp_path / f"p.{ending}")
    assert alpha is not None
    assert np.array_equal(alpha, load(tmp_path / f"p.{ending}")[:, :, 0])


def test_transparency_of_every_kind(tmp_path: Path) -> None:
    path = tmp_path / "p.png"
    Image.fromarray(np.array([[[9, 30], [9, 250]]], np.uint8), "LA").save(path)
    assert np.array_equal(mask_in_alpha(path), [[30, 250]])  # type: ignore[arg-type]
    Image.new("RGB", (2, 1), (1, 2, 3)).save(path, transparency=(1, 2, 3))
    assert np.array_equal(mask_in_alpha(path), [[0, 0]])  # type: ignore[arg-type]
    rgba(2, 1).convert("P").save(path, transparency=b"\x10" * 256)
    assert np.array_equal(mask_in_alpha(path), [[16, 16]])  # type: ignore[arg-type]
    rgba().convert("RGB").save(path)
    assert mask_in_alpha(path) is None


def test_a_broken_picture_is_named(tmp_path: Path) -> None:
    rgba(90, 90).save(tmp_path / "p.png")
    (tmp_path / "p.png").write_bytes((tmp_path / "p.png").read_bytes()[:900])
    with pytest.raises(MikazukiError, match=r"p\.png") as caught:
        mask_in_alpha(tmp_path / "p.png")
    assert caught.value.code == "corrupt-pictures"
