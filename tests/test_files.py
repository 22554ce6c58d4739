"""Files: the old one or the new one, never a part, and clear words when the disk refuses."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.files import disk_error, replacing, replacing_folder, size_of, sweep, write_text


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def fail() -> None:
        with replacing(path) as part:
            part.write_text("half", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failing_folder_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "f"
    with replacing_folder(path) as part:
        (part / "x").write_text("old", encoding="utf-8")

    def fail() -> None:
        with replacing_folder(path) as part:
            (part / "x").write_text("new", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (path / "x").read_text(encoding="utf-8") == "old"
    with replacing_folder(path) as part:
        (part / "x").write_text("new", encoding="utf-8")
    assert (path / "x").read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_is_swept_away(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / f".a.safetensors.{dead.pid}.part").write_text("half", encoding="utf-8")
    (tmp_path / f".a-state.{dead.pid}.part").mkdir()
    kept = [tmp_path / f".b.safetensors.{os.getpid()}.part", tmp_path / "a.safetensors", tmp_path / ".mine.part"]
    for path in kept:
        path.write_text("whole", encoding="utf-8")
    sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(kept)


def test_disk_full_and_not_writable_in_words(tmp_path: Path) -> None:
    full = disk_error(tmp_path, OSError(errno.ENOSPC, "No space left on device"))
    assert (full.code, full.exit_code) == ("disk-full", 1)
    assert str(tmp_path) in full.message
    assert disk_error(tmp_path, OSError(errno.EACCES, "Permission denied")).code == "not-writable"


def test_an_unwritable_place_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(MikazukiError) as caught:
        write_text(tmp_path / "file" / "below", "x")
    assert caught.value.code == "not-writable"


def test_the_size_of_a_file_and_of_all_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "deep" / "deeper").mkdir(parents=True)
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "deep" / "b").write_bytes(b"123")
    (tmp_path / "deep" / "deeper" / "c").symlink_to(tmp_path / "a")
    (tmp_path / "deep" / "nowhere").symlink_to(tmp_path / "none")
    assert [size_of(tmp_path / name) for name in ("a", "deep", "none")] == [5, 8, 0]
    assert [size_of(tmp_path / name, links=False) for name in ("a", "deep", "none")] == [5, 3, 0]
