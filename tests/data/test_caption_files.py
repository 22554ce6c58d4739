"""Captions as a person edits them: read in any encoding, written whole, never over somebody else's change."""

import os
from pathlib import Path

import pytest

from mikazuki.data.caption_files import caption_beside, read_caption, remove_caption, write_caption
from mikazuki.errors import MikazukiError


def test_a_caption_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    made = write_caption(path, "sks cat,\r\nsitting\n\n", seen=None)
    assert path.read_bytes() == b"sks cat,\nsitting\n"
    assert read_caption(path) == made
    assert made.text == "sks cat,\nsitting"


def test_an_edit_over_a_later_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    made = write_caption(path, "mine", seen=None)
    path.write_text("theirs", encoding="utf-8")
    os.utime(path, (made.modified + 5, made.modified + 5))
    for edit in (lambda: write_caption(path, "again", seen=made.modified), lambda: remove_caption(path, seen=None)):
        with pytest.raises(MikazukiError, match="since it was read") as refused:
            edit()
        assert refused.value.code == "caption-changed"
    assert path.read_text(encoding="utf-8") == "theirs"


def test_an_edit_of_a_removed_caption_is_refused(tmp_path: Path) -> None:
    made = write_caption(tmp_path / "a.txt", "mine", seen=None)
    remove_caption(tmp_path / "a.txt", seen=made.modified)
    with pytest.raises(MikazukiError, match="was removed"):
        write_caption(tmp_path / "a.txt", "again", seen=made.modified)
    assert not (tmp_path / "a.txt").exists()


def test_the_caption_of_another_ending_is_found(tmp_path: Path) -> None:
    assert caption_beside(tmp_path / "a.b.png") == tmp_path / "a.b.txt"
    (tmp_path / "a.b.caption").write_text("x", encoding="utf-8")
    assert caption_beside(tmp_path / "a.b.png") == tmp_path / "a.b.caption"


@pytest.mark.parametrize(("encoding", "named"), [("utf-8", ""), ("utf-8-sig", ""), ("gb18030", "gb18030")])
def test_other_encodings_are_read_and_named(tmp_path: Path, encoding: str, named: str) -> None:
    (tmp_path / "a.txt").write_bytes("\u6c34\u5f69, \u732b".encode(encoding))
    found = read_caption(tmp_path / "a.txt")
    assert found
    assert (found.text, found.encoding) == ("\u6c34\u5f69, \u732b", named)


def test_no_file_is_no_caption_and_a_huge_one_is_refused(tmp_path: Path) -> None:
    assert read_caption(tmp_path / "a.txt") is None
    (tmp_path / "a.txt").write_bytes(b"x" * (1 << 20) + b"x")
    with pytest.raises(MikazukiError, match="too many for a caption"):
        read_caption(tmp_path / "a.txt")
