"""Makes training pixels: a picture and its mask resized and cropped, and the sizes SDXL is told about it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mikazuki.data.buckets import Size, floored
from mikazuki.data.colour import shifted
from mikazuki.data.draw import Showing
from mikazuki.data.entries import Entry
from mikazuki.data.masks import mask_in_alpha, mask_in_file
from mikazuki.data.pictures import load
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.settings.datasets import SubsetOptions

Bytes = NDArray[np.uint8]
"""A picture, height x width x 3, or a mask, height x width; 0 to 255."""

_FILTERS: Final = {
    "lanczos": Image.Resampling.LANCZOS,
    "nearest": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "linear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "cubic": Image.Resampling.BICUBIC,
}


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture as it is encoded.

    `rgb` is height x width x 3, 0 to 255; `mask` height x width, float32 0 to 1, None where everything counts. Both
    are contiguous. For SDXL: `original`, the file's size (height, width), and `corner`, where the picture begins
    (top, left) in the resized one, mirrored with it. The target size is the bucket.
    """

    rgb: Bytes
    mask: NDArray[np.float32] | None
    original: tuple[int, int]
    corner: tuple[int, int]


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


def area_resize(pixels: Bytes, size: Size) -> Bytes:
    """Resize by exact area averaging, halves rounded up, the way OpenCV's INTER_AREA shrinks.

    Pillow's BOX filter is something else: it takes a source pixel whole or not at all, by where its centre lies.
    """
    width, height = size
    rows = _shrink_rows(pixels, height)
    columns = _shrink_rows(np.ascontiguousarray(rows.swapaxes(0, 1)), width)
    averaged: Bytes = np.clip(columns.swapaxes(0, 1) + 0.5, 0, 255).astype(np.uint8)
    return averaged


def resize(pixels: Bytes, size: Size, interpolation: str | None = None) -> Bytes:
    """Resize to `size` (width, height); the same array when nothing changes.

    Args:
        pixels: Height x width, with or without channels.
        size: Width and height.
        interpolation: A choice of resize_interpolation; None is area averaging when no side grows, else Lanczos.
            All but `area` are Pillow's, so linear and cubic ones shrink without aliasing, unlike OpenCV's.
    """
    height, width = pixels.shape[:2]
    if (width, height) == size:
        return pixels
    if interpolation is None:
        interpolation = "area" if width >= size[0] and height >= size[1] else "lanczos"
    if interpolation == "area":
        return area_resize(pixels, size)
    return np.asarray(Image.fromarray(pixels).resize(size, _FILTERS[interpolation]), dtype=np.uint8)


def training_pixels(entry: Entry, showing: Showing, subset: SubsetOptions) -> Pixels:
    """Load a picture as one showing of it is trained on, in the size of its bucket.

    Raises:
        MikazukiError: `corrupt-pictures` when a file cannot be read, `mask-size` when a mask is not as large as its
            picture, `picture-changed` when that is no longer as large as it was planned with.
    """
    crop, (width, height) = showing.crop, entry.bucket
    rgb, mask = _load(entry, subset, crop.resized)
    part = (slice(crop.top, crop.top + height), slice(crop.left, crop.left + width))
    rgb, mask = rgb[part], None if mask is None else mask[part]
    if showing.colour:
        rgb = np.asarray(shifted(Image.fromarray(np.ascontiguousarray(rgb)), showing.colour), dtype=np.uint8)
    left = crop.resized[0] - width - crop.left if showing.flip else crop.left
    return _finished(entry, rgb, mask, corner=(crop.top, left), flip=showing.flip)


def covering_pixels(entry: Entry, subset: SubsetOptions, *, flip: bool, step: int = 8) -> Pixels:
    """Load the whole picture, resized to cover its bucket and cut to multiples of `step` pixels, then mirrored.

    Crops of it are encoded once for all: `draw.corner_in_cover` says where each one lies. Raises as
    `training_pixels` does.
    """
    rgb, mask = _load(entry, subset, entry.crop.resized)
    part = (slice(floored(rgb.shape[0], step)), slice(floored(rgb.shape[1], step)))
    return _finished(entry, rgb[part], None if mask is None else mask[part], corner=(0, 0), flip=flip)


def _load(entry: Entry, subset: SubsetOptions, size: Size) -> tuple[Bytes, Bytes | None]:
    """Load a picture and its mask and resize both; a picture of the mask wins over transparency."""
    pixels = load(entry.picture)
    if pixels.shape[:2] != (entry.size[1], entry.size[0]):
        raise _changed(entry, (pixels.shape[1], pixels.shape[0]))
    mask = None
    if entry.mask:
        mask = mask_in_file(entry.mask, entry.size)
    elif subset.alpha_mask:
        mask = mask_in_alpha(entry.picture)
    kind = subset.resize_interpolation
    return resize(pixels, size, kind), None if mask is None else resize(mask, size, kind)


def _finished(entry: Entry, rgb: Bytes, mask: Bytes | None, *, corner: tuple[int, int], flip: bool) -> Pixels:
    if flip:
        rgb, mask = rgb[:, ::-1], None if mask is None else mask[:, ::-1]
    weights = None if mask is None else np.ascontiguousarray(mask, dtype=np.float32) / np.float32(255)
    return Pixels(np.ascontiguousarray(rgb), weights, (entry.size[1], entry.size[0]), corner)


def _changed(entry: Entry, size: Size) -> MikazukiError:
    before, now = f"{entry.size[0]}x{entry.size[1]}", f"{size[0]}x{size[1]}"
    return MikazukiError(
        "picture-changed",
        f"{entry.picture} was {before} pixels when the training was planned and is {now} now.",
        "Leave the pictures alone while a training runs, and start it again.",
        exit_code=EXIT_FAILED,
    )
