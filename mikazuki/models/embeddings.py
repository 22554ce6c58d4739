"""Embedding files of textual inversion: read from every form that people have, written as upstream writes them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from safetensors.torch import save
from torch import Tensor

from mikazuki.errors import MikazukiError
from mikazuki.files import replacing
from mikazuki.models.adapters import BUNDLED, PRECISIONS, Precision
from mikazuki.models.export_files import save_torch
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


def bundled(word: str, vectors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return a word's `tensor_names` vectors by the names they have in a network's file.

    After the prefix comes the word that prompts say, then a name of the older embedding format where there is one
    text encoder; a point would end the word.
    """
    said = word.replace(".", "_")
    names = {name: "string_to_param.*" if name == ONE else name for name in vectors}
    return {f"{BUNDLED}{said}.{names[name]}": tensor for name, tensor in vectors.items()}


def save_sentence(path: Path, parts: Mapping[str, Tensor], metadata: Mapping[str, str]) -> int:
    """Write one text as a UNet is given it, in fp32, and return the file's size in bytes; ``path`` chooses the format.

    ``parts`` are ``context`` [token, width] and of SDXL ``pooled`` [width]. A .safetensors file has them under the
    names of diffusers' arguments, ``prompt_embeds`` and ``pooled_prompt_embeds``, one text of a batch each; a .pt file
    likewise, or where there is one part alone that tensor itself. Raises MikazukiError as `save_embeddings` does.
    """
    names = {"context": "prompt_embeds", "pooled": "pooled_prompt_embeds"}
    tensors = {names[name]: part.detach().float().cpu().unsqueeze(0).contiguous() for name, part in parts.items()}
    alone = next(iter(tensors.values())) if len(tensors) == 1 else tensors
    return _write(path, tensors if path.suffix == ".safetensors" else alone, metadata)


def save_embeddings(
    path: Path, vectors: Mapping[str, Tensor], metadata: Mapping[str, str], precision: Precision | None = None
) -> int:
    """Write an embedding file and return its size in bytes; the ending of ``path`` chooses the format.

    ``precision`` None means fp32. A .safetensors file gets ``metadata``; .pt and .ckpt hold the vectors only. Raises
    MikazukiError (``disk-full``, ``not-writable``); an older file of that name stays until the new one is whole.
    """
    dtype = PRECISIONS[precision or "float"]
    tensors = {name: tensor.detach().to("cpu", dtype).contiguous() for name, tensor in vectors.items()}
    return _write(path, tensors, metadata)


def _write(path: Path, held: dict[str, Tensor] | Tensor, metadata: Mapping[str, str]) -> int:
    with replacing(path) as part:
        if path.suffix == ".safetensors":
            part.write_bytes(save(held, dict(metadata)))
        else:
            save_torch(part, held)
        return part.stat().st_size
