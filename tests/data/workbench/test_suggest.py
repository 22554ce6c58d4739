"""Which tags are suggested, in which order and spelling."""

from mikazuki.data.workbench.suggest import suggested
from mikazuki.data.workbench.tag_lists import TagList
from mikazuki.data.workbench.transforms import folded

TAGS = (("long_hair", 900), ("hair_ornament", 500), ("chair", 300), ("^_^", 3))
LIST = TagList(TAGS, tuple(folded(tag) for tag, _ in TAGS))
OWN = {"red hair": 2, "hairband": 7, "long hair": 1, "Long hair": 5}


def named(typed: str, own: dict[str, int], listed: TagList = LIST, limit: int = 10) -> list[str]:
    return [one.tag for one in suggested(typed, own, listed, limit)]


def test_beginnings_come_first_then_words_then_what_holds_it() -> None:
    assert named("hair", OWN) == ["hairband", "hair ornament", "Long hair", "red hair", "chair"]
    assert named("HAIR", OWN, limit=2) == ["hairband", "hair ornament"]


def test_counts_of_both_sides_are_told() -> None:
    (found,) = suggested("long_h", OWN, LIST, 5)
    assert (found.tag, found.own, found.listed) == ("Long hair", 5, 900)


def test_the_list_is_spelt_as_the_set_is() -> None:
    assert named("hair o", {"red_dress": 3}) == ["hair_ornament"]
    assert named("^_", {}) == ["^_^"]


def test_without_a_letter_the_most_frequent_are_suggested() -> None:
    assert named(" ", OWN, limit=2) == ["hairband", "Long hair"]
