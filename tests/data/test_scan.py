"""A scan sees size, contents, likeness, sharpness and captions, and opens only what is not known."""

from pathlib import Path

import pytest
from PIL import Image

from mikazuki.data import scan
from mikazuki.data.scan import Look, Stamp, scan_folder
from tests.data.conftest import MakePicture


def by_name(found: scan.Scan) -> dict[str, scan.Scanned]:
    return {picture.path.name: picture for picture in found.pictures}


def test_what_is_seen_in_a_picture(tmp_path: Path, make_picture: MakePicture) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    make_picture(tmp_path / "a.jpg", (80, 40), "a cat, red", exif=exif)
    (tmp_path / "b.jpg").write_bytes((tmp_path / "a.jpg").read_bytes())
    Image.new("RGBA", (30, 20), (1, 2, 3, 0)).save(tmp_path / "c.png")
    found = by_name(scan_folder(tmp_path))
    one, other, clear = found["a.jpg"].look, found["b.jpg"].look, found["c.png"].look
    assert (one.size, one.mode, one.frames, one.transparent) == ((40, 80), "RGB", 1, False)
    assert one.content == other.content != clear.content
    assert one.sharpness > 1000
    assert (clear.transparent, clear.likeness, clear.sharpness) == (True, None, 0)
    assert [found[name].caption for name in ("a.jpg", "b.jpg")] == ["a cat, red", None]


@pytest.mark.parametrize("suffix", [".tiff", ".jpg", ".png"])
def test_likeness_is_that_of_the_upright_picture(tmp_path: Path, make_picture: MakePicture, suffix: str) -> None:
    upright = make_picture(tmp_path / "a.png", (64, 48))
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(upright) as image:
        image.transpose(Image.Transpose.ROTATE_90).save(tmp_path / f"turned{suffix}", exif=exif)
    found = by_name(scan_folder(tmp_path))
    turned, whole = found[f"turned{suffix}"].look, found["a.png"].look
    assert turned.size == whole.size
    assert turned.likeness is not None
    assert whole.likeness is not None
    assert (turned.likeness ^ whole.likeness).bit_count() <= 4


def test_captions_are_found_under_every_ending_and_judged(tmp_path: Path, make_picture: MakePicture) -> None:
    for name in ("a", "b", "c"):
        make_picture(tmp_path / f"{name}.png")
    (tmp_path / "a.caption").write_text("\ufeff one \n", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes("\u4e00\u53ea\u6a58\u8272\u7684\u732b".encode("gb18030"))
    (tmp_path / "c.txt").touch()
    found = by_name(scan_folder(tmp_path))
    assert found["a.png"].caption == "one"
    assert "UTF-8" in found["b.png"].caption_problem
    assert (found["c.png"].caption, found["c.png"].caption_problem) == ("", "")


def test_broken_files_have_their_reason_and_the_rest_is_seen(tmp_path: Path, make_picture: MakePicture) -> None:
    whole = make_picture(tmp_path / "w.png", (200, 200)).read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "zero.png").touch()
    found = by_name(scan_folder(tmp_path))
    assert found["w.png"].look.problem == ""
    assert "truncated" in found["cut.png"].look.problem
    assert found["zero.png"].look.problem == "the file is empty"


def test_what_is_known_is_not_opened_again(
    tmp_path: Path, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        make_picture(tmp_path / f"{name}.png")
    known = {str(picture.path): picture.look for picture in scan_folder(tmp_path).pictures}
    make_picture(tmp_path / "b.png", (32, 32))
    opened: list[str] = []
    look_at = scan.look_at

    def noted(path: Path, stamp: Stamp) -> Look:
        opened.append(path.name)
        return look_at(path, stamp)

    monkeypatch.setattr(scan, "look_at", noted)
    steps: list[tuple[int, int]] = []
    found = by_name(scan_folder(tmp_path, known=known, progress=lambda done, total: steps.append((done, total))))
    assert opened == ["b.png"]
    assert found["b.png"].look.size == (32, 32)
    assert steps == [(1, 2), (2, 2)]
