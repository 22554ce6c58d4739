"""LoRA-FA: the down weights rest."""

import math

import pytest
import torch
from torch import nn

from mikazuki.models.lora_spec import LoraSpec
from mikazuki.training.networks.lora_fa import FrozenDownConv, FrozenDownLinear
from tests.training.networks import building


def test_down_weights_are_drawn_as_upstreams() -> None:
    torch.manual_seed(0)
    linear = FrozenDownLinear(nn.Linear(400, 30), 64, 1.0, LoraSpec(64, 1.0))
    conv = FrozenDownConv(nn.Conv2d(40, 30, 3), 24, 1.0, LoraSpec(24, 1.0))
    for module, inputs in ((linear, 400), (conv, 40)):
        assert float(module.lora_down.weight.std()) == pytest.approx(math.sqrt(2 / (inputs + module.rank)), rel=0.03)
        assert not module.lora_up.weight.any()
        assert not module.lora_down.weight.requires_grad
        assert module.lora_up.weight.requires_grad


@pytest.mark.tiny
def test_only_up_weights_are_trained() -> None:
    network = building.base("sd1").build(network_module="networks.lora_fa")
    groups = network.parameter_groups(building.rates(learning_rate=1e-3))
    assert [group["name"] for group in groups] == ["textencoder", "unet"]
    trained = [parameter for group in groups for parameter in group["params"]]
    assert len(trained) == network.module_count()
    assert sum(parameter.numel() for parameter in trained) == sum(
        p.numel() for p in network.parameters() if p.requires_grad
    )
    assert len(network.state_dict()) == 3 * network.module_count()
