"""Reads what real files hold from tests/contract, and lays out full-size models without memory."""

import json
from pathlib import Path
from typing import Any, Final

import torch
from torch import nn

from mikazuki.models.families import FAMILIES, FamilyName

FOLDER: Final = Path(__file__).parents[1] / "contract"
UNETS: Final[dict[FamilyName, str]] = {"sd1": "sd15", "sd2": "sd21", "sdxl": "sdxl"}
TEXTS: Final[dict[FamilyName, tuple[str, ...]]] = {
    "sd1": ("clip_l",),
    "sd2": ("open_clip_h",),
    "sdxl": ("clip_l", "open_clip_bigg"),
}


def read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content


def checkpoint_shapes(name: str) -> dict[str, tuple[int, ...]]:
    """Return name -> shape of a whole checkpoint, ``sd15`` or ``sdxl``."""
    return {key: tuple(shape) for key, shape in read(f"ckpt_{name}_keys.json").items()}


def meta_unet(family: FamilyName) -> nn.Module:
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

    with torch.device("meta"):
        return UNet2DConditionModel(**read("model_configs.json")["unet"][UNETS[family]])  # type: ignore[no-any-return]


def meta_vae(family: FamilyName) -> nn.Module:
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL

    with torch.device("meta"):
        return AutoencoderKL(**read("model_configs.json")["vae"][UNETS[family]])  # type: ignore[no-any-return]


def meta_texts(family: FamilyName) -> list[nn.Module]:
    from transformers.models.clip.configuration_clip import CLIPTextConfig
    from transformers.models.clip.modeling_clip import CLIPTextModel, CLIPTextModelWithProjection

    found: list[nn.Module] = []
    with torch.device("meta"):
        for spec, name in zip(FAMILIES[family].text_encoders, TEXTS[family], strict=True):
            config = CLIPTextConfig(**read("model_configs.json")["text_encoder"][name])
            found.append((CLIPTextModelWithProjection if spec.projected else CLIPTextModel)(config))
    return found
