"""The reference table of options in English and Chinese, made from the settings' definition and the catalogues."""

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from mikazuki.settings.base import Settings, choices, sections
from mikazuki.settings.load import DEEPSPEED, REFUSED, toml_value
from mikazuki.settings.schema import bounds_in_symbols, option_schema

ENGLISH: Final = "en"
CHINESE: Final = "zh-CN"
LANGUAGES: Final = (ENGLISH, CHINESE)
COLUMNS: Final = ("option", "takes", "default", "does")


@cache
def read_texts(name: str) -> dict[str, dict[str, str]]:
    """Return a catalogue by its name, such as ``zh-CN`` or ``tagging.zh-CN``: group -> name -> text."""
    source = files("mikazuki.settings").joinpath("texts", f"{name}.json")
    texts: dict[str, dict[str, str]] = json.loads(source.read_text(encoding="utf-8"))
    return texts


def option_text(settings_class: type[Settings], name: str, language: str) -> str:
    """Return what an option does, in one sentence or two of that language.

    Raises:
        KeyError: The catalogue lacks the option.
    """
    if language == ENGLISH:
        return settings_class.model_fields[name].description or ""
    return read_texts(language)["options"][name]


def section_text(settings_class: type[Settings], section: str, language: str) -> str:
    """Return a section's title in that language; raises KeyError where the catalogue lacks it."""
    if language != ENGLISH:
        return read_texts(language)["sections"][section]
    part = next(base for base in settings_class.__mro__ if base.__name__.lower() in {section, f"{section}settings"})
    return (part.__doc__ or "").strip().split("\n")[0].rstrip(".")


def markdown(settings_class: type[Settings], language: str) -> str:
    """Return the whole reference page in that language."""
    texts = read_texts(language)["page"]
    lines = [f"# {texts['title']}", "", texts["intro"], ""]
    for section, fields in sections(settings_class).items():
        lines += [f"## {section_text(settings_class, section, language)} `[{section}]`", ""]
        lines += [_row(tuple(texts[key] for key in COLUMNS)), _row(("---",) * len(COLUMNS))]
        for name, field in fields.items():
            what = option_text(settings_class, name, language)
            lines.append(_row((f"`{name}`", _takes(settings_class, name, texts), _default(field, texts), what)))
        lines.append("")
    lines += [f"## {texts['command_line']}", "", texts["command_line_text"], "", f"## {texts['refused']}", ""]
    lines += [f"{', '.join(f'`{name}`' for name in REFUSED)}: {texts.get('refused_reason', DEEPSPEED)}", ""]
    return "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _takes(settings_class: type[Settings], name: str, texts: dict[str, str]) -> str:
    permitted = choices(settings_class.model_fields[name])
    if permitted:
        return ", ".join(f"`{value}`" for value in permitted)
    schema = option_schema(settings_class, name)
    kind = texts["size" if "prefixItems" in schema else schema["type"]]
    bounds = bounds_in_symbols(schema)
    return f"{kind}, {bounds}" if bounds else kind


def _default(field: FieldInfo, texts: dict[str, str]) -> str:
    value: Any = field.default
    if value is PydanticUndefined:
        return texts["required"]
    return texts["not_set"] if value is None else f"`{toml_value(value)}`"
