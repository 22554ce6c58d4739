"""Every operation, on captions as people have them."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from mikazuki.data.workbench.operations import Operation
from mikazuki.data.workbench.transforms import transform_of

ADAPTER: TypeAdapter[Operation] = TypeAdapter(Operation)
FREQUENCIES = {"a": 1, "b": 5, "c": 3}


def done(caption: str, kind: str, separator: str = ",", **given: Any) -> str | None:
    operation = ADAPTER.validate_python({"kind": kind, **given})
    return transform_of(operation, separator, FREQUENCIES)(caption)


@pytest.mark.parametrize(
    ("kind", "given", "before", "after"),
    [
        ("add", {"tags": ["x", "B", "x"]}, "a, b", "a, b, x"),
        ("add", {"tags": ["x"], "where": "front"}, "a, b", "x, a, b"),
        ("add", {"tags": ["x"], "where": "at", "position": 1}, "a, b", "a, x, b"),
        ("add", {"tags": ["x"], "where": "at", "position": 99}, "a, b", "a, b, x"),
        ("add", {"tags": ["a"]}, "a ,b", "a ,b"),
        ("add", {"tags": ["x"]}, "a\nb", "a, x\nb, x"),
        ("add", {"tags": ["x", "y"]}, "", "x, y"),
        ("remove", {"tags": ["Long hair"]}, "a, long_hair, b", "a, b"),
        ("remove", {"tags": ["z"]}, "a ,b", "a ,b"),
        ("replace", {"find": "HAIR", "by": r"\1 fur"}, "long hair, b", r"long \1 fur, b"),
        ("replace", {"find": "HAIR", "by": "fur", "match_case": True}, "long hair", "long hair"),
        ("replace", {"find": "a", "by": "x", "whole_tags": True}, "A, aa", "x, aa"),
        ("replace", {"find": "a", "by": "x", "whole_tags": True, "match_case": True}, "A, a", "A, x"),
        ("replace", {"find": "a", "whole_tags": True}, "a, b", "b"),
        ("move_first", {"tags": ["c", "b", "z"]}, "a, B, c", "c, B, a"),
        ("trigger", {"word": "sks"}, "a, sks, b", "sks, a, b"),
        ("trigger", {"word": "sks"}, "a", "sks, a"),
        ("trigger", {"word": "a"}, "a ,b", "a ,b"),
        ("sort", {}, "a, c, b, z", "b, c, a, z"),
        ("sort", {"by": "alphabet", "keep_first": 1}, "z, c, B", "z, B, c"),
        ("sort", {"by": "reverse"}, "a, b, c", "c, b, a"),
        ("deduplicate", {}, "a, b, A, c_d, c d", "a, b, c_d"),
        ("trim", {}, " a  b ,, c,\n\n d ", "a b, c\nd"),
        ("underscores", {}, "long_hair, ^_^, 1_2", "long hair, ^_^, 1_2"),
        ("underscores", {"to": "underscores"}, "long hair, :d", "long_hair, :d"),
        ("case", {}, "Long Hair", "long hair"),
        ("case", {"to": "first"}, "long hair, b", "Long hair, B"),
        ("set", {"text": "new"}, "a", "new"),
        ("delete", {}, "a", None),
    ],
)
def test_tags(kind: str, given: dict[str, Any], before: str, after: str | None) -> None:
    assert done(before, kind, **given) == after


@pytest.mark.parametrize(
    ("kind", "given", "after"),
    [
        ("add", {"tags": ["in rain"]}, "a cat, sitting in rain"),
        ("add", {"tags": ["Cat"]}, "a cat, sitting"),
        ("add", {"tags": ["photo of"], "where": "front"}, "photo of a cat, sitting"),
        ("add", {"tags": ["big"], "where": "at", "position": 1}, "a big cat, sitting"),
        ("add", {"tags": ["big"], "where": "at", "position": 99}, "a cat, sitting big"),
        ("remove", {"tags": ["cat,"]}, "a sitting"),
        ("remove", {"tags": ["sitting"]}, "a cat,"),
        ("trigger", {"word": "sks"}, "sks a cat, sitting"),
        ("trigger", {"word": "A cat"}, "a cat, sitting"),
        ("case", {"to": "upper"}, "A CAT, SITTING"),
    ],
)
def test_free_text(kind: str, given: dict[str, Any], after: str) -> None:
    assert done("a cat, sitting", kind, "", **given) == after
