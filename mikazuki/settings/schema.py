"""What an option takes, read off its JSON Schema: kind, bounds and choices, for messages and reference tables."""

from functools import cache
from typing import Any

from mikazuki.settings.base import Settings


@cache
def _properties(settings_class: type[Settings]) -> dict[str, dict[str, Any]]:
    properties: dict[str, dict[str, Any]] = settings_class.model_json_schema()["properties"]
    return properties


def option_schema(settings_class: type[Settings], name: str) -> dict[str, Any]:
    """Return an option's schema without its "or nothing" branch, its bounds at the top.

    Where several kinds remain (whole number or number), the last, widest one stands for all.
    """
    schema = _properties(settings_class)[name]
    branches = [branch for branch in schema.get("anyOf", []) if branch.get("type") != "null"]
    return {**schema, **branches[-1]} if branches else schema


def is_text(schema: dict[str, Any]) -> bool:
    """Say whether an option takes text, free or chosen."""
    return schema.get("type") == "string"


def bounds_in_words(schema: dict[str, Any]) -> str:
    """Say what bounds a number has, such as `at least 0 and below 1`."""
    words = {
        "minimum": "at least",
        "exclusiveMinimum": "above",
        "maximum": "at most",
        "exclusiveMaximum": "below",
        "multipleOf": "a multiple of",
    }
    return " and ".join(f"{text} {schema[key]}" for key, text in words.items() if key in schema)


def bounds_in_symbols(schema: dict[str, Any]) -> str:
    """Say the same in symbols, which need no translation, such as `>= 0, < 1`."""
    symbols = {"minimum": ">=", "exclusiveMinimum": ">", "maximum": "<=", "exclusiveMaximum": "<", "multipleOf": "n x"}
    return ", ".join(f"{symbol} {schema[key]}" for key, symbol in symbols.items() if key in schema)
