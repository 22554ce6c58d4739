"""Masks of the loss: from a picture's own transparency, or from a picture of the mask."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mikazuki.data.buckets import Size
from mikazuki.data.mask_files import check_sizes
from mikazuki.data.pictures import _READ_ERRORS, _TRANSPOSE, BadPicture, _orientation, _reason, corrupt_error, load

Mask = NDArray[np.uint8]
"""Height x width; 255 counts fully, 0 not at all."""


def mask_in_file(mask: Path, size: Size) -> Mask:
    """Read the red channel of a picture of a mask; its picture has `size` (width, height).

    Raises:
        MikazukiError: `corrupt-pictures` when it cannot be read, `mask-size` when it has another size.
    """
    pixels = load(mask)
    check_sizes([(mask, (pixels.shape[1], pixels.shape[0]), size)])
    return np.ascontiguousarray(pixels[:, :, 0])


def mask_in_alpha(picture: Path) -> Mask | None:
    """Read how opaque a picture is, turned as its EXIF says; None when it has no transparency at all.

    Raises:
        MikazukiError: `corrupt-pictures` naming the file.
    """
    try:
        with Image.open(picture) as image:
            if not image.has_transparency_data:
                return None
            orientation = _orientation(image)
            alpha = image.convert("RGBA").getchannel("A")
    except _READ_ERRORS as error:
        raise corrupt_error([BadPicture(picture, _reason(error))]) from error
    if orientation in _TRANSPOSE:
        alpha = alpha.transpose(_TRANSPOSE[orientation])
    return np.asarray(alpha, dtype=np.uint8)
