"""What sets one family of base models apart from another: sd1, sd2 and sdxl, one constant each."""

import math
from dataclasses import dataclass
from typing import Final, Literal

from mikazuki.errors import MikazukiError

FamilyName = Literal["sd1", "sd2", "sdxl"]
Layout = Literal["single", "diffusers"]
TextKind = Literal["clip", "open_clip"]

UNET_PREFIX: Final = "model.diffusion_model."
VAE_PREFIX: Final = "first_stage_model."
FAMILY_TITLES: Final = {"sd1": "Stable Diffusion 1.x", "sd2": "Stable Diffusion 2.x", "sdxl": "SDXL"}


@dataclass(frozen=True, slots=True)
class TextEncoderSpec:
    """One text encoder of a family.

    ``prefix`` is where its tensors lie in a single file; ``kind`` whose names they have there; ``projected`` whether
    the pooled output is used; ``drop_last`` whether the file holds one layer more than is ever computed;
    ``filler`` is the token that fills a caption up; ``lora_prefix`` begins the names of its part of a LoRA.
    """

    folder: str
    prefix: str
    kind: TextKind
    lora_prefix: str
    filler: str = "<|endoftext|>"
    projected: bool = False
    drop_last: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """A family of base models.

    ``vae_scale`` multiplies latents; ``bucket_steps`` is what bucket sides must be multiples of (pixels);
    ``sample_size`` (latent pixels) and ``vae_sample_size`` (pixels) go into configurations; ``heads`` is the fixed
    number of attention heads of the UNet, or None where heads are 64 channels wide; ``original_lora_names`` says
    that the LoRA's UNet names are those of the original blocks.
    """

    name: FamilyName
    vae_scale: float
    bucket_steps: int
    resolution: int
    sample_size: int
    vae_sample_size: int
    heads: int | None
    text_encoders: tuple[TextEncoderSpec, ...]
    original_lora_names: bool = False


_CLIP_L: Final = TextEncoderSpec("text_encoder", "cond_stage_model.transformer.", "clip", "lora_te")

SD1: Final = Family("sd1", 0.18215, 64, 512, 64, 512, 8, (_CLIP_L,))
SD2: Final = Family(
    "sd2",
    0.18215,
    64,
    768,
    96,
    768,
    None,
    (TextEncoderSpec("text_encoder", "cond_stage_model.model.", "open_clip", "lora_te", filler="!", drop_last=True),),
)
SDXL: Final = Family(
    "sdxl",
    0.13025,
    32,
    1024,
    128,
    1024,
    None,
    (
        TextEncoderSpec("text_encoder", "conditioner.embedders.0.transformer.", "clip", "lora_te1"),
        TextEncoderSpec(
            "text_encoder_2",
            "conditioner.embedders.1.model.",
            "open_clip",
            "lora_te2",
            filler="!",
            projected=True,
        ),
    ),
    original_lora_names=True,
)
FAMILIES: Final[dict[FamilyName, Family]] = {family.name: family for family in (SD1, SD2, SDXL)}

START_ID: Final = 49406
END_ID: Final = 49407
"""Ids of CLIP's start and end tokens."""
HEAD_WIDTH: Final = 64
"""Channels of one attention head, where a family does not fix their number."""
MIN_TEXT_HEADS: Final = 4
NORM_GROUPS: Final = 32


def unet_heads(family: Family, channels: tuple[int, ...]) -> int | list[int]:
    """Return the attention heads of a UNet with these widths: one number for all levels, or one a level.

    Small models whose widths are no multiples take the largest head that divides them.
    """
    if family.heads is not None:
        return math.gcd(family.heads, *channels)
    return [width // math.gcd(HEAD_WIDTH, width) for width in channels]


def text_heads(hidden_size: int) -> int:
    """Return the attention heads of a text encoder of this width: 64 channels each, and at least 4."""
    return math.gcd(max(MIN_TEXT_HEADS, hidden_size // HEAD_WIDTH), hidden_size)


def norm_groups(channels: tuple[int, ...]) -> int:
    """Return the groups of the group norms: 32, or the largest power of two that divides every width."""
    return math.gcd(NORM_GROUPS, *channels)


def family_of(name: str) -> Family:
    """Return the family called ``name``; raises MikazukiError ``unknown-family``."""
    for family in FAMILIES.values():
        if family.name == name:
            return family
    raise MikazukiError(
        "unknown-family", f"There is no model family {name!r}.", f"Choose one of {', '.join(FAMILIES)}."
    )
