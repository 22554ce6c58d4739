"""Programs beside training as people use them: looked up, filled in, checked, started, and taken back."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.page.world import PHONE, SLOW, StudioProcess, Visitor, hold, option
from tests.tagging import world

pytestmark = pytest.mark.page


@pytest.fixture
def pictures(studio: StudioProcess) -> Path:
    """A folder with a red and a blue picture, one captioned, and a tagger that tells them apart."""
    folder = studio.root / "train" / "set"
    world.wd(studio.root / "sd-models" / "taggers" / "own")
    world.picture(folder / "red.png", (255, 0, 0), (80, 80))
    world.picture(folder / "blue.png", (0, 0, 255), (80, 80))
    (folder / "blue.txt").write_text("sky, blue thing\n", encoding="utf-8")
    return folder


def tool(name: str, **values: object) -> str:
    """Return the address of a program's form with these values."""
    return f"tools/{name}?values={quote(json.dumps(values))}"


def ready(page: Page) -> None:
    expect(page.get_by_text("Ready to start")).to_be_visible()


def test_captions_are_compared_written_and_taken_back(visitor: Visitor, pictures: Path) -> None:
    page = visitor.open(tool("tag", train_data_dir="train/set", model="own", on_conflict="append"))
    ready(page)
    expect(page.get_by_role("button", name="own", exact=True)).to_have_attribute("aria-current", "true")
    page.route("**/differences?*", lambda route: route.abort(), times=1)
    page.get_by_role("button", name="Show differences").click()
    page.wait_for_url(re.compile("#/jobs/"))
    page.get_by_role("button", name="Try again").click(timeout=SLOW)
    expect(page.get_by_role("heading", name="What would change")).to_be_visible(timeout=SLOW)
    row = page.get_by_role("listitem").filter(has_text="blue.png")
    expect(row.locator("ins").first).to_be_visible()
    expect(row).to_contain_text("sky, blue thing")
    assert not (pictures / "red.txt").exists()
    page.get_by_role("button", name="Write these captions").click()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible(timeout=SLOW)
    assert "red thing" in (pictures / "red.txt").read_text(encoding="utf-8")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("2 files are as they were before.")).to_be_visible()
    assert not (pictures / "red.txt").exists()
    assert (pictures / "blue.txt").read_text(encoding="utf-8") == "sky, blue thing\n"
    visitor.go(page, "tools/tag?job=gone")
    ready(page)
    expect(option(page, "model")).to_have_value("own")


def test_values_that_come_late_leave_the_next_page_alone(guest: Visitor) -> None:
    page = guest.open()
    held = hold(page, "**/api/jobs/late")
    with page.expect_request("**/api/jobs/late"):
        guest.go(page, "tools/tag?job=late")
    guest.go(page, "datasets/pictures?path=train/demo")
    with page.expect_response("**/api/jobs/late"):
        held[0].continue_()
    expect(page.locator("[data-place]").first).to_be_visible()
    assert page.url.endswith("pictures?path=train/demo")


def test_copies_are_left_out_and_the_rest_is_prepared(visitor: Visitor, pictures: Path, studio: StudioProcess) -> None:
    (pictures / "red2.png").write_bytes((pictures / "red.png").read_bytes())
    page = visitor.open(tool("prepare", image_dir="train/set", resolution="64"))
    ready(page)
    expect(option(page, "output_dir")).to_have_value("train/set-prepared")
    page.get_by_role("button", name="Look at every picture").click()
    page.get_by_role("button", name="Leave out all copies of the same file").click()
    expect(option(page, "leave_out")).to_have_value("red2.png")
    ready(page)
    expect(page.get_by_text("red.png → red.png")).to_be_visible()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("button", name="Train on these")).to_be_visible(timeout=SLOW)
    assert sorted(path.name for path in (studio.root / "train" / "set-prepared").glob("*.png")) == [
        "blue.png",
        "red.png",
    ]
    page.get_by_role("button", name="Run again").click()
    expect(option(page, "image_dir")).to_have_value(str(pictures))


def test_a_refusal_stands_beside_its_option_and_a_model_leads_to_its_conversion(
    visitor: Visitor, studio: StudioProcess
) -> None:
    page = visitor.open("tools/convert", viewport=PHONE)
    expect(page.get_by_text("Fill in first: model_to_load, model_to_save")).to_be_visible()
    visitor.go(page, "models")
    page.get_by_role("button", name=re.compile("tiny-sd")).first.click()
    page.get_by_role("button", name="Convert").click()
    ready(page)
    expect(option(page, "model_to_save")).to_have_value(re.compile(r"tiny-sd\.safetensors$"))
    option(page, "model_to_save").fill("/elsewhere/x.safetensors")
    expect(page.locator('[data-option="model_to_save"]').get_by_role("alert")).to_contain_text("lies outside")
    expect(page.get_by_role("button", name="Start")).to_be_disabled()
    option(page, "model_to_save").fill("sd-models/new.safetensors")
    ready(page)
    page.get_by_role("button", name="Into the queue").click()
    expect(page.get_by_text("It is in the queue.")).to_be_visible()
    page.get_by_role("link", name="See the job").click()
    expect(page.get_by_role("button", name="See the models")).to_be_visible(timeout=SLOW)
    assert (studio.root / "sd-models" / "new.safetensors").is_file()
