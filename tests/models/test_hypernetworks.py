"""Hypernetwork files and their arithmetic, against dictionaries and sums written out by hand."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from mikazuki.errors import MikazukiError
from mikazuki.models.adapters import Precision
from mikazuki.models.hypernetwork_spec import HypernetworkSpec, file_shapes_of
from mikazuki.models.hypernetworks import (
    ACTIVATIONS,
    ContextNetwork,
    Hypernetwork,
    HypernetworkFile,
    activation_of,
    read_hypernetwork,
    save_hypernetwork,
)
from mikazuki.models.identify import file_shapes
from mikazuki.models.library import read_model
from mikazuki.settings.options.hypernetwork import HypernetworkSettings
from tests.models.conftest import Runs

PLAIN: Final = HypernetworkSpec()
FULL: Final = HypernetworkSpec(
    (1.0, 2.0, 2.0, 1.0), "relu", "KaimingNormal", layer_norm=True, shares=(0.0, 0.3, 0.3, 0.0)
)
OF_FULL: Final = {
    "linear.0.weight": (8, 4), "linear.0.bias": (8,), "linear.2.weight": (8,), "linear.2.bias": (8,),
    "linear.4.weight": (8, 8), "linear.4.bias": (8,), "linear.6.weight": (8,), "linear.6.bias": (8,),
    "linear.8.weight": (4, 8), "linear.8.bias": (4,), "linear.9.weight": (4,), "linear.9.bias": (4,),
}  # fmt: skip
"""Tensors of width 4 for `FULL`: 0 linear, 1 relu, 2 norm, 3 dropout, 4 linear, 5 relu, 6 norm, 7 dropout..."""
OF_PLAIN: Final = {
    "linear.0.weight": (8, 4), "linear.0.bias": (8,), "linear.1.weight": (4, 8), "linear.1.bias": (4,),
}  # fmt: skip


def file_of(spec: HypernetworkSpec, widths: tuple[int, ...] = (4, 6), **told: Any) -> HypernetworkFile:
    torch.manual_seed(5)
    return HypernetworkFile(spec, Hypernetwork(widths, spec).state_dict(), **told)


def drawn(shapes: dict[str, tuple[int, ...]]) -> OrderedDict[str, Tensor]:
    return OrderedDict((name, torch.randn(shape)) for name, shape in shapes.items())


@pytest.mark.parametrize(("spec", "names"), [(PLAIN, OF_PLAIN), (FULL, OF_FULL)])
def test_the_file_is_the_web_uis(tmp_path: Path, spec: HypernetworkSpec, names: dict[str, tuple[int, ...]]) -> None:
    path = tmp_path / "x.pt"
    file = file_of(spec, step=500, name="cat", sd_checkpoint="0123456789", sd_checkpoint_name="sd15", info="a cat")
    assert save_hypernetwork(path, file, {"modelspec.title": "cat"}) == path.stat().st_size
    held = torch.load(path, weights_only=True)
    for width in (4, 6):
        assert type(held[width]) is tuple
        assert len(held[width]) == 2
    for part in held[4]:
        assert {name: tuple(tensor.shape) for name, tensor in part.items()} == names
        assert list(part) == list(names)
        assert {tensor.dtype for tensor in part.values()} == {torch.float32}
    assert torch.equal(held[6][1]["linear.0.weight"], file.tensors["6.1.linear.0.weight"])
    told = {key: value for key, value in held.items() if isinstance(key, str)}
    assert told == {
        "step": 500,
        "name": "cat",
        "layer_structure": list(spec.widths),
        "activation_func": spec.activation,
        "is_layer_norm": spec.layer_norm,
        "weight_initialization": spec.weight_init,
        "sd_checkpoint": "0123456789",
        "sd_checkpoint_name": "sd15",
        "activate_output": False,
        "use_dropout": spec is FULL,
        "dropout_structure": [0.0, 0.3, 0.3, 0.0] if spec is FULL else [0.0, 0.0, 0.0],
        "last_layer_dropout": spec is FULL,
        "optional_info": "a cat",
    }


@pytest.mark.parametrize("ending", ["pt", "ckpt", "safetensors"])
@pytest.mark.parametrize("spec", [PLAIN, FULL])
def test_what_is_written_is_read(tmp_path: Path, spec: HypernetworkSpec, ending: str) -> None:
    path, file = tmp_path / f"x.{ending}", file_of(spec, step=7, name="cat", sd_checkpoint_name="sd15")
    save_hypernetwork(path, file, {})
    found = read_hypernetwork(path)
    assert (found.spec, found.step, found.name) == (spec, 7, "cat")
    assert (found.sd_checkpoint, found.sd_checkpoint_name, found.info) == (None, "sd15", None)
    assert found.widths == (4, 6)
    assert found.tensors.keys() == file.tensors.keys()
    assert all(torch.equal(tensor, file.tensors[name]) for name, tensor in found.tensors.items())
    # names and shapes are known without reading a tensor
    assert file_shapes(path) == file_shapes_of(spec, (4, 6))
    assert read_model(path).kind == "hypernetwork"


@pytest.mark.parametrize(("precision", "dtype"), [("fp16", torch.float16), ("bf16", torch.bfloat16)])
@pytest.mark.parametrize("ending", ["pt", "safetensors"])
def test_precision(tmp_path: Path, ending: str, precision: Precision, dtype: torch.dtype) -> None:
    path = tmp_path / f"x.{ending}"
    save_hypernetwork(path, file_of(PLAIN), {"modelspec.title": "cat"}, precision)
    assert {tensor.dtype for tensor in read_hypernetwork(path).tensors.values()} == {dtype}


def test_a_safetensors_file_tells_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    save_hypernetwork(path, file_of(FULL, step=3, name="cat"), {"modelspec.title": "cat", "step": "1"})
    assert set(load_file(path)) == set(file_shapes_of(FULL, (4, 6)))
    with safe_open(path, "pt") as file:
        assert file.metadata() == {
            "modelspec.title": "cat",
            "step": "3",
            "name": "cat",
            "layer_structure": "[1.0, 2.0, 2.0, 1.0]",
            "activation_func": "relu",
            "is_layer_norm": "true",
            "weight_initialization": "KaimingNormal",
            "activate_output": "false",
            "use_dropout": "true",
            "dropout_structure": "[0.0, 0.3, 0.3, 0.0]",
            "last_layer_dropout": "true",
        }


def test_the_web_uis_file_is_computed_as_there(tmp_path: Path) -> None:
    """A dictionary as the web UI writes it, and its sums written out: linear, function, norm, thrice."""
    torch.manual_seed(1)
    keys, values = drawn(OF_FULL), drawn(OF_FULL)
    path = tmp_path / "x.pt"
    content: dict[int | str, Any] = {
        4: (keys, values), "layer_structure": [1.0, 2.0, 2.0, 1.0], "activation_func": "swish", "is_layer_norm": True,
        "weight_initialization": "Normal", "activate_output": False, "use_dropout": True,
        "dropout_structure": [0, 0.3, 0.3, 0], "last_layer_dropout": True, "optional_info": None, "step": 9,
    }  # fmt: skip
    torch.save(content, path)
    file = read_hypernetwork(path)
    network = Hypernetwork(file.widths, file.spec).eval()
    network.load_state_dict(dict(file.tensors))
    x = torch.randn(2, 5, 4)
    for number, part in enumerate((keys, values)):
        y = x
        for linear, norm, last in ((0, 2, False), (4, 6, False), (8, 9, True)):
            y = y @ part[f"linear.{linear}.weight"].T + part[f"linear.{linear}.bias"]
            # what the web UI calls swish
            y = y if last else y * F.relu6(y + 3) / 6
            spread = (y.var(-1, keepdim=True, unbiased=False) + 1e-5).sqrt()
            y = (y - y.mean(-1, keepdim=True)) / spread * part[f"linear.{norm}.weight"] + part[f"linear.{norm}.bias"]
        found = network.part(4, number)(x, 0.5)
        assert torch.allclose(found, x + y * 0.5, atol=1e-5)


def test_the_first_files_are_read_with_the_web_uis_defaults(tmp_path: Path) -> None:
    path = tmp_path / "x.pt"
    old = {"linear1.weight": (8, 4), "linear1.bias": (8,), "linear2.weight": (4, 8), "linear2.bias": (4,)}
    parts = (drawn(old), drawn(old))
    torch.save({4: parts}, path)
    assert read_model(path).kind == "hypernetwork"
    found = read_hypernetwork(path)
    assert found.spec == HypernetworkSpec((1, 2, 1), "linear", "Normal", activate_output=True)
    assert torch.equal(found.tensors["4.1.linear.1.weight"], parts[1]["linear2.weight"])
    assert (found.step, found.name, found.sd_checkpoint) == (0, None, None)


def test_older_files_say_only_that_they_drop(tmp_path: Path) -> None:
    path = tmp_path / "x.pt"
    save_hypernetwork(path, file_of(FULL), {})
    held = torch.load(path, weights_only=True)
    del held["dropout_structure"]
    torch.save(held, path)
    assert read_hypernetwork(path).spec.shares == (0.0, 0.3, 0.3, 0.0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"layer_structure": [1, 4, 1]}, "do not fit the structure"),
        ({"is_layer_norm": True}, "do not fit the structure"),
        ({"layer_structure": [2, 1]}, "layer_structure"),
        ({"layer_structure": "wide"}, "cannot be read"),
        ({"layer_structure": [1, float("inf"), 1]}, "cannot be read"),
        ({"layer_structure": [1, float("nan"), 1]}, "cannot be read"),
        ({"layer_structure": [1, 1.7e308, 1]}, "cannot be read"),
        ({"layer_structure": [1, 10**400, 1]}, "cannot be read"),
        ({"step": float("inf")}, "cannot be read"),
        ({"dropout_structure": [0, 1.5, 0]}, "dropout_structure"),
        ({"skip_connection": True}, "skipped"),
        ({4: ({}, {})}, "no networks by width"),
        ({4: torch.zeros(4)}, "no networks by width"),
    ],
)
def test_files_that_are_not_understood(tmp_path: Path, change: dict[Any, Any], words: str) -> None:
    path = tmp_path / "x.pt"
    save_hypernetwork(path, file_of(PLAIN, (4,)), {})
    torch.save(torch.load(path, weights_only=True) | change, path)
    with pytest.raises(MikazukiError, match=words) as caught:
        read_hypernetwork(path)
    assert caught.value.code == "not-a-hypernetwork"
    assert "hypernetwork_weights" in caught.value.hint


@pytest.mark.parametrize("told", [{"layer_structure": "1,2,1"}, {"step": "many"}])
def test_a_safetensors_file_whose_facts_are_no_json(tmp_path: Path, told: dict[str, str]) -> None:
    path = tmp_path / "x.safetensors"
    save_file(dict(file_of(PLAIN).tensors), path, told)
    with pytest.raises(MikazukiError, match="cannot be read") as caught:
        read_hypernetwork(path)
    assert caught.value.code == "not-a-hypernetwork"


def test_code_never_runs(tmp_path: Path) -> None:
    path, trace = tmp_path / "x.pt", tmp_path / "trace"
    torch.save({4: (drawn(OF_PLAIN), drawn(OF_PLAIN)), "extra": Runs(trace)}, path)
    with pytest.raises(MikazukiError) as caught:
        read_hypernetwork(path)
    assert caught.value.code == "unsafe-pickle"
    assert not trace.exists()


@pytest.mark.parametrize(
    ("kind", "spread"),
    [
        # standard deviations for a weight of 128 x 64: fan in 64, fan out 128
        ("Normal", 0.01),
        ("KaimingNormal", (2 / 64) ** 0.5),
        ("KaimingUniform", (2 / 64) ** 0.5),
        ("XavierNormal", (2 / 192) ** 0.5),
        ("XavierUniform", (2 / 192) ** 0.5),
    ],
)
def test_how_weights_begin(kind: str, spread: float) -> None:
    torch.manual_seed(3)
    built = ContextNetwork(64, HypernetworkSpec(weight_init=kind, layer_norm=True)).linear
    weight = built.get_parameter("0.weight")
    assert weight.std().item() == pytest.approx(spread, rel=0.05)
    assert weight.mean().item() == pytest.approx(0, abs=spread / 10)
    # a uniform distribution ends where its standard deviation times the root of 3 is
    assert (weight.abs().max().item() <= spread * 3**0.5 + 1e-6) == kind.endswith("Uniform")
    assert built.get_parameter("1.weight").std().item() == pytest.approx(0.01, rel=0.2)
    assert not any(built.get_parameter(f"{number}.bias").any() for number in range(4))


def test_kaiming_knows_the_leaky_activation() -> None:
    torch.manual_seed(3)
    spec = HypernetworkSpec(weight_init="KaimingNormal", activation="leakyrelu")
    assert ContextNetwork(64, spec).linear.get_parameter("0.weight").std().item() == pytest.approx(
        (2 / (1 + 0.01**2) / 64) ** 0.5, rel=0.03
    )


def test_every_activation_of_the_options_is_there() -> None:
    options = HypernetworkSettings.model_json_schema()["properties"]["hypernetwork_activation"]["enum"]
    assert set(options) - {"linear"} <= ACTIVATIONS.keys()
    x = torch.linspace(-8, 8, 33)
    by_hand: dict[str, Callable[[Tensor], Tensor]] = {
        "relu": F.relu, "leakyrelu": F.leaky_relu, "elu": F.elu, "swish": F.hardswish, "tanh": torch.tanh,
        "sigmoid": torch.sigmoid, "hardswish": F.hardswish, "hardtanh": F.hardtanh, "gelu": F.gelu, "mish": F.mish,
        "selu": F.selu, "silu": F.silu, "softplus": F.softplus, "softsign": F.softsign, "celu": F.celu,
        "relu6": F.relu6,
    }  # fmt: skip
    for name in options:
        if name != "linear":
            assert torch.equal(activation_of(name)(x), by_hand[name](x)), name
    with pytest.raises(MikazukiError, match="prelu") as caught:
        activation_of("prelu")
    assert caught.value.code == "hypernetwork-activation"


def test_dropout_is_for_learning() -> None:
    torch.manual_seed(0)
    network = ContextNetwork(16, HypernetworkSpec(weight_init="XavierNormal", shares=(0, 0.5, 0)))
    x = torch.randn(1, 3, 16)
    assert not torch.equal(network(x), network(x))
    network.eval()
    assert torch.equal(network(x), network(x))
    assert network(x.to(torch.float64).float()).dtype == torch.float32
