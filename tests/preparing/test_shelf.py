"""Settings kept by name: what names may be, and what is never overwritten."""

import os
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.preparing.shelf import Shelf, check_name


def code_of(call: object, *arguments: object) -> str:
    with pytest.raises(MikazukiError) as found:
        call(*arguments)  # type: ignore[operator]
    return found.value.code


@pytest.mark.parametrize("name", ["my cat", "\u732b\u732b v1.2", "caf\u00e9", "a-b_c (2)", "x" * 100])
def test_names_of_any_letters(name: str, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep(f" {name} ", {"seed": 1})
    assert [row.name for row in shelf.rows()] == [name]
    assert shelf.load(name).values == {"seed": 1}


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        ".",
        "..",
        ".hidden",
        "a/b",
        "a\\b",
        "../x",
        "C:x",
        "nul",
        "COM1.txt",
        "a.",
        "x" * 101,
        "a\nb",
        "a\x00b",
    ],
)
def test_names_that_are_no_file_s(name: str) -> None:
    assert code_of(check_name, name) == "name-wrong"


def test_rows_say_what_they_are_newest_first(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "saved")
    assert shelf.rows() == []
    shelf.keep("old", {"output_name": "aki"})
    shelf.keep("new", {"method": "dreambooth", "model_type": "flux"})
    os.utime(shelf.path("old"), (1, 1))
    (tmp_path / "saved" / "broken.toml").write_text("= =", encoding="utf-8")
    os.utime(tmp_path / "saved" / "broken.toml", (2, 2))
    assert [(row.name, row.method, row.family, row.output_name) for row in shelf.rows()] == [
        ("new", "dreambooth", "flux", ""),
        ("broken", "lora", "auto", ""),
        ("old", "lora", "auto", "aki"),
    ]


def test_one_is_replaced_only_where_that_was_said(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep("a", {"seed": 1})
    assert code_of(shelf.keep, "a", {"seed": 2}) == "config-exists"
    assert shelf.load("a").values == {"seed": 1}
    shelf.keep("a", {"seed": 2}, overwrite=True)
    assert shelf.load("a").values == {"seed": 2}
    assert code_of(shelf.load, "b") == "config-not-found"
