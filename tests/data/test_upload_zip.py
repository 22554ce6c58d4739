"""Zip files from outside: names from Chinese Windows, paths out of the folder, links, bombs, damage."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from mikazuki.data.upload import Upload
from mikazuki.data.upload_zip import Limits, add_zip
from tests.data.test_upload import png


def _zip(*files: tuple[str | zipfile.ZipInfo, bytes], packed: int = zipfile.ZIP_STORED) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packed) as archive:
        for name, content in files:
            archive.writestr(name, content)
    buffer.seek(0)
    return buffer


def _added(folder: Path, stream: io.BytesIO, limits: Limits | None = None) -> Upload:
    taken = Upload(folder)
    add_zip(taken, "mine.zip", stream, limits or Limits())
    return taken


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file())


def test_folders_are_kept_and_the_one_around_all_is_left_away(tmp_path: Path) -> None:
    taken = _added(tmp_path, _zip(("My Cat/10_sks cat/a.png", png()), ("My Cat/10_sks cat/a.txt", b"x")))
    assert taken.skipped == []
    assert _files(tmp_path) == ["10_sks cat/a.png", "10_sks cat/a.txt"]


def test_a_numbered_folder_around_all_stays(tmp_path: Path) -> None:
    _added(tmp_path, _zip(("10_sks cat/a.png", png()), ("__MACOSX/10_sks cat/._a.png", b"x")))
    assert _files(tmp_path) == ["10_sks cat/a.png"]


def test_a_numbered_folder_is_not_put_into_another(tmp_path: Path) -> None:
    (tmp_path / "5_dog").mkdir()
    _added(tmp_path / "5_dog", _zip(("10_sks cat/a.png", png()), ("10_sks cat/b.txt", b"x")))
    assert _files(tmp_path) == ["5_dog/a.png", "5_dog/b.txt"]


def test_names_from_chinese_windows(tmp_path: Path) -> None:
    content = _zip(("CAT1/x.png", png()), ("1P.txt", b"x")).getvalue()
    # what Windows writes there: names in GBK, two bytes a letter, and no flag for UTF-8; one alone could be UTF-8
    for plain, said in (b"CAT1", "\u6a58\u732b"), (b"1P", "\u732b"):
        content = content.replace(plain, said.encode("gbk"))
    assert _added(tmp_path, io.BytesIO(content)).skipped == []
    assert _files(tmp_path) == ["\u6a58\u732b/x.png", "\u732b.txt"]


def test_names_in_utf8(tmp_path: Path) -> None:
    _added(tmp_path, _zip(("\u6a58\u732b/x.png", png()), ("\u6a58\u732b.txt", b"x")))
    assert _files(tmp_path) == ["\u6a58\u732b.txt", "\u6a58\u732b/x.png"]


def test_each_file_that_is_not_taken_has_its_reason(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    folder = tmp_path / "inside"
    folder.mkdir()
    stream = _zip(
        ("a.png", png()),
        ("../escape.png", png()),
        ("/etc/escape.png", png()),
        (link, b"/etc/passwd"),
        ("more.zip", b"PK"),
        ("virus.exe", b"MZ"),
        ("broken.png", b"no"),
    )
    taken = _added(folder, stream)
    assert {one.name: one.code for one in taken.skipped} == {
        "../escape.png": "outside",
        "/etc/escape.png": "outside",
        "link.png": "link",
        "more.zip": "nested",
        "virus.exe": "kind",
        "broken.png": "corrupt",
    }
    assert _files(tmp_path) == ["inside/a.png"]


def test_bombs_are_not_unpacked(tmp_path: Path) -> None:
    bomb = _zip(("a.txt", bytes(200_000)), ("b.txt", b"fine"), packed=zipfile.ZIP_DEFLATED)
    taken = _added(tmp_path, bomb, Limits(free_bytes=1000, ratio=100))
    assert [(one.name, one.code) for one in taken.skipped] == [("a.txt", "bomb")]
    assert _files(tmp_path) == ["b.txt"]


@pytest.mark.parametrize(("limits", "code"), [(Limits(files=1), "too-many"), (Limits(bytes=4), "bomb")])
def test_a_zip_that_is_too_much_is_refused_whole(tmp_path: Path, limits: Limits, code: str) -> None:
    taken = _added(tmp_path, _zip(("a.txt", b"aaa"), ("b.txt", b"bbb")), limits)
    assert [(one.name, one.code) for one in taken.skipped] == [("mine.zip", code)]
    assert _files(tmp_path) == []


def test_damage_costs_only_what_is_damaged(tmp_path: Path) -> None:
    content = _zip(("a.txt", b"first"), ("b.txt", b"second")).getvalue()
    taken = _added(tmp_path, io.BytesIO(content.replace(b"first", b"worst")))
    assert [(one.name, one.code) for one in taken.skipped] == [("a.txt", "zip")]
    assert _files(tmp_path) == ["b.txt"]


def test_no_zip_at_all(tmp_path: Path) -> None:
    assert [one.code for one in _added(tmp_path, io.BytesIO(b"hello")).skipped] == ["zip"]


def test_locked_files_are_named(tmp_path: Path) -> None:
    content = bytearray(_zip(("a.txt", b"first")).getvalue())
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    assert [one.code for one in _added(tmp_path, io.BytesIO(bytes(content))).skipped] == ["encrypted"]
