import json
import struct
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.models.headers import looks_like_safetensors, read_header
from tests.models.conftest import WriteHeader


def test_names_shapes_and_metadata_are_read(safetensors_of: WriteHeader) -> None:
    path = safetensors_of({"a": (2, 3), "b": ()}, metadata={"ss_seed": "1"})
    header = read_header(path)
    assert looks_like_safetensors(path)
    assert header.shapes == {"a": (2, 3), "b": ()}
    assert header.metadata == {"ss_seed": "1"}
    assert header.tensors["b"].end - header.tensors["b"].start == 2
    assert header.tensors["b"].end == path.stat().st_size


@pytest.mark.parametrize("lost", [1, 13, 100])
def test_a_file_that_ends_too_early_is_truncated(safetensors_of: WriteHeader, lost: int) -> None:
    path = safetensors_of({"a": (2, 3)})
    path.write_bytes(path.read_bytes()[:-lost] if lost < 100 else path.read_bytes()[:20])
    with pytest.raises(MikazukiError, match="incomplete") as caught:
        read_header(path)
    assert caught.value.code == "truncated"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"a photo of a dog, nothing else", "text file"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"", "does not begin"),
        (bytes(range(128, 160)), "does not begin"),
        (b'[[[[[[[[{"a": 1}', "text file"),
    ],
)
def test_something_else_under_that_name_is_named(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(content)
    with pytest.raises(MikazukiError, match=what) as caught:
        read_header(path)
    assert caught.value.code == "not-a-model"
    assert str(path) in caught.value.message


@pytest.mark.parametrize(
    "header",
    [
        b"{not json",
        b'{"a": 3}',
        b'{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}',
        b'{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}}',
        b'{"a": {"dtype": "F32", "data_offsets": [0, 4]}}',
    ],
)
def test_a_header_that_lies_is_refused(tmp_path: Path, header: bytes) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(4))
    with pytest.raises(MikazukiError) as caught:
        read_header(path)
    assert caught.value.code == "not-a-model"


def test_bytes_after_the_last_tensor_are_damage(tmp_path: Path) -> None:
    header = json.dumps({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    path = tmp_path / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(9))
    with pytest.raises(MikazukiError, match="5 bytes follow"):
        read_header(path)
