"""Finds where a picture draws the eye, by its spectral residual, and places a cut around it."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mikazuki.data.buckets import Size

Map = NDArray[np.float64]
"""Height x width, 0 and above, sum 1: the share of attention that falls on each place."""

_SIDE: Final = 64
_LOG_FLOOR: Final = 1e-8


def _smoothed(values: Map, radius: int) -> Map:
    """Average over squares of 2 `radius` + 1, edges continued."""
    side = 2 * radius + 1
    padded = np.pad(values, radius, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (side, side))
    averaged: Map = windows.mean(axis=(-1, -2))
    return averaged


def saliency(picture: Image.Image) -> Map:
    """Return where a picture draws the eye, on a grid of 64 x 64 whatever its shape.

    What is unlike the rest of a picture's own spectrum stands out: Hou and Zhang, "Saliency Detection: A Spectral
    Residual Approach" (2007). An even picture draws the eye everywhere alike.
    """
    grey = picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    spectrum = np.fft.fft2(np.asarray(grey, dtype=np.float64))
    amplitude = np.log(np.abs(spectrum) + _LOG_FLOOR)
    residual = amplitude - _smoothed(amplitude, 1)
    back = np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))
    attention = _smoothed(_smoothed(np.abs(back) ** 2, 2), 2)
    if np.asarray(grey).std() < 1:
        attention = np.ones_like(attention)
    shares: Map = attention / attention.sum()
    return shares


def best_corner(attention: Map, size: Size, cut: Size) -> tuple[int, int]:
    """Return the corner (left, top) of the cut that holds the most attention, of equals the most central one.

    Args:
        attention: From `saliency`, for the whole picture.
        size: Width and height of the picture as it is cut.
        cut: Width and height of what is cut out, no larger than that.
    """
    across, down = attention.sum(axis=0), attention.sum(axis=1)
    return _best_start(across, size[0], cut[0]), _best_start(down, size[1], cut[1])


def _best_start(shares: NDArray[np.float64], length: int, cut: int) -> int:
    """Slide a window of `cut` over `length` pixels that hold these shares; return where it holds most."""
    edges = np.linspace(0.0, float(length), len(shares) + 1)
    below = np.concatenate([[0.0], np.cumsum(shares)])
    starts = np.arange(length - cut + 1)
    held = np.interp(starts + cut, edges, below) - np.interp(starts, edges, below)
    good = starts[held >= held.max() - 1e-9]
    return int(good[np.abs(good - (length - cut) / 2).argmin()])
