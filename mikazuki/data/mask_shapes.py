"""Changes the shape of a mask: shades to black and white, edges moved and softened, black and white swapped."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from mikazuki.data.masks import Mask

WHITE = 255


@dataclass(frozen=True, slots=True)
class Shape:
    """What is done to a mask, in this order: `threshold` as a share, the others in pixels."""

    threshold: float | None = None
    grow: int = 0
    soften: float = 0.0
    invert: bool = False


def shaped(mask: Mask, shape: Shape) -> Mask:
    """Return a mask of the same size, changed as asked."""
    if shape.threshold is not None:
        mask = np.where(mask >= shape.threshold * WHITE, WHITE, 0).astype(np.uint8)
    if shape.grow:
        mask = grown(mask, shape.grow) if shape.grow > 0 else ~grown(~mask, -shape.grow)
    if shape.soften:
        blur = ImageFilter.GaussianBlur(shape.soften / 2)
        mask = np.asarray(Image.fromarray(mask).filter(blur), dtype=np.uint8)
    return ~mask if shape.invert else mask


def grown(mask: Mask, pixels: int) -> Mask:
    """Return a mask whose every pixel is the lightest of the square that reaches so many pixels each way."""
    return _lightest(_lightest(mask, pixels).T, pixels).T.copy()


def _lightest(mask: Mask, pixels: int) -> Mask:
    """Return the lightest of ``pixels`` rows above, the row itself and as many below; in steps that double."""
    rows = mask.shape[0]
    found = np.pad(mask, ((pixels, pixels), (0, 0)))
    wanted, reach = 2 * pixels + 1, 1
    while reach < wanted:
        step = min(reach, wanted - reach)
        found = np.maximum(found[:-step], found[step:])
        reach += step
    return found[:rows]
