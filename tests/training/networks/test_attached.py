"""What all kinds share: groups and their rates, norms kept below a limit."""

import math
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from torch import nn

from mikazuki.models.lora_spec import LoraSpec
from mikazuki.training.networks import Network
from mikazuki.training.networks.attached import AttachedNetwork
from mikazuki.training.networks.lora import LoraConv, LoraLinear, LoraModule, product_norm
from tests.training.networks import building
from tests.training.networks.building import rates

pytestmark = pytest.mark.tiny
PLUS = ["loraplus_lr_ratio=16"]


def named_rates(groups: list[dict[str, Any]]) -> list[tuple[str, float]]:
    return [(group["name"], group["lr"]) for group in groups]


@pytest.fixture
def attach() -> Iterator[Any]:
    made: list[Network] = []

    def build(family: str = "sd1", **options: Any) -> Network:
        made.append(building.shared_base(family).build(**options))
        return made[-1]

    yield build
    for network in made:
        network.detach()


def test_lora_plus_gives_the_up_weights_a_rate_of_their_own(attach: Any) -> None:
    network = attach(network_args=PLUS)
    groups = network.parameter_groups(rates(learning_rate=1e-3, text_encoder_lr=5e-4))
    assert named_rates(groups) == [
        ("textencoder", 5e-4),
        ("textencoder plus", 8e-3),
        ("unet", 1e-3),
        ("unet plus", 0.016),
    ]
    names = {id(parameter): name for name, parameter in network.named_parameters()}
    for group in groups:
        half = "lora_up" if group["name"].endswith("plus") else "lora_down"
        assert all(half in names[id(parameter)] for parameter in group["params"])
    assert sum(len(group["params"]) for group in groups) == len(names)


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        (["loraplus_unet_lr_ratio=4"], ["textencoder", "unet", "unet plus"]),
        (["loraplus_text_encoder_lr_ratio=4"], ["textencoder", "textencoder plus", "unet"]),
        (["loraplus_lr_ratio=2", "loraplus_unet_lr_ratio=4"], ["textencoder", "textencoder plus", "unet", "unet plus"]),
    ],
)
def test_a_part_may_have_its_own_ratio(attach: Any, args: list[str], wanted: list[str]) -> None:
    groups = attach(network_args=args).parameter_groups(rates(learning_rate=1e-3))
    assert [group["name"] for group in groups] == wanted
    if "unet plus" in wanted:
        assert groups[-1]["lr"] == 4e-3


def test_dylora_has_lora_plus_too(attach: Any) -> None:
    network = attach(network_module="networks.dylora", network_args=[*PLUS, "unit=2"])
    groups = network.parameter_groups(rates(learning_rate=1e-3))
    assert [group["name"] for group in groups] == ["textencoder", "textencoder plus", "unet", "unet plus"]
    assert sum(len(group["params"]) for group in groups) == len(list(network.parameters()))


def test_blocks_have_rates_of_their_own(attach: Any) -> None:
    """Tiny SD1 has attention in the first block down (1), in the middle (12) and in the last two up (16, 17)."""
    network = attach(network_args=["down_lr_weight=1,0.5", "mid_lr_weight=2", "up_lr_weight=zeros+0.25"])
    groups = network.parameter_groups(rates(learning_rate=1e-3, unet_lr=4e-3))
    assert named_rates(groups) == [
        ("textencoder", 1e-3),
        ("unet_block1", 2e-3),
        ("unet_block16", 1e-3),
        ("unet_block17", 1e-3),
        ("unet_block12", 8e-3),
    ]


def test_a_block_of_weight_zero_is_left_out(attach: Any) -> None:
    """SDXL's middle is three blocks, 10 to 12, of which the second one attends."""
    whole = attach("sdxl")
    network = attach("sdxl", network_args=["mid_lr_weight=1,0.1,1", "block_lr_zero_threshold=0.2"])
    gone = set(whole.unet_names) - set(network.unet_names)
    assert gone == {name for name in whole.unet_names if name.startswith("lora_unet_middle_block_1_")}
    assert network.text_names == whole.text_names


def test_block_dims_reach_the_modules(attach: Any) -> None:
    dims = [0] * 25
    dims[1], dims[12], dims[16] = 3, 5, 2
    conv = [0] * 25
    conv[16] = 1
    args = [f"block_dims={','.join(map(str, dims))}", f"conv_block_dims={','.join(map(str, conv))}"]
    network = attach(network_alpha=0, network_args=args)
    state = network.state_dict()
    found = {
        (name.split("_transformer")[0].split("_resnets")[0], state[f"{name}.lora_down.weight"].shape[0])
        for name in network.unet_names
    }
    assert {rank for place, rank in found if "down_blocks_0" in place} == {3}
    assert {rank for place, rank in found if "mid_block" in place} == {5}
    assert {rank for place, rank in found if "up_blocks_1" in place} == {1, 2}
    # an alpha of 0 is each block's own rank
    assert all(float(state[f"{n}.alpha"]) == state[f"{n}.lora_down.weight"].shape[0] for n in network.unet_names)
    assert {state[f"{name}.lora_down.weight"].shape[0] for name in network.text_names} == {4}


def test_two_text_encoders_have_two_rates(attach: Any) -> None:
    network = attach("sdxl")
    groups = network.parameter_groups(rates(learning_rate=1e-3, text_encoder_lr=[1e-4, 2e-4]))
    assert named_rates(groups) == [("textencoder 1", 1e-4), ("textencoder 2", 2e-4), ("unet", 1e-3)]
    assert len(groups[0]["params"]) == 2 * len([n for n in network.text_names if n.startswith("lora_te1_")])
    groups = network.parameter_groups(rates(learning_rate=1e-3, text_encoder_lr=[0, 2e-4]))
    assert named_rates(groups) == [("textencoder 2", 2e-4), ("unet", 1e-3)]
    groups = network.parameter_groups(rates(learning_rate=1e-3, text_encoder_lr=[2e-4, 2e-4]))
    assert named_rates(groups) == [("textencoder", 2e-4), ("unet", 1e-3)]


def weighted(rank: int, alpha: float, down: float, up: float) -> LoraModule:
    """A module beside a 3 -> 2 Linear whose weights are all ``down`` and all ``up``."""
    module = LoraLinear(nn.Linear(3, 2), rank, alpha, LoraSpec(rank, alpha))
    nn.init.constant_(module.lora_down.weight, down)
    nn.init.constant_(module.lora_up.weight, up)
    return module


def test_norms_are_kept_below_the_limit() -> None:
    """Every number of the product is rank * up * down * alpha / rank; its norm that times sqrt(6)."""
    small, large = weighted(2, 1.0, 0.1, 0.1), weighted(4, 2.0, 1.0, 3.0)
    network = AttachedNetwork({}, {"small": small, "large": large})
    before = small.lora_up.weight.clone()
    norms = [0.01 * 1.0 * math.sqrt(6), 3.0 * 2.0 * math.sqrt(6)]
    report = network.limit_norms(5.0)
    assert report is not None
    assert report.keys_scaled == 1
    assert report.largest_norm == pytest.approx(5.0)
    assert report.mean_norm == pytest.approx((norms[0] + 5.0) / 2)
    # both halves by the same factor
    factor = math.sqrt(5.0 / norms[1])
    assert torch.allclose(large.lora_down.weight, torch.full((4, 3), factor))
    assert torch.allclose(large.lora_up.weight, torch.full((2, 4), 3 * factor))
    assert torch.equal(small.lora_up.weight, before)
    again = network.limit_norms(5.5)
    assert again is not None
    assert again.keys_scaled == 0


def test_a_new_network_has_no_norm(attach: Any) -> None:
    report = attach().limit_norms(1.0)
    assert (report.keys_scaled, report.mean_norm, report.largest_norm) == (0, 0.0, 0.0)
    assert attach(network_module="networks.oft").limit_norms(1.0) is None


def test_the_norm_is_that_of_the_product() -> None:
    module = LoraConv(nn.Conv2d(4, 5, 3), 3, 1.0, LoraSpec(3, 1.0))
    nn.init.normal_(module.lora_up.weight)
    up, down = module.lora_up.weight.detach(), module.lora_down.weight.detach()
    whole = torch.einsum("or,rikl->oikl", up[:, :, 0, 0], down)
    assert float(product_norm(up, down)) == pytest.approx(float(whole.norm()), rel=1e-5)


def test_norms_of_dylora_are_limited_as_well(attach: Any) -> None:
    network = building.filled(attach(network_module="networks.dylora"), 1.0)
    report = network.limit_norms(0.5)
    assert report is not None
    assert report.keys_scaled == network.module_count()
    state = network.state_dict()
    for name in network.unet_names[:3]:
        up, down = (state[f"{name}.lora_{half}.weight"].flatten(1) for half in ("up", "down"))
        assert float((up @ down).norm() * 0.5) == pytest.approx(0.5, rel=1e-4)
