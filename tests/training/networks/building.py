"""Builds networks of every own kind beside tiny models, fills them as if trained, and shows what they do."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import torch
from torch import Tensor, nn

from mikazuki.models.families import Family, FamilyName, family_of
from mikazuki.settings.train import TrainSettings
from mikazuki.training.networks import Network, build_network
from tests.models import tiny

Options = dict[str, Any]
KINDS: Final[dict[str, Options]] = {
    "lora": {"network_module": "networks.lora"},
    "lora with convolutions": {"network_module": "networks.lora", "network_args": ["conv_dim=2", "conv_alpha=1"]},
    "lora_fa": {"network_module": "networks.lora_fa", "network_args": ["conv_dim=2"]},
    "dylora": {"network_module": "networks.dylora", "network_args": ["conv_dim=4", "unit=2"]},
    "oft": {"network_module": "networks.oft", "network_alpha": 0.1},
    "oft everywhere": {
        "network_module": "networks.oft",
        "network_args": ["enable_all_linear=true", "enable_conv=true"],
    },
}


def settings(**more: Any) -> TrainSettings:
    """Return settings of a small network: rank 4, alpha 2."""
    values = {"pretrained_model_name_or_path": "base", "train_data_dir": "pictures", "network_dim": 4}
    return TrainSettings.model_validate({**values, "network_alpha": 2.0, **more})


def rates(**given: Any) -> TrainSettings:
    """Return settings of which the learning rates matter."""
    return settings(**given)


@dataclass(frozen=True)
class Base:
    """A tiny base model, frozen, and something to feed it with."""

    family: Family
    unet: nn.Module
    texts: list[nn.Module]

    def build(self, **options: Any) -> Network:
        """Attach a network of these options."""
        return build_network(self.unet, self.texts, self.family, settings(**options))

    def outputs(self) -> list[Tensor]:
        """Return what the text encoders and the UNet make of fixed inputs."""
        torch.manual_seed(5)
        ids = torch.randint(1, 40000, (2, 77))
        latents, times = torch.randn(2, 4, 8, 8), torch.tensor([7, 800])
        found = [encoder(ids).last_hidden_state for encoder in self.texts]
        context = torch.cat(found, dim=-1)
        added = {"text_embeds": torch.randn(2, tiny.POOLED), "time_ids": torch.full((2, 6), 64.0)}
        unet: Any = self.unet
        return [*found, unet(latents, times, context, added_cond_kwargs=added).sample]


def base(name: FamilyName) -> Base:
    """Return a fresh tiny model of a family."""
    parts = {part: model.requires_grad_(False).eval() for part, model in tiny.parts(name).items()}
    family = family_of(name)
    return Base(family, parts["unet"], [parts[spec.folder] for spec in family.text_encoders])


@cache
def shared_base(name: FamilyName) -> Base:
    """Return a tiny model for tests that leave it as it was: every network is detached again."""
    return base(name)


def filled(network: Network, scale: float = 0.1) -> Network:
    """Give everything trained numbers, as if it had learned."""
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.requires_grad:
                parameter.copy_(torch.randn(parameter.shape, generator=generator) * scale)
    return network


def apart(ours: list[Tensor], theirs: list[Tensor]) -> float:
    """Return the largest difference."""
    return max(float((one - other).abs().max()) for one, other in zip(ours, theirs, strict=True))
