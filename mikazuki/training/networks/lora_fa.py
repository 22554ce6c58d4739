"""LoRA-FA: a LoRA whose down weights stay as they were drawn, so that only the up weights are trained.

Source: Zhang et al. 2023, "LoRA-FA: Memory-efficient Low-rank Adaptation for Large Language Models Fine-tuning";
upstream's ``networks.lora_fa``. Its files are LoRA files like any others.
"""

import math
from collections.abc import Sequence

from torch import nn

from mikazuki.models.families import Family
from mikazuki.models.lora_spec import LoraSpec
from mikazuki.training.networks.lora import Held, Kind, LoraConv, LoraLinear, LoraModule, LoraNetwork, modules_of


class FrozenDown(LoraModule):
    """A module whose down weights are not trained."""

    def _draw_down(self) -> None:
        """Draw the down weights: normal, of the variance 2 / (inputs + rank); a kernel does not count."""
        inputs = self.lora_down.weight.shape[1]
        nn.init.normal_(self.lora_down.weight, std=math.sqrt(2 / (inputs + self.rank)))
        self.lora_down.requires_grad_(requires_grad=False)


class FrozenDownLinear(FrozenDown, LoraLinear):
    """Beside a Linear."""


class FrozenDownConv(FrozenDown, LoraConv):
    """Beside a convolution."""


def build_network(
    unet: nn.Module | None,
    text_encoders: Sequence[nn.Module],
    family: Family,
    spec: LoraSpec,
    held: Held | None = None,
) -> LoraNetwork:
    """Build a LoRA-FA and attach it; the arguments are those of `lora.build_network`."""
    kind = Kind(FrozenDownLinear, FrozenDownConv)
    return LoraNetwork(*modules_of(kind, unet, text_encoders, family, spec, held))
