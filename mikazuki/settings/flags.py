"""Reads options written as flags, the way sd-scripts' users write them: `--network_dim 8 --flip_aug`."""

from collections.abc import Sequence
from typing import Any

from mikazuki.settings.base import Settings
from mikazuki.settings.load import parse_set, parse_text
from mikazuki.settings.schema import option_schema


def take_flags(words: Sequence[str], settings_class: type[Settings]) -> tuple[list[str], dict[str, Any]]:
    """Split a command line into the words that are no options of these settings, and the options' values.

    `--name value` and `--name=value` set one option; a truth value may stand without `true`; an option that takes
    several values takes every word up to the next flag. `--set name=value` is the same. The last one wins.
    """
    rest: list[str] = []
    values: dict[str, Any] = {}
    left = list(words)
    while left:
        word = left.pop(0)
        if word == "--set" and left:
            key, value = parse_set(left.pop(0), settings_class)
            values[key] = value
            continue
        name, equals, attached = word.removeprefix("--").partition("=")
        if not word.startswith("--") or name not in settings_class.model_fields:
            rest.append(word)
            continue
        kind = option_schema(settings_class, name).get("type")
        given = [attached] if equals else _values(left, kind)
        del left[: 0 if equals else len(given)]
        if kind == "array" and len(given) != 1:
            values[name] = given
        else:
            values[name] = parse_text(name, given[0], settings_class) if given else True
    return rest, values


def _values(words: Sequence[str], kind: str | None) -> list[str]:
    """Return the words that belong to a flag of this kind: those before the next flag, as many as it takes."""
    own: list[str] = []
    most = len(words) if kind == "array" else 1
    for word in words[:most]:
        if word.startswith("--") or (kind == "boolean" and word.lower() not in {"true", "false"}):
            break
        own.append(word.lower() if kind == "boolean" else word)
    return own
