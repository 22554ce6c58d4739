"""Decodes any picture for copying: upright, in sRGB, 8 bits a channel, transparency kept; notes what it changed."""

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageCms

from mikazuki.data.pictures import (
    _DEEP_TO_BYTE,
    _READ_ERRORS,
    _SIXTEEN_BIT,
    _TRANSPOSE,
    BadPicture,
    _orientation,
    _reason,
    corrupt_error,
)

FORMATS: Final = ("PNG", "JPEG", "WEBP", "BMP", "AVIF", "GIF", "TIFF", "JPEG2000", "PPM", "TGA")
"""Pillow's names of the formats that are read; those that would start other programs are not among them."""
_ODD_ERRORS: Final = (KeyError, OverflowError, RuntimeError, TypeError)
DECODE_ERRORS: Final = (*_READ_ERRORS, *_ODD_ERRORS, Image.DecompressionBombWarning, MemoryError)
"""What decoding a file of unknown origin may raise."""
MOST_PIXELS: Final = 178_956_970
"""Larger pictures are refused: Pillow's own bound against files that unpack to more than the memory holds."""

_MODES: Final = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}
"""Pillow's modes by the colour spaces that profiles are for."""


class UnreadableError(ValueError):
    """A file is a picture, but not one that can be worked on; the text says why."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture's pixels, RGB or RGBA, and notes on what is not as it was in the file."""

    image: Image.Image
    notes: tuple[str, ...]


def decode(path: Path) -> Decoded:
    """Decode a picture: turned as its EXIF says, colours as sRGB, 16-bit grey scaled down, the first frame of several.

    Raises:
        MikazukiError: `corrupt-pictures` naming the file and what is wrong with it.
    """
    try:
        with Image.open(path, formats=FORMATS) as image:
            check(image)
            notes = _notes(image)
            image.load()
            orientation = _orientation(image)
            picture = to_srgb(image, notes)
    except DECODE_ERRORS as error:
        raise corrupt_error([BadPicture(path, reason(error))]) from error
    if orientation in _TRANSPOSE:
        picture = picture.transpose(_TRANSPOSE[orientation])
    return Decoded(picture, tuple(notes))


def reason(error: Exception) -> str:
    """Say in words why a picture could not be decoded."""
    if isinstance(error, MemoryError):
        return "it does not fit into the memory"
    if isinstance(error, _ODD_ERRORS):
        return f"it is damaged ({type(error).__name__}: {error})"
    return _reason(error)


def check(image: Image.Image) -> None:
    """Refuse what cannot be worked on, from the header alone; raises UnreadableError."""
    if image.width * image.height > MOST_PIXELS:
        raise UnreadableError("it has more than 178 million pixels; shrink it first")
    if image.mode == "F":
        raise UnreadableError("its pixels are floating-point numbers of no known range; save it as 8 or 16 bits")


def frames(image: Image.Image) -> int:
    """Return how many frames a picture has; 1 where its file cannot tell."""
    with suppress(*DECODE_ERRORS):
        return int(getattr(image, "n_frames", 1))
    return 1


def _notes(image: Image.Image) -> list[str]:
    number = frames(image)
    return [f"of {number} frames the first one is taken"] if number > 1 and image.format != "MPO" else []


def eight_bit(image: Image.Image) -> Image.Image:
    """Return a decoded picture with 8 bits a channel; only grey ones may have had more."""
    if image.mode in _SIXTEEN_BIT:
        return image.point(lambda value: value * _DEEP_TO_BYTE).convert("L")
    return image


def to_srgb(image: Image.Image, notes: list[str]) -> Image.Image:
    """Return a decoded picture as RGB, or RGBA where it has transparency, in sRGB; ``notes`` take what went wrong."""
    profile = None if image.mode in _SIXTEEN_BIT else image.info.get("icc_profile")
    image = eight_bit(image)
    transparent = image.has_transparency_data
    alpha = image.convert("RGBA").getchannel("A") if transparent else None
    colours = image.convert("RGBA").convert("RGB") if transparent else image
    colours = _profiled(colours, profile, notes) if profile else colours.convert("RGB")
    if alpha is not None:
        colours.putalpha(alpha)
    return colours


def _profiled(image: Image.Image, profile: bytes, notes: list[str]) -> Image.Image:
    """Convert from a colour profile to sRGB; one that is broken or belongs to other channels is left aside."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return image.convert("RGB")
        wanted = _MODES.get(source.profile.xcolor_space.strip(), image.mode)
        image = image if wanted in {image.mode, "CMYK"} else image.convert(wanted)
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        notes.append("its colour profile cannot be used; the colours are taken as sRGB")
        return image.convert("RGB")
    return converted if converted is not None else image.convert("RGB")
