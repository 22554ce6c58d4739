"""Makes small pictures of what a training cuts out of pictures, and keeps them beside the other small ones."""

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from mikazuki.errors import MikazukiError
from mikazuki.web.answers.preview import CropQuery
from mikazuki.web.thumbnails import Thumbnails, stamp

if TYPE_CHECKING:
    from PIL import Image

SIDE: Final = 256
"""Longest side of a crop, pixels."""
ADDRESS: Final = "api/preview/picture"
SMALLEST: Final = 1.0
"""Sides of a crop must be so many pixels at least."""


@dataclass(frozen=True)
class Crop:
    """What is cut out of a picture of `size`: `box` (left, top, right, bottom), scaled to `bucket`, then changed.

    `mask` is a picture of the mask, `clear` says that the picture's own transparency is one; what either leaves out
    is laid behind a veil.
    """

    picture: Path
    size: tuple[int, int]
    box: tuple[float, float, float, float]
    bucket: tuple[int, int]
    flip: bool = False
    hue: float = 0.0
    gamma: float = 1.0
    mask: Path | None = None
    clear: bool = False

    def check(self) -> None:
        """Refuse numbers that are no crop. Raises MikazukiError ``crop-wrong``."""
        left, top, right, bottom = self.box
        inside = left >= -1 and top >= -1 and right <= self.size[0] + 1 and bottom <= self.size[1] + 1
        whole = right - left >= SMALLEST and bottom - top >= SMALLEST and min(self.bucket) >= 1
        if not (inside and whole and max(self.bucket) <= SIDE * min(self.bucket)):
            raise MikazukiError("crop-wrong", "These numbers are no crop of this picture.", "Load the preview again.")


def crop_of(asked: CropQuery, allowed: Callable[[str], Path]) -> Crop:
    """Return the crop that an address names; ``allowed`` resolves paths and raises for those outside the folders."""
    left, top, right, bottom = map(float, asked.crop.split(","))
    (width, height), (wide, high) = (map(int, pair.split(",")) for pair in (asked.size, asked.bucket))
    return Crop(
        picture=allowed(asked.path),
        size=(width, height),
        box=(left, top, right, bottom),
        bucket=(wide, high),
        flip=asked.flip,
        hue=asked.hue,
        gamma=asked.gamma,
        mask=allowed(asked.mask) if asked.mask else None,
        clear=asked.clear,
    )


def crop_url(row: dict[str, Any]) -> str:
    """Return the address of a showing's small picture, relative to the studio's root; empty for one that is missing."""
    if row["missing"]:
        return ""
    picture = Path(row["picture"])
    try:
        version = picture.stat().st_mtime_ns
    except OSError:
        version = 0
    asked: dict[str, Any] = {
        "path": picture,
        "size": _joined(row["size"]),
        "crop": _joined(row["crop"]),
        "bucket": _joined(row["bucket"]),
        "v": version,
    }
    changed = {"flip": row["flip"], "hue": row["hue"], "gamma": row["gamma"] if row["gamma"] != 1 else 0}
    masked = {"mask": row["mask_picture"], "clear": row["mask"] == "transparency"}
    asked |= {name: value for name, value in (changed | masked).items() if value}
    return f"{ADDRESS}?{urlencode(asked)}"


def _joined(numbers: list[float]) -> str:
    return ",".join(map(str, numbers))


def kept_crop(small: Thumbnails, wanted: Crop) -> Path:
    """Return the file of a crop as WebP; it is made where there is none yet.

    Raises MikazukiError ``crop-wrong``, ``picture-not-found`` or ``picture-broken``.
    """
    wanted.check()
    stamps = [stamp(path) for path in (wanted.picture, wanted.mask) if path]
    return small.kept(f"{wanted}\n{stamps}", partial(small_crop, wanted))


def small_crop(wanted: Crop) -> bytes:
    """Return a crop as WebP, its longest side `SIDE` at most.

    Raises MikazukiError ``picture-broken``, and what reading a mask raises.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a huge picture is shown small; beyond twice Pillow's limit it is refused
            picture = _cut(wanted)
            veil = _veil(wanted, picture.size)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise MikazukiError(
            "picture-broken",
            f"{wanted.picture} cannot be read as a picture: {error}.",
            "Open it in an image editor and save it anew, or take it out of the data set.",
        ) from error
    if veil:
        picture.paste(Image.new("RGB", picture.size, (220, 0, 120)), mask=veil)
    if wanted.flip:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=85, method=3)
    return out.getvalue()


def _cut(wanted: Crop) -> "Image.Image":
    """Cut out, scale and colour."""
    from PIL import Image, ImageOps

    from mikazuki.data.colour import ColourShift, shifted

    side = _side(wanted.bucket)
    with Image.open(wanted.picture) as opened:
        wide = wanted.size[0] / (wanted.box[2] - wanted.box[0])
        longest = int(2 * SIDE * max(1.0, wide, wanted.size[1] / (wanted.box[3] - wanted.box[1])))
        opened.draft("RGB", (longest, longest))
        turned = ImageOps.exif_transpose(opened)
        if "transparency" in turned.info:
            turned = turned.convert("RGBA")
        picture = _part(turned.convert("RGB"), wanted, side)
    if wanted.hue or wanted.gamma != 1:
        picture = shifted(picture, ColourShift(wanted.hue, wanted.gamma))
    return picture


def _part(picture: "Image.Image", wanted: Crop, side: tuple[int, int]) -> "Image.Image":
    """Return the box of a picture that may have been decoded smaller than it is, scaled."""
    from PIL import Image

    width, height = picture.width / wanted.size[0], picture.height / wanted.size[1]
    left, top, right, bottom = wanted.box
    box = (
        max(0.0, left * width),
        max(0.0, top * height),
        min(picture.width, right * width),
        min(picture.height, bottom * height),
    )
    return picture.resize(side, Image.Resampling.LANCZOS, box=box)


def _veil(wanted: Crop, side: tuple[int, int]) -> "Image.Image | None":
    """Return how much of each pixel the mask leaves out, 0 to 178 of 255; None without a mask."""
    from PIL import Image

    from mikazuki.data.masks import mask_in_alpha, mask_in_file

    found = mask_in_file(wanted.mask, wanted.size) if wanted.mask else None
    if found is None and wanted.clear:
        found = mask_in_alpha(wanted.picture)
    if found is None:
        return None
    part = _part(Image.fromarray(found), wanted, side)
    return part.point([(255 - value) * 7 // 10 for value in range(256)])


def _side(bucket: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, SIDE / max(bucket))
    return max(1, round(bucket[0] * scale)), max(1, round(bucket[1] * scale))
