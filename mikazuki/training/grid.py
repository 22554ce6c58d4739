"""Lays pictures of the same prompts side by side: one row a prompt, one column a checkpoint, with titles."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from mikazuki.files import replacing

_SMALLEST_CELL: Final = 192
_GAP: Final = 6
_TITLE: Final = 26
_PAPER: Final = (255, 255, 255)
_INK: Final = (34, 36, 44)


def _wrapped(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int) -> str:
    """Break text into lines no wider than ``width`` pixels; one too long a word is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines[:4])


def make_grid(columns: Sequence[tuple[str, Sequence[Image.Image]]], rows: Sequence[str]) -> Image.Image:
    """Return the sheet; ``columns`` are (title, one picture a row), ``rows`` the prompts written under each row.

    Small pictures are enlarged by whole factors, so that their pixels stay square.
    """
    widest = max(picture.width for _, pictures in columns for picture in pictures)
    factor = max(1, -(-_SMALLEST_CELL // widest))
    cell_width = widest * factor
    font = ImageFont.load_default(15)
    heights = [max(pictures[row].height for _, pictures in columns) * factor for row in range(len(rows))]
    caption_width = len(columns) * (cell_width + _GAP) - _GAP
    captions = [_wrapped(text, font, caption_width) for text in rows]
    caption_heights = [20 * (caption.count("\n") + 1) + _GAP for caption in captions]
    width = caption_width + 2 * _GAP
    sheet = Image.new("RGB", (width, _TITLE + sum(heights) + sum(caption_heights) + _GAP * len(rows)), _PAPER)
    pen = ImageDraw.Draw(sheet)
    for number, (title, pictures) in enumerate(columns):
        left = _GAP + number * (cell_width + _GAP)
        pen.text((left, 5), title, fill=_INK, font=font)
        top = _TITLE
        for row, picture in enumerate(pictures):
            larger = picture.resize((picture.width * factor, picture.height * factor), Image.Resampling.NEAREST)
            sheet.paste(larger, (left, top))
            if number == 0:
                pen.text((left, top + heights[row] + 2), captions[row], fill=_INK, font=font)
            top += heights[row] + caption_heights[row] + _GAP
    return sheet


def write_grid(path: Path, columns: Sequence[tuple[str, Sequence[Path]]], rows: Sequence[str]) -> None:
    """Read the pictures and write the sheet as a PNG."""
    opened = [(title, [Image.open(picture).convert("RGB") for picture in pictures]) for title, pictures in columns]
    with replacing(path) as part:
        make_grid(opened, rows).save(part, format="PNG")
