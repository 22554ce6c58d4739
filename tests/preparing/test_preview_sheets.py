"""Contact sheets: as many as it takes, texts broken where they fit, masks visible."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFont

from mikazuki.preparing.preview_sheets import COLUMNS, ROWS, TILE, Tile, crop_of, fitted, font_for, sheets, wrapped
from tests.preparing.test_foresee import foreseen, root

__all__ = ["root"]


def test_sheets_are_filled_one_after_the_other() -> None:
    tiles = [Tile(Image.new("RGB", (256, 128), (number, 0, 0)), "a cat") for number in range(COLUMNS * ROWS + 1)]
    first, second = sheets("64x64", tiles)
    assert first.width > COLUMNS * 256
    assert second.width < 2 * 256
    assert second.getpixel((100, 100)) == (COLUMNS * ROWS, 0, 0)


@pytest.mark.parametrize(
    ("size", "shown"), [((64, 64), (256, 256)), ((100, 50), (200, 100)), ((512, 256), (TILE, 128))]
)
def test_pictures_are_enlarged_by_whole_factors_or_made_smaller(size: tuple[int, int], shown: tuple[int, int]) -> None:
    assert fitted(Image.new("RGB", size)).size == shown


def test_a_class_picture_has_a_frame() -> None:
    picture = Image.new("RGB", (64, 64))
    plain, framed = (next(sheets("x", [Tile(picture, "", of_class)])) for of_class in (False, True))
    assert np.asarray(plain).tobytes() != np.asarray(framed).tobytes()


@pytest.mark.parametrize("text", ["a cat on the grass " * 3, "a" * 60, "\u4e09\u65e5\u6708" * 9, "", "a cat"])
def test_lines_fit_and_lose_nothing(text: str) -> None:
    font = ImageFont.load_default(13)
    lines = wrapped(text, font, 160)
    assert all(font.getlength(line) <= 160 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_long_text_ends_in_dots() -> None:
    lines = wrapped("a cat on the grass, " * 30, font_for("a"), 160)
    assert len(lines) == 4
    assert lines[-1].endswith("...")


def test_what_a_mask_leaves_out_lies_behind_a_veil(root: Path) -> None:
    foresight = foreseen(root, alpha_mask=True)
    picture = root / "train" / "1_wide" / "0.png"
    half = Image.new("RGBA", (256, 128), (0, 0, 0, 255))
    half.paste((0, 0, 0, 0), (128, 0, 256, 128))
    half.save(picture)
    seen = next(one for batch in foresight.batches(1) for one in batch.pictures if one.entry.picture == picture)
    shown = np.asarray(crop_of(seen, foresight.options(seen.entry)))
    assert shown[24, 2].tolist() == [0, 0, 0]
    assert shown[24, -3].tolist() == [154, 0, 84]
    plain = crop_of(replace(seen, mask=None), foresight.options(seen.entry))
    assert np.asarray(plain).max() == 0
