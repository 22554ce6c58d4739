"""What `python -m mikazuki convert` can be asked for."""

from typing import Literal

from mikazuki.settings.base import Settings


class ConvertSettings(Settings):
    """A base model in another layout, number type or file format."""

    model_to_load: str
    """Base model to read: a .safetensors or .ckpt file, or a diffusers folder."""
    model_to_save: str
    """Where to: a name that ends in .safetensors or .ckpt becomes one file, any other a diffusers folder."""
    save_precision: Literal["float", "fp16", "bf16"] | None = None
    """Number type of the weights; not set: as they are."""
    vae: str | None = None
    """Another VAE to put in, a file or folder, as float unless save_precision is set; not set: the model's own."""
    ema: bool = False
    """Take the mean of the weights that a training file keeps beside them, instead of the weights themselves."""
    v_parameterization: bool | None = None
    """Whether the model predicts v; not set: what can be read off it."""
