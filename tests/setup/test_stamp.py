"""The note of a finished installation."""

from pathlib import Path

import pytest

from mikazuki.setup import stamp


def test_what_is_finished_is_read_back(tmp_path: Path) -> None:
    installed = stamp.Installed("cu130", mainland=True, ours=False, groups={"base": "0123"})
    stamp.begin(tmp_path, ours=True)
    stamp.finish(tmp_path, installed)
    assert stamp.read(tmp_path) == installed


def test_an_interrupted_change_unmakes_the_note(tmp_path: Path) -> None:
    stamp.finish(tmp_path, stamp.Installed("cpu"))
    stamp.begin(tmp_path, ours=True)
    assert stamp.read(tmp_path) is None
    assert stamp.is_ours(tmp_path)


def test_a_folder_without_our_note_is_not_ours(tmp_path: Path) -> None:
    assert stamp.is_ours(tmp_path / "absent")
    assert not stamp.is_ours(tmp_path)
    stamp.begin(tmp_path, ours=False)
    assert not stamp.is_ours(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"torch": "cpu"}', '{"torch": "cpu", "mainland": 0, "ours": 1, "groups": 3}']
)
def test_a_note_that_is_not_ours_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / stamp.STAMP).write_text(text, encoding="utf-8")
    assert stamp.read(tmp_path) is None


def test_the_digest_follows_the_pins_and_torch_but_not_line_ends(tmp_path: Path) -> None:
    (tmp_path / "base.txt").write_bytes(b"a==1\n")
    (tmp_path / "constraints.txt").write_bytes(b"b==1\n")
    first = stamp.digest(tmp_path, "base", "2.13.0")
    (tmp_path / "base.txt").write_bytes(b"a==1\r\n")
    assert stamp.digest(tmp_path, "base", "2.13.0") == first
    assert stamp.digest(tmp_path, "base", "2.14.0") != first
    (tmp_path / "constraints.txt").write_bytes(b"b==2\n")
    assert stamp.digest(tmp_path, "base", "2.13.0") != first
