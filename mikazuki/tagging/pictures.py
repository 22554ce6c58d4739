"""Pictures as models take them: upright, on white, squared, resized, in the model's order of channels."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mikazuki.data.load import Bytes
from mikazuki.data.masks import mask_in_alpha
from mikazuki.data.pictures import BadPicture, corrupt_error, load, probe
from mikazuki.tagging.known import Kind

WHITE: Final = 255


@dataclass(frozen=True, slots=True)
class Form:
    """How a model wants its pictures: side in pixels, colours before rows (NCHW) or after (NHWC), and its kind."""

    kind: Kind
    side: int
    colours_first: bool


def on_white(path: Path, least_side: int | None = None) -> Bytes:
    """Decode a picture as a person sees it, transparency on white: height x width x 3, 0 to 255.

    A JPEG may be decoded smaller than it is, but its longer side not below ``least_side`` pixels.

    Raises:
        MikazukiError: ``corrupt-pictures`` naming the file.
    """
    found = probe(path)
    if isinstance(found, BadPicture):
        raise corrupt_error([found])
    pixels = load(path, least_side)
    alpha = mask_in_alpha(path) if found.transparent else None
    if alpha is None:
        return pixels
    share = alpha[:, :, None].astype(np.float32) / WHITE
    blended: Bytes = np.rint(pixels * share + WHITE * (1 - share)).astype(np.uint8)
    return blended


def squared(pixels: Bytes, kind: Kind) -> Bytes:
    """Pad a picture to a square, itself in the middle: with white, for DeepDanbooru with its own edges."""
    height, width = pixels.shape[:2]
    if height == width:
        return pixels
    side = max(height, width)
    top, left = (side - height) // 2, (side - width) // 2
    around = ((top, side - height - top), (left, side - width - left), (0, 0))
    if kind == "deepdanbooru":
        return np.pad(pixels, around, mode="edge")
    return np.pad(pixels, around, mode="constant", constant_values=WHITE)


def prepared(pixels: Bytes, form: Form) -> NDArray[np.float32]:
    """Return a picture as the model's input, without the batch's axis.

    WD14: BGR, 0 to 255; CL tagger: BGR, -1 to 1; DeepDanbooru: RGB, 0 to 1.
    """
    square = squared(pixels, form.kind)
    if square.shape[0] != form.side:
        resized = Image.fromarray(square).resize((form.side, form.side), Image.Resampling.BICUBIC)
        square = np.asarray(resized, dtype=np.uint8)
    if form.kind != "deepdanbooru":
        square = square[:, :, ::-1]
    values = square.astype(np.float32)
    if form.kind == "cl":
        values = values / np.float32(127.5) - np.float32(1)
    elif form.kind == "deepdanbooru":
        values /= np.float32(255)
    return np.ascontiguousarray(values.transpose(2, 0, 1) if form.colours_first else values)
