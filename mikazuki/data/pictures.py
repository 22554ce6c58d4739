"""Opens pictures: the size from the header alone, a full decode to find broken ones, pixels as an RGB array."""

import os
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image, UnidentifiedImageError

from mikazuki.data.buckets import Size
from mikazuki.data.folders import listed
from mikazuki.errors import MikazukiError
from mikazuki.text import count

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ORIENTATION: Final = 0x0112
_TRANSPOSE: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_TURNED: Final = frozenset({5, 6, 7, 8})
_SIXTEEN_BIT: Final = frozenset({"I", "I;16", "I;16L", "I;16B"})
_DEEP_TO_BYTE: Final = 1 / 257
_READ_ERRORS: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)
"""What Pillow raises on files that are broken, each format in its own way."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a file's header says: its size as a person sees it (EXIF orientation applied), and transparency."""

    path: Path
    size: Size
    transparent: bool


@dataclass(frozen=True, slots=True)
class BadPicture:
    """A file that cannot be read as a picture, and why."""

    path: Path
    reason: str


def _orientation(image: Image.Image) -> int:
    """Read the EXIF orientation, 1 to 8, before the pixels.

    The base class's method on purpose: PNG's own one decodes the whole picture when its header has no EXIF.
    """
    try:
        value = Image.Image.getexif(image).get(_ORIENTATION, 1)
    except _READ_ERRORS:  # broken EXIF beside sound pixels
        return 1
    return value if value in _TRANSPOSE else 1


def _reason(error: Exception) -> str:
    if isinstance(error, UnidentifiedImageError):
        return "it is not a picture, or not of the kind its name says"
    if isinstance(error, Image.DecompressionBombError):
        return "it has more than 178 million pixels; shrink it first"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def probe(path: Path, *, decode: bool = False) -> Picture | BadPicture:
    """Read a picture's header, and with `decode` all of its pixels, to see whether it is whole."""
    try:
        with Image.open(path) as image:
            width, height = image.size
            turned = _orientation(image) in _TURNED
            transparent = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
            if decode:
                image.load()
    except _READ_ERRORS as error:
        return BadPicture(path, _reason(error))
    return Picture(path, (height, width) if turned else (width, height), transparent)


def probe_all(paths: Iterable[Path], *, decode: bool = False) -> list[Picture | BadPicture]:
    """Probe many pictures at once, in order; Pillow decodes outside Python's lock, so threads help."""
    from concurrent.futures import ThreadPoolExecutor

    Image.preinit()
    with ThreadPoolExecutor(max_workers=min(8, os.cpu_count() or 1)) as pool:
        return list(pool.map(lambda path: probe(path, decode=decode), paths))


def read_size(path: Path) -> Size:
    """Read width and height as a person sees them, from the header; raises MikazukiError (`corrupt-pictures`)."""
    found = probe(path)
    if isinstance(found, BadPicture):
        raise corrupt_error([found])
    return found.size


def corrupt_error(bad: list[BadPicture]) -> MikazukiError:
    """Name every broken picture (the first ten, then their number) and the way out."""
    one = len(bad) == 1
    return MikazukiError(
        "corrupt-pictures",
        f"{count(len(bad), 'picture')} cannot be read: {listed(f'{item.path} ({item.reason})' for item in bad)}.",
        f"Replace or remove {'it' if one else 'them'}, or set skip_corrupt_images to train without "
        f"{'it' if one else 'them'}.",
    )


def load(path: Path, least_side: int | None = None) -> "NDArray[np.uint8]":
    """Decode a picture to RGB, turned as its EXIF says: an array of height x width x 3, 0 to 255.

    Of an animation the first frame; transparency is dropped, not composited; 16-bit grey is scaled down.

    Args:
        path: The picture's file.
        least_side: Of a JPEG a half, a quarter or an eighth may be decoded, which is several times faster, as long as
            its longer side keeps so many pixels; None: it is decoded whole.

    Raises:
        MikazukiError: `corrupt-pictures` naming the file.
    """
    import numpy as np

    try:
        with Image.open(path) as image:
            orientation = _orientation(image)
            if least_side is not None:
                longer = max(image.size)
                image.draft(None, (least_side * image.width // longer, least_side * image.height // longer))
            rgb = _to_rgb(image)
    except _READ_ERRORS as error:
        raise corrupt_error([BadPicture(path, _reason(error))]) from error
    if orientation in _TRANSPOSE:
        rgb = rgb.transpose(_TRANSPOSE[orientation])
    return np.asarray(rgb, dtype=np.uint8)


def _to_rgb(image: Image.Image) -> Image.Image:
    if image.mode in _SIXTEEN_BIT:
        # Pillow's own conversion clips everything above 255 to white.
        return image.point(lambda value: value * _DEEP_TO_BYTE).convert("L").convert("RGB")
    if "transparency" in image.info:
        return image.convert("RGBA").convert("RGB")
    return image.convert("RGB")
