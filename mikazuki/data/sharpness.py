"""Measures how sharp a picture is: the variance of its Laplacian at a common size."""

import math
from typing import Final

import numpy as np
from PIL import Image

MEASURED_AREA: Final = 512 * 512
"""Pixels of the copy that is measured; a smaller picture is measured as it is."""
BLURRED_BELOW: Final = 40.0
"""Sharpness below which a photograph looks blurred at 512 pixels; drawings with large even areas may be low too."""


def measured_copy(grey: Image.Image) -> Image.Image:
    """Return a picture of one channel at the size that sharpness is measured at."""
    width, height = grey.size
    scale = math.sqrt(MEASURED_AREA / (width * height))
    if scale >= 1:
        return grey
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return grey.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def sharpness(grey: Image.Image) -> float:
    """Return the variance of the Laplacian of an 8-bit grey picture: 0 for an even one, thousands for noise."""
    pixels = np.asarray(measured_copy(grey), dtype=np.int16)
    if min(pixels.shape) < 3:
        return 0.0
    inner = pixels[1:-1, 1:-1]
    edges = pixels[:-2, 1:-1] + pixels[2:, 1:-1] + pixels[1:-1, :-2] + pixels[1:-1, 2:] - 4 * inner
    return float(np.var(edges, dtype=np.float32))
