"""A folder in memory: read once, looked at again, whatever lies in it."""

from pathlib import Path

import pytest
from PIL import Image

from mikazuki.data.workbench import index as room
from mikazuki.data.workbench.index import Index, OnDisk


def test_only_changed_files_are_opened_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index(folder)
    opened: list[Path] = []
    read = room.read_file

    def counted(path: Path) -> OnDisk:
        opened.append(path)
        return read(path)

    monkeypatch.setattr(room, "read_file", counted)
    assert not index.refresh()
    (folder / "a.txt").write_text("another one", encoding="utf-8")
    assert index.refresh()
    assert opened == [folder / "a.txt"]
    assert index.disk["a.txt"].text == "another one"


def test_what_comes_and_goes_is_seen(folder: Path) -> None:
    index = Index(folder)
    (folder / "e.caption").write_text("new", encoding="utf-8")
    (folder / "b.png").unlink()
    (folder / "c.txt").unlink()
    assert index.refresh()
    assert index.disk["e.caption"].text == "new"
    assert index.disk["c.txt"].text is None
    assert "b.png" not in index.places


def test_pictures_may_share_a_caption(folder: Path) -> None:
    (folder / "a.jpg").write_bytes(b"")
    assert [entry.key for entry in Index(folder).entries[:2]] == ["a.txt", "a.txt"]


def test_captions_that_cannot_be_read_are_told_and_others_decoded(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"x" * (1 << 21))
    (folder / "b.txt").write_bytes("\u732b, \u72ac\u306e\u3057\u3063\u307d".encode("cp932"))
    index = Index(folder)
    assert "too many" in index.disk["a.txt"].problem
    assert index.disk["b.txt"].encoding


def test_sizes_are_read_once_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("RGB", (30, 20)).save(folder / "a.png")
    index = Index(folder)
    assert index.sizes()[:2] == [(30, 20), None]
    monkeypatch.setattr(room, "probe_all", lambda paths: [pytest.fail("read again") for _ in paths])
    assert index.sizes()[0] == (30, 20)
