"""Hypernetworks without tensors: layers are numbered as the classic web UI's, widths are those of the attention."""

from pathlib import Path
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.models.classify import hypernetwork_widths
from mikazuki.models.families import UNET_PREFIX, FamilyName
from mikazuki.models.hypernetwork_spec import (
    HypernetworkSpec,
    attention_widths,
    check_hypernetwork,
    file_shapes_of,
    older_shares,
)
from mikazuki.models.identify import identify
from mikazuki.models.library import read_model
from mikazuki.settings.train import TrainSettings
from tests.models import contract
from tests.models.conftest import WriteHeader

LINEAR, NORM, FUNCTION, DROPOUT = "linear", "norm", "activation", "dropout"


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        ({}, [LINEAR, LINEAR]),
        ({"activation": "relu"}, [LINEAR, FUNCTION, LINEAR]),
        ({"activation": "relu", "activate_output": True}, [LINEAR, FUNCTION, LINEAR, FUNCTION]),
        ({"activate_output": True}, [LINEAR, LINEAR]),
        ({"layer_norm": True}, [LINEAR, NORM, LINEAR, NORM]),
        ({"shares": (0.0, 0.3, 0.0)}, [LINEAR, DROPOUT, LINEAR]),
        ({"shares": (0.5, 0.0, 0.3)}, [LINEAR, LINEAR, DROPOUT]),
        (
            {"widths": (1, 2, 2, 1), "activation": "mish", "layer_norm": True, "shares": (0.0, 0.3, 0.2, 0.0)},
            [LINEAR, FUNCTION, NORM, DROPOUT, LINEAR, FUNCTION, NORM, DROPOUT, LINEAR, NORM],
        ),
    ],
)
def test_layers_and_their_order(options: dict[str, Any], kinds: list[str]) -> None:
    assert [layer.kind for layer in HypernetworkSpec(**options).layers(8)] == kinds


def test_shapes_are_numbered_by_all_layers() -> None:
    spec = HypernetworkSpec((1, 1.5, 1), activation="relu", layer_norm=True, shares=(0, 0.1, 0))
    assert spec.shapes(10) == {
        "linear.0.weight": (15, 10),
        "linear.0.bias": (15,),
        "linear.2.weight": (15,),
        "linear.2.bias": (15,),
        "linear.4.weight": (10, 15),
        "linear.4.bias": (10,),
        "linear.5.weight": (10,),
        "linear.5.bias": (10,),
    }
    assert len(file_shapes_of(spec, (10, 20))) == 4 * 8


def test_settings_say_the_structure() -> None:
    given = {
        "hypernetwork_layer_structure": "1,2,2,1",
        "hypernetwork_activation": "gelu",
        "hypernetwork_weight_init": "XavierNormal",
        "hypernetwork_layer_norm": True,
        "hypernetwork_activate_output": True,
        "hypernetwork_dropout_structure": "0,0.1,0.2,0",
    }
    base = {"pretrained_model_name_or_path": "-", "train_data_dir": "-", "method": "hypernetwork"}
    plain, other = TrainSettings.model_validate(base), TrainSettings.model_validate(base | given)
    assert HypernetworkSpec.of(plain) == HypernetworkSpec()
    wanted = HypernetworkSpec((1, 2, 2, 1), "gelu", "XavierNormal", True, True, (0, 0.1, 0.2, 0))
    assert HypernetworkSpec.of(other) == wanted
    assert wanted.drops
    assert not HypernetworkSpec().drops


@pytest.mark.parametrize("value", ["320,640", "320 640", [320, 640]])
def test_sizes_are_written_in_any_way(value: object) -> None:
    base = {"pretrained_model_name_or_path": "-", "train_data_dir": "-", "method": "hypernetwork"}
    assert TrainSettings.model_validate(base | {"hypernetwork_sizes": value}).hypernetwork_sizes == (320, 640)


@pytest.mark.parametrize(
    ("layers", "drops", "before_last", "shares"),
    [
        (3, False, True, ()),
        (3, True, True, (0, 0.3, 0)),
        (3, True, False, (0, 0, 0)),
        (4, True, False, (0, 0.3, 0, 0)),
        (5, True, True, (0, 0.3, 0.3, 0.3, 0)),
    ],
)
def test_what_older_files_drop(layers: int, drops: bool, before_last: bool, shares: tuple[float, ...]) -> None:  # noqa: FBT001
    assert older_shares(layers, drops=drops, before_last=before_last) == shares


@pytest.mark.parametrize(
    ("family", "widths"),
    [("sd1", (320, 640, 768, 1280)), ("sd2", (320, 640, 1024, 1280)), ("sdxl", (640, 1280, 2048))],
)
def test_widths_of_full_size_models(family: FamilyName, widths: tuple[int, ...]) -> None:
    unet = contract.meta_unet(family)
    assert attention_widths({name: tuple(tensor.shape) for name, tensor in unet.state_dict().items()}) == widths


def test_widths_by_the_original_names() -> None:
    shapes = contract.checkpoint_shapes("sd15")
    unet = {name: shape for name, shape in shapes.items() if name.startswith(UNET_PREFIX)}
    assert attention_widths(unet) == (320, 640, 768, 1280)


@pytest.mark.parametrize(("width", "family"), [(768, "sd1"), (1024, "sd2"), (2048, "sdxl"), (320, "")])
def test_files_are_known_by_their_names(safetensors_of: WriteHeader, width: int, family: str) -> None:
    path = safetensors_of(file_shapes_of(HypernetworkSpec(), (width,)), metadata={"step": "7"})
    found = read_model(path)
    assert (found.kind, found.family, found.problem) == ("hypernetwork", family, "")
    assert found.metadata == {"step": "7"}
    assert check_hypernetwork(path) == (width,)
    with pytest.raises(MikazukiError, match="hypernetwork_weights") as caught:
        identify(path)
    assert caught.value.code == "is-a-hypernetwork"


def test_other_files_are_none(safetensors_of: WriteHeader, tmp_path: Path) -> None:
    assert hypernetwork_widths({"320.2.linear.0.weight": (1,), "a.0.linear.0.weight": (1,), "clip_l": (1,)}) == ()
    with pytest.raises(MikazukiError) as caught:
        check_hypernetwork(safetensors_of({"emb_params": (1, 8)}))
    assert caught.value.code == "not-a-hypernetwork"
    with pytest.raises(MikazukiError, match="Correct hypernetwork_weights") as caught:
        check_hypernetwork(tmp_path / "nothing.pt")
    assert caught.value.code == "model-not-found"
