"""The reference pages of sd-scripts' scripts: one a script with all its options, and one that leads to them."""

from collections.abc import Iterable
from typing import Final

from mikazuki.settings.load import toml_value
from mikazuki.settings.schema import bounds_in_symbols, option_schema
from mikazuki.settings.upstream.bounds import bounds_of
from mikazuki.settings.upstream.launch import LaunchSettings
from mikazuki.settings.upstream.options import COMMAND_LINE, Option, options_of
from mikazuki.settings.upstream.scripts import FOLDER_VARIABLE, PYTHON_VARIABLE, SCRIPTS, Script
from mikazuki.settings.upstream.texts import launch_text, page_words, upstream_text

COLUMNS: Final = ("option", "takes", "default", "does")

INDEX: Final = "README.md"
"""Name of the page that leads to the others, in their folder."""


def pages(language: str) -> dict[str, str]:
    """Return every page in that language: file name -> text. Scripts that only draw have none."""
    trained = [script for script in SCRIPTS.values() if script.trains]
    return {INDEX: index(trained, language)} | {f"{script.name}.md": page(script, language) for script in trained}


def page(script: Script, language: str) -> str:
    """Return the page of one script."""
    words = page_words(language)
    says = " / ".join(f'`method = "{method}"`' for method in script.methods)
    families = " / ".join(f'`model_type = "{family}"`' for family in script.families)
    return (
        f"{reference(script, language).rstrip()}\n\n{words['use']}: {says}, {families}.\n\n"
        f"[{words['all']}]({INDEX}). {words['made']}\n"
    )


def index(scripts: Iterable[Script], language: str) -> str:
    """Return the page that leads to the scripts' pages and tells the launcher's keys."""
    words = page_words(language)
    lines = [f"# {words['title']}", "", words["intro"], "", words["made"], ""]
    lines += [_row(words["script"], "`method`", "`model_type`"), _row(*["---"] * 3)]
    lines += [
        _row(f"[{one.name}]({one.name}.md)", _listed(one.methods), _listed(one.families)) for one in scripts
    ]  # fmt: skip
    lines += ["", words["varieties"], "", f"## {words['launch']}", "", words["launch_intro"], ""]
    lines += _head(language)
    lines += [_launch_row(name, language) for name in LaunchSettings.model_fields]
    lines += ["", f"## {words['environment']}", "", _row(words["variable"], words["does"]), _row(*["---"] * 2)]
    lines += [_row(f"`{FOLDER_VARIABLE}`", words["folder_variable"])]
    lines += [_row(f"`{PYTHON_VARIABLE}`", words["python_variable"])]
    return "\n".join([*lines, ""])


def reference(script: Script, language: str) -> str:
    """Return a Markdown table of the options that a settings file for this script may hold."""
    words = page_words(language)
    lines = [
        f"# {script.name}",
        "",
        f"{words['makes']}: {', '.join(script.methods)}; {words['families']}: {', '.join(script.families)}",
        "",
        *_head(language),
    ]
    for name, option in options_of(script.name).items():
        if name not in COMMAND_LINE:
            takes, default = _takes(option, language), _default(option.default, language)
            lines.append(_row(f"`{name}`", takes, default, upstream_text(name, language)))
    return "\n".join([*lines, ""])


def _head(language: str) -> list[str]:
    words = page_words(language)
    return [_row(*(words[column] for column in COLUMNS)), _row(*["---"] * len(COLUMNS))]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _launch_row(name: str, language: str) -> str:
    words, schema = page_words(language), option_schema(LaunchSettings, name)
    kind = words["int" if schema["type"] == "integer" else "text"]
    takes = ", ".join(part for part in (kind, bounds_in_symbols(schema)) if part)
    default = _default(LaunchSettings.model_fields[name].default, language)
    return _row(f"`{name}`", takes, default, launch_text(name, language))


def _takes(option: Option, language: str) -> str:
    words = page_words(language)
    if option.is_switch:
        return words["switch"]
    if option.choices:
        return _listed(map(str, option.choices))
    kind = words[option.type if option.is_number else "text"]
    bounds = bounds_in_symbols(bounds_of(option.name)) if option.is_number else ""
    return ", ".join(part for part in (words["list"] if option.is_list else "", kind, bounds) if part)


def _default(value: object, language: str) -> str:
    return page_words(language)["not_set"] if value in (None, []) else f"`{toml_value(value)}`"
