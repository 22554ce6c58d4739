"""Makes training pixels: a picture resized and cropped to its bucket, and the sizes SDXL is told about it."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mikazuki.data.buckets import Size
from mikazuki.data.pictures import load
from mikazuki.data.plan import Entry
from mikazuki.errors import EXIT_FAILED, MikazukiError

Pixels = NDArray[np.uint8]
"""An RGB picture: height x width x 3, 0 to 255."""


def _shrink_rows(pixels: NDArray[np.generic], rows: int) -> NDArray[np.float32]:
    """Average the first axis down to `rows`; every source row counts by how much of it an output row covers."""
    source = pixels.shape[0]
    flat = pixels.reshape(source, -1)
    result = np.empty((rows, flat.shape[1]), dtype=np.float32)
    for row in range(rows):
        start, end = row * source / rows, (row + 1) * source / rows
        first, last = int(start), min(source, int(np.ceil(end)))
        edges = np.clip(np.arange(first, last + 1), start, end)
        weights = (np.diff(edges) * rows / source).astype(np.float32)
        result[row] = weights @ flat[first:last].astype(np.float32)
    return result.reshape(rows, *pixels.shape[1:])


def area_resize(pixels: Pixels, size: Size) -> Pixels:
    """Shrink by exact area averaging, halves rounded up, the way OpenCV's INTER_AREA does.

    Pillow's BOX filter is something else: it takes a source pixel whole or not at all, by where its centre lies.
    """
    width, height = size
    rows = _shrink_rows(pixels, height)
    columns = _shrink_rows(np.ascontiguousarray(rows.transpose(1, 0, 2)), width)
    averaged: Pixels = np.clip(columns.transpose(1, 0, 2) + 0.5, 0, 255).astype(np.uint8)
    return averaged


def resize(pixels: Pixels, size: Size) -> Pixels:
    """Resize to `size`: area averaging when no side grows, else Lanczos; the same array when nothing changes."""
    height, width = pixels.shape[:2]
    if (width, height) == size:
        return pixels
    if width >= size[0] and height >= size[1]:
        return area_resize(pixels, size)
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS), dtype=np.uint8)


def training_pixels(entry: Entry, *, flip: bool = False) -> tuple[Pixels, Size, Size]:
    """Load a picture as it is trained on.

    Returns:
        The pixels (bucket height x width x 3, contiguous); the original size (height, width); the crop's corner
        (top, left) in the resized picture, mirrored when `flip`. The target size is `entry.bucket`.

    Raises:
        MikazukiError: `corrupt-pictures` when the file cannot be read, `picture-changed` when its size is no
            longer the one that was planned with.
    """
    pixels = load(entry.picture)
    width, height = entry.bucket
    if pixels.shape[:2] != (entry.size[1], entry.size[0]):
        raise _changed(entry, (pixels.shape[1], pixels.shape[0]))
    resized = resize(pixels, entry.crop.resized)
    top, left = entry.crop.top, entry.crop.left
    cut = resized[top : top + height, left : left + width]
    if flip:
        cut = cut[:, ::-1]
        left = entry.crop.resized[0] - width - left
    return np.ascontiguousarray(cut), (entry.size[1], entry.size[0]), (top, left)


def _changed(entry: Entry, size: Size) -> MikazukiError:
    before, now = f"{entry.size[0]}x{entry.size[1]}", f"{size[0]}x{size[1]}"
    return MikazukiError(
        "picture-changed",
        f"{entry.picture} was {before} pixels when the training was planned and is {now} now.",
        "Leave the pictures alone while a training runs, and start it again.",
        exit_code=EXIT_FAILED,
    )
