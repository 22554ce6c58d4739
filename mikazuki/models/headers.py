"""Reads the header of a .safetensors file with the standard library alone: names, shapes, places and metadata."""

import json
import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError

LENGTH_BYTES: Final = 8
MAX_HEADER_BYTES: Final = 100_000_000
"""Limit of the format itself."""
DTYPE_BYTES: Final = {
    "F64": 8, "I64": 8, "U64": 8, "F32": 4, "I32": 4, "U32": 4, "F16": 2, "BF16": 2, "I16": 2, "U16": 2,
    "I8": 1, "U8": 1, "BOOL": 1, "F8_E4M3": 1, "F8_E5M2": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor of a file: its type by the format's name, its shape, and its bytes' place from the file's start."""

    dtype: str
    shape: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of a file tells."""

    tensors: dict[str, Tensor]
    metadata: dict[str, str]

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Name -> shape of every tensor."""
        return {name: tensor.shape for name, tensor in self.tensors.items()}


def looks_like_safetensors(path: Path) -> bool:
    """Tell whether the file starts as a .safetensors file does: eight bytes of length, then a JSON object."""
    with path.open("rb") as file:
        return file.read(LENGTH_BYTES + 1)[LENGTH_BYTES:] == b"{"


def read_header(path: Path) -> Header:
    """Read and check the header of the .safetensors file ``path``.

    Raises MikazukiError ``not-a-model`` for something else under that name, ``truncated`` for a file that ends
    before its tensors do.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(LENGTH_BYTES + 1)
        if start[LENGTH_BYTES:] != b"{":
            raise not_safetensors(path, start)
        (length,) = struct.unpack("<Q", start[:LENGTH_BYTES])
        if length > MAX_HEADER_BYTES:
            raise not_safetensors(path, start)
        if LENGTH_BYTES + length > size:
            raise _truncated(path, size, LENGTH_BYTES + length)
        file.seek(LENGTH_BYTES)
        raw = file.read(length)
    try:
        entries: dict[str, Any] = json.loads(raw)
        metadata = {str(key): str(value) for key, value in entries.pop("__metadata__", {}).items()}
        tensors = {name: _tensor(entry, LENGTH_BYTES + length) for name, entry in entries.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(path, "its header cannot be read") from error
    _check_size(path, tensors, LENGTH_BYTES + length, size)
    return Header(tensors, metadata)


def not_safetensors(path: Path, start: bytes) -> MikazukiError:
    """Say what a file whose first bytes are ``start`` is instead of a model."""
    text = start[:LENGTH_BYTES].lstrip().lower()
    if text.startswith(b"<"):
        what = "it is a web page, which is what a download leaves when the site asks for a log-in"
    elif text.startswith(b"version"):
        what = "it is a Git LFS pointer, a few lines of text that stand for the file"
    elif text and all(byte in b"\t\n\r" or 32 <= byte < 127 for byte in text):
        what = "it is a text file"
    else:
        what = "it does not begin as one"
    return MikazukiError(
        "not-a-model",
        f"{path} is not a .safetensors file: {what}.",
        "Download the model file itself again, or choose another file for pretrained_model_name_or_path.",
    )


def _tensor(entry: dict[str, Any], data_start: int) -> Tensor:
    start, end = (int(offset) for offset in entry["data_offsets"])
    shape = tuple(int(side) for side in entry["shape"])
    item = DTYPE_BYTES.get(entry["dtype"])
    if not 0 <= start <= end or (item is not None and end - start != item * math.prod(shape)):
        raise ValueError("offsets")
    return Tensor(str(entry["dtype"]), shape, data_start + start, data_start + end)


def _check_size(path: Path, tensors: dict[str, Tensor], data_start: int, size: int) -> None:
    end = max((tensor.end for tensor in tensors.values()), default=data_start)
    if end > size:
        raise _truncated(path, size, end)
    if end < size:
        raise _damaged(path, f"{size - end:,} bytes follow its last tensor")


def _truncated(path: Path, size: int, wanted: int) -> MikazukiError:
    return MikazukiError(
        "truncated",
        f"{path} is incomplete: it has {size:,} bytes of the {wanted:,} or more that its header announces.",
        "The download or copy broke off: fetch the file again.",
    )


def _damaged(path: Path, why: str) -> MikazukiError:
    return MikazukiError("not-a-model", f"{path} is damaged: {why}.", "Fetch the file again.")
