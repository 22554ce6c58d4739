"""Turns a file's tensors into those of diffusers' and transformers' models and back, by the map of `keys`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from mikazuki.models.keys import Form, Piece

_THIRD: Final[dict[Form, int]] = {"query": 0, "key": 1, "value": 2}


@dataclass(frozen=True, slots=True)
class Target:
    """Where tensors go: number type and device."""

    dtype: torch.dtype
    device: torch.device | str = "cpu"

    def put(self, tensor: Tensor) -> Tensor:
        """Return the tensor there: moved first, as a GPU changes types faster than the way to it is."""
        return tensor.to(self.device).to(self.dtype).contiguous()


def gather(found: Mapping[str, Piece], read: Callable[[str], Tensor], target: Target) -> dict[str, Tensor]:
    """Return diffusers' tensors at ``target``: ``read`` gives an original tensor by name, once each."""
    cache: dict[str, Tensor] = {}
    state: dict[str, Tensor] = {}
    for name, piece in found.items():
        if piece.form in _THIRD:
            # the three thirds of one tensor follow each other: keep it until the next one comes
            if piece.name not in cache:
                cache = {piece.name: read(piece.name)}
            state[name] = target.put(cache[piece.name].chunk(3)[_THIRD[piece.form]])
        else:
            state[name] = target.put(reshaped(read(piece.name), piece.form))
    return state


def reshaped(tensor: Tensor, form: Form) -> Tensor:
    """Return an original tensor in the shape diffusers has for it."""
    if form == "matrix" and tensor.ndim > 2:
        return tensor.flatten(1)
    return tensor.t() if form == "transpose" else tensor


def ungather(found: Mapping[str, Sequence[Piece]], state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the original tensors made of diffusers' ``state``: the way back of `gather`."""
    original: dict[str, Tensor] = {}
    for name, parts in found.items():
        tensors = [state[part.name] for part in parts]
        if len(tensors) > 1:
            original[name] = torch.cat(tensors)
        elif parts[0].form == "matrix":
            original[name] = tensors[0][:, :, None, None]
        else:
            original[name] = reshaped(tensors[0], parts[0].form).contiguous()
    return original
