"""Contact sheets of what a training will see: real crops side by side, the caption under each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from mikazuki.data.buckets import Size
from mikazuki.data.load import training_pixels
from mikazuki.preparing.foresee import Seen
from mikazuki.settings.datasets import SubsetOptions

TILE: Final = 256
"""Longest side of a picture on a sheet, pixels; smaller ones are enlarged by whole factors."""
COLUMNS: Final = 5
ROWS: Final = 6
_GAP: Final = 10
_LINE: Final = 17
_LINES: Final = 4
_TITLE: Final = 30
_PAPER: Final = (255, 255, 255)
_INK: Final = (34, 36, 44)
_FRAME: Final = (90, 141, 238)
_VEIL: Final = np.array((220, 0, 120), dtype=np.float32)
"""What is laid over parts that a mask leaves out."""
_FONTS: Final = ("msyh.ttc", "PingFang.ttc", "NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "simsun.ttc")
"""Fonts of Chinese, Japanese and Korean signs, as Windows, macOS and Linux have them."""

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True)
class Tile:
    """One picture of a sheet, with what is written under it; one of the class has a frame."""

    picture: Image.Image
    text: str
    is_class: bool = False


def crop_of(seen: Seen, options: SubsetOptions) -> Image.Image:
    """Return a showing's pixels exactly as they are trained on, what its mask leaves out behind a veil.

    Raises:
        MikazukiError: What `training_pixels` raises.
    """
    pixels = training_pixels(seen.entry, seen.showing, options)
    if seen.mask is None or pixels.mask is None:
        return Image.fromarray(pixels.rgb)
    counts = 0.3 + 0.7 * pixels.mask[:, :, None]
    return Image.fromarray((pixels.rgb * counts + _VEIL * (1 - counts)).astype(np.uint8))


def fitted(picture: Image.Image) -> Image.Image:
    """Return a picture in the size that it has on a sheet."""
    longest = max(picture.size)
    if longest > TILE:
        small = picture.copy()
        small.thumbnail((TILE, TILE))
        return small
    factor = max(1, TILE // longest)
    return picture.resize((picture.width * factor, picture.height * factor), Image.Resampling.NEAREST)


def sheets(title: str, tiles: Sequence[Tile]) -> Iterator[Image.Image]:
    """Lay out pictures of one size, `COLUMNS` x `ROWS` to a sheet."""
    page = COLUMNS * ROWS
    pages = -(-len(tiles) // page)
    for number in range(pages):
        told = f"{title} ({number + 1}/{pages})" if pages > 1 else title
        yield _sheet(told, tiles[number * page : (number + 1) * page])


def _sheet(title: str, tiles: Sequence[Tile]) -> Image.Image:
    width, height = tiles[0].picture.size
    step = (max(width, TILE // 2) + _GAP, height + _LINES * _LINE + _GAP)
    columns, rows = min(COLUMNS, len(tiles)), -(-len(tiles) // COLUMNS)
    sheet = Image.new("RGB", (columns * step[0] + _GAP, rows * step[1] + _TITLE), _PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((_GAP, 6), title, fill=_INK, font=font_for(title))
    for place, tile in enumerate(tiles):
        left, top = _GAP + place % COLUMNS * step[0], _TITLE + place // COLUMNS * step[1]
        sheet.paste(tile.picture, (left, top))
        if tile.is_class:
            pen.rectangle((left - 3, top - 3, left + width + 2, top + height + 2), outline=_FRAME, width=3)
        font = font_for(tile.text)
        for line, text in enumerate(wrapped(tile.text, font, step[0] - _GAP)):
            pen.text((left, top + height + 2 + line * _LINE), text, fill=_INK, font=font)
    return sheet


def wrapped(text: str, font: Font, width: int) -> list[str]:
    """Break a text into `_LINES` lines of `width` pixels at most, between words or, within long ones, anywhere."""
    lines, line = [], ""
    for letter in " ".join(text.split()):
        if font.getlength(line + letter) <= width:
            line += letter
            continue
        head, blank, tail = line.rpartition(" ")
        lines.append(head if blank else line)
        line = (tail if blank else "") + letter.strip()
    lines.append(line)
    if len(lines) > _LINES:
        return [*lines[: _LINES - 1], f"{lines[_LINES - 1][:-3]}..."]
    return lines


def font_for(text: str) -> Font:
    """Return a font that has the text's signs, as far as this machine has one."""
    return _font(wide=any(letter > "\u2e7f" for letter in text))


@cache
def _font(*, wide: bool) -> Font:
    for name in _FONTS if wide else ():
        try:
            return ImageFont.truetype(name, 13)
        except OSError:
            continue
    return ImageFont.load_default(13)


def size_name(size: Size) -> str:
    """Write a size as it stands in file names: ``512x768``."""
    return f"{size[0]}x{size[1]}"
