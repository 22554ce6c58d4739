"""Hostile folders: every name has its line, and the rest goes on."""

import os
import sys
from pathlib import Path

import pytest

from mikazuki.data.walk import find_files
from mikazuki.errors import MikazukiError


def touched(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def test_pictures_and_videos_are_told_apart_whatever_their_case(tmp_path: Path) -> None:
    touched(tmp_path, "b.PNG", "[a] (1).Jpg", "\U0001f600.webp", "clip.MP4", "a.txt", ".hidden.png")
    found = find_files(tmp_path, recursive=False)
    assert [path.name for path in found.pictures] == ["[a] (1).Jpg", "b.PNG", "\U0001f600.webp"]
    assert [path.name for path in found.videos] == ["clip.MP4"]
    assert tmp_path / "a.txt" in found.files
    assert found.notices == []


def test_folders_inside_are_searched_only_when_asked(tmp_path: Path) -> None:
    touched(tmp_path, "a.png", "deep/er/b.png")
    assert len(find_files(tmp_path, recursive=False).pictures) == 1
    assert len(find_files(tmp_path, recursive=True).pictures) == 2


def test_what_is_not_read_is_told_with_the_reason(tmp_path: Path) -> None:
    touched(tmp_path, "a.heic", "b.jxl", "c.CR2", "d.zip", "notes.md")
    texts = [notice.text for notice in find_files(tmp_path, recursive=True).notices]
    assert [text.rsplit("/", 1)[-1].split()[0] for text in texts] == ["a.heic", "b.jxl", "c.CR2", "d.zip"]
    assert "JPEG XL" in texts[1]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_loops_of_links_end_and_dead_links_are_told(tmp_path: Path) -> None:
    touched(tmp_path, "in/a.png")
    (tmp_path / "in" / "loop").symlink_to(tmp_path)
    (tmp_path / "self.png").symlink_to(tmp_path / "self.png")
    (tmp_path / "dead.png").symlink_to(tmp_path / "gone")
    found = find_files(tmp_path, recursive=True)
    assert [path.name for path in found.pictures] == ["a.png"]
    texts = " ".join(notice.text for notice in found.notices)
    assert all(name in texts for name in ("self.png", "dead.png", "loop"))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_told_in_text(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.png")).touch()
    found = find_files(tmp_path, recursive=False)
    assert found.pictures == []
    assert found.notices[0].text.encode("utf-8").startswith(b"The name bad?.png")


def test_a_missing_folder_and_a_file_are_refused(tmp_path: Path) -> None:
    touched(tmp_path, "a.png")
    for name, said in (("gone", "does not exist"), ("a.png", "is a file")):
        with pytest.raises(MikazukiError, match=said):
            find_files(tmp_path / name, recursive=False)
