"""The method lora: a network beside UNet and text encoders, saved as sd-scripts' network of that kind saves it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import torch
from torch import Tensor, nn

from mikazuki.models.adapters import save_adapter
from mikazuki.models.families import Family
from mikazuki.settings.rates import rest_step
from mikazuki.settings.train import TrainSettings
from mikazuki.training.conditions import Conditioner
from mikazuki.training.methods import Loaded, without_dropout
from mikazuki.training.networks import NormReport, new_or_started

TEXT_GROUP: Final = "textencoder"
"""What the names of a network's groups of text encoders begin with."""


class LoraMethod:
    """A network in training. Its weights are fp32, whatever the base model computes in, but for full_fp16 and _bf16."""

    def __init__(
        self,
        unet: nn.Module,
        text_encoders: Sequence[nn.Module],
        family: Family,
        settings: TrainSettings,
        dtype: torch.dtype = torch.float32,
        *,
        rests_at: int | None = None,
    ) -> None:
        """Attach a new network, or the one that network_weights names, to what the settings train.

        Its part beside text encoders learns in the optimizer steps before ``rests_at``, then rests; None: it never
        does.
        """
        self._settings = settings
        self._rests_at = rests_at
        self._network = new_or_started(
            unet if settings.rate_of_unet else None,
            text_encoders if settings.rate_of_text_encoder else [],
            family,
            settings,
        )
        self._network.to(dtype=dtype)
        self.trains_text = bool(self._network.text_names)
        self._groups = self._network.parameter_groups(settings)
        self._freeze_the_rest()
        self._trained = [parameter for parameter in self._network.parameters() if parameter.requires_grad]

    def _freeze_the_rest(self) -> None:
        """Keep gradients from being computed for what no group trains (blocks or encoders of rate 0)."""
        trained = {id(parameter) for group in self._groups for parameter in group["params"]}
        for parameter in self._network.parameters():
            if id(parameter) not in trained:
                parameter.requires_grad_(False)

    @classmethod
    def on(cls, loaded: Loaded) -> "LoraMethod":
        """Attach to a base model in memory."""
        rests_at = rest_step(loaded.settings, loaded.plan.max_train_epochs, loaded.plan.steps_before)
        return cls(loaded.unet, loaded.encoders, loaded.family, loaded.settings, loaded.dtype, rests_at=rests_at)

    def conditioned(self, condition: Conditioner) -> Conditioner:
        """Return it as it is."""
        return condition

    def begin_step(self, step: int) -> None:
        """Let what stands beside text encoders rest once its step is reached; captions then need no gradients."""
        if self._rests_at is None or step < self._rests_at:
            return
        for group in self._groups:
            if group["name"].startswith(TEXT_GROUP):
                for parameter in group["params"]:
                    parameter.requires_grad_(False)

    def groups(self) -> list[dict[str, Any]]:
        """Return the optimizer's groups with their own rates."""
        return [{**group, "base_lr": group["lr"]} for group in self._groups]

    def parameters(self) -> list[nn.Parameter]:
        """Return everything trained, in an order that does not change."""
        return list(self._trained)

    def limit_norms(self) -> NormReport | None:
        """Keep the norms below scale_weight_norms, as is due after every step; None where that is not set."""
        maximum = self._settings.scale_weight_norms
        return self._network.limit_norms(maximum) if maximum else None

    def counts(self) -> tuple[int, int]:
        """Return how many modules and how many parameters are trained."""
        return self._network.module_count(), sum(parameter.numel() for parameter in self._trained)

    def weights(self) -> Mapping[str, Tensor]:
        """Return the network's tensors in fp32, as a training goes on from them exactly."""
        return {name: tensor.detach().cpu() for name, tensor in self._network.training_state().items()}

    def load_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Set the network's tensors."""
        self._network.load_weights(weights)

    def save(self, path: Path, metadata: dict[str, str], more: Mapping[str, Tensor] = MappingProxyType({})) -> None:
        """Write the adapter file, with ``more`` tensors in it where other things belong to the network."""
        save_adapter(path, {**self._network.state_dict(), **more}, metadata, self._settings.save_precision)

    def evaluating(self) -> AbstractContextManager[None]:
        """Switch dropout off for a while."""
        return without_dropout(self._network)

    @contextmanager
    def at_strength(self, strength: float) -> Iterator[None]:
        """Let the network act times ``strength`` for a while; 0 leaves the base model as it was."""
        before = self._network.multiplier
        if strength != before:
            self._network.multiplier = strength
        try:
            yield
        finally:
            if strength != before:
                self._network.multiplier = before

    def switched_off(self) -> AbstractContextManager[None]:
        """Let the base model be as it was for a while."""
        return self.at_strength(0.0)
