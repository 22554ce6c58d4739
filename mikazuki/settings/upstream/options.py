"""The options of sd-scripts' entry scripts, from data files that are made from its own parsers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

COMMAND_LINE: Final = frozenset({"config_file", "output_config"})
"""Options that belong to upstream's command line: a settings file cannot hold them."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of one script, as its parser declares it."""

    name: str
    kind: str = "store"
    """`store` takes a value, `store_true` is a switch."""
    type: str = "str"
    """Name of what turns text into the value: str, int, float, Path, int_or_float (steps or a share)."""
    nargs: str | int | None = None
    """None: one value; `*`: any number; a number: that many."""
    default: Any = None
    choices: tuple[Any, ...] = ()
    required: bool = False
    flags: tuple[str, ...] = ()

    @property
    def flag(self) -> str:
        """Its long form on a command line."""
        return self.flags[-1] if self.flags else f"--{self.name}"

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off."""
        return self.kind == "store_true"

    @property
    def is_list(self) -> bool:
        """Whether it takes several values."""
        return self.nargs is not None

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers."""
        return self.type in {"int", "float", "int_or_float"}


def option_of(name: str, declared: Mapping[str, Any]) -> Option:
    """Build an option from one entry of a data file."""
    parts = dict(declared)
    for key in ("choices", "flags"):
        parts[key] = tuple(parts.get(key, ()))
    if parts.get("kind") == "store_true":
        parts["default"] = False
    return Option(name, **parts)


@cache
def options_of(script: str) -> Mapping[str, Option]:
    """Return the options of a script by name, in the order of its parser; raises KeyError for an unknown script."""
    source = files("mikazuki.settings.upstream").joinpath("data", f"{script}.json")
    if not source.is_file():
        raise KeyError(script)
    declared = json.loads(source.read_text(encoding="utf-8"))
    return MappingProxyType({name: option_of(name, parts) for name, parts in declared.items()})


def encode(declared: Mapping[str, Mapping[str, Any]]) -> str:
    """Write a script's options as a data file: one option a line, in the order given."""
    lines = [f'"{name}": {json.dumps(parts, ensure_ascii=False)}' for name, parts in declared.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"
