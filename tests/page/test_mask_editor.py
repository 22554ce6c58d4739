"""Masks painted in the page: a stroke, areas, undo, save where a training finds it, former versions, a phone."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page, expect

from tests.page.conftest import Furnished
from tests.page.test_look import COLOURS, EVERYTHING, faults
from tests.page.world import PHONE, Visitor

pytestmark = pytest.mark.page

SIZE = (400, 300)


@pytest.fixture
def dataset(furnished: Furnished) -> Iterator[Path]:
    """Two pictures, the second half transparent."""
    folder = furnished.studio.root / "train" / "owl"
    inside = folder / "10_sks owl"
    inside.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", SIZE, "#5577aa").save(inside / "a.png")
    half = Image.new("RGBA", SIZE, "#aa7755")
    half.paste((0, 0, 0, 0), (0, 0, 200, 300))
    half.save(inside / "b.png")
    yield folder
    for path in (folder.with_name("owl-masks") / "10_sks owl").rglob("*.png"):
        path.unlink()


def place(dataset: Path, name: str = "a") -> str:
    return f"datasets/mask?path={quote(str(dataset))}&picture={quote(str(dataset / '10_sks owl' / f'{name}.png'))}"


def mask_of(dataset: Path, name: str = "a") -> NDArray[np.uint8]:
    """Read a mask as a training does."""
    with Image.open(dataset.with_name("owl-masks") / "10_sks owl" / f"{name}.png") as image:
        assert (image.mode, image.size) == ("L", SIZE)
        return np.asarray(image, dtype=np.uint8)


def drag(page: Page, *points: tuple[float, float]) -> None:
    """Draw over the picture, points as shares of it."""
    box = page.locator(".stage canvas").first.bounding_box()
    assert box is not None
    (x, y), *others = [(box["x"] + left * box["width"], box["y"] + top * box["height"]) for left, top in points]
    page.mouse.move(x, y)
    page.mouse.down()
    for x, y in others:
        page.mouse.move(x, y, steps=4)
    page.mouse.up()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(re.compile("counts · Saved"))).to_be_visible()


def test_a_stroke_is_drawn_undone_redone_and_saved_where_a_training_finds_it(guest: Visitor, dataset: Path) -> None:
    page = guest.open(place(dataset))
    expect(page.get_by_role("heading", name="Mask of 10_sks owl/a.png")).to_be_visible()
    expect(page.get_by_text("0 % of the picture counts · No mask yet")).to_be_visible()
    drag(page, (0.25, 0.5), (0.75, 0.5))
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("0 % of the picture counts")).to_be_visible()
    page.keyboard.press("Control+Shift+z")
    save(page)
    mask = mask_of(dataset)
    # a line of 200 pixels, the brush 20 pixels thick: a twentieth of the longer side
    assert (mask[150, 100:300] == 255).all()
    assert mask[:136].max() == mask[164:].max() == mask[:, :85].max() == mask[:, 315:].max() == 0
    assert (mask > 127).sum() == pytest.approx(200 * 20 + 10**2 * 3.14, rel=0.08)
    page.get_by_text("Train with the masks: 1 of 2 pictures have one").click()
    expect(page.get_by_text('conditioning_data_dir = "train/owl-masks"')).to_be_visible()


def test_areas_eraser_fill_and_what_was_saved_before(guest: Visitor, dataset: Path) -> None:
    page = guest.open(place(dataset))
    page.keyboard.press("r")
    drag(page, (0.25, 0.25), (0.75, 0.75))
    save(page)
    first = mask_of(dataset)
    assert (first[80:220, 105:295] == 255).all()
    assert first.mean() / 255 == pytest.approx(0.25, abs=0.01)
    page.keyboard.press("e")
    drag(page, (0.5, 0.1), (0.5, 0.9))
    save(page)
    cut = mask_of(dataset)
    assert (cut[100:200, 200].max(), cut[150, 150]) == (0, 255)
    page.keyboard.press("f")
    drag(page, (0.05, 0.05))
    save(page)
    second = mask_of(dataset)
    assert (second[5, 5], second[150, 200], second[150, 150]) == (255, 255, 255)
    page.get_by_role("button", name="Invert").click()
    page.get_by_role("button", name="Take from").click()
    page.get_by_text("Former mask, replaced").nth(1).click()
    save(page)
    assert np.array_equal(mask_of(dataset), first)
    page.get_by_role("button", name="Delete the mask").click()
    expect(page.get_by_text("No mask yet")).to_be_visible()
    assert not (dataset.with_name("owl-masks") / "10_sks owl" / "a.png").exists()


def test_transparency_is_taken_and_what_is_not_saved_is_asked_about(guest: Visitor, dataset: Path) -> None:
    page = guest.open(place(dataset, "b"))
    page.get_by_role("button", name="Take from").click()
    page.get_by_text("Transparency of the picture").click()
    expect(page.get_by_text("50 % of the picture counts")).to_be_visible()
    page.get_by_role("button", name="Previous picture").click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Mask of 10_sks owl/a.png")).to_be_visible()
    assert (mask_of(dataset, "b")[:, 200:] == 255).all()
    assert (mask_of(dataset, "b")[:, :200] == 0).all()


def test_everybody_can_use_it(guest: Visitor, dataset: Path) -> None:
    for scheme, rules in (("light", EVERYTHING), ("dark", COLOURS)):
        page = guest.open(place(dataset), color_scheme=scheme)
        page.locator("summary").click()
        assert faults(page, rules) == []
    page.keyboard.press("l")
    expect(page.get_by_role("button", name="Lasso")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("i")
    expect(page.get_by_text("100 % of the picture counts")).to_be_visible()


def test_a_finger_paints_on_a_phone(guest: Visitor, dataset: Path) -> None:
    page = guest.open(place(dataset), viewport=PHONE, has_touch=True, is_mobile=True)
    frame = page.get_by_role("application")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(re.compile("counts · Saved"))).to_be_visible()
    assert mask_of(dataset)[150, 200] == 255
