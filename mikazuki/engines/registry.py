"""The engines there are, and which one a training uses."""

from collections.abc import Sequence
from typing import Final

from mikazuki.engines.builtin import Builtin
from mikazuki.engines.contract import Engine
from mikazuki.engines.sd_scripts import SdScripts
from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings

ENGINES: Final[tuple[Engine, ...]] = (Builtin(), SdScripts())
"""In the order of preference, each where it lies by default."""


def engines_for(settings: TrainSettings) -> tuple[Engine, ...]:
    """Return the engines in the order of preference, each where these settings say that it lies."""
    return (Builtin(), SdScripts(settings.sd_scripts_dir, settings.sd_scripts_python))


def choose(wanted: str, method: str, family: str, engines: Sequence[Engine] = ENGINES) -> Engine:
    """Return the engine named, or for ``auto`` the first one that can.

    Raises:
        MikazukiError: ``engine-not-available``, with the reason and the remedy of every one that was asked.
    """
    reasons: list[str] = []
    for engine in engines:
        if wanted not in {"auto", engine.name}:
            continue
        problem = why_not(engine, method, family)
        if problem is None:
            return engine
        reasons.append(f"{engine.name}: {problem}")
    raise MikazukiError("engine-not-available", f"No engine can train this. {'; '.join(reasons)}.")


def why_not(engine: Engine, method: str, family: str) -> str | None:
    """Say why an engine cannot train this here, or None when it can."""
    if method not in engine.methods:
        return f"it does not train {method}"
    if family not in engine.families:
        return f"it does not train on {family}"
    found = engine.available()
    return None if found.ok else f"{found.reason} - {found.remedy}"
