"""OFT: rotations worked out by hand, modules and names as upstream's."""

import math

import pytest
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812

from mikazuki.errors import MikazukiError
from mikazuki.models.families import FamilyName, family_of
from mikazuki.models.lora_spec import OftSpec
from mikazuki.training.networks import oft
from mikazuki.training.networks.oft import OftModule, rotations
from tests.models import contract
from tests.training.networks import building

FILES: dict[str, FamilyName] = {"sd15": "sd1", "sd20": "sd2", "sdxl": "sdxl"}


def generator(angle: float) -> torch.Tensor:
    """Return the block of a turn by ``angle``: Cayley's transform of [[0, q], [-q, 0]] turns by 2 atan(q)."""
    q = math.tan(angle / 2)
    return torch.tensor([[[0.0, q], [0.0, 0.0]]])


def test_a_block_turns_its_outputs() -> None:
    turned = rotations(generator(math.radians(30)), limit=100.0)[0]
    cosine, sine = math.cos(math.radians(30)), math.sin(math.radians(30))
    assert torch.allclose(turned, torch.tensor([[cosine, sine], [-sine, cosine]]), atol=1e-6)


def test_the_limit_is_a_norm_over_all_blocks() -> None:
    """Two blocks with q = 1 have the norm 2 (four numbers of size 1); a limit of 1 halves q."""
    block = torch.tensor([[[0.0, 1.0], [0.0, 0.0]]]).repeat(2, 1, 1)
    angle = 2 * math.atan(0.5)
    turned = rotations(block, limit=1.0)
    assert torch.allclose(turned[:, 0, 0], torch.full((2,), math.cos(angle)), atol=1e-6)
    assert torch.allclose(rotations(block, limit=5.0)[:, 0, 0], torch.zeros(2), atol=1e-6)


@pytest.mark.parametrize("kind", ["linear", "convolution"])
def test_rows_of_the_weight_are_turned_and_the_bias_is_not(kind: str) -> None:
    if kind == "linear":
        target: nn.Linear | nn.Conv2d = nn.Linear(3, 4)
        x = torch.randn(5, 3)
    else:
        target = nn.Conv2d(3, 4, 3, 2, 1)
        x = torch.randn(2, 3, 8, 8)
    plain = target(x)
    module = OftModule(target, 2, 10.0)
    module.attach()
    assert torch.allclose(target(x), plain, atol=1e-6)
    with torch.no_grad():
        module.oft_blocks[1:].copy_(generator(math.pi / 2))
    # a quarter of a turn of outputs 2 and 3: the second takes the third's place, the third the second's with a minus
    rows = target.weight.detach().clone()
    rows[2], rows[3] = -target.weight[3].detach(), target.weight[2].detach()
    wanted = F.linear(x, rows, target.bias) if kind == "linear" else F.conv2d(x, rows, target.bias, 2, 1)
    assert torch.allclose(target(x), wanted, atol=1e-5)
    lengths = [weight.flatten(1).norm(dim=0).sort().values for weight in (module.weight(), target.weight)]
    assert torch.allclose(lengths[0], lengths[1], atol=1e-5)


def test_strength_mixes_with_no_rotation() -> None:
    target, x = nn.Linear(3, 2, bias=False), torch.randn(5, 3)
    module = OftModule(target, 1, 10.0)
    with torch.no_grad():
        module.oft_blocks.copy_(generator(1.0))
    plain, module.multiplier = target(x), 1.0
    module.attach()
    whole = target(x)
    module.multiplier = 0.25
    assert torch.allclose(target(x), plain + 0.25 * (whole - plain), atol=1e-6)
    module.multiplier = 0.0
    assert torch.equal(target(x), plain)


def test_it_learns_from_the_start() -> None:
    target, x = nn.Linear(3, 4), torch.randn(5, 3)
    module = OftModule(target, 2, 1.0)
    module.attach()
    target(x).square().sum().backward()
    gradient = module.oft_blocks.grad
    assert gradient is not None
    assert torch.isfinite(gradient).all()
    assert gradient.any()


@pytest.mark.parametrize("name", FILES)
def test_modules_are_upstreams(name: str) -> None:
    """Attention alone: 8 a transformer layer. All Linear: as a LoRA. Convolutions: as a LoRA with conv_dim."""
    family = FILES[name]
    unet = contract.meta_unet(family)

    def names(spec: OftSpec) -> set[str]:
        network = oft.build_network(unet, family_of(family), spec)
        network.detach()
        assert not network.text_names
        return {found.replace("oft_unet", "lora_unet") for found in network.unet_names}

    loras = {n for n in contract.read(f"lora_{name}.json") if n.startswith("lora_unet")}
    locons = {n for n in contract.read(f"lora_{name}_locon.json") if n.startswith("lora_unet")}
    attention = {n for n in loras if "_attn" in n}
    assert names(OftSpec(4, 1.0)) == attention
    assert names(OftSpec(4, 1.0, all_linear=True)) == loras
    assert names(OftSpec(4, 1.0, conv=True)) == attention | (locons - loras)
    assert names(OftSpec(4, 1.0, all_linear=True, conv=True)) == locons


@pytest.mark.tiny
def test_blocks_must_divide_the_outputs() -> None:
    with pytest.raises(MikazukiError, match="network_dim 3 does not divide") as caught:
        building.base("sd1").build(network_module="networks.oft", network_dim=3)
    assert caught.value.code == "bad-network-args"


@pytest.mark.tiny
def test_a_file_holds_blocks_and_the_alpha() -> None:
    network = building.base("sd1").build(network_module="networks.oft", network_dim=4, network_alpha=0.5)
    name = "oft_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_q"
    state = network.state_dict()
    assert state[f"{name}.oft_blocks"].shape == (4, 2, 2)
    assert float(state[f"{name}.alpha"]) == 0.5
    assert len(state) == 2 * network.module_count()
