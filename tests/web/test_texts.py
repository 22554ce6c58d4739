"""The page's texts: complete in both languages, all used, and nothing that people read stands elsewhere."""

import ast
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "frontend" / "src"
LANGUAGES = ("en", "zh-CN")
NAMES = {"Mikazuki", "English", "中文", "GPU", "SHA-256", "px"}
"""What is the same in all languages."""
SAME = {"nav.language", "nav.tensorboard", "datasets.caption_example", "settings.webhooks"}
"""Texts without a Chinese character in Chinese: the way to English, names, an example."""
EXAMPLES = {"https://huggingface.co", "https://", "sks cat", "Mikazuki", "Alt+←", "Alt+→", "Ctrl+S"}
READ = {"title", "placeholder", "aria-label", "alt", "label", "description", "hint", "tab"}
"""Attributes whose text people read or hear."""


def flat(catalogue: dict[str, Any], above: str = "") -> dict[str, str]:
    """Return texts by their whole keys."""
    found: dict[str, str] = {}
    for key, text in catalogue.items():
        found |= flat(text, f"{above}{key}.") if isinstance(text, dict) else {above + key: text}
    return found


def texts(language: str) -> dict[str, str]:
    """Return all texts of a language, the file's name before each key."""
    found: dict[str, str] = {}
    for path in sorted((SOURCE / "i18n" / language).glob("*.json")):
        found |= flat(json.loads(path.read_text(encoding="utf-8")), f"{path.stem}.")
    return found


def sources() -> dict[str, str]:
    """Return the page's own code by file."""
    paths = [path for ending in ("ts", "vue") for path in SOURCE.rglob(f"*.{ending}") if path.name != "schema.ts"]
    return {path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8") for path in sorted(paths)}


def asked_for() -> tuple[set[str], set[str]]:
    """Return the keys that the code names, and patterns of those that it puts together."""
    places = "|".join(path.stem for path in (SOURCE / "i18n" / "en").glob("*.json"))
    whole, built = set(), set()
    for code in sources().values():
        whole |= set(re.findall(rf"'((?:{places})\.[\w.]+)'", code))
        for template in re.findall(rf"`((?:{places})\.[^`\s]*\$\{{[^`]*)`", code):
            built.add(re.sub(r"\\\$\\\{.*?\\\}", r"[\\w-]+", re.escape(template)))
    return whole, built


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_both_languages_say_the_same_things() -> None:
    english, chinese = map(texts, LANGUAGES)
    assert set(english) == set(chinese)
    assert {key for key in english if placeholders(english[key]) != placeholders(chinese[key])} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    assert [key for key, text in texts(language).items() if not text.strip()] == []


def test_chinese_texts_are_chinese() -> None:
    words = {key: re.sub(r"\{\w+\}", "", text) for key, text in texts("zh-CN").items()}
    latin = {
        key for key, text in words.items() if re.search(r"[a-z]{3}", text) and not re.search(r"[\u4e00-\u9fff]", text)
    }
    assert latin == SAME


def test_every_key_that_is_asked_for_exists() -> None:
    known = set(texts("en"))
    whole, built = asked_for()
    assert whole <= known, sorted(whole - known)
    assert [pattern for pattern in built if not any(re.fullmatch(pattern, key) for key in known)] == []


def test_every_text_is_asked_for() -> None:
    whole, built = asked_for()
    unused = [key for key in texts("en") if key not in whole and not any(re.fullmatch(one, key) for one in built)]
    assert unused == []


class Words(HTMLParser):
    """Collects what a template says in words of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        self.found += [value for name, value in attrs if name in READ and value and value not in EXAMPLES]

    def handle_data(self, data: str) -> None:
        word = data.strip(" \n·/:\u00d7+()")
        if word not in NAMES and re.search(r"[A-Za-z\u4e00-\u9fff]{2}", word):
            self.found.append(word)


@pytest.mark.parametrize("name", [name for name in sources() if name.endswith(".vue")])
def test_no_template_has_words_of_its_own(name: str) -> None:
    template = re.search(r"<template>\n(.*)</template>", sources()[name], re.DOTALL)
    assert template, "every component has a template"
    words = Words()
    words.feed(re.sub(r"\{\{.*?\}\}", "", template[1], flags=re.DOTALL))
    assert words.found == []


def reasons_of_jobs() -> set[str]:
    """Return the fixed sentences with which jobs say why they wait or ended; that one is done its state says."""
    found = set()
    for path in (ROOT / "mikazuki" / "jobs").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "reason" and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
            if path.name == "slots.py" and isinstance(node, ast.Return) and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
    return {sentence for sentence in found if isinstance(sentence, str) and sentence not in {"", "done"}}


def test_the_page_has_words_for_every_reason_of_a_job() -> None:
    code = sources()["pages/jobs/wordings.ts"]
    table = dict(re.findall(r"^  '([^']+)': '(\w+)',$", code, re.MULTILINE))
    assert set(table) == reasons_of_jobs()
    assert {f"jobs.reason.{key}" for key in table.values()} == {
        key for key in texts("en") if key.startswith("jobs.reason.")
    }
