"""Reads what a .safetensors file says about itself, and the hashes by which a base model is known; no tensors."""

import hashlib
from pathlib import Path
from typing import Final

from mikazuki.models.headers import looks_like_safetensors, read_header

LEGACY_OFFSET: Final = 0x100000
LEGACY_BYTES: Final = 0x10000
_CHUNK: Final = 1 << 20


def read_metadata(path: Path) -> dict[str, str]:
    """Return the metadata of a .safetensors file; empty for other formats, which have none."""
    return read_header(path).metadata if looks_like_safetensors(path) else {}


def legacy_hash(data: bytes) -> str:
    """Return the short hash UIs used first: 8 hex digits of SHA-256 over 64 KiB, given those bytes."""
    return hashlib.sha256(data).hexdigest()[:8]


def model_hashes(path: Path) -> tuple[str, str]:
    """Return a model file's short hash (64 KiB at 1 MiB) and its whole SHA-256; reads the whole file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        file.seek(LEGACY_OFFSET)
        short = legacy_hash(file.read(LEGACY_BYTES))
        file.seek(0)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return short, digest.hexdigest()
