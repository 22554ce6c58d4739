"""Many files written at once: each whole, none over somebody else's change, nothing left lying about."""

import errno
from pathlib import Path

import pytest

from mikazuki.data.file_history import Change
from mikazuki.data.workbench import together
from mikazuki.data.workbench.together import FEW, Stamp, stamp_of, write_together
from mikazuki.errors import MikazukiError


def rows(folder: Path, count: int) -> list[tuple[Change, Stamp | None]]:
    """Return changes of so many files: every third is new, every third removed."""
    found: list[tuple[Change, Stamp | None]] = []
    for number in range(count):
        path = folder / f"{number}.txt"
        if number % 3:
            path.write_bytes(b"old")
        new = None if number % 3 == 1 else b"new"
        found.append((Change(path, b"old" if number % 3 else None, new), stamp_of(path)))
    return found


@pytest.mark.parametrize("count", [6, FEW + 4])
def test_files_are_made_written_and_removed(tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "AT_ONCE", FEW + 1)
    assert write_together(rows(tmp_path, count)) == {}
    contents = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert contents == {f"{number}.txt": b"new" for number in range(count) if number % 3 != 1}


def test_what_somebody_changed_is_left_alone(tmp_path: Path) -> None:
    changes = rows(tmp_path, 4)
    (tmp_path / "1.txt").write_bytes(b"theirs")
    (tmp_path / "0.txt").write_bytes(b"theirs")
    problems = write_together(changes)
    assert {path.name: problem.code for path, problem in problems.items()} == {
        "0.txt": "caption-changed",
        "1.txt": "caption-changed",
    }
    assert (tmp_path / "1.txt").read_bytes() == b"theirs"
    assert (tmp_path / "2.txt").read_bytes() == b"new"


def test_a_full_disk_ends_it_and_leaves_nothing_lying_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = rows(tmp_path, 4)

    def full(_path: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(MikazukiError) as caught:
        write_together([row for row in changes if row[0].new])
    assert caught.value.code == "disk-full"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"1.txt": b"old", "2.txt": b"old"}
