"""LyCORIS networks whole: shapes of the library's files, the library reads them back, merging, starting from files."""

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import torch
from lycoris.wrapper import LycorisNetwork as Library
from lycoris.wrapper import create_lycoris_from_weights
from torch import Tensor, nn

from mikazuki.errors import MikazukiError
from mikazuki.models.adapters import load_adapter, save_adapter
from mikazuki.models.families import SD1, SDXL, family_of
from mikazuki.training.networks import Network, attach_file, lycoris
from mikazuki.training.networks.dylora import DyloraLinear
from tests.models import contract, tiny
from tests.training.networks.lycoris_cases import CASES, digest, filled, lycoris_settings

pytestmark = pytest.mark.tiny
ALGORITHMS = contract.read("lycoris_sd.json")["algos"]
LATENTS, CONDITION = torch.randn(1, 4, 8, 8), torch.randn(1, 77, tiny.TEXT_WIDTH)
READ_BACK = (
    "lora", "lora tucker", "lora scalar", "lora rs", "dora", "loha", "loha tucker", "loha dora scalar", "lokr",
    "lokr factor", "lokr full", "lokr dora scalar", "glora", "full", "diag-oft", "diag-oft rescaled", "boft",
    "boft rescaled",
)  # fmt: skip
"""Kinds whose files the library itself can read: not IA3, tucker or both halves of LoKr, nor DoRA on inputs."""


@torch.no_grad()
def drawn(unet: Any) -> Tensor:
    return unet(LATENTS, torch.tensor([300]), CONDITION).sample  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def plain_unet() -> nn.Module:
    return tiny.parts("sd1")["unet"].eval()


@pytest.fixture
def unet(plain_unet: nn.Module) -> nn.Module:
    """Return a UNet that nothing is attached to."""
    return copy.deepcopy(plain_unet)


@pytest.fixture(scope="module")
def laid_out() -> tuple[nn.Module, list[nn.Module]]:
    """Return a whole SD1 without memory."""
    return contract.meta_unet("sd1"), contract.meta_texts("sd1")


@pytest.mark.parametrize("args", ALGORITHMS)
def test_shapes_are_those_of_the_librarys_files(laid_out: tuple[nn.Module, list[nn.Module]], args: str) -> None:
    settings = lycoris_settings(*args.split(), network_dim=16, network_alpha=4)
    network = lycoris.build(*laid_out, SD1, settings)
    shapes = {name: list(tensor.shape) for name, tensor in network.state_dict().items()}
    network.detach()
    assert [len(shapes), digest(shapes)] == ALGORITHMS[args]


def attached(unet: nn.Module, state: Mapping[str, Tensor], folder: Path) -> Network:
    """Attach what a file of these tensors holds."""
    save_adapter(folder / "attached.safetensors", state, {})
    return attach_file(unet, [], SD1, folder / "attached.safetensors")


@pytest.mark.parametrize("name", READ_BACK)
def test_the_library_reads_the_file(unet: nn.Module, tmp_path: Path, name: str) -> None:
    settings = lycoris_settings(*CASES[name], network_dim=1 if "lokr" in name else 4)
    network = filled(lycoris.build(unet, [], SD1, settings)).eval()
    save_adapter(tmp_path / "a.safetensors", network.state_dict(), {})
    mine = drawn(unet)
    network.detach()
    base = drawn(unet)
    Library.LORA_PREFIX = "lora_unet"
    theirs, _ = create_lycoris_from_weights(1.0, str(tmp_path / "a.safetensors"), unet)
    assert len(theirs.loras) == network.module_count()
    theirs.apply_to()
    theirs.eval()
    wanted = drawn(unet)
    assert (mine - base).abs().max() > 1e-2
    assert torch.allclose(mine, wanted, atol=1e-5)


def test_norms_are_read_back_too(unet: nn.Module) -> None:
    network = filled(lycoris.build(unet, [], SD1, lycoris_settings("train_norm=true"))).eval()
    mine = drawn(unet)
    network.detach()
    Library.LORA_PREFIX = "lora_unet"
    theirs, _ = create_lycoris_from_weights(1.0, None, unet, weights_sd=network.state_dict())
    theirs.apply_to()
    assert torch.allclose(mine, drawn(unet), atol=1e-5)


def test_a_file_made_by_the_library_is_read_and_merged(unet: nn.Module, tmp_path: Path) -> None:
    from lycoris.wrapper import create_lycoris

    Library.apply_preset({"lora_prefix": "lora_unet", "target_module": ["Attention", "ResnetBlock2D"]})
    theirs = create_lycoris(unet, 1.0, 4, 2, algo="lokr", factor=2, preset="full", warn_on_unmatched=False)
    theirs.apply_to()
    filled(theirs).eval()
    wanted, state = drawn(unet), {name: tensor.clone() for name, tensor in theirs.state_dict().items()}
    theirs.restore()
    mine = attached(unet, state, tmp_path)
    assert torch.allclose(drawn(unet), wanted, atol=1e-5)
    mine.detach()
    merged = copy.deepcopy(unet)
    assert lycoris.merge(merged, [], SD1, state) == mine.module_count() == len(theirs.loras)
    assert torch.allclose(drawn(merged), wanted, atol=1e-5)


def test_dylora_is_the_one_whose_file_means_what_was_trained(unet: nn.Module, tmp_path: Path) -> None:
    """The library trains at another scale than its file says, keeps no state, and flattens convolutions."""
    network = lycoris.build(unet, [], SD1, lycoris_settings("algo=dylora", "block_size=2"))
    modules = [module for module in network.attached() if isinstance(module, DyloraLinear)]
    assert {module.unit for module in modules} == {2}
    state = filled(network).eval().state_dict()
    mine = drawn(unet)
    network.detach()
    again = attached(unet, state, tmp_path)
    assert torch.allclose(drawn(unet), mine, atol=1e-5)
    assert again.module_count() == network.module_count()


def test_merging_fits_a_lower_type_and_passes_over_what_is_not_given(unet: nn.Module) -> None:
    made = tiny.parts("sd1")
    network = filled(lycoris.build(made["unet"], [made["text_encoder"]], SD1, lycoris_settings("algo=loha")))
    state = network.state_dict()
    low = copy.deepcopy(unet).to(torch.bfloat16)
    before = {name: tensor.clone() for name, tensor in low.state_dict().items()}
    assert lycoris.merge(low, [], SD1, state) == len(network.unet_names)
    assert {tensor.dtype for tensor in low.state_dict().values()} == {torch.bfloat16}
    assert any(not torch.equal(tensor, before[name]) for name, tensor in low.state_dict().items())
    assert lycoris.merge(None, [made["text_encoder"]], SD1, state) == len(network.text_names)


@pytest.mark.parametrize("name", ["dora", "loha", "lokr dora scalar", "diag-oft rescaled", "boft rescaled", "ia3"])
def test_merging_takes_the_same_strength_as_applying(unet: nn.Module, name: str) -> None:
    network = filled(lycoris.build(unet, [], SD1, lycoris_settings(*CASES[name]))).eval()
    state = network.state_dict()
    network.multiplier = -0.6
    wanted = drawn(unet)
    network.detach()
    plain = drawn(unet)
    lycoris.merge(unet, [], SD1, state, -0.6)
    assert torch.allclose(drawn(unet), wanted, atol=1e-5)
    assert (wanted - plain).abs().max() > 1e-2


@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_a_file_for_another_model_is_refused(unet: nn.Module, tmp_path: Path, family: str) -> None:
    other = SDXL if family == "sd1" else SD1
    state = lycoris.build(tiny.parts(other.name)["unet"], [], other, lycoris_settings("algo=lokr")).state_dict()
    with pytest.raises(MikazukiError, match="has no module lora_unet") as caught:
        lycoris.merge(tiny.parts(family)["unet"], [], family_of(family), state)  # type: ignore[arg-type]
    assert caught.value.code == "lora-mismatch"
    own = lycoris.build(unet, [], SD1, lycoris_settings("algo=loha")).state_dict()
    wide = {name: torch.cat([tensor, tensor]) if "w1_a" in name else tensor for name, tensor in own.items()}
    with pytest.raises(MikazukiError, match="another shape"):
        attached(unet, wide, tmp_path)


def test_it_starts_from_a_file_of_its_own_shape_or_takes_the_files(unet: nn.Module, tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    state = filled(lycoris.build(unet, [], SD1, lycoris_settings("algo=loha", "conv_dim=2"))).state_dict()
    save_adapter(path, state, {})
    with pytest.raises(MikazukiError, match="does not fit"):
        lycoris.build(unet, [], SD1, lycoris_settings("algo=loha")).load_weights(load_adapter(path))
    settings = lycoris_settings("algo=lora", network_weights=str(path), dim_from_weights=True)
    network = lycoris.build(unet, [], SD1, settings)
    assert network.state_dict().keys() == state.keys()
    assert all(torch.equal(tensor, state[name]) for name, tensor in network.state_dict().items())
    assert network.parameter_groups(settings)[0]["name"] == "unet"


@pytest.mark.parametrize("name", [*CASES, "dylora"])
def test_a_training_goes_on_exactly_from_its_state(unet: nn.Module, name: str) -> None:
    settings = lycoris_settings(*CASES.get(name, ("algo=dylora",)))
    network = filled(lycoris.build(unet, [], SD1, settings))
    state = {key: tensor.clone() for key, tensor in network.training_state().items()}
    assert state.keys() >= network.state_dict().keys()
    other = lycoris.build(unet, [], SD1, settings)
    other.load_weights(state)
    for (key, mine), (_, wanted) in zip(other.named_parameters(), network.named_parameters(), strict=True):
        assert torch.equal(mine, wanted), key


def test_a_file_starts_a_scalar_anew(unet: nn.Module) -> None:
    settings = lycoris_settings("use_scalar=true")
    network = filled(lycoris.build(unet, [], SD1, settings)).eval()
    wanted, state = drawn(unet), network.state_dict()
    network.detach()
    other = lycoris.build(unet, [], SD1, settings)
    other.load_weights(state)
    assert {p.item() for key, p in other.named_parameters() if key.endswith("scalar")} == {1.0}
    assert torch.allclose(drawn(unet), wanted, atol=1e-5)


def test_lora_plus_speeds_the_up_weights_up(unet: nn.Module) -> None:
    args = ("algo=lora", "loraplus_lr_ratio=16", "loraplus_text_encoder_lr_ratio=4")
    made = tiny.parts("sd1")["text_encoder"]
    settings = lycoris_settings(*args, learning_rate=1e-3)
    groups = lycoris.build(unet, [made], SD1, settings).parameter_groups(settings)
    assert [(group["name"], group["lr"]) for group in groups] == [
        ("textencoder", 1e-3),
        ("textencoder plus", 4e-3),
        ("unet", 1e-3),
        ("unet plus", 16e-3),
    ]
    assert all(p.shape[1] == 4 for group in groups if "plus" in group["name"] for p in group["params"])
    loha = lycoris_settings("algo=loha", "loraplus_lr_ratio=16")
    assert [g["name"] for g in lycoris.build(unet, [], SD1, loha).parameter_groups(loha)] == ["unet"]


def test_norms_are_reported(unet: nn.Module) -> None:
    network = filled(lycoris.build(unet, [], SD1, lycoris_settings("algo=loha")))
    report = network.limit_norms(0.01)
    assert report is not None
    assert report.keys_scaled == network.module_count()
    assert report.largest_norm == pytest.approx(0.01, rel=1e-3)
