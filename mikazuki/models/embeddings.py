"""Embedding files of textual inversion: read from every form that people have, written as upstream writes them."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import save
from torch import Tensor

from mikazuki.errors import MikazukiError
from mikazuki.files import replacing
from mikazuki.models.adapters import PRECISIONS, Precision
from mikazuki.models.families import Family
from mikazuki.models.identify import not_found
from mikazuki.models.weights import opened

ONE: Final = "emb_params"
"""The tensor's name where there is one text encoder."""
TWO: Final = ("clip_l", "clip_g")
"""The tensors' names where there are two, as in SDXL."""


def tensor_names(family: Family) -> tuple[str, ...]:
    """Return the names of a file's tensors, one for each text encoder of the family."""
    return (ONE,) if len(family.text_encoders) == 1 else TWO


def read_embeddings(path: Path, names: tuple[str, ...], setting: str = "weights") -> dict[str, Tensor]:
    """Return an embedding file's vectors by `tensor_names`: [vector, width] each.

    Files of one tensor under any name are read (``string_to_param`` of older programs, a token's own name), where one
    is wanted; of two, one may be missing. Raises MikazukiError ``model-not-found``, ``not-an-embedding``.
    """
    if not path.is_file():
        raise not_found(path, setting)
    with opened(path) as (read, there):
        held = {name: read(name).detach().clone() for name in there}
    vectors = {name: tensor.unsqueeze(0) if tensor.ndim == 1 else tensor for name, tensor in held.items()}
    found = {name: vectors[name] for name in names if name in vectors}
    if not found and len(names) == 1 and len(vectors) == 1:
        found = dict(zip(names, vectors.values(), strict=True))
    if not found or any(tensor.ndim != 2 for tensor in found.values()):
        raise MikazukiError(
            "not-an-embedding",
            f"{path} is no embedding for this base model: it has none of {', '.join(names)}.",
            f"Choose an embedding of the base model's family for {setting}.",
        )
    return found


def save_embeddings(
    path: Path, vectors: Mapping[str, Tensor], metadata: Mapping[str, str], precision: Precision | None = None
) -> int:
    """Write an embedding file and return its size in bytes; the ending of ``path`` chooses the format.

    ``precision`` None means fp32. A .safetensors file gets ``metadata``; .pt and .ckpt hold the vectors only. Raises
    MikazukiError (``disk-full``, ``not-writable``); an older file of that name stays until the new one is whole.
    """
    dtype = PRECISIONS[precision or "float"]
    tensors = {name: tensor.detach().to("cpu", dtype).contiguous() for name, tensor in vectors.items()}
    if path.suffix == ".safetensors":
        content = save(tensors, dict(metadata))
    else:
        buffer = BytesIO()
        torch.save(tensors, buffer)
        content = buffer.getvalue()
    with replacing(path) as part:
        part.write_bytes(content)
    return len(content)
