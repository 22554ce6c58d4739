"""Pictures of every kind become upright sRGB; what cannot be worked on is refused with a reason."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from mikazuki.data.decoding import decode
from mikazuki.errors import MikazukiError
from tests.data.conftest import MakePicture

CORNERS = np.array([[[250, 0, 0], [0, 250, 0]], [[0, 0, 250], [250, 250, 250]], [[9, 9, 9], [90, 90, 90]]], np.uint8)


@pytest.mark.parametrize("suffix", [".png", ".tiff", ".webp"])
def test_exif_turns_a_picture_once(tmp_path: Path, suffix: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / f"a{suffix}"
    Image.fromarray(CORNERS).save(path, exif=exif, lossless=True)
    assert np.array_equal(np.asarray(decode(path).image), np.rot90(CORNERS, -1))


def swapped_profile() -> bytes:
    """Return an RGB profile whose red is what sRGB calls green."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    table = {bytes(data[at : at + 4]): at for at in range(132, 132 + 12 * struct.unpack(">I", data[128:132])[0], 12)}
    red, green = table[b"rXYZ"], table[b"gXYZ"]
    data[red + 4 : red + 12], data[green + 4 : green + 12] = data[green + 4 : green + 12], data[red + 4 : red + 12]
    return bytes(data).replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


def test_a_colour_profile_is_applied_and_transparency_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (8, 8), (255, 0, 0, 77)).save(path, icc_profile=swapped_profile())
    found = decode(path)
    pixel = found.image.getpixel((3, 3))
    assert isinstance(pixel, tuple)
    assert pixel[0] < 60
    assert pixel[1] > 200
    assert pixel[3] == 77
    assert found.notes == ()


def test_a_broken_profile_is_left_aside_with_a_note(tmp_path: Path, make_picture: MakePicture) -> None:
    path = make_picture(tmp_path / "a.png", icc_profile=b"nonsense")
    assert "profile" in decode(path).notes[0]


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".avif", ".gif", ".bmp", ".tga", ".jp2"])
def test_every_format_that_is_promised_is_read(tmp_path: Path, make_picture: MakePicture, suffix: str) -> None:
    assert decode(make_picture(tmp_path / f"a{suffix}", (30, 20))).image.size == (30, 20)


def test_sixteen_bits_are_scaled_and_cmyk_becomes_rgb(tmp_path: Path) -> None:
    Image.fromarray(np.full((4, 4), 128 * 257, np.uint16)).save(tmp_path / "deep.png")
    Image.new("RGB", (4, 4), (10, 200, 30)).convert("CMYK").save(tmp_path / "print.jpg", quality=100)
    assert decode(tmp_path / "deep.png").image.getpixel((0, 0)) == (128, 128, 128)
    pixel = decode(tmp_path / "print.jpg").image.getpixel((0, 0))
    assert isinstance(pixel, tuple)
    assert np.abs(np.subtract(pixel, (10, 200, 30))).max() < 6


def test_an_animation_gives_its_first_frame_and_says_so(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ((255, 0, 0), (0, 0, 255))]
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:], lossless=True)
    found = decode(tmp_path / "a.webp")
    assert found.image.getpixel((0, 0)) == (255, 0, 0)
    assert "2 frames" in found.notes[0]


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(path: Path, side: int) -> Path:
    """Write a PNG that claims to be large, in 10 kB."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(10_000))) + chunk(b"IEND", b""))
    return path


def test_what_cannot_be_worked_on_is_refused_with_the_reason(tmp_path: Path, make_picture: MakePicture) -> None:
    whole = make_picture(tmp_path / "w.png", (200, 200)).read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.png").write_text("hello", encoding="utf-8")
    Image.fromarray(np.zeros((4, 4), np.float32)).save(tmp_path / "float.tiff")
    bomb(tmp_path / "bomb.png", 60_000)
    said = {"cut": "truncated", "text": "not a picture", "float": "floating-point", "bomb": "178 million"}
    for path in tmp_path.iterdir():
        if path.stem in said:
            with pytest.raises(MikazukiError, match=said[path.stem]):
                decode(path)
