"""The rules from tags to captions, each by a table."""

from typing import Any

import pytest

from mikazuki.tagging import rules
from mikazuki.tagging.rules import Tag
from tests.tagging.world import settings, tag

SEEN = (
    tag("general", 0.7, "rating"),
    tag("sensitive", 0.9, "rating"),
    tag("1girl", 0.98),
    tag("long_hair", 0.5),
    tag(">_<", 0.36),
    tag("smile_(a)", 0.34),
    tag("miku_(winter)_(vocaloid)", 0.6, "character"),
    tag("vocaloid", 0.8, "copyright"),
    tag("someone", 0.9, "artist"),
    tag("good quality", 0.2, "quality"),
    tag("bad quality", 0.1, "quality"),
)
CAPTIONS: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "1girl, vocaloid, miku (winter) (vocaloid), long hair, >_<"),
    ({"order": "model"}, "1girl, long hair, >_<, miku (winter) (vocaloid), vocaloid"),
    ({"thresh": 0.3}, "1girl, vocaloid, miku (winter) (vocaloid), long hair, >_<, smile (a)"),
    ({"general_threshold": 0.99}, "vocaloid, miku (winter) (vocaloid)"),
    ({"character_threshold": 0.85, "general_threshold": 0.5}, "1girl, vocaloid, long hair"),
    ({"character_threshold": 0.6, "general_threshold": 1.0}, "vocaloid, miku (winter) (vocaloid)"),
    ({"categories": ("artist",)}, "someone"),
    ({"categories": (), "use_rating_tags": True}, "sensitive"),
    ({"use_rating_tags": True, "max_tags": 1}, "sensitive, 1girl"),
    ({"use_rating_tags_as_last_tag": True, "max_tags": 2}, "1girl, vocaloid, sensitive"),
    ({"use_quality_tags": True, "categories": ("character",)}, "miku (winter) (vocaloid), good quality"),
    ({"order": "model", "max_tags": 3}, "1girl, miku (winter) (vocaloid), vocaloid"),
    ({"character_tags_first": True, "max_tags": 3}, "miku (winter) (vocaloid), 1girl, vocaloid"),
    ({"character_tag_expand": True}, "1girl, vocaloid, miku (winter), long hair, >_<"),
    ({"remove_underscore": False}, "1girl, vocaloid, miku_(winter)_(vocaloid), long_hair, >_<"),
    ({"keep_underscore": "long_hair, other"}, "1girl, vocaloid, miku (winter) (vocaloid), long_hair, >_<"),
    ({"escape_brackets": True}, r"1girl, vocaloid, miku \(winter\) \(vocaloid\), long hair, >_<"),
    ({"undesired_tags": "Long Hair, vocaloid"}, "1girl, miku (winter) (vocaloid), >_<"),
    ({"undesired_tags": r"miku \(winter\) \(vocaloid\), >_<"}, "1girl, vocaloid, long hair"),
    ({"tag_replacement": "1girl,a_woman;long hair,"}, "a_woman, vocaloid, miku (winter) (vocaloid), >_<"),
    ({"tag_replacement": r"1girl,one\, two", "categories": ("general",)}, "one, two, long hair, >_<"),
    ({"tag_replacement": "1girl,x", "undesired_tags": "x", "categories": ("general",)}, "long hair, >_<"),
    ({"tag_replacement": "1girl,vocaloid"}, "vocaloid, miku (winter) (vocaloid), long hair, >_<"),
    ({"always_first_tags": "absent, long hair, vocaloid"}, "long hair, vocaloid, 1girl, miku (winter) (vocaloid), >_<"),
    ({"additional_tags": "sks, vocaloid"}, "sks, vocaloid, 1girl, miku (winter) (vocaloid), long hair, >_<"),
    ({"add_model_name": True, "categories": ()}, "wd-x"),
)


@pytest.mark.parametrize(("given", "caption"), CAPTIONS)
def test_captions(given: dict[str, Any], caption: str) -> None:
    assert ", ".join(rules.caption_words(SEEN, settings(**given), "wd-x")) == caption


def test_a_threshold_is_reached_by_its_own_value() -> None:
    assert rules.select([tag("a", 0.35), tag("b", 0.3499)], settings(thresh=0.35)) == [tag("a", 0.35)]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("miku_(winter)_(vocaloid)", ["miku_(winter)", "vocaloid"]),
        ("miku_(vocaloid)", ["miku", "vocaloid"]),
        ("miku", ["miku"]),
        ("(o)_(o)", ["(o)", "o"]),
        ("(vocaloid)", ["(vocaloid)"]),
        ("a_(b)_c", ["a_(b)_c"]),
    ],
)
def test_expanding_characters(name: str, parts: list[str]) -> None:
    assert [part.name for part in rules.expanded(Tag(name, "character", 0.5))] == parts
    assert rules.expanded(tag(name)) == [tag(name)]


@pytest.mark.parametrize("name", [*sorted(rules.EMOTICONS), "x_x", "a_b"])
def test_emoticons_keep_their_underscores(name: str) -> None:
    assert rules.spelled(name, settings()) == name


def test_backslashes_are_escaped_once() -> None:
    assert rules.spelled(r"a\b_(c)", settings(escape_brackets=True)) == r"a\\b \(c\)"


@pytest.mark.parametrize(
    ("how", "old", "new"),
    [
        ("keep", "x, y", "x, y"),
        ("keep", "  ", "b, c"),
        ("overwrite", "x, y", "b, c"),
        ("append", "a, B", "a, B, c"),
        ("prepend", "a, B", "c, a, B"),
        ("append", "b,c", "b,c"),
        ("append", "", "b, c"),
        ("prepend", "A sentence.\nAnother.", "b, c, A sentence.\nAnother."),
    ],
)
def test_what_is_there_already(how: str, old: str, new: str) -> None:
    assert rules.merged(old, ["b", "c"], settings(on_conflict=how)) == new


@pytest.mark.parametrize("how", ["keep", "overwrite", "append", "prepend"])
def test_nothing_found_loses_no_caption(how: str) -> None:
    assert rules.merged("x, y", [], settings(on_conflict=how)) == "x, y"


def test_what_is_there_in_another_spelling_is_not_added_again() -> None:
    found = rules.merged("Long hair", ["long_hair", r"smile \(a\)", "x"], settings(on_conflict="append"))
    assert found == r"Long hair, smile \(a\), x"
    assert rules.merged("smile_(a)", [r"smile \(a\)"], settings(on_conflict="prepend")) == "smile_(a)"


def test_equal_names_stand_once_in_the_first_ones_place() -> None:
    assert rules.unique(["a_b", "c", "A b", "d", "c"]) == ["a_b", "c", "d"]
