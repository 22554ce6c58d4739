"""DyLoRA: which ranks act and learn at a step, and that files hold them joined."""

import math

import pytest
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812

from mikazuki.errors import MikazukiError
from mikazuki.models.families import SD1
from mikazuki.models.lora_spec import LoraSpec
from mikazuki.training.networks import dylora
from mikazuki.training.networks.dylora import DyloraConv, DyloraLinear, DyloraModule
from tests.training.networks import building

SPEC = LoraSpec(4, 2.0, unit=2)


def filled(module: DyloraModule) -> DyloraModule:
    for parameter in module.parameters():
        nn.init.normal_(parameter)
    module.attach()
    return module


def joined(module: DyloraModule) -> tuple[torch.Tensor, torch.Tensor]:
    state = module.state_dict()
    assert sorted(state) == ["alpha", "lora_down.weight", "lora_up.weight"]
    return state["lora_down.weight"], state["lora_up.weight"]


def test_a_step_uses_the_first_ranks_and_teaches_the_last_unit_of_them() -> None:
    target, x = nn.Linear(6, 3), torch.randn(5, 6)
    module = filled(DyloraLinear(target, 4, 2.0, SPEC))
    down, up = joined(module)
    base = F.linear(x, target.weight, target.bias)
    seen = set()
    for seed in range(12):
        torch.manual_seed(seed)
        module.zero_grad(set_to_none=True)
        y = target(x)
        y.sum().backward()
        learned = [unit for unit, part in enumerate(module.lora_down) if part.grad is not None]
        assert learned == [unit for unit, part in enumerate(module.lora_up) if part.grad is not None]
        assert len(learned) == 1
        rank = 2 * (learned[0] + 1)
        # upstream multiplies by alpha over dim and by the root of dim over rank
        added = x @ down[:rank].T @ up[:, :rank].T * (2 / 4) * math.sqrt(4 / rank)
        assert torch.allclose(y, base + added, atol=1e-5)
        seen.add(learned[0])
    assert seen == {0, 1}


def test_drawing_and_measuring_use_all_ranks() -> None:
    target, x = nn.Conv2d(4, 5, 3, 2, 1), torch.randn(2, 4, 9, 9)
    module = filled(DyloraConv(target, 4, 2.0, SPEC)).eval()
    down, up = joined(module)
    assert (down.shape, up.shape) == ((4, 4, 3, 3), (5, 4, 1, 1))
    delta = torch.einsum("or,rikl->oikl", up[:, :, 0, 0], down) * (2 / 4)
    wanted = F.conv2d(x, target.weight + delta, target.bias, 2, 1)
    assert torch.allclose(target(x), wanted, atol=1e-5)


def test_the_same_seed_draws_the_same_rank() -> None:
    target, x = nn.Linear(6, 3), torch.randn(5, 6)
    filled(DyloraLinear(target, 32, 2.0, LoraSpec(32, 2.0)))
    outputs = []
    for seed in (1, 2, 1):
        torch.manual_seed(seed)
        outputs.append(target(x))
    assert torch.equal(outputs[0], outputs[2])
    assert not torch.equal(outputs[0], outputs[1])


def test_ranks_that_rest_are_not_moved_by_the_optimizer() -> None:
    target, x = nn.Linear(6, 3), torch.randn(5, 6)
    module = filled(DyloraLinear(target, 8, 8.0, LoraSpec(8, 8.0, unit=2)))
    optimizer = torch.optim.AdamW(module.parameters(), lr=0.1, weight_decay=0.5)
    for seed in range(5):
        before = [part.detach().clone() for part in module.lora_down]
        torch.manual_seed(seed)
        target(x).square().sum().backward()
        optimizer.step()
        optimizer.zero_grad()
        moved = [not torch.equal(old, new) for old, new in zip(before, module.lora_down, strict=True)]
        assert sum(moved) == 1


def test_a_loaded_alpha_sets_the_scale() -> None:
    module, other = (DyloraLinear(nn.Linear(6, 3), 4, alpha, SPEC) for alpha in (2.0, 8.0))
    module.load_state_dict(filled(other).state_dict())
    module.take_alpha()
    assert module.scale == 2.0
    assert all(torch.equal(one, two) for one, two in zip(joined(module), joined(other), strict=True))


@pytest.mark.tiny
def test_a_unit_must_divide_the_ranks_of_a_file() -> None:
    base = building.base("sd1")
    with pytest.raises(MikazukiError, match="unit=2 does not divide the rank 3") as caught:
        dylora.build_network(base.unet, [], SD1, SPEC, {"lora_unet_x": (3, 1.0)})
    assert caught.value.code == "bad-network-args"
