"""Options of the base model and of how captions become conditions."""

from typing import Annotated, Literal

from pydantic import Field

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import OptionalText


class ModelSettings(Settings):
    """The base model."""

    pretrained_model_name_or_path: str
    """Base model: a .safetensors or .ckpt file, or a diffusers folder."""
    model_type: Literal["auto", "sd1", "sd2", "sdxl"] = "auto"
    """Family of the base model; `auto` reads it off the weights."""
    v2: bool = False
    """Says that the base model is of Stable Diffusion 2.x, as model_type sd2 does."""
    vae: OptionalText = None
    """Other VAE to use: a file or a diffusers folder."""
    v_parameterization: bool | None = None
    """The model predicts v instead of noise; when not set it is read off the weights."""
    tokenizer_cache_dir: OptionalText = None
    """Folder with other tokenizers; the project brings CLIP's own."""
    no_half_vae: bool = False
    """Compute the VAE in fp32. The builtin engine always does."""
    disable_mmap_load_safetensors: bool = False
    """Read model files into memory instead of mapping them; faster on some network drives."""


class TextSettings(Settings):
    """How captions become conditions."""

    clip_skip: Annotated[int | None, Field(ge=1, le=12)] = None
    """Use the text encoder's Nth last layer (SD1: 1 or 2); SDXL always uses its own."""
    max_token_length: Literal[75, 150, 225, 300] = 75
    """Tokens of a caption that are read."""
    strict_tokens: bool = False
    """Read each phrase between `,;.!?` as a text of its own; an experiment of the DreamBooth extension."""
    weighted_captions: bool = False
    """Read weights such as `(red:1.3)` and `[red]` in captions."""
    cache_text_encoder_outputs: bool = False
    """Encode every caption once and free the text encoders; done anyway where captions never change."""
    cache_text_encoder_outputs_to_disk: bool = False
    """Keep the encoded captions in files beside the pictures for the next run."""
