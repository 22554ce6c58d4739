"""Adapters on disk (LoRA and the like): written with their metadata and hashes, read back, in every file format.

A .safetensors file is written here byte for byte with its metadata in order, so that the same weights and metadata
give the same file.
"""

import hashlib
import json
import struct
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final, Literal

import torch
from torch import Tensor

from mikazuki.errors import MikazukiError
from mikazuki.files import replacing
from mikazuki.models.classify import is_lora
from mikazuki.models.identify import file_shapes, not_found
from mikazuki.models.metadata import LEGACY_BYTES, LEGACY_OFFSET, legacy_hash
from mikazuki.models.weights import opened

Precision = Literal["float", "fp16", "bf16"]
PRECISIONS: Final[dict[Precision, torch.dtype]] = {
    "float": torch.float32,
    "fp16": torch.float16,
    "bf16": torch.bfloat16,
}
_NAMES: Final = {
    torch.float64: "F64",
    torch.float32: "F32",
    torch.float16: "F16",
    torch.bfloat16: "BF16",
    torch.int64: "I64",
}
ALIGNMENT: Final = 8
BUNDLED: Final = "bundle_emb."
"""What the names of embeddings begin with that lie in a network's file, as the classic web UI reads them there."""


def save_adapter(
    path: Path, state: Mapping[str, Tensor], metadata: Mapping[str, str], precision: Precision | None = None
) -> int:
    """Write an adapter and return its size in bytes; the ending of ``path`` chooses the format.

    ``precision`` None keeps the tensors' types; whole numbers always keep theirs. A .safetensors file gets ``metadata``
    and the hashes over it (``sshs_model_hash``, ``sshs_legacy_hash``); .ckpt and .pt hold weights only. Raises
    MikazukiError (``disk-full``, ``not-writable``); an older file under that name stays until the new one is whole.
    """
    dtype = PRECISIONS[precision] if precision else None
    tensors = {name: _converted(tensor.detach(), dtype).contiguous() for name, tensor in state.items()}
    with replacing(path) as part:
        if path.suffix == ".safetensors":
            _write(part, tensors, {**metadata, **adapter_hashes(tensors, metadata)})
        else:
            # into memory first: torch's own writer hides a full disk behind an error of its own
            buffer = BytesIO()
            torch.save(tensors, buffer)
            part.write_bytes(buffer.getvalue())
        return part.stat().st_size


def load_adapter(path: Path | str) -> dict[str, Tensor]:
    """Read an adapter's tensors, in the file's own types, without the words that a bundle holds beside it.

    Raises MikazukiError as `check_adapter` does.
    """
    path = Path(path)
    check_adapter(path)
    with opened(path) as (read, names):
        return {name: read(name).clone() for name in names if not name.startswith(BUNDLED)}


def check_adapter(path: Path | str, setting: str = "network_weights") -> dict[str, tuple[int, ...]]:
    """Return name -> shape of a LoRA's tensors; raises MikazukiError ``model-not-found`` or ``not-a-lora``."""
    path = Path(path)
    if not path.is_file():
        raise not_found(path, setting)
    shapes = file_shapes(path)
    if not is_lora(shapes):
        raise MikazukiError("not-a-lora", f"{path} is no LoRA.", f"Choose a LoRA file for {setting}.")
    return shapes


def adapter_hashes(tensors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> dict[str, str]:
    """Return the two hashes by which UIs know an adapter.

    The model hash is SHA-256 of all tensors' bytes; the legacy hash the first 8 digits over 64 KiB at 1 MiB of the
    file as it is with the training's own metadata (``ss_``) only, so that a later remark does not change it.
    """
    header = _header(tensors, {key: value for key, value in metadata.items() if key.startswith("ss_")})
    digest, window = hashlib.sha256(), BytesIO()
    position = 0
    for chunk in (header, *_chunks(tensors)):
        if position:
            digest.update(chunk)
        start, end = max(LEGACY_OFFSET, position), min(LEGACY_OFFSET + LEGACY_BYTES, position + len(chunk))
        window.write(chunk[start - position : end - position] if start < end else b"")
        position += len(chunk)
    return {"sshs_model_hash": digest.hexdigest(), "sshs_legacy_hash": legacy_hash(window.getvalue())}


def _converted(tensor: Tensor, dtype: torch.dtype | None) -> Tensor:
    return tensor.to("cpu", dtype if tensor.is_floating_point() else None)


def _write(path: Path, tensors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> None:
    with path.open("wb") as file:
        file.write(_header(tensors, metadata))
        for chunk in _chunks(tensors):
            file.write(chunk)


def _ordered(tensors: Mapping[str, Tensor]) -> list[str]:
    """Return the names in the format's order: larger number types first, then by name."""
    return sorted(tensors, key=lambda name: (-tensors[name].element_size(), name))


def _header(tensors: Mapping[str, Tensor], metadata: Mapping[str, str]) -> bytes:
    """Return length and header, filled up with spaces so that the tensors begin at a multiple of 8 bytes."""
    entries: dict[str, object] = {"__metadata__": dict(sorted(metadata.items()))}
    offset = 0
    for name in _ordered(tensors):
        tensor = tensors[name]
        end = offset + tensor.numel() * tensor.element_size()
        entries[name] = {"dtype": _NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(entries, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % ALIGNMENT)
    return struct.pack("<Q", len(text)) + text


def _chunks(tensors: Mapping[str, Tensor]) -> Iterator[bytes]:
    for name in _ordered(tensors):
        yield tensors[name].reshape(-1).view(torch.uint8).numpy().tobytes()
