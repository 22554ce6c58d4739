"""The studio's page in docs/ names every route, flag and preference, in both languages."""

import argparse
import re
from pathlib import Path

import pytest

from mikazuki.cli import gui
from mikazuki.web.answers.studio import Preferences
from mikazuki.web.app import create_app

DOCS = Path(__file__).parents[2] / "docs"
PAGES = (DOCS / "studio.md", DOCS / "zh-CN" / "studio.md")


def named_routes(text: str) -> set[tuple[str, str]]:
    found = set()
    for methods, path in re.findall(r"`((?:GET|POST|PUT|DELETE)[ A-Z]*) (/api/[^`?]+)`", text):
        found |= {(method, path) for method in methods.split()}
    return found


@pytest.mark.parametrize("page", PAGES, ids=["en", "zh-CN"])
def test_every_route_is_in_the_docs(page: Path) -> None:
    paths = create_app().openapi()["paths"]
    there = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert named_routes(page.read_text(encoding="utf-8")) == there


@pytest.mark.parametrize("page", PAGES, ids=["en", "zh-CN"])
def test_every_flag_and_preference_is_in_the_docs(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    parser = argparse.ArgumentParser(add_help=False)
    gui.add_arguments(parser)
    assert [flag for action in parser._actions for flag in action.option_strings if f"`{flag}" not in text] == []
    assert [name for name in Preferences.model_fields if f"| `{name}` |" not in text] == []
