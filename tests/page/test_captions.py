"""The caption workbench as people use it: found, changed in bulk after a look, undone, saved, given back."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.page.conftest import Furnished
from tests.page.test_look import faults
from tests.page.world import PHONE, Visitor, hold

pytestmark = pytest.mark.page

CAPTIONS = {"1": "sks owl, red sky", "2": "sks owl, tree", "3": "tree, blue sky"}


@pytest.fixture
def folder(furnished: Furnished, request: pytest.FixtureRequest) -> Path:
    """A data set of this test's own: three pictures with captions."""
    found = furnished.studio.root / "train" / str(request.node.name)
    found.mkdir()
    for name, text in CAPTIONS.items():
        Image.new("RGB", (60, 80), "red").save(found / f"{name}.png")
        (found / f"{name}.txt").write_text(text + "\n", encoding="utf-8", newline="\n")
    return found


def workbench(guest: Visitor, folder: Path, **look: object) -> Page:
    page = guest.open(f"datasets/captions?path=train/{folder.name}", **look)
    expect(page.locator("[data-place]")).to_have_count(3)
    return page


def test_another_data_set_shows_nothing_of_the_one_before(guest: Visitor, folder: Path) -> None:
    page = workbench(guest, folder)
    page.evaluate("window.location.hash = '#/datasets/captions?path=train/nowhere'")
    expect(page.get_by_role("dialog")).to_contain_text("nowhere")
    expect(page.get_by_role("dialog")).to_have_count(1)
    expect(page.locator("[data-place]")).to_have_count(0)


def text(folder: Path, name: str) -> str:
    return (folder / f"{name}.txt").read_text(encoding="utf-8")


def test_captions_are_changed_in_bulk_undone_saved_and_given_back(guest: Visitor, folder: Path) -> None:
    page = workbench(guest, folder)
    page.get_by_role("button", name=re.compile(r"^tree\s*2$")).click()
    expect(page.locator("[data-place]")).to_have_count(2)
    page.get_by_role("button", name="Change 2 captions").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Add a tag").fill("night")
    dialog.get_by_label("Add a tag").press("Enter")
    expect(dialog.get_by_text("2 of 2 captions would change")).to_be_visible()
    expect(dialog.locator("ins")).to_have_text([", night", ", night"])
    assert faults(page) == []
    dialog.get_by_role("button", name="Change the draft").click()
    expect(page.get_by_text("2 captions are not saved")).to_be_visible()
    assert text(folder, "2") == "sks owl, tree\n", "nothing is written before Save"
    page.locator("[data-place='0']").focus()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("2 captions are not saved")).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(page.get_by_text("2 captions are not saved")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("2 captions saved", exact=True)).to_be_visible()
    assert text(folder, "2") == "sks owl, tree, night\n"
    assert text(folder, "1") == "sks owl, red sky\n"
    page.get_by_role("button", name="History").click()
    page.get_by_role("button", name="Give back").click()
    expect(page.get_by_text("2 caption files given back.")).to_be_visible()
    assert text(folder, "2") == "sks owl, tree\n"


def test_one_caption_is_edited_by_keyboard_and_outlives_a_reload(guest: Visitor, folder: Path) -> None:
    page = workbench(guest, folder)
    page.locator("[data-place='0']").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-place='1']")).to_be_focused()
    page.keyboard.press("Enter")
    typing = page.get_by_label("Add a tag")
    expect(typing).to_be_focused()
    typing.press_sequentially("moon")
    typing.press("Enter")
    expect(page.get_by_text("6 of 75 tokens")).to_be_visible()
    chip = page.get_by_role("list", name="Tags").get_by_role("button", name="moon", exact=True)
    chip.focus()
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.get_by_role("button", name=re.compile(r"^2\.png, sks owl, moon, tree"))).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 caption is not saved")).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("1 caption is not saved")).to_have_count(0)
    assert text(folder, "2") == "sks owl, tree\n"


def test_somebody_elses_change_is_shown_and_chosen(guest: Visitor, folder: Path) -> None:
    page = workbench(guest, folder)
    page.locator("[data-place='0']").click()
    page.keyboard.press("Shift+ArrowRight")
    page.get_by_label("Add a tag to all of them").fill("mine")
    page.get_by_label("Add a tag to all of them").press("Enter")
    expect(page.get_by_text("2 captions are not saved")).to_be_visible()
    (folder / "1.txt").write_text("theirs\n", encoding="utf-8")
    page.get_by_role("button", name="Save", exact=True).click()
    dialog = page.get_by_role("dialog", name="Changed here and in the files")
    expect(dialog.get_by_label("Theirs")).to_have_text("theirs")
    assert text(folder, "1") == "theirs\n"
    assert text(folder, "2") == "sks owl, tree, mine\n"
    dialog.get_by_role("button", name="Keep mine", exact=True).click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("1 caption is not saved")).to_have_count(0)
    assert text(folder, "1") == "sks owl, red sky, mine\n"


def test_what_is_being_typed_stays_when_another_file_goes(guest: Visitor, folder: Path) -> None:
    page = workbench(guest, folder)
    page.locator("[data-place='0']").click()
    page.get_by_role("tab", name="Text").click()
    typing = page.get_by_role("textbox", name="Text", exact=True)
    typing.fill("sks owl, moon")
    (folder / "3.txt").unlink()
    expect(page.get_by_role("button", name=re.compile(r"^3\.png, no caption file"))).to_be_visible()
    expect(typing).to_have_value("sks owl, moon")
    typing.press("Control+Enter")
    typing.blur()
    expect(page.get_by_role("button", name=re.compile(r"^1\.png, sks owl, moon"))).to_be_visible()
    expect(page.get_by_text("is another one by now")).to_have_count(0)


def chips(page: Page) -> Locator:
    return page.get_by_role("list", name="Tags").locator(".word")


def move_twice(page: Page) -> Route:
    """Move the first of three chips to the end, faster than the server answers; return the request that waits."""
    held = hold(page, "**/captions/text")
    page.locator("[data-place='1']").click()
    expect(chips(page)).to_have_text(["a", "b", "c"])
    chips(page).first.focus()
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    expect(chips(page)).to_have_text(["b", "c", "a"])
    return held[0]


def test_chips_are_moved_faster_than_the_server_answers(guest: Visitor, folder: Path) -> None:
    (folder / "2.txt").write_text("a, b, c\n", encoding="utf-8")
    page = workbench(guest, folder)
    move_twice(page).continue_()
    expect(page.get_by_role("button", name=re.compile(r"^2\.png, b, c, a, not saved"))).to_be_visible()
    expect(chips(page)).to_have_text(["b", "c", "a"])
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("[data-place='1']").focus()
    page.keyboard.press("Control+z")
    expect(chips(page)).to_have_text(["b", "a", "c"])


def test_chips_whose_move_is_refused_stand_where_they_stood(guest: Visitor, folder: Path) -> None:
    (folder / "2.txt").write_text("a, b, c\n", encoding="utf-8")
    page = workbench(guest, folder)
    refusal = {"errors": [{"code": "caption-changed", "message": "Somebody was faster.", "hint": ""}]}
    move_twice(page).fulfill(status=409, json=refusal)
    expect(page.get_by_role("dialog")).to_contain_text("Somebody was faster.")
    expect(chips(page)).to_have_text(["a", "b", "c"])
    expect(page.get_by_role("dialog")).to_have_count(1)


def test_captions_that_another_program_rewrote_are_seen_on_coming_back(guest: Visitor, folder: Path) -> None:
    page = workbench(guest, folder)
    (folder / "3.txt").write_text("moon\n", encoding="utf-8")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("button", name=re.compile(r"^3\.png, moon"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(r"^moon\s*1$"))).to_be_visible()


def test_many_conflicts_are_counted(guest: Visitor, folder: Path) -> None:
    page = workbench(guest, folder)
    page.locator("[data-place='0']").click()
    page.get_by_label("Add a tag").fill("mine")
    page.get_by_label("Add a tag").press("Enter")
    expect(page.get_by_text("1 caption is not saved")).to_be_visible()
    (folder / "1.txt").write_text("theirs\n", encoding="utf-8")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    one = {"thumbnail": "/api/files/thumbnail?path=train/demo", "base": "", "mine": "m", "theirs": "t"}
    many = [{**one, "name": f"{place}.png"} for place in range(101)]
    page.route("**/captions/conflicts?*", lambda route: route.fulfill(json=many))
    page.get_by_role("button", name="1 conflict").click()
    expect(page.get_by_role("dialog").get_by_text("101 conflicts · the first 100 are shown")).to_be_visible()


def test_a_filter_is_taken_back(guest: Visitor, folder: Path) -> None:
    page = workbench(guest, folder)
    page.get_by_label("Words in name or caption").fill("sky")
    expect(page.locator("[data-place]")).to_have_count(2)
    clear = page.get_by_role("button", name="Show all", exact=True)
    clear.click()
    expect(page.locator("[data-place]")).to_have_count(3)
    page.wait_for_timeout(400)  # what was typed counts after a rest
    expect(clear).to_have_count(0)


def test_it_is_used_on_a_phone_in_chinese(guest: Visitor, folder: Path) -> None:
    page = workbench(guest, folder, viewport=PHONE, locale="zh-CN", color_scheme="dark")
    assert page.evaluate("document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth")
    page.get_by_role("button", name="筛选").click()
    page.get_by_label("正则表达式").fill("(")
    expect(page.get_by_text("is no regular expression")).to_be_visible()
    page.get_by_label("正则表达式").fill("^tree")
    expect(page.locator("[data-place]")).to_have_count(1)
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_label("正则表达式")).to_have_count(0)
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_label("正则表达式")).to_have_value("^tree")
    page.keyboard.press("Escape")
    page.locator("[data-place='0']").click()
    page.get_by_role("tab", name="文本").click()
    page.get_by_role("textbox", name="文本").fill("tree, blue sky, 月亮")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("保存了 1 条描述")).to_be_visible()
    assert text(folder, "3") == "tree, blue sky, 月亮\n"
