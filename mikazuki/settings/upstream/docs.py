"""The reference table of one of sd-scripts' scripts: every option, what it takes, its default and what it does."""

from typing import Final

from mikazuki.settings.load import toml_value
from mikazuki.settings.schema import bounds_in_symbols
from mikazuki.settings.upstream.bounds import bounds_of
from mikazuki.settings.upstream.options import COMMAND_LINE, Option, options_of
from mikazuki.settings.upstream.scripts import Script
from mikazuki.settings.upstream.texts import page_words, upstream_text

COLUMNS: Final = ("option", "takes", "default", "does")


def reference(script: Script, language: str) -> str:
    """Return a Markdown table of the options that a settings file for this script may hold."""
    words = page_words(language)
    lines = [
        f"# {script.name}",
        "",
        f"{words['makes']}: {', '.join(script.methods)}; {words['families']}: {', '.join(script.families)}",
        "",
        _row(*(words[column] for column in COLUMNS)),
        _row(*["---"] * len(COLUMNS)),
    ]
    for name, option in options_of(script.name).items():
        if name not in COMMAND_LINE:
            takes, default = _takes(option, language), _default(option, language)
            lines.append(_row(f"`{name}`", takes, default, upstream_text(name, language)))
    return "\n".join([*lines, ""])


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _takes(option: Option, language: str) -> str:
    words = page_words(language)
    if option.is_switch:
        return words["switch"]
    if option.choices:
        return ", ".join(f"`{choice}`" for choice in option.choices)
    kind = words[option.type if option.is_number else "text"]
    bounds = bounds_in_symbols(bounds_of(option.name)) if option.is_number else ""
    return ", ".join(part for part in (words["list"] if option.is_list else "", kind, bounds) if part)


def _default(option: Option, language: str) -> str:
    return page_words(language)["not_set"] if option.default in (None, []) else f"`{toml_value(option.default)}`"
