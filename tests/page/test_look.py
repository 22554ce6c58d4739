"""Every page, as all kinds of people see it: in Chinese, on a phone, in both themes, by keyboard, read aloud."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from tests.page.conftest import Furnished
from tests.page.world import PHONE, Visitor, settle

pytestmark = pytest.mark.page

GRAVE = {"serious", "critical"}
AXE = Axe()
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS: dict[str, Any] = {**EVERYTHING, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""All that another theme can change."""
VISIBLE_TEXTS = """() => {
  const LEFT_OUT = '.mono, code, pre, script, style, [translate=no], [lang=en]'
  const found = []
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement
    const text = walk.currentNode.textContent.trim()
    if (!text || !parent.checkVisibility() || parent.closest(LEFT_OUT)) continue
    found.push(text)
  }
  for (const one of document.querySelectorAll('[aria-label], [title], [placeholder], img[alt]')) {
    if (!one.checkVisibility() || one.closest('[translate=no], [lang=en]')) continue
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const text = one.getAttribute(name)?.trim()
      if (text) found.push(text)
    }
  }
  return found
}"""
FOCUS = """() => {
  const focused = document.activeElement
  const look = (one) => {
    const style = getComputedStyle(one)
    return [style.outline, style.boxShadow, style.borderColor, style.backgroundColor, style.opacity].join()
  }
  const looks = () => [focused, ...focused.querySelectorAll('*')].map(look).join()
  const before = looks()
  focused.blur()
  return [before, looks()]
}"""
NAMES = {
    "Mikazuki", "TensorBoard", "TOML", "GPU", "CPU", "LoRA", "LyCORIS", "EN", "English", "JSON POST",
    "Discord", "DreamBooth", "Textual Inversion", "LECO", "ControlNet", "SDXL", "FLUX.1", "Anima", "cpu",
    "UNet", "Python", "torch", "JSON", "Webhook", "lora", "sd1", "builtin", "auto", "demo", "cat", "dog",
    "owl", "fox", "vae", "state",
    "loading",  # the name that Naive UI gives to its wheels, in all languages
}  # fmt: skip
"""Names that are written in Latin letters in Chinese as well."""


def faults(page: Page, rules: dict[str, Any] = EVERYTHING) -> list[str]:
    """Return what axe calls serious or critical."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate("(rules) => axe.run(rules)", rules)["violations"]
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')[:300]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def is_name(text: str) -> bool:
    """Say whether a text has nothing in it that could be translated: numbers, units, paths, names."""
    for part in re.split(r"[·,]", text):
        rest = re.sub(r"\b(px|B|kB|MB|GB|TB|s|ms|min|h|d)\b", "", part).strip()
        if rest not in NAMES and not re.search(r"[/\\]|\w\.\w|_", rest) and re.search(r"[A-Za-z]{2}", rest):
            return False
    return True


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_on_any_page(guest: Visitor, furnished: Furnished, scheme: str) -> None:
    page = guest.open(color_scheme=scheme)
    rules = EVERYTHING if scheme == "light" else COLOURS
    found = {}
    for place in furnished.places:
        guest.go(page, place)
        if wrong := faults(page, rules):
            found[place] = wrong
    assert not found


def test_no_page_is_wider_than_a_phone(guest: Visitor, furnished: Furnished) -> None:
    page = guest.open(viewport=PHONE, has_touch=True, is_mobile=True)
    wide = {}
    for place in furnished.places:
        guest.go(page, place)
        width = page.evaluate(
            "Math.max(document.documentElement.scrollWidth, document.querySelector('main').scrollWidth)"
        )
        if width > PHONE["width"]:
            wide[place] = width
    assert not wide


def test_nothing_is_left_in_english_on_a_chinese_page(guest: Visitor, furnished: Furnished) -> None:
    page = guest.open(locale="zh-CN")
    left = {}
    for place in furnished.places:
        guest.go(page, place)
        texts = {text for text in page.evaluate(VISIBLE_TEXTS) if not re.search(r"[\u4e00-\u9fff]", text)}
        if english := {text for text in texts if not is_name(text)}:
            left[place] = english
    assert not left, "\n".join(f"{place}: {sorted(texts)}" for place, texts in left.items())
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_the_keyboard_leads_to_start(guest: Visitor) -> None:
    page = guest.open("train")
    page.get_by_role("button", name="Start", exact=True).wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box() is not None
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    ways = []
    for _ in range(400):
        page.keyboard.press("Tab")
        ways.append(page.evaluate("document.activeElement.innerText || document.activeElement.id"))
        if ways[-1].strip() == "Start":
            break
    assert ways[-1].strip() == "Start", ways
    assert has_visible_focus(page)


def has_visible_focus(page: Page) -> bool:
    """Say whether what has the focus looks different from what it looks like without it."""
    before, after = page.evaluate(FOCUS)
    return bool(before != after)


def test_a_chosen_language_and_theme_stay(guest: Visitor) -> None:
    page = guest.open("settings")
    page.get_by_text("中文", exact=True).click()
    page.get_by_role("heading", name="设置", exact=True).wait_for()
    page.get_by_text("深色", exact=True).click()
    page.reload()
    settle(page)
    page.get_by_role("heading", name="设置", exact=True).wait_for()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_role("button", name="Switch to English").click()
    page.get_by_role("heading", name="Settings", exact=True).wait_for()
    page.get_by_text("The system's", exact=True).click()
    page.get_by_text("The browser's", exact=True).click()
