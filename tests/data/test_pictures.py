"""Pictures of every kind and every kind of damage."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mikazuki.data.pictures import BadPicture, Picture, load, probe, probe_all, read_size
from mikazuki.errors import MikazukiError
from tests.data.conftest import MakePicture

CORNERS = np.array([[[250, 0, 0], [0, 250, 0]], [[0, 0, 250], [250, 250, 250]], [[9, 9, 9], [90, 90, 90]]], np.uint8)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".png", ".webp"])
def test_exif_orientation_turns_size_and_pixels(tmp_path: Path, orientation: int, suffix: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"a{suffix}"
    Image.fromarray(CORNERS).save(path, exif=exif, lossless=True)
    turned = {
        1: CORNERS,
        2: CORNERS[:, ::-1],
        3: CORNERS[::-1, ::-1],
        4: CORNERS[::-1],
        5: CORNERS.transpose(1, 0, 2),
        6: np.rot90(CORNERS, -1),
        7: CORNERS.transpose(1, 0, 2)[::-1, ::-1],
        8: np.rot90(CORNERS, 1),
    }[orientation]
    assert np.array_equal(load(path), turned)
    assert read_size(path) == (turned.shape[1], turned.shape[0])


def test_jpeg_orientation_turns_the_size(tmp_path: Path, make_picture: MakePicture) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = make_picture(tmp_path / "a.jpg", (80, 40), exif=exif)
    assert read_size(path) == (40, 80)
    assert load(path).shape == (80, 40, 3)


def test_broken_exif_is_no_broken_picture(tmp_path: Path, make_picture: MakePicture) -> None:
    path = make_picture(tmp_path / "a.png", (8, 4), exif=b"Exif\x00\x00nonsense")
    assert read_size(path) == (8, 4)
    assert load(path).shape == (4, 8, 3)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_modes_become_rgb(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    if mode == "I;16":
        image = Image.fromarray(np.full((8, 8), 128 * 257, np.uint16))
        assert image.mode == mode
    else:
        grey = Image.new("RGB", (8, 8), (128, 128, 128))
        image = grey.quantize(2) if mode == "P" else grey.convert(mode)
    image.save(path)
    pixels = load(path)
    assert pixels.shape == (8, 8, 3)
    assert pixels.dtype == np.uint8
    assert mode == "1" or np.abs(pixels.astype(int) - 128).max() <= 2


def test_transparency_is_dropped_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (8, 8), (10, 200, 30, 0)).save(path)
    found = probe(path)
    assert isinstance(found, Picture)
    assert found.transparent
    assert load(path)[0, 0].tolist() == [10, 200, 30]


def test_transparent_palette_and_grey(tmp_path: Path) -> None:
    palette = Image.new("RGB", (8, 8), (10, 200, 30)).quantize(4)
    palette.save(tmp_path / "p.png", transparency=b"\x00\x80")
    Image.fromarray(np.full((8, 8), 1000, np.uint16)).save(tmp_path / "g.png", transparency=1000)
    assert load(tmp_path / "p.png")[0, 0].tolist() == [10, 200, 30]
    assert load(tmp_path / "g.png")[0, 0].tolist() == [3, 3, 3]


def test_animation_gives_its_first_frame(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ((255, 0, 0), (0, 0, 255))]
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:], lossless=True)
    assert load(tmp_path / "a.webp")[0, 0].tolist() == [255, 0, 0]


def broken_files(folder: Path, make_picture: MakePicture) -> list[Path]:
    whole = [make_picture(folder / f"w{suffix}", (200, 200)) for suffix in (".png", ".jpg", ".webp", ".bmp")]
    bad = []
    for path in whole:
        cut = folder / f"cut{path.suffix}"
        cut.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        bad.append(cut)
    text, empty, gone = folder / "text.png", folder / "empty.jpg", folder / "gone.png"
    text.write_text("not a picture", encoding="utf-8")
    empty.touch()
    damaged = bytearray(whole[0].read_bytes())
    damaged[2000:2400] = b"\x00" * 400
    (folder / "damaged.png").write_bytes(damaged)
    return [*bad, text, empty, gone, folder / "damaged.png"]


def test_every_kind_of_damage_is_found_and_named(tmp_path: Path, make_picture: MakePicture) -> None:
    good = make_picture(tmp_path / "good.png")
    bad = broken_files(tmp_path, make_picture)
    found = [item for item in probe_all([good, *bad], decode=True) if isinstance(item, BadPicture)]
    assert [item.path for item in found] == bad
    assert all(item.reason for item in found)
    for path in bad:
        with pytest.raises(MikazukiError) as caught:
            load(path)
        assert caught.value.code == "corrupt-pictures"
        assert str(path) in caught.value.message


def test_header_alone_does_not_decode(tmp_path: Path, make_picture: MakePicture) -> None:
    path = make_picture(tmp_path / "a.png", (200, 100))
    path.write_bytes(path.read_bytes()[:3000])
    assert read_size(path) == (200, 100)
    assert isinstance(probe(path, decode=True), BadPicture)


def test_size_of_a_text_file(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("hello", encoding="utf-8")
    with pytest.raises(MikazukiError, match="it is not a picture"):
        read_size(tmp_path / "a.png")
