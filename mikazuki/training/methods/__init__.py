"""What a training makes, one module a method; the contract they share."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from mikazuki.data.plan import Plan
from mikazuki.errors import MikazukiError
from mikazuki.models.families import Family
from mikazuki.models.identify import ModelInfo
from mikazuki.settings.train import TrainSettings
from mikazuki.training.conditions import Conditioner
from mikazuki.training.networks.contract import NormReport


@dataclass(frozen=True)
class Loaded:
    """The base model in memory, as a method finds it.

    ``encoders`` are the text encoders that stay through the training, none where every text was encoded beforehand,
    with their ``tokenizers``. What is trained is, or becomes, of type ``dtype``.
    """

    unet: Any
    encoders: Sequence[Any]
    tokenizers: Sequence[Any]
    info: ModelInfo
    family: Family
    settings: TrainSettings
    plan: Plan
    dtype: torch.dtype = torch.float32


class Method(Protocol):
    """What is trained, how it is saved, and how it is switched off to see the base model."""

    trains_text: bool
    """Whether text encoders learn, so that captions must be encoded at every step."""

    def conditioned(self, condition: Conditioner) -> Conditioner:
        """Return what encodes texts, after whatever the method does to them beforehand."""

    def begin_step(self, step: int) -> None:
        """Get ready for optimizer step ``step`` (from 0): what is trained may change on the way."""

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
        """Write the file, or where its name has no ending the folder, that other software loads."""

    def evaluating(self) -> AbstractContextManager[None]:
        """Return a context without dropout, for drawing."""

    def at_strength(self, strength: float) -> AbstractContextManager[None]:
        """Return a context in which what is trained acts times ``strength``."""

    def switched_off(self) -> AbstractContextManager[None]:
        """Return a context in which the base model is as it was."""


def refuse_strengths(loaded: Loaded) -> None:
    """Raise MikazukiError ``no-strength`` where a dataset asks for a strength, which only a network beside has."""
    strengths = {dataset.network_multiplier for dataset in loaded.plan.datasets} - {1.0}
    if strengths:
        raise MikazukiError(
            "no-strength",
            f"network_multiplier {min(strengths)} of a dataset is for method lora: what {loaded.settings.method} makes "
            "acts as it is.",
            "Leave network_multiplier out of the dataset_config, or use method lora.",
        )
