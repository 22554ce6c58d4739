import hashlib
from pathlib import Path

from mikazuki.models.metadata import model_hashes, read_metadata
from tests.models.conftest import WriteHeader


def test_metadata_is_read(safetensors_of: WriteHeader, tmp_path: Path) -> None:
    assert read_metadata(safetensors_of({"a": (1,)}, metadata={"k": "v"})) == {"k": "v"}
    other = tmp_path / "a.pt"
    other.write_bytes(b"PK\x03\x04")
    assert read_metadata(other) == {}


def test_hashes_are_of_the_window_and_of_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "m"
    data = bytes(range(256)) * 5000
    path.write_bytes(data)
    short, whole = model_hashes(path)
    assert short == hashlib.sha256(data[0x100000:0x110000]).hexdigest()[:8]
    assert whole == hashlib.sha256(data).hexdigest()
