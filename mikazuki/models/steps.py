"""Says what the sides of training pictures must be multiples of, from a model's headers."""

import json
import re
from typing import Final

from mikazuki.models.families import FAMILIES
from mikazuki.models.identify import ModelInfo

_DEFAULT_FACTOR: Final = 8


def bucket_step(info: ModelInfo) -> int:
    """Return the pixels that bucket sides must be multiples of: the VAE's factor times the UNet's halvings.

    SD1 and SD2: 8 x 2^3 = 64; SDXL: 8 x 2^2 = 32; a small model has its own.
    """
    halvings = _unet_halvings(info)
    if not halvings:
        return FAMILIES[info.family].bucket_steps
    return int(_vae_factor(info) * 2**halvings)


def _unet_halvings(info: ModelInfo) -> int:
    return sum(
        name.endswith((".op.weight", ".downsamplers.0.conv.weight")) and "first_stage_model" not in name
        for name in info.shapes
    )


def _vae_factor(info: ModelInfo) -> int:
    if info.layout == "diffusers":
        config = json.loads((info.path / "vae" / "config.json").read_text(encoding="utf-8"))
        return int(2 ** (len(config["block_out_channels"]) - 1))
    levels = {
        found[1] for name in info.shapes if (found := re.match(r"first_stage_model\.encoder\.down\.(\d+)\.", name))
    }
    return 2 ** (len(levels) - 1) if levels else _DEFAULT_FACTOR
