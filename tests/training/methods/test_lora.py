"""The method lora: which parts are trained, how, and what the file holds."""

import math
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from mikazuki.errors import MikazukiError
from mikazuki.models.families import FamilyName
from mikazuki.training.methods.lora import LoraMethod
from tests.training import making
from tests.training.conftest import GetModel, MakeRun
from tests.training.networks import building

pytestmark = pytest.mark.tiny


def prefixes(weights: dict[str, Tensor]) -> set[str]:
    return {"unet" if name.startswith("lora_unet_") else "text" for name in weights}


@pytest.mark.parametrize(
    ("options", "trained"),
    [
        ({}, {"unet", "text"}),
        ({"network_train_unet_only": True}, {"unet"}),
        ({"network_train_text_encoder_only": True}, {"text"}),
        ({"unet_lr": 0}, {"text"}),
        ({"text_encoder_lr": 0}, {"unet"}),
        ({"learning_rate": 0, "text_encoder_lr": 0.01}, {"text"}),
    ],
)
@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_what_is_trained(
    tiny_model: GetModel, train_tiny: MakeRun, family: str, options: dict[str, object], trained: set[str]
) -> None:
    weights = train_tiny(tiny_model(family), max_train_steps=2, **options).weights()
    assert prefixes(weights) == trained
    assert {name for name in making.unmoved(weights) if "te1_text_model_encoder_layers_2_" not in name} == set()


def test_a_part_has_its_own_rate(train_tiny: MakeRun) -> None:
    """Adam's first step is as long as the rate, whatever the gradient."""
    weights = train_tiny(max_train_steps=1, unet_lr=0.02, text_encoder_lr=0.005, optimizer_args="eps=1e-30").weights()
    for prefix, rate in (("lora_unet_", 0.02), ("lora_te_", 0.005)):
        ups = [t.abs().max() for name, t in weights.items() if name.startswith(prefix) and "lora_up" in name]
        assert max(map(float, ups)) == pytest.approx(rate, rel=1e-3)


def test_nothing_to_train_is_refused(train_tiny: MakeRun) -> None:
    with pytest.raises(ValueError, match="nothing would be trained"):
        train_tiny(learning_rate=0)
    with pytest.raises(ValueError, match="nothing would be trained"):
        train_tiny(network_train_unet_only=True, unet_lr=0)


def test_network_weights_are_what_it_starts_from(train_tiny: MakeRun) -> None:
    first = train_tiny(at="first")
    start = str(first.file)
    still = train_tiny(at="still", network_weights=start, learning_rate=1e-30, max_train_steps=1)
    assert making.same(still.weights(), first.weights())
    on = train_tiny(at="on", network_weights=start)
    assert on.losses()[0] == still.losses()[0]
    assert on.losses()[0] != first.losses()[0]
    assert not making.same(on.weights(), first.weights())


def test_network_weights_of_another_shape_are_refused(train_tiny: MakeRun) -> None:
    first = train_tiny(at="first", max_train_steps=1)
    with pytest.raises(MikazukiError) as caught:
        train_tiny(at="on", network_weights=str(first.file), network_dim=4)
    assert caught.value.code == "lora-mismatch"


def test_alpha_scales_what_is_learned(train_tiny: MakeRun) -> None:
    """Twice the alpha with half the up weights is the same model; twice the alpha with the same is not."""
    first = train_tiny(at="first", network_alpha=1.0)
    weights = first.weights()

    def loss_from(name: str, alpha: float, factor: float) -> float:
        changed = {
            key: torch.tensor(alpha) if key.endswith("alpha") else t * (factor if "lora_up" in key else 1.0)
            for key, t in weights.items()
        }
        path = first.file.with_name(f"{name}.safetensors")
        save_file(changed, path)
        return train_tiny(at=name, network_weights=str(path), max_train_steps=1).losses()[0]

    plain, same, double = loss_from("a", 1.0, 1.0), loss_from("b", 2.0, 0.5), loss_from("c", 2.0, 1.0)
    assert same == pytest.approx(plain, rel=1e-5)
    assert not math.isclose(double, plain, rel_tol=1e-4)


def test_dropout_has_its_own_numbers_at_every_step(train_tiny: MakeRun) -> None:
    plain = train_tiny(at="plain")
    dropped = train_tiny(at="dropped", network_dropout=0.5)
    # the up weights are zero at first, so that what is dropped cannot be seen before the second step
    assert dropped.losses()[0] == plain.losses()[0]
    assert dropped.losses()[2] != plain.losses()[2]


@pytest.mark.parametrize(
    ("precision", "dtype"),
    [(None, torch.float32), ("float", torch.float32), ("fp16", torch.float16), ("bf16", torch.bfloat16)],
)
def test_save_precision_is_the_files(train_tiny: MakeRun, precision: str | None, dtype: torch.dtype) -> None:
    done = train_tiny(save_precision=precision, max_train_steps=1)
    assert {tensor.dtype for tensor in done.weights().values()} == {dtype}


@pytest.mark.parametrize("ending", ["pt", "ckpt"])
def test_other_formats_hold_the_same(train_tiny: MakeRun, ending: str) -> None:
    done = train_tiny(at="other", save_model_as=ending, max_train_steps=1)
    assert done.file.name == f"x.{ending}"
    held = torch.load(done.file, weights_only=True)
    assert making.same(held, train_tiny(at="plain", max_train_steps=1).weights())


def test_convolutions_are_trained_with_conv_dim(train_tiny: MakeRun) -> None:
    done = train_tiny(network_args="conv_dim=2 conv_alpha=1")
    assert any(tensor.shape[2:] == (3, 3) for tensor in load_file(done.file).values())
    assert making.unmoved(done.weights()) == set()


def beside_tiny(family: FamilyName = "sd1", **options: Any) -> LoraMethod:
    base = building.base(family)
    return LoraMethod(base.unet, base.texts, base.family, building.settings(learning_rate=1e-3, **options))


@pytest.mark.parametrize("kind", building.KINDS)
def test_every_kind_is_saved_and_set_again(tmp_path: Path, kind: str) -> None:
    method, other = (beside_tiny(**building.KINDS[kind]) for _ in range(2))
    with torch.no_grad():
        for parameter in method.parameters():
            parameter.normal_()
    other.load_weights(method.weights())
    assert making.same(dict(other.weights()), dict(method.weights()))
    method.save(tmp_path / "x.safetensors", {})
    assert making.same(load_file(tmp_path / "x.safetensors"), dict(method.weights()))
    assert method.trains_text == ("oft" not in kind)
    groups = method.groups()
    assert all(group["base_lr"] == group["lr"] for group in groups)
    grouped = [parameter for group in groups for parameter in group["params"]]
    assert {id(parameter) for parameter in grouped} == {id(parameter) for parameter in method.parameters()}
    assert method.counts()[1] == sum(parameter.numel() for parameter in grouped)


def test_what_has_no_rate_needs_no_gradient() -> None:
    method = beside_tiny("sdxl", text_encoder_lr=[0, 1e-4])
    trained = sum(parameter.numel() for parameter in method.parameters())
    whole = beside_tiny("sdxl", text_encoder_lr=[1e-4, 1e-4])
    first = sum(
        tensor.numel()
        for name, tensor in whole.weights().items()
        if name.startswith("lora_te1_") and not name.endswith(".alpha")
    )
    assert trained == whole.counts()[1] - first
    assert method.weights().keys() == whole.weights().keys()


def test_norms_are_limited_where_that_is_set() -> None:
    assert beside_tiny().limit_norms() is None
    method = beside_tiny(scale_weight_norms=0.5)
    with torch.no_grad():
        for parameter in method.parameters():
            parameter.normal_()
    report = method.limit_norms()
    assert report is not None
    assert report.keys_scaled == method.counts()[0]
    assert report.largest_norm == pytest.approx(0.5)
