import re
from pathlib import Path
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.base import sections
from mikazuki.settings.load import dump_toml, load_toml, parse
from mikazuki.settings.tagging import TagSettings, replacements
from mikazuki.settings.tagging_docs import catalogue, option_text, options_markdown, refreshed


def read(**given: Any) -> TagSettings:
    return parse(TagSettings, {"train_data_dir": "x", **given}, "test")


def test_they_survive_a_file(tmp_path: Path) -> None:
    settings = read(categories=["general", "meta"], tag_replacement=r"a,b\,c", general_threshold=0.2, max_tags=5)
    (tmp_path / "a.toml").write_text(dump_toml(settings), encoding="utf-8")
    assert parse(TagSettings, load_toml(tmp_path / "a.toml"), "file") == settings


def test_thresholds() -> None:
    settings = read(thresh=0.4, character_threshold=0.0)
    found = [settings.threshold(kind) for kind in ("general", "character", "copyright")]
    assert found == [0.4, 0.0, 0.4]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"categories": "general rating"}, "rating: choose from general, character"),
        ({"tag_replacement": "a"}, "write old,new"),
        ({"tag_replacement": ",b"}, "write old,new"),
        ({"thresh": 1.5}, "out of bounds"),
        ({"use_rating_tags": True, "use_rating_tags_as_last_tag": True}, "either first or last"),
        ({"caption_extension": ".json"}, "none of .txt, .caption"),
        ({"treshold": 0.5}, "did you mean"),
    ],
)
def test_what_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(MikazukiError, match=re.escape(said)):
        read(**given)


def test_replacements() -> None:
    assert replacements(r"a,b; c\;d , e\,f ;x,") == {"a": "b", "c;d": "e,f", "x": ""}
    assert replacements(None) == {}


def test_the_chinese_catalogue_has_every_option_and_no_other() -> None:
    assert list(catalogue()["options"]) == [name for part in sections(TagSettings).values() for name in part]
    assert list(catalogue()["sections"]) == list(sections(TagSettings))
    for name, text in catalogue()["options"].items():
        assert re.search(r"[\u4e00-\u9fff]", text), name
        assert text.endswith("\u3002"), name
        assert set(re.findall(r"`[^`]+`", text)) == set(re.findall(r"`[^`]+`", option_text(name, "en"))), name


@pytest.mark.parametrize(("language", "page"), [("en", "docs/tagging.md"), ("zh-CN", "docs/zh-CN/tagging.md")])
def test_the_pages_have_the_table_of_options(language: str, page: str) -> None:
    text = (Path(__file__).parents[2] / page).read_text(encoding="utf-8")
    assert text.endswith(options_markdown(language))
    assert refreshed(text, language) == text
