"""What a training makes, one module a method; the contract they share."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from torch import Tensor, nn

from mikazuki.training.networks.contract import NormReport


class Method(Protocol):
    """What is trained, how it is saved, and how it is switched off to see the base model."""

    trains_text: bool
    """Whether text encoders learn, so that captions must be encoded at every step."""

    def groups(self) -> list[dict[str, Any]]:
        """Return the optimizer's parameter groups: ``params``, ``lr``, ``base_lr`` and ``name``."""

    def parameters(self) -> list[nn.Parameter]:
        """Return everything trained, in an order that does not change."""

    def limit_norms(self) -> NormReport | None:
        """Keep the norms within scale_weight_norms, as is due after every step; None where that is not set."""

    def counts(self) -> tuple[int, int]:
        """Return how many modules and how many parameters are trained."""

    def weights(self) -> Mapping[str, Tensor]:
        """Return everything trained, as it is, for a state."""

    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Set everything trained from a state."""

    def save(self, path: Path, metadata: dict[str, str]) -> None:
        """Write the file that other software loads."""

    def evaluating(self) -> AbstractContextManager[None]:
        """Return a context without dropout, for drawing."""

    def at_strength(self, strength: float) -> AbstractContextManager[None]:
        """Return a context in which what is trained acts times ``strength``."""

    def switched_off(self) -> AbstractContextManager[None]:
        """Return a context in which the base model is as it was."""
