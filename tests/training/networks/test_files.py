"""Files in and out: old and foreign names, parts that are missing, and merging into a base model."""

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from mikazuki.errors import MikazukiError
from mikazuki.models.adapters import save_adapter
from mikazuki.training.networks import merge_base_weights, new_or_started
from mikazuki.training.networks.files import merge_weights, ranks_of, read_weights, start_from
from mikazuki.training.networks.targets import CONV_BLOCKS, UNET_BLOCKS, unet_targets
from tests.training import making
from tests.training.networks import building
from tests.training.networks.building import Base, apart, filled

pytestmark = pytest.mark.tiny


def made(base: Base, **options: Any) -> dict[str, Tensor]:
    """Return the tensors of a network that has learned; the base is as before."""
    network = filled(base.build(**options))
    network.detach()
    return network.state_dict()


def saved(state: dict[str, Tensor], folder: Path, name: str = "x") -> Path:
    path = folder / f"{name}.safetensors"
    save_adapter(path, state, {})
    return path


def part(state: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name: tensor for name, tensor in state.items() if name.startswith(prefix)}


def test_old_files_have_the_rank_for_alpha(tmp_path: Path) -> None:
    base = building.shared_base("sd1")
    state = made(base, network_alpha=4.0)
    old = {name: tensor for name, tensor in state.items() if not name.endswith(".alpha")}
    assert making.same(read_weights(saved(old, tmp_path), base.unet, base.family), state)


def test_diffusers_names_of_sdxl_become_ours(tmp_path: Path) -> None:
    base = building.shared_base("sdxl")
    state = made(base, network_args=["conv_dim=2"])
    aliases = {t.name: t.alias for t in unet_targets(base.unet, base.family, UNET_BLOCKS + CONV_BLOCKS)}
    foreign = {}
    for name, tensor in state.items():
        module, _, rest = name.partition(".")
        foreign[f"{aliases.get(module, module)}.{rest}"] = tensor
    assert any("down_blocks" in name for name in foreign)
    assert making.same(read_weights(saved(foreign, tmp_path), base.unet, base.family), state)


def test_ranks_are_read_off_each_module() -> None:
    state = {
        "a.lora_down.weight": torch.zeros(3, 5),
        "a.lora_up.weight": torch.zeros(2, 3),
        "a.alpha": torch.tensor(1.5),
        "b.oft_blocks": torch.zeros(4, 2, 2),
        "b.alpha": torch.tensor(0.25),
    }
    assert ranks_of(state) == {"a": (3, 1.5), "b": (4, 0.25)}


@pytest.mark.parametrize(("prefix", "texts", "unet"), [("lora_unet", 0, True), ("lora_te", 1, False)])
def test_dim_from_weights_trains_what_the_file_holds(tmp_path: Path, prefix: str, texts: int, *, unet: bool) -> None:
    base = building.shared_base("sd1")
    state = part(made(base, network_dim=3), prefix)
    options = {"network_weights": str(saved(state, tmp_path)), "dim_from_weights": True}
    network = new_or_started(base.unet, base.texts, base.family, building.settings(**options))
    network.detach()
    assert (bool(network.text_names), bool(network.unet_names)) == (bool(texts), unet)
    assert making.same(network.state_dict(), state)


def test_nothing_in_common_is_refused(tmp_path: Path) -> None:
    base = building.shared_base("sd1")
    path = saved(part(made(base), "lora_te"), tmp_path)
    for more in ({}, {"dim_from_weights": True}):
        settings = building.settings(network_weights=str(path), **more)
        with pytest.raises(MikazukiError) as caught:
            new_or_started(base.unet, [], base.family, settings)
        assert caught.value.code == ("network-empty" if more else "lora-mismatch")
    base.unet.apply(lambda module: module.__dict__.pop("forward", None))


def test_a_part_that_the_file_lacks_begins_anew() -> None:
    base = building.shared_base("sd1")
    state = part(made(base), "lora_unet")
    network = base.build()
    fresh = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    start_from(network, state)
    network.detach()
    assert making.same(part(network.state_dict(), "lora_unet"), state)
    assert making.same(part(network.state_dict(), "lora_te"), part(fresh, "lora_te"))


@pytest.mark.parametrize("options", [{"network_dim": 2}, {"network_args": ["mid_lr_weight=0"]}])
def test_a_part_that_differs_is_refused(options: dict[str, Any]) -> None:
    base = building.shared_base("sd1")
    network = base.build()
    network.detach()
    with pytest.raises(MikazukiError) as caught:
        start_from(network, part(made(base, **options), "lora_unet"))
    assert caught.value.code == "lora-mismatch"
    assert "dim_from_weights" in caught.value.hint


@torch.no_grad()
def test_parts_may_be_merged_one_after_the_other(tmp_path: Path) -> None:
    base, apiece, at_once = (building.base("sdxl") for _ in range(3))
    first = saved(made(base, network_args=["conv_dim=2"]), tmp_path, "first")
    second = saved(made(base, network_module="networks.oft", network_alpha=0.1), tmp_path, "second")
    settings = building.settings(base_weights=[str(first), str(second)], base_weights_multiplier=[0.5])
    unet_only = merge_base_weights(apiece.unet, [], apiece.family, settings)
    text_only = merge_base_weights(None, apiece.texts, apiece.family, settings)
    assert unet_only > text_only > 0
    assert merge_weights(at_once.unet, at_once.texts, at_once.family, first, 0.5) > text_only
    merge_weights(at_once.unet, at_once.texts, at_once.family, second, 1.0)
    assert apart(apiece.outputs(), at_once.outputs()) == 0
    assert apart(apiece.outputs(), base.outputs()) > 1e-3


def test_a_lower_type_stays_and_is_rounded_once(tmp_path: Path) -> None:
    base = building.shared_base("sd1")
    state = made(base)
    low = building.base("sd1")
    low.unet.to(torch.bfloat16)
    target = dict(low.unet.named_modules())["mid_block.attentions.0.proj_in"]
    before = target.get_parameter("weight").clone()
    merge_weights(low.unet, [], low.family, saved(state, tmp_path), 1.0)
    name = "lora_unet_mid_block_attentions_0_proj_in"
    product = state[f"{name}.lora_up.weight"].flatten(1) @ state[f"{name}.lora_down.weight"].flatten(1)
    wanted = (before.float() + 0.5 * product.view(before.shape)).to(torch.bfloat16)
    assert torch.equal(target.get_parameter("weight"), wanted)


@pytest.mark.parametrize("what", ["names", "shapes"])
def test_files_of_another_family_are_not_merged(tmp_path: Path, what: str) -> None:
    state = made(building.shared_base("sd1"), network_args=["conv_dim=2"])
    if what == "shapes":
        state = {n: t[:, :4] if "attn2_to_k.lora_down" in n else t for n, t in state.items()}
    base = building.base("sdxl" if what == "names" else "sd1")
    path = saved(state, tmp_path)
    with pytest.raises(MikazukiError) as caught:
        merge_weights(base.unet, base.texts, base.family, path, 1.0)
    assert caught.value.code == "base-weights-mismatch"
    assert str(path) in caught.value.message


def test_a_missing_file_names_the_option(tmp_path: Path) -> None:
    base = building.shared_base("sd1")
    with pytest.raises(MikazukiError, match="base_weights"):
        merge_weights(base.unet, [], base.family, tmp_path / "none.safetensors", 1.0)
