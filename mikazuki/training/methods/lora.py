"""The method lora: a LoRA beside UNet and text encoders, saved as sd-scripts' networks.lora saves it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from mikazuki.models.adapters import load_adapter, save_adapter
from mikazuki.models.families import Family
from mikazuki.models.lora_spec import lora_spec
from mikazuki.settings.train import TrainSettings
from mikazuki.training.networks.lora import build_network


class LoraMethod:
    """A LoRA in training. Its weights are fp32, whatever the base model computes in."""

    def __init__(
        self, unet: nn.Module, text_encoders: Sequence[nn.Module], family: Family, settings: TrainSettings
    ) -> None:
        """Attach a new LoRA, or the one that network_weights names, to what the settings train."""
        self._settings = settings
        spec = lora_spec(settings.network_dim, settings.network_alpha, settings.network_dropout, settings.network_args)
        self._network = build_network(
            unet if settings.rate_of_unet else None,
            text_encoders if settings.rate_of_text_encoder else [],
            family,
            spec,
        )
        if settings.network_weights:
            self._network.load_weights(load_adapter(Path(settings.network_weights)))
        self.trains_text = bool(self._network.text_names)

    def groups(self) -> list[dict[str, Any]]:
        """Return the optimizer's groups with their own rates."""
        settings = self._settings
        groups = self._network.parameter_groups(
            settings.learning_rate, unet_lr=settings.unet_lr, text_encoder_lr=settings.text_encoder_lr
        )
        return [{**group, "base_lr": group["lr"]} for group in groups]

    def counts(self) -> tuple[int, int]:
        """Return how many modules and how many parameters are trained."""
        return len(self._network.lora_modules), self._network.parameter_count()

    def weights(self) -> Mapping[str, Tensor]:
        """Return the network's tensors in fp32 under the names of the file."""
        return {name: tensor.detach().cpu() for name, tensor in self._network.state_dict().items()}

    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Set the network's tensors."""
        self._network.load_weights(weights)

    def save(self, path: Path, metadata: dict[str, str]) -> None:
        """Write the adapter file."""
        save_adapter(path, self.weights(), metadata, self._settings.save_precision)

    @contextmanager
    def evaluating(self) -> Iterator[None]:
        """Switch dropout off for a while."""
        self._network.eval()
        try:
            yield
        finally:
            self._network.train()

    @contextmanager
    def switched_off(self) -> Iterator[None]:
        """Let the base model be as it was for a while."""
        self._network.multiplier = 0.0
        try:
            yield
        finally:
            self._network.multiplier = 1.0
