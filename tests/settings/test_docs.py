import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from mikazuki.settings.base import sections
from mikazuki.settings.docs import LANGUAGES, markdown, option_text, section_text
from mikazuki.settings.train import TrainSettings


def catalogue() -> dict[str, dict[str, str]]:
    text = files("mikazuki.settings").joinpath("texts", "zh-CN.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


def test_the_chinese_catalogue_has_every_option_and_no_other() -> None:
    assert list(catalogue()["options"]) == [name for fields in sections(TrainSettings).values() for name in fields]
    assert list(catalogue()["sections"]) == list(sections(TrainSettings))


def test_chinese_sentences_are_chinese_and_end_as_sentences() -> None:
    for name, text in catalogue()["options"].items():
        assert re.search(r"[\u4e00-\u9fff]", text), name
        assert text.endswith("\u3002"), name


def test_code_and_names_in_a_sentence_are_the_same_in_both_languages() -> None:
    for name in TrainSettings.model_fields:
        english, chinese = (option_text(TrainSettings, name, language) for language in LANGUAGES)
        options = {
            other for other in TrainSettings.model_fields if re.search(rf"\b{other}\b", english) and "_" in other
        }
        assert [other for other in options if other not in chinese] == [], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_a_row_for_every_option(language: str) -> None:
    page = markdown(TrainSettings, language)
    rows = re.findall(r"^\| `(\w+)` \|", page, flags=re.MULTILINE)
    assert sorted(rows) == sorted(TrainSettings.model_fields)
    assert all(line.count(" | ") == 3 for line in page.splitlines() if line.startswith("| `"))


def test_titles() -> None:
    assert section_text(TrainSettings, "model", "en") == "The base model"
    assert section_text(TrainSettings, "train", "en") == "A whole training"
    assert section_text(TrainSettings, "model", "zh-CN") == catalogue()["sections"]["model"]


@pytest.mark.parametrize(("language", "page"), [("en", "docs/options.md"), ("zh-CN", "docs/zh-CN/options.md")])
def test_the_pages_in_the_repository_are_up_to_date(language: str, page: str) -> None:
    path = Path(__file__).parents[2] / page
    assert path.read_text(encoding="utf-8") == markdown(TrainSettings, language), "python -m mikazuki docs --write"
