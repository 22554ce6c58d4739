"""Masks of unknown origin: read as a training reads them, each oddity in one line; painted ones taken or refused."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from mikazuki.data.mask_reading import WORKING_PIXELS, painted_mask, read_mask, remarks, small_png, working_size
from mikazuki.data.masks import mask_in_file
from mikazuki.errors import MikazukiError

SIZE = (8, 6)


def shades(size: tuple[int, int] = SIZE) -> Image.Image:
    pixels = np.linspace(0, 255, size[0] * size[1]).astype(np.uint8).reshape(size[1], size[0])
    return Image.fromarray(pixels)


def deep() -> Image.Image:
    return Image.fromarray(np.asarray(shades(), dtype=np.uint16) * 257)


def palette() -> Image.Image:
    image = Image.new("P", SIZE, 1)
    image.putpalette([0, 0, 0, 200, 200, 200])
    return image


def png(image: Image.Image, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", **options)
    return out.getvalue()


def animated() -> dict[str, Any]:
    return {"save_all": True, "append_images": [Image.new("L", SIZE, 7)]}


CASES: dict[str, tuple[Image.Image, dict[str, Any], str]] = {
    "grey": (shades(), {}, ""),
    "two": (shades().convert("1"), {}, ""),
    "deep": (deep(), {}, "16 bits a pixel"),
    "palette": (palette(), {}, "has a palette"),
    "animated": (shades(), animated(), "2 frames"),
    "coloured": (Image.new("RGB", SIZE, (200, 0, 0)), {}, "only its red"),
    "size": (shades((4, 3)), {}, "4x3 pixels, its picture 8x6"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_odd_is_said_in_one_line_and_read_as_a_training_does(tmp_path: Path, name: str) -> None:
    image, options, said = CASES[name]
    path = tmp_path / "a.png"
    path.write_bytes(png(image, **options))
    notes = remarks(path, SIZE)
    assert len(notes) == bool(said)
    assert all(said in note.text and str(path) in note.text for note in notes)
    mask = read_mask(path)
    assert np.array_equal(mask, mask_in_file(path, image.size))
    if name in {"grey", "deep", "animated"}:
        assert np.array_equal(mask, np.asarray(shades()))
    if name == "palette":
        assert (mask == 200).all()


@pytest.mark.parametrize("data", [b"", b"%!PS-Adobe-3.0 EPSF-3.0\n", png(shades())[:60]])
def test_what_cannot_be_read_is_said_too(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(data)
    (note,) = remarks(path, SIZE)
    assert (note.code, str(path) in note.text) == ("mask-unreadable", True)
    with pytest.raises(MikazukiError):
        read_mask(path)


def test_a_painted_mask_is_taken_and_a_small_one_enlarged() -> None:
    assert np.array_equal(painted_mask(png(shades()), SIZE), np.asarray(shades()))
    assert np.array_equal(painted_mask(png(shades().convert("RGBA")), SIZE), np.asarray(shades()))
    half = Image.new("L", (4, 3))
    half.paste(255, (0, 0, 2, 3))
    large = painted_mask(png(half), (8, 6))
    assert large.shape == (6, 8)
    assert (large[:, :3] == 255).all()
    assert (large[:, 5:] == 0).all()


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (png(deep()), "mask-wrong", "16 bits"),
        (png(palette()), "mask-wrong", "palette"),
        (png(shades(), **animated()), "mask-wrong", "2 frames"),
        (png(shades((2, 6))), "mask-size", "2x6 pixels, its picture 8x6"),
        (png(shades((16, 12))), "mask-size", "16x12"),
        (b"GIF89a", "mask-wrong", "cannot be read"),
        (png(shades())[:70], "mask-wrong", "cannot be read"),
    ],
)
def test_a_painted_mask_of_another_kind_is_refused_in_one_line(data: bytes, code: str, said: str) -> None:
    with pytest.raises(MikazukiError, match=said) as caught:
        painted_mask(data, SIZE)
    assert caught.value.code == code


def test_a_large_picture_is_painted_small_in_its_own_proportion() -> None:
    assert working_size((1024, 1024)) == (1024, 1024)
    for size in ((6000, 4000), (4000, 6000), (30000, 1), (12001, 333)):
        small = working_size(size)
        assert small[0] * small[1] <= WORKING_PIXELS
        mask = painted_mask(png(Image.new("L", small, 255)), size)
        assert mask.shape == (size[1], size[0])
    with Image.open(BytesIO(small_png(np.full((6, 8), 9, np.uint8), (4, 3)))) as image:
        assert (image.mode, image.size, image.getpixel((0, 0))) == ("L", (4, 3), 9)
