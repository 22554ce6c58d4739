"""The losses of a step apart: those of the pictures of the subject, and those of its class."""

import torch
from torch import Tensor

from mikazuki.training.machine import Machine

TAGS = ("loss/instance", "loss/prior")
"""Tags of the two in the curves."""


class LossSplit:
    """Adds up a step's losses by kind, on the device: reading them waits for nothing but the step itself."""

    def __init__(self, machine: Machine) -> None:
        """Begin with nothing."""
        self._machine = machine
        self._sums = torch.zeros(2, 2, device=machine.device)

    def clear(self) -> None:
        """Forget everything: a step begins."""
        self._sums = torch.zeros_like(self._sums)

    def add(self, losses: Tensor, prior: Tensor) -> None:
        """Add losses (B, before the class's weight); ``prior`` (B) says which are of pictures of the class."""
        kinds = torch.stack([~prior, prior]).float()
        self._sums += torch.stack([kinds @ losses.detach().float(), kinds.sum(1)])

    def means(self) -> Tensor:
        """Return the means of both kinds over all processes, on the device: 2, NaN where there was no such picture."""
        total, count = self._machine.mean(self._sums).unbind()
        return total / count


def tagged(means: Tensor | None) -> dict[str, float]:
    """Return the means by their tags, without those of no picture."""
    found = zip(TAGS, means.tolist(), strict=True) if means is not None else ()
    return {tag: mean for tag, mean in found if mean == mean}  # noqa: PLR0124 - NaN
