"""Which method and family a settings file is for, and so whose options it takes: ours, or an upstream script's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from mikazuki.settings.load import parse
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.check import UpstreamSettings, parse_upstream
from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.scripts import Script, script_for
from mikazuki.settings.upstream.values import OURS as LAUNCHER

FAMILIES: Final = frozenset({"auto", "sd1", "sd2", "sdxl"})
"""Families that `TrainSettings` describes; with its method lora either engine can train them."""

CHROMA: Final = "chroma"
"""A variety of Flux: upstream's script for Flux trains it with its own option ``model_type``."""


@dataclass(frozen=True)
class Target:
    """What is trained, and on what."""

    method: str = "lora"
    model_type: str = "auto"
    """Family as the file says it; ``chroma`` is Flux's."""

    @property
    def ours(self) -> bool:
        """Whether `TrainSettings` describes such a training."""
        return self.method == "lora" and self.model_type in FAMILIES

    @property
    def script(self) -> Script:
        """Upstream's script for it; raises MikazukiError ``no-script``."""
        family = {CHROMA: "flux", "auto": "sd1"}.get(self.model_type, self.model_type)
        return script_for(self.method, family)

    def names(self) -> frozenset[str]:
        """Return the options that a settings file for it may hold."""
        if self.ours:
            return frozenset(TrainSettings.model_fields)
        return frozenset(options_of(self.script.name)) | LAUNCHER


def target_of(values: Mapping[str, Any]) -> Target:
    """Read the target off a file's values."""
    return Target(str(values.get("method") or "lora"), str(values.get("model_type") or "auto"))


def parse_for_target(values: Mapping[str, Any], source: str) -> TrainSettings | UpstreamSettings:
    """Check a file's values by the definition that its method and family have.

    Raises:
        MikazukiError: ``no-script``; ``settings-wrong`` with one problem a line.
    """
    target = target_of(values)
    if target.ours:
        return parse(TrainSettings, values, source)
    rest = {name: value for name, value in values.items() if name not in LAUNCHER}
    if target.model_type == CHROMA:
        rest["model_type"] = CHROMA
    return parse_upstream(target.script.name, rest, source)
