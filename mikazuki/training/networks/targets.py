"""Which modules of a base model a network stands beside, and what each is called in a file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from torch import nn

from mikazuki.models import keys
from mikazuki.models.families import Family, FamilyName
from mikazuki.models.lora_blocks import COUNTS

UNET_PREFIX: Final = "lora_unet"
ATTENTION_BLOCKS: Final = ("Attention",)
UNET_BLOCKS: Final = ("Transformer2DModel",)
CONV_BLOCKS: Final = ("ResnetBlock2D", "Downsample2D", "Upsample2D")
"""Blocks that are added with ``conv_dim``."""
TEXT_BLOCKS: Final = ("CLIPAttention", "CLIPSdpaAttention", "CLIPMLP")
_UP_DOWN: Final = re.compile(r"(up|down)_blocks_(\d+)_(resnets|attentions|upsamplers|downsamplers)_(\d+)_")
_ORIGINAL: Final = re.compile(r"(input_blocks|middle_block|output_blocks)_(\d+)_")


@dataclass(frozen=True, slots=True)
class Target:
    """A Linear or convolution of the base model; ``alias`` is another name that files have for it."""

    name: str
    alias: str
    module: nn.Linear | nn.Conv2d

    @property
    def is_wide(self) -> bool:
        """Whether it is a convolution that looks beyond one pixel."""
        return isinstance(self.module, nn.Conv2d) and self.module.kernel_size != (1, 1)


def text_targets(text_encoders: Sequence[nn.Module], family: Family) -> Iterator[Target]:
    """Yield every Linear of the attention and MLP blocks of the text encoders, in the order of a file."""
    for encoder, part in zip(text_encoders, family.text_encoders, strict=False):
        for path, module in targets(encoder, TEXT_BLOCKS):
            name = text_name(path, part.lora_prefix)
            yield Target(name, name, module)


def unet_targets(unet: nn.Module, family: Family, blocks: Sequence[str], prefix: str = UNET_PREFIX) -> Iterator[Target]:
    """Yield every Linear and convolution inside the UNet's blocks of these class names, in the order of a file.

    SDXL's files call the UNet's blocks by their original names; diffusers' names are the alias then.
    """
    back: keys.Table = {}
    if family.original_lora_names:
        back = keys.inverted(keys.unet_table(keys.diffusers_unet_layout(name for name, _ in unet.named_modules())))
    for path, module in targets(unet, blocks):
        original = keys.translate(path, back) or path
        name, alias = (f"{prefix}_{dotted.replace('.', '_')}" for dotted in (original, path))
        yield Target(name, alias, module)


def text_name(path: str, prefix: str) -> str:
    """Return the name in the file of a text encoder's module; the first word stands in every file, old and new."""
    return f"{prefix}_text_model_{path.removeprefix('text_model.').replace('.', '_')}"


def targets(model: nn.Module, blocks: Sequence[str]) -> Iterator[tuple[str, nn.Linear | nn.Conv2d]]:
    """Yield path and module of every Linear and convolution inside blocks of these class names, once each."""
    seen: set[str] = set()
    for path, block in model.named_modules():
        if type(block).__name__ not in blocks:
            continue
        for inner, module in block.named_modules():
            whole = f"{path}.{inner}" if inner else path
            if isinstance(module, (nn.Linear, nn.Conv2d)) and whole not in seen:
                seen.add(whole)
                yield whole, module


def block_of(name: str, family: FamilyName) -> int:
    """Return the number of the UNet's block that a name in a file belongs to, counted as `lora_blocks` says."""
    side, middle, end = COUNTS[family]
    if match := _ORIGINAL.search(name):
        first = {"input_blocks": 0, "middle_block": side, "output_blocks": side + middle}[match[1]]
        return end + first + int(match[2])
    if match := _UP_DOWN.search(name):
        # three to a level; what resizes stands in the last one
        inner = 2 if match[3].endswith("samplers") else int(match[4])
        return (1 if match[1] == "down" else side + middle) + 3 * int(match[2]) + inner
    return side
