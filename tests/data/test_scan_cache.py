"""The cache gives back what was seen, lies outside the pictures, and is never in the way."""

from pathlib import Path

import pytest

from mikazuki.data import scan
from mikazuki.data.scan_cache import cache_file, cached_scan, read_cache
from tests.data.conftest import MakePicture


def test_a_second_scan_opens_nothing_and_sees_the_same(
    tmp_path: Path, make_picture: MakePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures, caches = tmp_path / "in", tmp_path / "caches"
    make_picture(pictures / "a.png", caption="a cat")
    (pictures / "zero.png").touch()
    before = {path: path.stat().st_mtime_ns for path in pictures.iterdir()}
    first = cached_scan(pictures, caches)
    monkeypatch.setattr(scan, "look_at", None)
    assert cached_scan(pictures, caches) == first
    assert {path: path.stat().st_mtime_ns for path in pictures.iterdir()} == before


def test_a_caption_that_changed_is_read_anew(tmp_path: Path, make_picture: MakePicture) -> None:
    make_picture(tmp_path / "in" / "a.png", caption="a cat")
    cached_scan(tmp_path / "in", tmp_path / "caches")
    (tmp_path / "in" / "a.txt").write_text("a dog", encoding="utf-8")
    assert cached_scan(tmp_path / "in", tmp_path / "caches").pictures[0].caption == "a dog"


@pytest.mark.parametrize("text", ["", "[]", '{"version": 0}', '{"version": 1, "pictures": {"a": [1]}}', "\x00"])
def test_a_broken_cache_counts_as_none(tmp_path: Path, make_picture: MakePicture, text: str) -> None:
    make_picture(tmp_path / "in" / "a.png")
    file = cache_file(tmp_path / "in", tmp_path / "caches")
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    assert len(cached_scan(tmp_path / "in", tmp_path / "caches").pictures) == 1
    assert len(read_cache(file)) == 1


def test_a_cache_of_another_version_counts_as_none(tmp_path: Path, make_picture: MakePicture) -> None:
    make_picture(tmp_path / "in" / "a.png")
    cached_scan(tmp_path / "in", tmp_path / "caches")
    file = cache_file(tmp_path / "in", tmp_path / "caches")
    assert len(read_cache(file)) == 1
    file.write_text(file.read_text(encoding="utf-8").replace('"version": 1', '"version": 0'), encoding="utf-8")
    assert read_cache(file) == {}


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path: Path, make_picture: MakePicture) -> None:
    make_picture(tmp_path / "in" / "a.png")
    (tmp_path / "caches").touch()
    assert len(cached_scan(tmp_path / "in", tmp_path / "caches").pictures) == 1
