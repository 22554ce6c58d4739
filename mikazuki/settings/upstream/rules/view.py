"""What the rules look at: a script and the value that each of its options has, given or by default."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.scripts import Script

Rule = tuple[object, str]
"""Whether it is broken, and what to say then."""


class View:
    """Options as attributes: the given value, else the parser's default, else None where the script lacks one."""

    def __init__(self, script: Script, values: Mapping[str, Any]) -> None:
        """Look at `values`, which hold only what was given and is right by itself."""
        self.script = script
        self._values = {name: option.default for name, option in options_of(script.name).items()} | dict(values)

    def __getattr__(self, name: str) -> Any:
        """Return the value of the option of that name."""
        return self._values.get(name)

    def has(self, name: str) -> bool:
        """Tell whether the script has an option."""
        return name in self._values


Rules = Callable[[View], Iterable[Rule]]
"""A group of rules."""
