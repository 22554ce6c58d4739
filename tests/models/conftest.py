"""Writes files of weights, good and bad, for the tests of this room."""

import json
import pickle
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WriteHeader = Callable[..., Path]
Shapes = dict[str, tuple[int, ...]]


def fake_safetensors(path: Path, shapes: Shapes, metadata: dict[str, str] | None = None) -> Path:
    """Write a .safetensors file of zeros (fp16, so that big shapes stay small: sizes are really written)."""
    header: dict[str, Any] = {"__metadata__": metadata} if metadata else {}
    offset = 0
    for name, shape in shapes.items():
        size = 2
        for side in shape:
            size *= side
        header[name] = {"dtype": "F16", "shape": list(shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + bytes(offset))
    return path


@pytest.fixture
def safetensors_of(tmp_path: Path) -> WriteHeader:
    """Write a file of zeros with the given names and shapes."""

    def write(shapes: Shapes, name: str = "model.safetensors", metadata: dict[str, str] | None = None) -> Path:
        return fake_safetensors(tmp_path / name, shapes, metadata)

    return write


class Runs:
    """Unpickled by an ordinary unpickler, it would create the file it is given."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, tuple[str, str]]:
        return (open, (str(self.path), "w"))


def legacy_pickle(path: Path, content: object) -> Path:
    """Write torch's format from before 1.6 around ``content``."""
    with path.open("wb") as file:
        for part in (0x1950A86A20F9469CFC6C, 1001, {"little_endian": True}, content, []):
            pickle.dump(part, file, protocol=2)
    return path
