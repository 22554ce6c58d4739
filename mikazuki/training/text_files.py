"""Keeps encoded captions in .npz files beside the pictures, under upstream's names."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor

from mikazuki.data.captions import plain_caption
from mikazuki.data.entries import Entry
from mikazuki.data.plan import Plan
from mikazuki.models.families import FamilyName, family_of
from mikazuki.training.conditions import Known
from mikazuki.training.latent_files import PREFIX, Arrays, read_arrays, write_arrays

_IDENTITY: Final = f"{PREFIX}_identity"
_FORMATS: Final = f"{PREFIX}_formats"
_STATES: Final = ("hidden_state1", "hidden_state2")


def text_path(entry: Entry, family: FamilyName) -> Path:
    """Name the file of a picture's encoded caption: ``<stem>_te_outputs.npz`` as upstream does, for SDXL.

    Upstream keeps none for SD1 and SD2; theirs are ``<stem>_sd_te_outputs.npz``.
    """
    ending = "" if family == "sdxl" else "_sd"
    return entry.picture.with_name(f"{entry.picture.stem}{ending}_te_outputs.npz")


class TextFiles:
    """Reads and writes encoded captions; a file that does not hold any more counts as missing."""

    def __init__(self, encoders: str, family: FamilyName, device: torch.device, *, skip_check: bool = False) -> None:
        """Keep what ``encoders`` (`sources.text_identity`) make; ``skip_check`` trusts what is there."""
        self._encoders = encoders
        self._family: FamilyName = family
        self._device = device
        self._skip_check = skip_check

    def identity(self, said: str) -> str:
        """Return a name for a text as these encoders encode it."""
        return hashlib.sha256(f"{self._encoders}/{said}".encode()).hexdigest()

    def read(self, plan: Plan) -> dict[str, Known]:
        """Return the texts of a plan whose files hold."""
        found: dict[str, Known] = {}
        for entry, said in _captions(plan):
            known = None if said in found else self._read(text_path(entry, self._family), said)
            if known is not None:
                found[said] = known
        return found

    def write(self, plan: Plan, known: Callable[[str], Known], widths: Sequence[int]) -> int:
        """Write the files that are missing or do not hold; return how many.

        ``known`` gives a text's condition (`FrozenText.known`), ``widths`` are the encoders' own, in order.
        """
        written = 0
        for entry, said in _captions(plan):
            path = text_path(entry, self._family)
            if self._read(path, said) is None:
                write_arrays(path, {_IDENTITY: np.array(self.identity(said)), **_arrays(*known(said), widths)})
                written += 1
        return written

    def _read(self, path: Path, said: str) -> Known | None:
        arrays = read_arrays(path)
        states = [arrays[name] for name in _STATES if name in arrays]
        trusted = self._skip_check or str(arrays.get(_IDENTITY, "")) == self.identity(said)
        specs = family_of(self._family).text_encoders
        whole = len(states) == len(specs) and ("pool2" in arrays) == any(spec.projected for spec in specs)
        if not trusted or not whole:
            return None
        context = torch.cat([torch.from_numpy(state) for state in states], dim=-1)
        pooled = torch.from_numpy(arrays["pool2"]) if "pool2" in arrays else None
        formats = [getattr(torch, str(name)) for name in arrays.get(_FORMATS, ())] or [torch.float32] * 2
        return (
            context.to(self._device, formats[0]),
            None if pooled is None else pooled.to(self._device, formats[-1]),
        )


def _arrays(context: Tensor, pooled: Tensor | None, widths: Sequence[int]) -> Arrays:
    # numpy has no bf16: fp32 holds every number of it, and gives the same one back
    states = context.detach().float().cpu()
    parts = torch.split(states, list(widths), dim=-1)
    arrays: Arrays = {name: part.numpy() for name, part in zip(_STATES, parts, strict=False)}
    given = [context] if pooled is None else [context, pooled]
    arrays[_FORMATS] = np.array([str(tensor.dtype).removeprefix("torch.") for tensor in given])
    if pooled is not None:
        arrays["pool2"] = pooled.detach().float().cpu().numpy()
    return arrays


def _captions(plan: Plan) -> Iterator[tuple[Entry, str]]:
    for entry in (*plan.entries, *plan.validation):
        yield entry, plain_caption(entry.caption, plan.subsets[entry.subset].options.captions)
