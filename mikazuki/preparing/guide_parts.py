"""What the guided mode is made of: choices with the names of their reasons, warnings, and ways to save memory."""

from dataclasses import dataclass, field
from typing import Any, Final

GB: Final = 10**9


@dataclass(frozen=True, slots=True)
class Choice:
    """A value, the name of its reason in the catalogue, and what the reason's text mentions."""

    option: str
    value: Any
    reason: str = ""
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Name of the reason's text."""
        return self.reason or self.option


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning: its code is the name of its text."""

    code: str
    told: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thrift:
    """How much memory a step takes."""

    batch: int
    checkpointing: bool = False
    frugal: bool = False
    """Whole models: weights in bf16, Adafactor, and gradients freed within the backward pass."""
