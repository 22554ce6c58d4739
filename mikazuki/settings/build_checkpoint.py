"""What `python -m mikazuki build` can be asked for."""

from typing import Literal

from mikazuki.settings.base import Settings


class BuildSettings(Settings):
    """A checkpoint of what a training had learned at a saved state, or of a base model with a LoRA in it."""

    state: str | None = None
    """State folder of a training (-state); not set: the base model alone is what a LoRA is merged into."""
    pretrained_model_name_or_path: str | None = None
    """Base model; not set: the one that the state was trained on."""
    lora: str | None = None
    """LoRA file to merge in, of any kind."""
    lora_weight: float = 1.0
    """Strength of the LoRA that is merged in, from a file or a state."""
    ema: bool = False
    """Take the running mean of the weights that the training kept (ema_decay), instead of the weights themselves."""
    output_dir: str = "./output"
    """Folder to write into."""
    output_name: str | None = None
    """Name of the file, which the number of pictures shown follows; not set: the training's, or the LoRA's."""
    save_in_subfolder: bool = False
    """Put it into a folder of its name in output_dir."""
    save_model_as: Literal["safetensors", "ckpt", "diffusers"] = "safetensors"
    """One file that every image UI loads, or a diffusers folder."""
    save_precision: Literal["float", "fp16", "bf16"] | None = None
    """Number type of the weights, fp16 for half the size; not set: as trained."""
    vae: str | None = None
    """Another VAE to put in; not set: the training's, or the base model's own."""
    v_parameterization: bool | None = None
    """Whether the base model predicts v; not set: as the training was told, or what can be read off it."""
