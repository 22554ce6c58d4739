"""The form: what is wrong is said where it is wrong, nothing is replaced unasked, and the guide fills it in."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.page.conftest import Furnished
from tests.page.world import SLOW, Visitor, option

pytestmark = pytest.mark.page


WRONG = [
    ("learning_rate", "much", "A number is needed here"),
    ("network_dim", "0", "It must be above 0"),
    ("train_data_dir", "./train/nowhere", "nowhere"),
]


def test_a_wrong_value_is_told_at_its_field_and_holds_start_back(guest: Visitor) -> None:
    page = guest.open("train")
    for name, value, word in WRONG:
        is_told(page, name, value, word)


def is_told(page: Page, name: str, value: str, word: str) -> None:
    """Make one value wrong, see what the page says, and put it right."""
    button = page.get_by_role("button", name="Start", exact=True)
    expect(button).to_be_enabled(timeout=SLOW)
    before = option(page, name).input_value()
    option(page, name).fill(value)
    field = page.locator(f'[data-option="{name}"]')
    expect(field.get_by_role("alert")).to_contain_text(word, timeout=SLOW)
    expect(button).to_be_disabled(timeout=SLOW)
    expect(page.locator(".start .reason")).not_to_be_empty()
    option(page, name).fill(before)
    expect(field.get_by_role("alert")).to_have_count(0, timeout=SLOW)
    expect(button).to_be_enabled(timeout=SLOW)


def test_files_are_replaced_only_when_that_was_answered(guest: Visitor, furnished: Furnished) -> None:
    page = guest.open("train")
    option(page, "output_name").fill("cat")
    jobs = f"{furnished.studio.url}api/jobs?text=cat"
    before = page.request.get(jobs).json()["total"]
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_enabled(timeout=SLOW)
    page.get_by_role("button", name=re.compile("^Queue")).click()
    page.get_by_text("Hold it back until I let it go").click()
    page.get_by_role("button", name="Add to the queue").click()
    expect(page.get_by_text("Replace files?")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Cancel").click()
    assert page.request.get(jobs).json()["total"] == before
    page.get_by_role("button", name=re.compile("^Queue")).click()
    page.get_by_role("button", name="Add to the queue").click()
    page.get_by_role("button", name="Replace them").click()
    expect(page.get_by_text("It is in the queue.")).to_be_visible(timeout=SLOW)
    assert page.request.get(jobs).json()["total"] == before + 1


def test_the_guide_leads_to_a_form_that_is_ready(guest: Visitor) -> None:
    page = guest.open("train")
    page.get_by_role("button", name="Guided setup").click()
    page.get_by_text("A thing or an idea").click()
    page.get_by_label("Where are its pictures?").fill("train/demo")
    page.get_by_label("Which base model learns it?").fill("sd-models/tiny-sd")
    page.get_by_role("button", name="Suggest settings").click()
    page.get_by_role("button", name="Use these settings").click(timeout=SLOW)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(option(page, "train_data_dir")).to_have_value("train/demo")
    expect(page.get_by_text("Ready to train")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_enabled(timeout=SLOW)


def test_the_guide_fills_in_the_form_of_what_shall_come_out(guest: Visitor) -> None:
    """Chosen by the keyboard alone; the form turns to that method, and is ready as well."""
    page = guest.open("train")
    page.get_by_role("button", name="Guided setup").click()
    page.get_by_label("Where are its pictures?").fill("train/demo")
    page.get_by_label("Which base model learns it?").fill("sd-models/tiny-sd")
    answers = page.get_by_role("group", name="What shall come out?")
    expect(answers.get_by_role("radio")).to_have_count(8)
    answers.get_by_role("radio", name="Choose for me").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(answers.get_by_role("radio", name=re.compile("^A new word A few kB"))).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("What comes out: A new word, on sd1.")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Use these settings").click()
    expect(page.get_by_role("combobox", name="What is trained")).to_have_value("textual_inversion")
    expect(option(page, "token_string")).to_have_value("<demo>")
    expect(page.get_by_text("Ready to train")).to_be_visible(timeout=SLOW)


def test_settings_are_kept_and_come_back(guest: Visitor) -> None:
    page = guest.open("train")
    option(page, "network_dim").fill("7")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("Name", exact=True).fill("mine")
    page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("mine is saved.")).to_be_visible()
    option(page, "network_dim").fill("9")
    page.get_by_role("button", name="Saved", exact=True).click()
    page.get_by_role("button", name=re.compile("^mine")).click()
    page.get_by_role("button", name="Use these settings").click()
    expect(option(page, "network_dim")).to_have_value("7")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(option(page, "network_dim")).to_have_value("9")
