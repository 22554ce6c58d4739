"""A settings file on its way from another program's names to ours, with a note of everything that was changed."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from mikazuki.settings.target import Target

NOTHING: Final[tuple[Any, ...]] = (None, False, 0, "", "0", "0.0", "no", "none", "None", [], ())
"""How forms write that an option is not used."""


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was, and why."""

    kind: Literal["renamed", "changed", "added", "dropped"]
    name: str
    text: str


@dataclass
class Draft:
    """Values by name, and what became of the others so far."""

    origin: str
    values: dict[str, Any]
    target: Target = field(default_factory=Target)
    changes: list[Change] = field(default_factory=list)
    unused: int = 0
    """Options that said they are not used, or what is the default anyway."""
    prompts: str | None = None
    """Text of a prompt file that the old file held itself."""

    def used(self, name: str) -> bool:
        """Whether an option is there and says something."""
        return self.values.get(name) not in NOTHING

    def take(self, name: str) -> Any:
        """Take a value out; None where there is none or it says nothing."""
        used = self.used(name)
        value = self.values.pop(name, None)
        return value if used else None

    def forget(self, names: Iterable[str]) -> None:
        """Take values out that say nothing here; they are only counted."""
        for name in names:
            if name in self.values:
                del self.values[name]
                self.unused += 1

    def drop(self, name: str, why: str) -> None:
        """Take a value out and say why."""
        value = self.values.pop(name)
        shown = "its value is not shown" if name.endswith(("_key", "_token")) else f"{value!r}"
        self.changes.append(Change("dropped", name, f"{name} ({shown}): {why}"))

    def rename(self, old: str, new: str) -> None:
        """Give a value our name; where ours is there and says something, that one counts."""
        value = self.values.pop(old)
        if value in NOTHING or self.used(new):
            self.unused += 1
            return
        self.values[new] = value
        self.changes.append(Change("renamed", new, f"{old} is called {new} here"))

    def change(self, name: str, value: Any, why: str) -> None:
        """Give an option another value."""
        self.values[name] = value
        self.changes.append(Change("changed", name, f"{name} = {value!r}: {why}"))

    def add(self, name: str, value: Any, why: str) -> None:
        """Add an option that the old file said in another way or left to a default."""
        self.values[name] = value
        self.changes.append(Change("added", name, f"{name} = {value!r}: {why}"))


def as_arguments(value: Any) -> list[str]:
    """Return ``key=value`` texts from any form that programs write them in: a list, a table, or one line."""
    if value in NOTHING:
        return []
    if isinstance(value, dict):
        return [f"{key}={item}" for key, item in value.items()]
    return shlex.split(value) if isinstance(value, str) else [str(item) for item in value]
