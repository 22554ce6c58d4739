"""Which method and family a settings file is for, and so whose options it takes: ours, or an upstream script's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from mikazuki.settings.base import choices
from mikazuki.settings.load import parse
from mikazuki.settings.methods import LORA, OURS_ALONE, options_beside
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.check import UpstreamSettings, parse_upstream
from mikazuki.settings.upstream.launch import LaunchSettings
from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.scripts import FAMILIES as UPSTREAM_FAMILIES
from mikazuki.settings.upstream.scripts import LEARNED, VARIETIES, Script, script_for
from mikazuki.settings.upstream.values import OURS

AUTO: Final = "auto"
UPSTREAM: Final = "sd-scripts"

FAMILIES: Final = frozenset(choices(TrainSettings.model_fields["model_type"]))
"""Families that `TrainSettings` describes; with one of `METHODS` either engine can train them."""

METHODS: Final = tuple(choices(TrainSettings.model_fields["method"]))
"""Methods that `TrainSettings` describes."""

EVERY_METHOD: Final = (*LEARNED, *OURS_ALONE)
"""Methods that one of the engines knows."""

CHROMA: Final = "chroma"
"""A variety of Flux: upstream's script for Flux trains it with its own option ``model_type``."""

LAUNCHER: Final = OURS - {"sample_grid"}
"""Options of ours that a settings file for a script may hold too."""

LAUNCH_ONLY: Final = frozenset({"version", "engine", "method", *LaunchSettings.model_fields}) - {"mixed_precision"}
"""Keys of a script's settings file that are no options of the script."""


@dataclass(frozen=True)
class Target:
    """What is trained, and on what."""

    method: str = LORA
    model_type: str = AUTO
    """Family as the file says it; ``chroma`` is Flux's."""
    engine: str = AUTO

    @property
    def family(self) -> str:
        """The family whose script trains it, or ``auto``."""
        return VARIETIES.get(self.model_type, self.model_type)

    @property
    def ours(self) -> bool:
        """Whether `TrainSettings` describes such a training.

        Upstream's scripts for whole models and words share few options with ours: who asks for them by the engine's
        name gets the script's own options and checks. What it has no script for is refused by its engine.
        """
        told = self.method in {LORA, *OURS_ALONE} or self.engine != UPSTREAM
        return told and self.method in METHODS and self.model_type in FAMILIES

    @property
    def script(self) -> Script:
        """Upstream's script for it; raises MikazukiError ``no-script``."""
        return script_for(self.method, "sd1" if self.family == AUTO else self.family)

    def unknown(self) -> dict[str, tuple[str, ...]]:
        """Return what neither engine knows: option -> every value that one of them does."""
        found: dict[str, tuple[str, ...]] = {}
        if self.method not in EVERY_METHOD:
            found["method"] = EVERY_METHOD
        if self.family not in {AUTO, *UPSTREAM_FAMILIES}:
            found["model_type"] = (AUTO, *UPSTREAM_FAMILIES, *VARIETIES)
        return found

    def names(self) -> frozenset[str]:
        """Return the options that a settings file for it may hold."""
        if self.ours:
            return frozenset(TrainSettings.model_fields) - options_beside(self.method)
        return frozenset(options_of(self.script.name)) | LAUNCHER


def target_of(values: Mapping[str, Any]) -> Target:
    """Read the target off a file's values."""
    defaults = {"method": LORA, "model_type": AUTO, "engine": AUTO}
    return Target(**{name: str(values.get(name) or default) for name, default in defaults.items()})


def script_words(target: Target, script: Script, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return of a settings file's values those that are the script's own, the family said in the script's way."""
    own = {name: value for name, value in values.items() if name not in LAUNCH_ONLY}
    if target.model_type not in VARIETIES:
        # Here it names the family; where upstream has an option of that name its default means the same.
        own.pop("model_type", None)
    if target.family == "sd2" and "v2" in options_of(script.name):
        own.setdefault("v2", True)
    return own


def parse_for_target(values: Mapping[str, Any], source: str) -> TrainSettings | UpstreamSettings:
    """Check a file's values by the definition that its method and family have.

    Raises:
        MikazukiError: ``no-script``; ``settings-wrong`` with one problem a line.
    """
    target = target_of(values)
    if target.ours:
        return parse(TrainSettings, values, source)
    return parse_upstream(target.script.name, script_words(target, target.script, values), source)
