"""What a training makes, one module a method; the contract they share."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import torch
from torch import Tensor, nn

from mikazuki.data.plan import Plan
from mikazuki.data.prompts import Prompt
from mikazuki.errors import MikazukiError
from mikazuki.models.families import Family
from mikazuki.models.identify import ModelInfo
from mikazuki.settings.train import TrainSettings
from mikazuki.training.conditions import Conditioner
from mikazuki.training.networks.contract import Network, NormReport


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


@runtime_checkable
class WritesSeveral(Protocol):
    """A method that saves more than one file at a time, or one under another name."""

    def files(self, path: Path) -> Sequence[Path]:
        """Return every file that `Method.save` writes for ``path``, the one that people look for first."""


@dataclass(frozen=True)
class Sheet:
    """Pictures to draw at the end of a training beside the usual ones: one row a prompt, one column a view.

    ``name`` follows output_name in the file's name; a view is a title and a context in which to draw every prompt.
    """

    name: str
    prompts: Sequence[Prompt]
    views: Sequence[tuple[str, Callable[[], AbstractContextManager[None]]]]


@runtime_checkable
class DrawsSheet(Protocol):
    """A method that shows what it has learned in pictures of its own."""

    def sheet(self) -> Sheet:
        """Return what to draw when the training is done."""


def files_of(method: Method, path: Path) -> Sequence[Path]:
    """Return every file that ``method`` saves for ``path``: that one, unless the method says otherwise."""
    return method.files(path) if isinstance(method, WritesSeveral) else [path]


def beside(path: Path, settings: TrainSettings, part: str, ending: str | None = None) -> Path:
    """Return the name of a file saved beside ``path``: ``part`` behind its name, and its ending unless another."""
    kept = settings.file_ending if ending is None else ending
    return path.with_name(f"{path.name.removesuffix(settings.file_ending)}-{part}{kept}")


@contextmanager
def without_dropout(network: nn.Module | Network) -> Iterator[None]:
    """Switch what is dropped by chance in training off for a while."""
    network.eval()
    try:
        yield
    finally:
        network.train()


def refuse_strengths(loaded: Loaded) -> None:
    """Raise MikazukiError ``no-strength`` where a dataset asks for a strength, which only a network beside has."""
    strengths = {dataset.network_multiplier for dataset in loaded.plan.datasets} - {1.0}
    if strengths:
        raise MikazukiError(
            "no-strength",
            f"network_multiplier {min(strengths)} of a dataset is for a network beside the model: what "
            f"{loaded.settings.method} makes acts as it is.",
            "Leave network_multiplier out of the dataset_config, or use method lora or hypernetwork.",
        )
