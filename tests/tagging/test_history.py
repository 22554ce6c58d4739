"""Taking a run back: every file as it was, whatever its bytes, and nothing that somebody changed since."""

from pathlib import Path

import pytest

from mikazuki.data.file_history import Change, carry_out
from mikazuki.errors import MikazukiError
from mikazuki.tagging.history import BEFORE_FILE, DONE_FILE, History, done_pictures, undo


def write(path: Path, old: bytes | None, new: bytes) -> Change:
    if old is not None:
        path.write_bytes(old)
    return Change(path, old, new)


def test_undo_restores_bytes_and_removes_what_was_made(tmp_path: Path) -> None:
    job = tmp_path / "job"
    job.mkdir()
    found = [
        write(tmp_path / "old \u6d4b.txt", "\u6807\u7b7e\r\n".encode("gb18030"), b"new\n"),
        write(tmp_path / "made.txt", None, b"made\n"),
        write(tmp_path / "edited.txt", b"old", b"new\n"),
        write(tmp_path / "not reached.txt", b"old", b"new\n"),
        write(tmp_path / "gone.txt", b"old", b"new\n"),
    ]
    History(job).remember(found)
    for change in found[:3]:
        carry_out(change)
    found[2].path.write_bytes(b"by hand")
    found[4].path.unlink()
    undone = undo(job)
    assert (undone.restored, undone.removed) == (1, 1)
    assert set(undone.left) == {found[2].path, found[4].path}
    assert found[0].path.read_bytes() == found[0].old
    assert not found[1].path.exists()
    assert found[2].path.read_bytes() == b"by hand"
    assert found[3].path.read_bytes() == b"old"
    again = undo(job)
    assert (again.restored, again.removed) == (0, 0)


def test_a_file_written_twice_goes_all_the_way_back(tmp_path: Path) -> None:
    path, history = tmp_path / "a.txt", History(tmp_path)
    history.remember([write(path, b"first", b"second")])
    path.write_bytes(b"second")
    history.remember([Change(path, b"second", b"third")])
    path.write_bytes(b"third")
    undo(tmp_path)
    assert path.read_bytes() == b"first"


def test_a_line_cut_short_by_a_kill_is_passed_over(tmp_path: Path) -> None:
    History(tmp_path).finish([Path("/a"), Path("/b")])
    done = tmp_path / DONE_FILE
    done.write_bytes(done.read_bytes()[:-5])
    assert done_pictures(tmp_path) == {"/a"}
    History(tmp_path).finish([Path("/c")])
    assert done_pictures(tmp_path) == {"/a", "/c"}


def test_nothing_to_undo(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError) as error:
        undo(tmp_path)
    assert error.value.code == "nothing-to-undo"
    History(tmp_path).remember([])
    assert not (tmp_path / BEFORE_FILE).exists()
