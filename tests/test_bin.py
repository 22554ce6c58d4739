import errno
from pathlib import Path

import pytest

from mikazuki import bin as module
from mikazuki.bin import Bin
from mikazuki.errors import MikazukiError
from mikazuki.files import size_of


@pytest.fixture
def full(tmp_path: Path) -> Bin:
    return Bin(tmp_path / "logs" / ".bin")


def folder(tmp_path: Path) -> Path:
    home = tmp_path / "my \u732b"
    (home / "deep").mkdir(parents=True)
    (home / "deep" / "a.txt").write_bytes(b"12345")
    (home / "b.txt").write_bytes(b"12")
    return home


def test_there_and_back(full: Bin, tmp_path: Path) -> None:
    assert full.rows() == []
    path = folder(tmp_path)
    item = full.put(path, "dataset", "my cat")
    assert not path.exists()
    (row,) = full.rows()
    assert (row.id, row.name, row.kind, row.path, row.bytes) == (item, "my cat", "dataset", str(path), 7)
    assert full.restore(item) == path
    assert (path / "deep" / "a.txt").read_bytes() == b"12345"
    assert full.rows() == []
    assert list(full.folder.iterdir()) == []


def test_files_come_back_into_folders_that_are_gone(full: Bin, tmp_path: Path) -> None:
    path = tmp_path / "gone" / "x.safetensors"
    path.parent.mkdir()
    path.write_bytes(b"x")
    item = full.put(path, "model", "x")
    path.parent.rmdir()
    assert full.restore(item).read_bytes() == b"x"


def test_nothing_is_written_over(full: Bin, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("old", encoding="utf-8")
    item = full.put(path, "picture", "x")
    path.write_text("new", encoding="utf-8")
    with pytest.raises(MikazukiError) as caught:
        full.restore(item)
    assert caught.value.code == "path-exists"
    assert path.read_text(encoding="utf-8") == "new"
    assert len(full.rows()) == 1


def test_for_good(full: Bin, tmp_path: Path) -> None:
    item = full.put(folder(tmp_path), "dataset", "x")
    full.purge(item)
    assert list(full.folder.iterdir()) == []


@pytest.mark.parametrize("item", ["", "..", "../jobs", "20260101-000000-aaaaaaaa", "/etc"])
def test_only_what_is_in_it(full: Bin, item: str) -> None:
    full.folder.mkdir(parents=True)
    (full.folder.parent / "item").touch()
    for act in (full.restore, full.purge):
        with pytest.raises(MikazukiError) as caught:
            act(item)
        assert caught.value.code == "bin-not-found"


def test_what_is_not_there_cannot_be_deleted(full: Bin, tmp_path: Path) -> None:
    with pytest.raises(MikazukiError, match="not there"):
        full.put(tmp_path / "none", "model", "none")
    assert not full.folder.exists()


def test_between_disks_it_is_copied_whole_before_it_is_removed(
    full: Bin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(tmp_path)
    rename = Path.rename

    def other_disk(self: Path, target: Path) -> Path:
        if self.name.startswith("."):
            assert (path / "b.txt").exists()
            return rename(self, target)
        raise OSError(errno.EXDEV, "another disk")

    monkeypatch.setattr(Path, "rename", other_disk)
    item = full.put(path, "dataset", "x")
    assert not path.exists()
    monkeypatch.undo()
    assert (full.restore(item) / "deep" / "a.txt").read_bytes() == b"12345"


def test_a_full_disk_leaves_everything_where_it_was(full: Bin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder(tmp_path)

    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError(errno.EXDEV, "another disk")

    def full_disk(_path: Path, to: Path) -> None:
        to.mkdir()
        (to / "part").touch()
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "rename", refuse)
    monkeypatch.setattr(module, "_copy", full_disk)
    monkeypatch.setattr(
        module, "write_text", lambda path, text: (path.parent.mkdir(parents=True), path.write_text(text))
    )
    with pytest.raises(MikazukiError) as caught:
        full.put(path, "dataset", "x")
    assert caught.value.code == "disk-full"
    assert size_of(path) == 7
    assert list(full.folder.iterdir()) == []


def test_what_a_kill_left_unfinished_is_not_shown(full: Bin) -> None:
    home = full.folder / "20260101-000000-aaaaaaaa"
    home.mkdir(parents=True)
    (home / "bin.json").write_text("{}", encoding="utf-8")
    assert full.rows() == []
    (home / "item").touch()
    assert full.rows() == []
