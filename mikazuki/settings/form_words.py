"""What the form says of options, sections, methods and families, in both languages."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from mikazuki.settings.docs import CHINESE, ENGLISH, option_text
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.launch import LaunchSettings
from mikazuki.settings.upstream.texts import catalogue

LAUNCHERS: Final = tuple(name for name in LaunchSettings.model_fields if name not in TrainSettings.model_fields)
"""Options that only the launcher of upstream's scripts has."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    en: str
    zh: str


@cache
def _catalogue(language: str) -> dict[str, dict[str, str]]:
    source = files("mikazuki.settings").joinpath("form_texts", f"{language}.json")
    texts: dict[str, dict[str, str]] = json.loads(source.read_text(encoding="utf-8"))
    return texts


def words(group: str, name: str) -> Words:
    """Return a title: `group` is sections, methods, families or launch; raises KeyError where one is missing."""
    return Words(_catalogue(ENGLISH)[group][name], _catalogue(CHINESE)[group][name])


def named(group: str) -> dict[str, Words]:
    """Return all titles of a group by name, in their order."""
    return {name: words(group, name) for name in _catalogue(ENGLISH)[group]}


def option_words(name: str) -> Words:
    """Return what an option does; raises KeyError for one that nobody has."""
    if name in TrainSettings.model_fields:
        return Words(option_text(TrainSettings, name, ENGLISH), option_text(TrainSettings, name, CHINESE))
    if name in LAUNCHERS:
        return words("launch", name)
    return Words(catalogue(ENGLISH)[name], catalogue(CHINESE)[name])
