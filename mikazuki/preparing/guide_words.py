"""The reasons that the guided mode and the measuring of memory give, in both languages."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files as resources
from typing import Any

from mikazuki.settings.docs import CHINESE, ENGLISH
from mikazuki.settings.form_words import Words


@cache
def catalogue(language: str) -> dict[str, dict[str, str]]:
    """Return the texts of a language: group -> name -> text."""
    source = resources("mikazuki.preparing").joinpath("guide_texts", f"{language}.json")
    texts: dict[str, dict[str, str]] = json.loads(source.read_text(encoding="utf-8"))
    return texts


def reason(group: str, name: str, told: Mapping[str, Any]) -> Words:
    """Return a text with what it mentions filled in."""
    return Words(*(catalogue(language)[group][name].format(**told) for language in (ENGLISH, CHINESE)))
