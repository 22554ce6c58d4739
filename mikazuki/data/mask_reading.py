"""Reads masks of unknown origin as a training would, says what is odd about them, and takes painted ones in."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from mikazuki.data.buckets import Size
from mikazuki.data.decoding import DECODE_ERRORS, FORMATS, check, frames, reason
from mikazuki.data.folders import Notice
from mikazuki.data.masks import Mask
from mikazuki.data.pictures import _SIXTEEN_BIT, BadPicture, corrupt_error, load, read_size
from mikazuki.errors import MikazukiError

WORKING_PIXELS: Final = 4_000_000
"""A mask is painted at this size at most; that of a larger picture is enlarged when it is saved."""
_PLAIN: Final = frozenset({"1", "L", "LA", "RGB", "RGBA"})
"""Pillow's modes whose values are used as they are."""
_GREY: Final = frozenset({"1", "L", "LA"}) | _SIXTEEN_BIT


def working_size(size: Size) -> Size:
    """Return the size at which the mask of a picture is painted: its own, or one of `WORKING_PIXELS` at most."""
    width, height = size
    if width * height <= WORKING_PIXELS:
        return size
    share = (WORKING_PIXELS / (width * height)) ** 0.5
    return max(1, int(width * share)), max(1, int(height * share))


def read_mask(path: Path) -> Mask:
    """Read a mask as a training does, whatever its size; raises MikazukiError (`corrupt-pictures`)."""
    try:
        with Image.open(path, formats=FORMATS) as image:
            check(image)
    except DECODE_ERRORS as error:
        raise corrupt_error([BadPicture(path, reason(error))]) from error
    return np.ascontiguousarray(load(path)[:, :, 0])


def remarks(path: Path, size: Size) -> list[Notice]:
    """Say what is odd about a mask that is there; `size` is its picture's. One that cannot be read is said so too."""
    try:
        with Image.open(path, formats=FORMATS) as image:
            check(image)
            found = list(_odd(path, image))
            image.load()
            grey = image.mode in _GREY
        own = read_size(path)
        coloured = not grey and _is_coloured(load(path))
    except MikazukiError as error:
        return [Notice("mask-unreadable", error.message)]
    except DECODE_ERRORS as error:
        return [Notice("mask-unreadable", f"The mask {path} cannot be read: {reason(error)}.")]
    if own != size:
        text = f"The mask {path} has {own[0]}x{own[1]} pixels, its picture {size[0]}x{size[1]}: a training refuses it."
        found.append(Notice("mask-size", text))
    if coloured:
        found.append(Notice("mask-coloured", f"The mask {path} is coloured: only its red counts."))
    return found


def _is_coloured(pixels: NDArray[np.uint8]) -> bool:
    red, green, blue = (pixels[:, :, channel] for channel in range(3))
    return not (np.array_equal(red, green) and np.array_equal(red, blue))


def _odd(path: Path, image: Image.Image) -> Iterator[Notice]:
    number = frames(image)
    if number > 1:
        yield Notice("mask-animated", f"The mask {path} has {number} frames: the first one counts.")
    if image.mode in _SIXTEEN_BIT:
        yield Notice("mask-deep", f"The mask {path} has 16 bits a pixel: it counts in 256 shades.")
    elif image.mode == "P":
        yield Notice("mask-palette", f"The mask {path} has a palette: the red of its colours counts.")
    elif image.mode not in _PLAIN:
        yield Notice("mask-mode", f"The mask {path} is {image.mode}: it counts as it looks in RGB.")


def painted_mask(data: bytes, size: Size) -> Mask:
    """Take a painted mask in: a PNG of the picture's size, or smaller in the same proportion; its red counts.

    Args:
        data: The file's bytes.
        size: The picture's width and height.

    Raises:
        MikazukiError: `mask-wrong` saying what it is instead, `mask-size`.
    """
    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as image:
            _check_painted(image, size)
            grey = image.convert("RGB").getchannel("R")
    except DECODE_ERRORS as error:
        raise _wrong(f"it cannot be read: {reason(error)}") from error
    return np.asarray(grey if grey.size == size else grey.resize(size, Image.Resampling.BILINEAR), dtype=np.uint8)


def _check_painted(image: Image.Image, size: Size) -> None:
    (width, height), (wide, tall) = image.size, size
    # one pixel more or less on a side is rounding
    if width > wide or height > tall or abs(width * tall - height * wide) > max(wide, tall):
        text = f"The painted mask has {width}x{height} pixels, its picture {wide}x{tall}."
        raise MikazukiError("mask-size", text, "Send it in the picture's size, or smaller in the same proportion.")
    if frames(image) > 1:
        raise _wrong(f"it has {frames(image)} frames")
    if image.mode == "P":
        raise _wrong("it has a palette")
    if image.mode not in _PLAIN:
        raise _wrong(f"it has 16 bits a pixel or another kind of values ({image.mode})")


def _wrong(why: str) -> MikazukiError:
    text = f"The painted mask is not taken: {why}."
    return MikazukiError("mask-wrong", text, "Send a PNG of 8 bits a channel, grey or RGB, with one frame.")


def small_png(mask: Mask, size: Size) -> bytes:
    """Return a mask as a grey PNG of this size."""
    picture = Image.fromarray(mask)
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling.BOX if picture.width > size[0] else Image.Resampling.BILINEAR)
    out = BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()
