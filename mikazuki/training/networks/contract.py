"""What every network that is trained beside a frozen base model offers to the training."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self

import torch
from torch import Tensor, nn

from mikazuki.settings.train import TrainSettings


@dataclass(frozen=True, slots=True)
class NormReport:
    """What `Network.limit_norms` did: how many modules it scaled down, and mean and largest norm after that."""

    keys_scaled: int
    mean_norm: float
    largest_norm: float


class Network(Protocol):
    """A network attached to a base model: every module acts from the moment it is built until `detach`.

    Its weights are fp32 and lie on the device of what they stand beside. What its modules draw at a step (dropout,
    ranks) comes from torch's global generator, which the loop seeds for every batch; a module holds no random state.
    """

    text_names: tuple[str, ...]
    """Names in the file of the modules beside text encoders, in the order of the file."""
    unet_names: tuple[str, ...]
    """Names in the file of the modules beside the UNet."""

    @property
    def multiplier(self) -> float:
        """How strongly the network acts: 1 as trained; 0 leaves the base model's output exactly as it was."""

    @multiplier.setter
    def multiplier(self, value: float) -> None: ...

    def parameters(self) -> Iterator[nn.Parameter]:
        """Return everything trained, as torch's modules do."""

    def state_dict(self) -> dict[str, Tensor]:
        """Return the tensors of the file under the names of the file, in training's type, on their device."""

    def training_state(self) -> dict[str, Tensor]:
        """Return what a training goes on from exactly: as `state_dict`, with what files leave out."""

    def load_weights(self, state: Mapping[str, Tensor]) -> None:
        """Take a file's tensors or a `training_state`, alphas too; raises MikazukiError ``lora-mismatch``."""

    def parameter_groups(self, settings: TrainSettings) -> list[dict[str, Any]]:
        """Return the optimizer's groups (``name``, ``params``, ``lr``): text encoders' first, none of rate 0.

        ``name`` is the tag of the rate after ``lr/``; groups may share one, then the last one's rate is shown.
        """

    def module_count(self) -> int:
        """Return the number of modules of the base model that the network stands beside."""

    def detach(self) -> None:
        """Give the base model its own ``forward`` s back."""

    def train(self, mode: bool = True) -> Self:  # noqa: FBT001, FBT002
        """Switch what draws at random (dropout, ranks) on or off, as torch's modules do."""

    def to(self, *, dtype: torch.dtype) -> Self:
        """Turn the weights into another number format, as torch's modules do."""

    def eval(self) -> Self:
        """Switch what draws at random off."""

    def limit_norms(self, maximum: float) -> NormReport | None:
        """Scale every module whose added weight's norm exceeds ``maximum`` down to it; None where that has no sense."""
