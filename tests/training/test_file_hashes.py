"""Hashes are computed beside the training, and waited for only where they are not ready."""

import hashlib
import threading
from pathlib import Path

import pytest

from mikazuki.training import file_hashes
from mikazuki.training.file_hashes import FileHashes


def test_a_file_and_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "base.safetensors"
    file.write_bytes(bytes(range(256)) * 5000)
    hashes = FileHashes()
    short, whole = hashes.of(file) or ("", "")
    assert whole == hashlib.sha256(file.read_bytes()).hexdigest()
    assert short == hashlib.sha256(file.read_bytes()[1 << 20 :][: 1 << 16]).hexdigest()[:8]
    assert hashes.of(tmp_path) is None
    assert hashes.of(tmp_path / "not there") is None


def test_beginning_does_not_wait_and_reads_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "base.safetensors"
    file.write_bytes(b"weights")
    gate, reads = threading.Event(), []

    def slow(path: Path) -> tuple[str, str]:
        gate.wait(10)
        reads.append(path)
        return "short", "whole"

    monkeypatch.setattr(file_hashes, "model_hashes", slow)
    hashes = FileHashes()
    hashes.begin(file)
    hashes.begin(file)
    assert not reads
    gate.set()
    assert hashes.of(file) == hashes.of(file) == ("short", "whole")
    assert reads == [file]


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> tuple[str, str]:
        raise PermissionError(str(path))

    monkeypatch.setattr(file_hashes, "model_hashes", refuse)
    (tmp_path / "a").write_bytes(b"a")
    with pytest.raises(PermissionError):
        FileHashes().of(tmp_path / "a")
