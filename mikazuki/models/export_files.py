"""Writes tensors into files one after the other: .safetensors needs memory for one tensor, .ckpt for all of them."""

import json
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import torch
from torch import Tensor

from mikazuki.files import replacing
from mikazuki.models.export_parts import Tensors

DTYPE_NAMES: Final = {
    torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64",
    torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL",
    torch.float8_e4m3fn: "F8_E4M3", torch.float8_e5m2: "F8_E5M2",
}  # fmt: skip
"""The format's names of number types."""
ALIGNMENT: Final = 8

Progress = Callable[[float], None]
"""Is told which share of the work is done, 0 to 1."""


def no_progress(_share: float) -> None:
    """Tell nobody."""


def write_safetensors(
    path: Path, tensors: Tensors, metadata: Mapping[str, str], progress: Progress = no_progress
) -> None:
    """Write a .safetensors file in place of ``path``, one tensor in memory at a time.

    Raises MikazukiError ``disk-full`` or ``not-writable``; then ``path`` is as it was.
    """
    # wide types first, so that every tensor begins at a multiple of its own width
    names = sorted(tensors, key=lambda name: (-tensors[name].dtype.itemsize, name))
    total = max(1, sum(tensor.bytes for tensor in tensors.values()))
    with replacing(path) as part, part.open("wb") as file:
        file.write(_header(names, tensors, metadata))
        done = 0
        for name in names:
            file.write(_bytes(tensors[name].make()))
            done += tensors[name].bytes
            progress(done / total)


def write_torch(path: Path, tensors: Tensors, progress: Progress = no_progress) -> None:
    """Write ``{"state_dict": tensors}`` as torch does in place of ``path``; raises as `write_safetensors` does."""
    total = max(1, sum(tensor.bytes for tensor in tensors.values()))
    state: dict[str, Tensor] = {}
    done = 0
    for name in sorted(tensors):
        state[name] = _compact(tensors[name].make())
        done += tensors[name].bytes
        progress(done / total)
    with replacing(path) as part:
        save_torch(part, {"state_dict": state})


def save_torch(path: Path, values: object) -> None:
    """Write what torch's own reader takes; raises OSError where the disk refuses."""
    with path.open("wb") as file:
        try:
            torch.save(values, file)
        except RuntimeError as error:
            # torch wraps what the disk says in an error of its own, which says nothing of the disk
            if isinstance(error.__context__, OSError):
                raise error.__context__ from error
            raise


def _header(names: list[str], tensors: Tensors, metadata: Mapping[str, str]) -> bytes:
    entries: dict[str, object] = {"__metadata__": dict(metadata)} if metadata else {}
    offset = 0
    for name in names:
        tensor = tensors[name]
        end = offset + tensor.bytes
        entries[name] = {
            "dtype": DTYPE_NAMES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, end],
        }
        offset = end
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % ALIGNMENT)
    return struct.pack("<Q", len(text)) + text


def _bytes(tensor: Tensor) -> memoryview:
    """Return a tensor's numbers as they lie in the file; all machines that run this are little-endian."""
    return tensor.cpu().contiguous().flatten().view(torch.uint8).numpy().data


def _compact(tensor: Tensor) -> Tensor:
    """Return a tensor on the CPU that holds nothing but itself: torch would write all of what it is a part of."""
    tensor = tensor.cpu().contiguous()
    whole = tensor.untyped_storage().nbytes() == tensor.numel() * tensor.element_size()
    return tensor if whole else tensor.clone()
