"""Captions to tags and back, line by line."""

import pytest

from mikazuki.data.workbench.tags import guessed_separator, join_tags, on_each_line, split_tags, without_phrases


@pytest.mark.parametrize(
    ("caption", "separator", "tags"),
    [
        ("a, b ,, c", ",", ("a", "b", "c")),
        ("a, b\nc", ",", ("a", "b", "c")),
        ("a b", " ", ("a", "b")),
        ("a, b", "", ("a, b",)),
        ("  ", ",", ()),
        ("\uff43\u3001b", "\u3001", ("\uff43", "b")),
    ],
)
def test_tags_are_split(caption: str, separator: str, tags: tuple[str, ...]) -> None:
    assert split_tags(caption, separator) == tags


def test_tags_are_joined_with_a_blank_behind_a_visible_separator() -> None:
    assert [join_tags(("a", "b"), one) for one in (",", " ", "|", "")] == ["a, b", "a b", "a| b", "a b"]


def test_lines_whose_tags_stay_are_not_touched() -> None:
    caption = "a ,b\n\nc, x"
    assert on_each_line(caption, ",", lambda tags: [tag for tag in tags if tag != "x"]) == "a ,b\n\nc"
    assert on_each_line("", ",", lambda tags: [*tags, "x"]) == "x"


def test_phrases_leave_a_sentence_only_as_whole_words() -> None:
    assert without_phrases("A cat, a catalogue and the Cat.", ["cat"]) == "A, a catalogue and the."
    assert without_phrases("two  blanks", ["cat"]) == "two  blanks"


def test_separators_are_guessed() -> None:
    assert guessed_separator(["a, b", "c"]) == ","
    assert guessed_separator(["a photo of a cat on a chair", "two dogs run over a green field", "tree"]) == ""
