"""Parses and checks the settings of one of sd-scripts' entry scripts, everything that is wrong at once.

Upstream takes an unknown key of a TOML file silently, and a value of the wrong type until it is used.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.settings.load import toml_value
from mikazuki.settings.upstream.forms import means_default, take
from mikazuki.settings.upstream.options import COMMAND_LINE, options_of
from mikazuki.settings.upstream.rules import problems
from mikazuki.settings.upstream.rules.view import View
from mikazuki.settings.upstream.scripts import SCRIPTS, script_named

NO_CHUNKS: Final = 75
"""A `max_token_length` that upstream has no name for: it is what leaving the option out means."""


@dataclass(frozen=True)
class UpstreamSettings:
    """Checked settings of one script: what was given, each value of exactly the type that upstream needs."""

    script: str
    """File name without `.py`."""
    values: dict[str, Any]
    """Option -> value, in the order of the script's parser, without those that mean the default."""

    def value(self, name: str) -> Any:
        """Return an option's value, given or by default; raises KeyError where the script has no such option."""
        return self.values[name] if name in self.values else options_of(self.script)[name].default

    def toml(self) -> str:
        """Return the text of a file for ``--config_file``."""
        return "".join(f"{name} = {toml_value(value)}\n" for name, value in self.values.items())

    def flags(self) -> list[str]:
        """Return the same as words of a command line, which is all that scripts that only draw take."""
        words: list[str] = []
        for name, value in self.values.items():
            option = options_of(self.script)[name]
            if option.is_switch:
                words += [option.flag] if value else []
            elif option.is_list:
                words += [option.flag, *map(str, value)]
            else:
                # a value that begins with a hyphen would be taken for a flag
                words.append(f"{option.flag}={value}")
        return words


def parse_upstream(script: str, values: Mapping[str, Any], source: str) -> UpstreamSettings:
    """Check the values of a script's options by themselves and together.

    Args:
        script: One of `scripts.SCRIPTS`, with or without ``.py``.
        values: Option -> value as a TOML file or a form has it; None and empty text mean the default.
        source: Where they are from, for messages.

    Raises:
        MikazukiError: ``no-script``; ``settings-wrong`` with one problem a line.
    """
    known = script_named(script)
    options = options_of(known.name)
    taken: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, value in values.items():
        if name not in options or name in COMMAND_LINE:
            faults[name] = _not_here(known.name, name)
        elif not means_default(options[name], value):
            try:
                taken[name] = take(options[name], value)
            except ValueError as error:
                faults[name] = f"{name} = {value!r} {_said(error, value)}"
    if taken.get("max_token_length") == NO_CHUNKS:
        del taken["max_token_length"]
    together = [text for text in problems(View(known, taken)) if not set(re.findall(r"\w+", text)) & faults.keys()]
    required = [f"{name} is missing." for name, option in options.items() if option.required and not values.get(name)]
    found = list(dict.fromkeys([*faults.values(), *required, *together]))
    if found:
        count = "1 setting is wrong" if len(found) == 1 else f"{len(found)} settings are wrong"
        raise MikazukiError(
            "settings-wrong",
            "\n".join([f"{source}: {count} for {known.name}:", *(f"- {text}" for text in found)]),
            f"The options and what they take: python -m mikazuki upstream --show {known.name}.",
        )
    return UpstreamSettings(known.name, {name: taken[name] for name in options if name in taken})


def _said(error: ValueError, value: Any) -> str:
    """Return an error's text without the value that it may begin with, since that was just named."""
    return str(error).removeprefix(f"{value!r}").removeprefix(":").strip()


def _not_here(script: str, name: str) -> str:
    """Say that a script has no such option: where it belongs instead, else the nearest right name."""
    if name in COMMAND_LINE:
        return f"{name} belongs on the command line, not into a settings file"
    plain = name.strip().lstrip("-").lower().replace("-", "_")
    near = get_close_matches(plain, options_of(script), n=1, cutoff=0.7)
    having = [other for other in SCRIPTS if plain in options_of(other)]
    if having and not near:
        shown = ", ".join(having[:3]) + (" and others" if len(having) > 3 else "")
        return f"{name} is an option of {shown}, not of {script}"
    if having:
        return f"{name} is not an option of {script}, but of {having[0]}; did you mean {near[0]}?"
    return f"{name} is not an option of {script}" + (f"; did you mean {near[0]}?" if near else "")
