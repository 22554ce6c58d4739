"""Transparency, margins, masks and boxes: every layer is cut the same way."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from mikazuki.data.crop_boxes import CropBox
from mikazuki.errors import MikazukiError
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.tools.prepare_crop import placing
from mikazuki.tools.prepare_picture import Kit, Made, make


def kit(matting: Any = None, upscaling: Any = None, **options: Any) -> Kit:
    plain = {"image_dir": "a", "output_dir": "b", "resize": "none", "crop": "none"}
    settings = PrepareSettings.model_validate({**plain, **options})
    return Kit(settings, placing(settings), matting, upscaling)


@pytest.fixture
def cutout(tmp_path: Path) -> Path:
    """A red box of 40 x 20 at 30, 50 in a transparent green picture of 100 x 100."""
    image = Image.new("RGBA", (100, 100), (0, 255, 0, 0))
    image.paste((255, 0, 0, 255), (30, 50, 70, 70))
    image.save(tmp_path / "a.png")
    return tmp_path / "a.png"


def colours(made: Made) -> set[Any]:
    found = made.picture.getcolors(1 << 16)
    assert found is not None
    return {colour for _, colour in found}


def test_transparency_is_laid_on_a_colour(cutout: Path) -> None:
    assert colours(make(cutout, None, None, kit())) == {(255, 0, 0), (255, 255, 255)}
    made = make(cutout, None, None, kit(background_color="#0000FF"))
    assert colours(made) == {(255, 0, 0), (0, 0, 255)}
    assert made.mask is None


def test_transparency_becomes_a_mask(cutout: Path) -> None:
    made = make(cutout, None, None, kit(alpha="mask"))
    assert made.mask is not None
    assert made.mask.getbbox() == (30, 50, 70, 70)
    assert made.picture.mode == "RGB"


def test_transparency_is_kept_and_hidden_colours_do_not_bleed(cutout: Path) -> None:
    made = make(cutout, None, None, kit(alpha="keep", resize="exact", resolution="64,64"))
    pixels = np.asarray(made.picture)
    assert made.picture.mode == "RGBA"
    shown = pixels[pixels[..., 3] > 0]
    assert len(shown) > 200
    assert shown[:, 1].max() == 0


@pytest.mark.parametrize("interpolation", [None, "lanczos", "area", "bicubic"])
def test_transparent_margins_are_cut_off(cutout: Path, interpolation: str | None) -> None:
    made = make(cutout, None, None, kit(trim=True, resize_interpolation=interpolation))
    assert made.picture.size == (40, 20)
    assert colours(made) == {(255, 0, 0)}


def test_a_mask_is_cut_along_and_must_fit(cutout: Path, tmp_path: Path) -> None:
    mask = Image.new("L", (100, 100), 0)
    mask.paste(255, (30, 50, 50, 70))
    mask.save(tmp_path / "mask.png")
    made = make(cutout, tmp_path / "mask.png", None, kit(trim=True))
    assert made.mask is not None
    assert (made.mask.size, made.mask.getbbox()) == ((40, 20), (0, 0, 20, 20))
    Image.new("L", (10, 10)).save(tmp_path / "small.png")
    with pytest.raises(MikazukiError, match="another size"):
        make(cutout, tmp_path / "small.png", None, kit())


def test_a_box_is_cut_out_first(cutout: Path) -> None:
    box = CropBox(picture="a.png", left=20, top=40, width=64, height=64)
    with pytest.raises(MikazukiError, match="reaches beyond"):
        make(cutout, None, box, kit())
    box = CropBox(picture="a.png", left=20, top=36, width=64, height=64)
    made = make(cutout, None, box, kit(alpha="mask"))
    assert made.mask is not None
    assert made.mask.getbbox() == (10, 14, 50, 34)


def test_a_strip_that_would_become_huge_is_refused(tmp_path: Path) -> None:
    Image.new("RGB", (60_000, 1)).save(tmp_path / "thin.png")
    with pytest.raises(MikazukiError, match="made 3840000x64"):
        make(tmp_path / "thin.png", None, None, kit(crop="centre"))
    assert make(tmp_path / "thin.png", None, None, kit()).picture.size == (60_000, 1)


def test_a_matting_model_makes_the_background_transparent(cutout: Path) -> None:
    def left_half(picture: Image.Image) -> Image.Image:
        mask = Image.new("L", picture.size, 0)
        mask.paste(255, (0, 0, 50, 100))
        return mask

    made = make(cutout, None, None, kit(left_half, alpha="mask", trim=True))
    assert made.mask is not None
    assert made.mask.getcolors() == [(400, 255)]


def test_a_model_enlarges_only_what_is_too_small(cutout: Path) -> None:
    asked: list[tuple[int, int]] = []

    def doubled(picture: Image.Image) -> Image.Image:
        asked.append(picture.size)
        return Image.new("RGB", (picture.width * 2, picture.height * 2), (1, 2, 3))

    large = make(cutout, None, None, kit(None, doubled, resize="exact", resolution="150,150", alpha="mask"))
    assert large.picture.size == (150, 150)
    assert (1, 2, 3) in colours(large)
    make(cutout, None, None, kit(None, doubled, resize="exact", resolution="64,64"))
    assert asked == [(100, 100)]
