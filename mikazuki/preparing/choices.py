"""What can be trained here: methods, families, the engines for each pair, and the form of a pair."""

from dataclasses import dataclass
from typing import Final

from mikazuki.engines.builtin import Builtin
from mikazuki.engines.contract import Availability, Engine
from mikazuki.engines.registry import ENGINES
from mikazuki.models.network_args import ARGS
from mikazuki.settings.form import Form, form_of
from mikazuki.settings.target import AUTO, EVERY_METHOD, FAMILIES, METHODS, Target
from mikazuki.settings.upstream.scripts import FAMILIES as UPSTREAM_FAMILIES
from mikazuki.settings.upstream.scripts import TABLE, VARIETIES

NO_VARIETY: Final = frozenset({("controlnet", "chroma")})
"""Pairs that upstream's script for the family refuses for one of its varieties."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A method on a family: engines that know it, those of them that can be used now, and why none can."""

    method: str
    family: str
    engines: tuple[str, ...]
    ready: tuple[str, ...]
    reason: str


def choices() -> list[Choice]:
    """Return every pair of method and family that some engine knows, in the order of the catalogues."""
    found = {engine.name: engine.available() for engine in ENGINES}
    families = (AUTO, *UPSTREAM_FAMILIES, *VARIETIES)
    pairs = [(method, family) for method in EVERY_METHOD for family in families]
    return [choice for pair in pairs if (choice := _choice(*pair, found)).engines]


def _choice(method: str, family: str, found: dict[str, Availability]) -> Choice:
    engines = tuple(engine.name for engine in ENGINES if knows(engine, method, family))
    ready = tuple(name for name in engines if found[name].ok)
    reasons = [f"{name}: {found[name].reason} - {found[name].remedy}" for name in engines if name not in ready]
    return Choice(method, family, engines, ready, "" if ready else "; ".join(reasons))


def knows(engine: Engine, method: str, family: str) -> bool:
    """Tell whether an engine trains a method on a family; ``auto`` stands for the families that settings can say."""
    if family == AUTO:
        return method in METHODS and method in engine.methods
    plain = VARIETIES.get(family, family)
    if engine.name == Builtin.name:
        return method in engine.methods and plain in engine.families
    return (method, plain) in TABLE and (method, family) not in NO_VARIETY


def form(method: str, family: str, engine: str = AUTO) -> Form:
    """Return the form of a pair, with what the network takes among its suggestions; raises as `form_of` does."""
    ours = Target(method, family, engine).ours
    if not ours:
        return form_of(method, family, engine)
    keys = dict.fromkeys(key for arguments in ARGS.values() for key in arguments)
    return form_of(method, family, engine, {"network_args": [f"{key}=" for key in keys]})


def family_shown(model_type: str) -> str:
    """Return the family to choose the form by: the one that a settings file names, or ``auto``."""
    return model_type if model_type in {*FAMILIES, *UPSTREAM_FAMILIES, *VARIETIES} else AUTO
