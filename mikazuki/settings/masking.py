"""What `python -m mikazuki masks` can be asked for: masks of the pictures of a folder, made by a model or of alpha."""

from typing import Annotated, Final, Literal

from pydantic import Field, NonNegativeFloat, model_validator

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import OptionalShare, OptionalText, Words

MOST_GROWN: Final = 256
"""Pixels that the edge of a mask can be moved at most."""


class FilesSettings(Settings):
    """Files."""

    image_dir: str
    """Folder of pictures to make masks of; nothing in it is changed."""
    recursive: bool = True
    """Look into folders inside image_dir too; their masks lie in folders of the same names."""
    only: Words = ()
    """Pictures to make masks of, by their path within image_dir; not set: all."""
    mask_output_dir: OptionalText = None
    """Folder for the masks, conditioning_data_dir of the training; not set: image_dir with -masks behind it."""
    existing: Literal["keep", "renew", "replace"] = "keep"
    """What becomes of a mask that is there: it stays; is made anew if it was made here; is replaced in any case."""
    dry_run: bool = False
    """Write nothing; say which masks would be written."""


class SourceSettings(Settings):
    """Where masks come from."""

    source: Literal["model", "alpha"] = "model"
    """Let a model tell the subject from its background, or take how opaque each picture is."""
    model: OptionalText = None
    """ONNX model (U2-Net, IS-Net, BiRefNet): a file, or the name of one in models_dir. Needs onnxruntime."""
    models_dir: str = "./sd-models/masks"
    """Folder in which models for masks lie, such as u2net.onnx."""


class ShapeSettings(Settings):
    """Shape, in this order."""

    threshold: OptionalShare = None
    """Make everything from this share (0 to 1) on white and the rest black; not set: shades stay."""
    grow: Annotated[int, Field(ge=-MOST_GROWN, le=MOST_GROWN)] = 0
    """Move the edge so many pixels outwards; below 0: inwards."""
    soften: Annotated[NonNegativeFloat, Field(le=256)] = 0.0
    """Soften the edge over about so many pixels on each side; 0 leaves it as it is."""
    invert: bool = False
    """Swap white and black: what is left counts, not the subject."""


class MaskSettings(ShapeSettings, SourceSettings, FilesSettings):
    """Masks of the pictures of a folder."""

    @model_validator(mode="after")
    def _together(self) -> "MaskSettings":
        if self.source == "model" and self.model is None:
            raise ValueError("source = model needs model, an ONNX file or the name of one in models_dir")
        return self
