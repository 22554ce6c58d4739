"""What an option of sd-scripts does, in a sentence of our own, in English and Chinese."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from mikazuki.settings.docs import ENGLISH, option_text
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.launch import LaunchSettings


@cache
def _texts(language: str) -> Mapping[str, Mapping[str, str]]:
    source = files("mikazuki.settings.upstream").joinpath("texts", f"{language}.json")
    texts: dict[str, dict[str, str]] = json.loads(source.read_text(encoding="utf-8"))
    return texts


def catalogue(language: str) -> Mapping[str, str]:
    """Return option -> sentence for the options that our own settings lack; `language` is `en` or `zh-CN`."""
    return _texts(language)["options"]


def page_words(language: str) -> Mapping[str, str]:
    """Return the words of the reference table."""
    return _texts(language)["page"]


def launch_text(name: str, language: str) -> str:
    """Return what one of the launcher's keys does; raises KeyError where there is no such key, or no text."""
    if name in TrainSettings.model_fields:
        return option_text(TrainSettings, name, language)
    if language == ENGLISH:
        return LaunchSettings.model_fields[name].description or ""
    return _texts(language)["launch"][name]


def upstream_text(name: str, language: str) -> str:
    """Return what an option does, our own settings' text where they have it.

    Raises:
        KeyError: There is no such option.
    """
    if name in TrainSettings.model_fields:
        return option_text(TrainSettings, name, language)
    return catalogue(language)[name]
