"""The table of the tagger's options for its pages in English and Chinese, made from the settings' definition."""

from typing import Any, Final

from pydantic_core import PydanticUndefined

from mikazuki.settings.base import sections
from mikazuki.settings.docs import CHINESE, ENGLISH, read_texts, section_text
from mikazuki.settings.load import toml_value
from mikazuki.settings.tagging import TagSettings

ENGLISH_WORDS: Final = {
    "option": "option",
    "default": "default",
    "does": "what it does",
    "not_set": "not set",
    "required": "required",
}


def catalogue() -> dict[str, dict[str, str]]:
    """Return the Chinese texts: words of the page, titles of sections, sentences of options."""
    return read_texts(f"tagging.{CHINESE}")


def option_text(name: str, language: str) -> str:
    """Return what an option does; raises KeyError where the catalogue lacks it."""
    english = TagSettings.model_fields[name].description or ""
    return english if language == ENGLISH else catalogue()["options"][name]


def options_markdown(language: str) -> str:
    """Return the table of every option but `version`, section by section."""
    words = ENGLISH_WORDS if language == ENGLISH else catalogue()["page"]
    lines: list[str] = []
    for section, fields in sections(TagSettings).items():
        if section == "tag":
            continue
        title = section_text(TagSettings, section, ENGLISH)
        lines += [f"### {title if language == ENGLISH else catalogue()['sections'][section]}", ""]
        lines += [f"| {words['option']} | {words['default']} | {words['does']} |", "|---|---|---|"]
        for name, field in fields.items():
            lines.append(f"| `{name}` | {_default(field.default, words)} | {option_text(name, language)} |")
        lines.append("")
    return "\n".join(lines)


def refreshed(page: str, language: str) -> str:
    """Return a page with its table made anew; the table is the page's end and begins with its first `###`."""
    return page[: page.index("### ")] + options_markdown(language)


def _default(value: Any, words: dict[str, str]) -> str:
    if value is PydanticUndefined:
        return words["required"]
    return words["not_set"] if value is None else f"`{toml_value(value)}`"
