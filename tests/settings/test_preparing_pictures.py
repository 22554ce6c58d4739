"""The settings of prepare: what they refuse, their way through TOML, and texts in both languages."""

import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.base import sections
from mikazuki.settings.load import dump_toml, load_toml, parse
from mikazuki.settings.preparing_pictures import PrepareSettings

DOCS = Path(__file__).parents[2] / "docs"
PLACES = {"image_dir": "in", "output_dir": "out"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"background_color": "white"}, "no colour"),
        ({"words": "sks/cat"}, "folder's name"),
        ({"words": "cat."}, "folder's name"),
        ({"crop": "boxes"}, "needs crop_boxes"),
        ({"alpha": "keep", "image_format": "jpg"}, "no transparency"),
        ({"bucket_reso_steps": 12}, "multiple of 8"),
        ({"resolution": "big"}, "no size"),
        ({"crop": "middle"}, "centre, smart, bucket, boxes, none"),
        ({"frames_every": 0}, "above 0"),
        ({"croop": "smart"}, "did you mean crop"),
    ],
)
def test_wrong_values_are_refused_in_words(options: dict[str, Any], said: str) -> None:
    with pytest.raises(MikazukiError, match=said):
        parse(PrepareSettings, {**PLACES, **options}, "test")


def test_settings_survive_their_file(tmp_path: Path) -> None:
    options = {"leave_out": ["a b.png", "c.png"], "resolution": "512,768", "words": "sks \u732b", "frames_every": 0.5}
    settings = parse(PrepareSettings, {**PLACES, **options}, "test")
    path = tmp_path / "a.toml"
    path.write_text(dump_toml(settings), encoding="utf-8")
    assert parse(PrepareSettings, load_toml(path), "file") == settings
    assert list(tomllib.loads(path.read_text(encoding="utf-8"))) == ["files", "size", "look", "group"]


def chinese() -> dict[str, dict[str, str]]:
    text = files("mikazuki.settings").joinpath("texts", "prepare.zh-CN.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


def test_every_option_has_its_sentence_in_both_languages() -> None:
    assert list(chinese()["sections"]) == list(sections(PrepareSettings))
    assert list(chinese()["options"]) == [name for fields in sections(PrepareSettings).values() for name in fields]
    for name, field in PrepareSettings.model_fields.items():
        text = chinese()["options"][name]
        assert re.search(r"[\u4e00-\u9fff]", text), name
        assert text.endswith("\u3002"), name
        assert field.description, name
        assert "\n" not in field.description, name


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_page_has_every_option_with_its_sentence(language: str) -> None:
    page = (DOCS / "prepare.md" if language == "en" else DOCS / language / "prepare.md").read_text(encoding="utf-8")
    for name, field in PrepareSettings.model_fields.items():
        text = field.description if language == "en" else chinese()["options"][name]
        assert f"| `{name}` | {text} |" in page, name
