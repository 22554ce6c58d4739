"""Concepts in the form: one panel each, as text and from a file, wrong ones told at their place."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.page.conftest import Furnished
from tests.page.test_look import faults
from tests.page.world import PHONE, SLOW, Visitor, option

pytestmark = pytest.mark.page

PLACE = "mikazuki.draft.1"
EXTENSION = [
    {"instance_data_dir": "train/demo", "instance_token": "sks", "class_token": "cat", "is_valid": True},
    {"instance_data_dir": "train/demo-reg", "num_repeats": 2, "save_sample_prompt": None},
]


def editor(page: Page) -> Locator:
    """Choose DreamBooth, whose short form has the concepts, and return their editor."""
    page.locator(".choose select").first.select_option("dreambooth")
    return page.locator('[data-option="concepts_list"]')


def concept(page: Page, number: int) -> Locator:
    return page.locator(f'[data-concept="{number}"]')


def key(page: Page, number: int, name: str) -> Locator:
    """Return the control of a concept's key."""
    return concept(page, number).locator(f'[data-option$="-{name}"]').locator("input, textarea, select").first


def held(page: Page) -> Any:
    """Return what the form holds, read off what the browser keeps after a change."""
    page.wait_for_timeout(500)  # the draft is put away a moment after the last change
    kept = json.loads(page.evaluate(f"localStorage.getItem('{PLACE}')"))["values"]
    return json.loads(kept["concepts_list"]) if kept.get("concepts_list") else None


def test_concepts_are_added_filled_in_moved_and_removed(guest: Visitor) -> None:
    page = guest.open("train")
    concepts = editor(page)
    concepts.get_by_role("button", name="Add a concept").click()
    expect(key(page, 1, "instance_data_dir")).to_have_value("./train/demo")  # stood in the form until then
    expect(option(page, "train_data_dir")).to_have_count(0)
    expect(concept(page, 1)).to_contain_text("14 pictures")
    key(page, 1, "instance_token").fill("sks")
    key(page, 1, "num_class_images_per").fill("0")
    concept(page, 1).get_by_role("button", name="Duplicate").click()
    key(page, 2, "instance_token").fill("other")
    concept(page, 2).get_by_role("button", name="Move concept 2 up").click()
    expect(key(page, 1, "instance_token")).to_have_value("other")
    first, second = held(page)
    assert second == {**first, "instance_token": "sks"}
    assert first["num_class_images_per"] == 0
    concept(page, 1).get_by_role("button", name="Remove").click()
    assert [one["instance_token"] for one in held(page)] == ["sks"]
    concept(page, 1).get_by_role("button", name=re.compile("^Concept 1")).click()
    expect(key(page, 1, "instance_token")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(option(page, "train_data_dir")).to_have_value("./train/demo")


def test_what_is_wrong_stands_at_its_concept(guest: Visitor) -> None:
    page = guest.open("train")
    concepts = editor(page)
    expect(option(page, "learning_rate")).to_have_value("2e-6")  # what the demo says is a LoRA's
    concepts.get_by_role("button", name="Add a concept").click()
    concepts.get_by_role("button", name="Add a concept").click()
    alert = concept(page, 2).get_by_role("alert")
    expect(alert).to_contain_text("instance_data_dir is missing", timeout=SLOW)
    expect(concept(page, 1).get_by_role("alert")).to_have_count(0)
    key(page, 2, "instance_data_dir").fill("train/nowhere")
    expect(alert).to_contain_text("does not exist", timeout=SLOW)
    key(page, 2, "instance_data_dir").fill("train/demo-reg")
    expect(alert).to_have_count(0, timeout=SLOW)
    expect(page.get_by_text("Ready to train")).to_be_visible(timeout=SLOW)


def test_a_pasted_list_becomes_panels_and_a_faulty_text_is_kept(guest: Visitor) -> None:
    page = guest.open("train")
    concepts = editor(page)
    concepts.get_by_role("button", name="As text").click()
    area = concepts.get_by_role("textbox", name="As text")
    area.fill('[{"instance_data_dir": "train/demo",')
    expect(concepts.get_by_role("alert").filter(has_text="not valid JSON")).to_be_visible()
    expect(concepts.get_by_role("button", name="Form", exact=True)).to_be_disabled()
    page.wait_for_timeout(500)
    page.reload()
    expect(area).to_have_value('[{"instance_data_dir": "train/demo",')
    concepts.get_by_role("button", name="From a file").click()
    concepts.get_by_role("button", name="As text").click()
    expect(area).to_have_value('[{"instance_data_dir": "train/demo",')
    area.fill(json.dumps({"model_name": "x", "concepts_list": EXTENSION}))
    expect(concepts.get_by_text("2 concepts understood")).to_be_visible()
    concepts.get_by_role("button", name="Form", exact=True).click()
    expect(key(page, 1, "class_token")).to_have_value("cat")
    expect(key(page, 2, "num_repeats")).to_have_value("2")
    assert held(page) == EXTENSION
    expect(page.get_by_text("Ready to train")).to_be_visible(timeout=SLOW)


def test_the_concepts_of_a_file_are_taken_into_the_form(guest: Visitor, furnished: Furnished) -> None:
    path = furnished.studio.root / "config" / "two.json"
    told = [{**one, "instance_data_dir": f"../{one['instance_data_dir']}"} for one in EXTENSION]
    path.write_text(json.dumps(told), encoding="utf-8")
    page = guest.open("train")
    concepts = editor(page)
    concepts.get_by_role("button", name="From a file").click()
    concepts.get_by_label("From a file").last.fill("config/two.json")
    expect(page.get_by_text("Ready to train")).to_be_visible(timeout=SLOW)
    concepts.get_by_role("button", name="Take them into the form").click()
    expect(key(page, 1, "instance_token")).to_have_value("sks")
    folder = Path(key(page, 2, "instance_data_dir").input_value())
    assert (furnished.studio.root / folder).resolve() == (furnished.studio.root / "train" / "demo-reg").resolve()
    path.unlink()
    expect(page.get_by_text("Ready to train")).to_be_visible(timeout=SLOW)


def test_they_can_be_used_on_a_phone_in_chinese_and_in_the_dark(guest: Visitor) -> None:
    page = guest.open("train", color_scheme="dark", locale="zh-CN", viewport=PHONE)
    concepts = editor(page)
    add = concepts.locator("button.add")
    add.click()
    add.click()
    expect(concept(page, 2)).to_be_visible()
    concept(page, 1).locator("button.more").last.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []
    text = concepts.inner_text()
    assert "Concept" not in text
    assert "\u6982\u5ff5 2" in text
