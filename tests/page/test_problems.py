"""What the server refuses, as people read it: in Chinese a sentence above its own words, in English these alone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.page.conftest import Furnished
from tests.page.test_look import faults
from tests.page.world import Visitor

pytestmark = pytest.mark.page

SENTENCE = "已有同名的数据集：请换一个名称。"  # noqa: RUF001 - the catalogue's, for dataset-exists
NEW = {"zh-CN": ("新建数据集", "名称"), "en-GB": ("New data set", "Name")}
MAKE = {"zh-CN": "新建数据集", "en-GB": "Make data set"}


def refused(page: Page, language: str) -> Locator:
    """Make a data set that is there already; return the message box."""
    button, field = NEW[language]
    page.locator("main").get_by_role("button", name=button, exact=True).first.click()
    form = page.get_by_role("dialog")
    form.get_by_label(field, exact=True).fill("demo")
    form.get_by_role("button", name=MAKE[language], exact=True).click()
    box = page.locator(".n-dialog")
    expect(box).to_be_visible()
    return box


@pytest.mark.usefixtures("furnished")
def test_a_refusal_is_read_in_chinese_and_goes_with_its_page(guest: Visitor) -> None:
    page = guest.open("jobs", locale="zh-CN")
    guest.go(page, "datasets")
    box = refused(page, "zh-CN")
    paragraphs = box.locator(".told p")
    expect(paragraphs).to_have_count(2)
    expect(paragraphs.first).to_have_text(SENTENCE)
    expect(paragraphs.last).to_contain_text("There is a data set")
    expect(paragraphs.last).to_have_attribute("lang", "en")
    assert faults(page) == []
    page.go_back()
    page.wait_for_url("**/#/jobs")
    expect(box).to_have_count(0)


@pytest.mark.usefixtures("furnished")
def test_a_refusal_is_read_once_in_english(guest: Visitor) -> None:
    paragraphs = refused(guest.open("datasets"), "en-GB").locator(".told p")
    expect(paragraphs).to_have_count(1)
    expect(paragraphs).to_contain_text("There is a data set")


def test_a_mask_of_no_picture_asks_the_server_for_nothing(guest: Visitor, furnished: Furnished) -> None:
    page = guest.open("datasets")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/mask" in request.url else None)
    page.goto(f"{furnished.studio.url}#/datasets/mask?path=train/demo")
    expect(page.get_by_text("There is no such picture")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert [url for url in asked if "/api/" in url] == []
