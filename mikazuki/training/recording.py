"""Reads a recorded run of the upstream trainer: what each batch was made of, what it came to, and the adapters.

The folder holds ``steps.safetensors`` (tensors ``NN.name``), ``steps.jsonl`` (one line a batch), and the adapter before
the first and after the last step, ``lora_before.safetensors`` and ``lora_after.safetensors``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file
from torch import Tensor

from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.models.text import sdxl_time_ids
from mikazuki.training.batches import Batch
from mikazuki.training.conditions import Condition, Known

BEFORE: Final = "lora_before.safetensors"
AFTER: Final = "lora_after.safetensors"
STEPS: Final = "steps.safetensors"
LINES: Final = "steps.jsonl"
SIZES: Final = ("original_sizes_hw", "crop_top_lefts", "target_sizes_hw")


@dataclass(frozen=True)
class Recorded:
    """A recorded run; batches count from 0."""

    tensors: Mapping[str, Tensor]
    captions: tuple[tuple[str, ...], ...]
    """Those of each batch, as they were trained on."""

    @classmethod
    def read(cls, folder: Path) -> "Recorded":
        """Read the run in a folder."""
        lines = (folder / LINES).read_text(encoding="utf-8").splitlines()
        return cls(load_file(folder / STEPS), tuple(tuple(json.loads(line)["captions"]) for line in lines))

    def batch(self, number: int, *, named: bool = False) -> Batch:
        """Return a batch as the training takes it; ``named`` puts the names of `known` in the place of captions.

        Raises:
            MikazukiError: ``record-too-short``.
        """
        if number >= len(self.captions):
            raise MikazukiError(
                "record-too-short",
                f"The record ends after {len(self.captions)} batches, and this training has more in as many steps.",
                "The engines divide these pictures into batches differently.",
                exit_code=EXIT_FAILED,
            )
        captions = self.captions[number]
        strength = self.tensors.get(_name(number, "strength"))
        return Batch(
            latents=self._part(number, "latents").float(),
            noise=self._part(number, "noise").float(),
            timesteps=self._part(number, "timesteps"),
            captions=[_row(number, row) for row in range(len(captions))] if named else list(captions),
            weights=self._part(number, "loss_weights").float(),
            time_ids=sdxl_time_ids(*(self._part(number, name) for name in SIZES)),
            strength=1.0 if strength is None else float(strength),
        )

    def loss(self, number: int) -> float:
        """Return the loss of a batch."""
        return float(self._part(number, "loss"))

    def condition(self, number: int) -> Condition:
        """Return what the UNet was conditioned on in a batch."""
        if _name(number, "cond") in self.tensors:
            return Condition(self._part(number, "cond"))
        context = torch.cat((self._part(number, "cond1"), self._part(number, "cond2")), dim=-1)
        return Condition(context, self._part(number, "pool2"))

    def known(self, device: torch.device, dtype: torch.dtype) -> dict[str, Known]:
        """Return the conditions of every picture of every batch by a name of its own, as a table of known texts."""
        found: dict[str, Known] = {}
        for number, captions in enumerate(self.captions):
            condition = self.condition(number)
            for row in range(len(captions)):
                pooled = None if condition.pooled is None else condition.pooled[row].to(device, dtype)
                found[_row(number, row)] = (condition.context[row].to(device, dtype), pooled)
        return found

    def _part(self, number: int, name: str) -> Tensor:
        return self.tensors[_name(number, name)]


def _name(number: int, name: str) -> str:
    return f"{number:02d}.{name}"


def _row(number: int, row: int) -> str:
    return f"{number}.{row}"
