"""Every box and drawer: typing into it shows, axe finds nothing grave, Escape closes it and gives the focus back."""

from collections.abc import Callable, Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page.conftest import Furnished
from tests.page.test_look import faults
from tests.page.world import Visitor

pytestmark = pytest.mark.page


def press(*names: str) -> Callable[[Page], None]:
    """Return what presses these buttons one after another."""

    def work(page: Page) -> None:
        for name in names:
            boxes = page.get_by_role("dialog")
            place = boxes.last if boxes.count() else page.locator("main")
            place.get_by_role("button", name=name, exact=True).first.click()

    return work


BOXES: Final[dict[str, tuple[str, Callable[[Page], None], list[str]]]] = {
    "guide": ("train", press("Guided setup"), ["Where are its pictures?", "Which base model learns it?"]),
    "save": ("train", press("Save"), ["Name"]),
    "open": ("train", press("Import"), ["or put its text here"]),
    "browser": ("train", press("Browse"), ["Filter names"]),
    "browser in the guide": (
        "train",
        press("Guided setup", "Browse", "train"),
        ["Filter names", "Name of a new folder"],
    ),
    "new data set": ("datasets", press("New data set"), ["Name", "Identifier and class (optional)", "Times an epoch"]),
    "bin": ("jobs", press("Bin"), []),
    "stop": ("jobs", press("Stop"), []),
    "schedule": ("jobs", press("Schedule"), []),
    "model": ("models", press("cat.safetensors", "Rename"), ["New name"]),
}


@pytest.fixture(scope="module")
def waiting(furnished: Furnished) -> None:
    """A job that waits behind the one that runs."""
    from tests.page.furnish import running, studio_of

    running(studio_of(furnished.studio.root), "hen", 1)


@pytest.fixture(scope="module")
def window(browser: Browser, furnished: Furnished) -> Iterator[Page]:
    """One window for all boxes."""
    visitor = Visitor(browser, furnished.studio.url)
    yield visitor.open("jobs")
    visitor.leave()


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("name", list(BOXES))
def test_a_box_takes_words_and_goes_on_escape(window: Page, furnished: Furnished, name: str) -> None:
    where, open_it, labels = BOXES[name]
    page = window
    page.goto(f"{furnished.studio.url}#/{where}")
    page.wait_for_url(f"**/#/{where}")
    open_it(page)
    box = page.get_by_role("dialog").last
    expect(box).to_be_visible()
    for label in labels:
        type_into(box.get_by_label(label, exact=True))
    assert faults(page) == []
    for _ in range(page.get_by_role("dialog").count()):
        page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body"), "the focus is where it was before"


def type_into(field: Locator) -> None:
    """Type key by key: each must be seen at once."""
    field.fill("")
    field.press_sequentially("12")
    expect(field).to_have_value("12")
