"""Files from outside: only pictures, captions and JSON, each whole, none outside its folder, none over another."""

import io
import shutil
import struct
import zlib
from collections import namedtuple
from pathlib import Path

import pytest
from PIL import Image

from mikazuki.data import upload
from mikazuki.data.upload import RefusedError, Upload, place_of
from mikazuki.errors import MikazukiError


def png(side: int = 8) -> bytes:
    """Return a small picture's file."""
    buffer = io.BytesIO()
    Image.new("RGB", (side, side), "red").save(buffer, "PNG")
    return buffer.getvalue()


def _add(folder: Path, name: str, content: bytes) -> Upload:
    taken = Upload(folder)
    taken.add(name, io.BytesIO(content))
    return taken


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", png()),
        ("10_sks cat/\u732b.PNG", png()),
        ("a\\b.png", png()),
        ("a.txt", b"sks cat"),
        ("m.json", b"{}"),
    ],
)
def test_what_belongs_there_is_taken(tmp_path: Path, name: str, content: bytes) -> None:
    taken = _add(tmp_path, name, content)
    assert taken.skipped == []
    assert taken.added == [tmp_path / name.replace("\\", "/")]
    assert taken.added[0].read_bytes() == content


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("../a.png", png(), "outside"),
        ("x/../../a.png", png(), "outside"),
        ("/etc/a.png", png(), "outside"),
        ("..\\a.png", png(), "outside"),
        ("C:\\a.png", png(), "outside"),
        ("__MACOSX/a.png", png(), "junk"),
        ("x/.DS_Store", b"", "junk"),
        ("Thumbs.db", b"", "junk"),
        ("", b"", "name"),
        ("a\x01.png", png(), "name"),
        ("a" * 300 + ".png", png(), "name"),
        ("1/2/3/4/5/6/7/8/9.png", png(), "name"),
        ("a.exe", b"MZ", "kind"),
        ("a", b"", "kind"),
        ("a.gif", b"GIF89a", "format"),
        ("new/a.png", b"no picture", "corrupt"),
        ("new/a.png", png()[:20], "corrupt"),
        ("a.txt", b"\x00\x01\x02", "corrupt"),
    ],
)
def test_what_does_not_belong_there_is_named_with_its_reason(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    taken = _add(folder, name, content)
    assert [(one.name, one.code) for one in taken.skipped] == [(name, code)]
    assert taken.skipped[0].reason
    assert [path for path in tmp_path.rglob("*") if path != folder] == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"mine")
    assert _add(tmp_path, "a.txt", b"theirs").skipped[0].code == "exists"
    assert (tmp_path / "a.txt").read_bytes() == b"mine"


def test_a_link_inside_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "outside", target_is_directory=True)
    assert _add(tmp_path / "inside", "link/a.png", png()).skipped[0].code == "outside"
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_file_that_never_ends_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "MAX_TEXT_BYTES", 1000)
    assert _add(tmp_path, "a.txt", b"x" * 1001).skipped[0].code == "too-large"
    assert list(tmp_path.iterdir()) == []
    assert _add(tmp_path, "a.txt", b"x" * 1000).skipped == []


def test_a_picture_of_too_many_pixels_is_refused_by_its_header(tmp_path: Path) -> None:
    header = png()
    vast = header[:16] + (20000).to_bytes(4, "big") * 2 + header[24:]
    vast = vast[:29] + struct.pack(">I", zlib.crc32(vast[12:29])) + vast[33:]
    assert "178 million" in _add(tmp_path, "a.png", vast).skipped[0].reason


def test_a_full_disk_ends_the_upload(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as the standard library has it
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 99, 1))
    with pytest.raises(MikazukiError) as refused:
        _add(tmp_path, "a.png", png())
    assert refused.value.code == "disk-full"


def test_places_are_below_the_folder() -> None:
    assert str(place_of("./a//b.png")) == "a/b.png"
    with pytest.raises(RefusedError):
        place_of("a/../b.png")
