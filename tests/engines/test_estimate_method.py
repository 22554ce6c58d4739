"""Sizes of what methods beside lora train and write, against the real thing."""

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from mikazuki.engines.estimate import text_shapes, unet_shapes
from mikazuki.engines.estimate_method import adafactor_bytes, bytes_a_weight, file_bytes, trained_numbers
from mikazuki.models.families import FamilyName
from mikazuki.models.hypernetwork_spec import HypernetworkSpec
from mikazuki.models.hypernetworks import Hypernetwork, HypernetworkFile, save_hypernetwork
from mikazuki.models.identify import ModelInfo, identify
from mikazuki.settings.train import TrainSettings
from mikazuki.training.optimizers import build_optimizer
from tests.models import tiny


def settings(**more: Any) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "-", "train_data_dir": "-", **more})


def numbers(info: ModelInfo, found: TrainSettings) -> int:
    return trained_numbers(info, found, unet_shapes(info), text_shapes(info))


@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_whole_parts_are_counted(tmp_path: Path, family: FamilyName) -> None:
    path = tiny.make(family, tmp_path)
    info, parts = identify(path), tiny.parts(family)
    unet = sum(p.numel() for p in parts["unet"].parameters())
    text = sum(p.numel() for name, part in parts.items() if name.startswith("text") for p in part.parameters())
    assert numbers(info, settings(method="fine_tune")) == unet
    both = numbers(info, settings(method="dreambooth", train_text_encoder=True))
    assert both == pytest.approx(unet + text, rel=1e-3)
    assert numbers(info, settings(method="dreambooth")) == (both if family == "sd1" else unet)
    size = path.stat().st_size
    assert file_bytes(info, settings(method="fine_tune"), unet) == pytest.approx(size, rel=0.05)
    half = file_bytes(info, settings(method="fine_tune", save_precision="fp16"), unet)
    assert half == pytest.approx(size / 2, rel=0.05)


def test_a_word_is_small(tmp_path: Path) -> None:
    info = identify(tiny.make("sdxl", tmp_path))
    options = {"token_string": "<cat>", "num_vectors_per_token": 3}
    word = settings(method="textual_inversion", **options)
    assert numbers(info, word) == 3 * (tiny.TEXT_WIDTH + tiny.SECOND_WIDTH)
    assert file_bytes(info, word, 120) < 2000
    both = settings(method="textual_inversion", **options | {"token_string": "<cat> <dog>"})
    assert numbers(info, both) == 2 * numbers(info, word)


@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_hypernetworks_are_counted(tmp_path: Path, family: FamilyName) -> None:
    info = identify(tiny.make(family, tmp_path))
    built = {"hypernetwork_layer_structure": "1,3,1", "hypernetwork_layer_norm": True}
    spec = HypernetworkSpec((1, 3, 1), layer_norm=True)
    file = HypernetworkFile(spec, Hypernetwork((8, 16) if family == "sd1" else (16, 40), spec).state_dict())
    counted = numbers(info, settings(method="hypernetwork", **built))
    assert counted == sum(tensor.numel() for tensor in file.tensors.values())
    path = tmp_path / "x.safetensors"
    size = save_hypernetwork(path, file, {})
    assert file_bytes(info, settings(method="hypernetwork"), counted) == pytest.approx(size, rel=0.2)
    # what is started from brings its structure; what cannot be read is told elsewhere
    assert numbers(info, settings(method="hypernetwork", hypernetwork_weights=str(path))) == counted
    assert numbers(info, settings(method="hypernetwork", hypernetwork_weights="gone.pt")) == 0
    alone = numbers(info, settings(method="hypernetwork", hypernetwork_sizes=[16]))
    assert alone == 2 * (2 * 16 * 32 + 32 + 16)


@pytest.mark.parametrize(
    ("more", "size"),
    [
        ({}, 16),
        ({"optimizer_type": "AdamW8bit"}, 10),
        ({"optimizer_type": "Lion"}, 12),
        ({"optimizer_type": "Adafactor", "fused_backward_pass": True}, 4),
        ({"optimizer_type": "Adafactor", "full_bf16": True, "mixed_precision": "bf16"}, 4),
        ({"optimizer_type": "AdamW8bit", "fused_optimizer_groups": 4}, 7),
        ({"optimizer_type": "CAME", "full_bf16": True, "mixed_precision": "bf16"}, 8),
    ],
)
def test_memory_of_a_weight(more: dict[str, Any], size: float) -> None:
    assert bytes_a_weight(settings(method="dreambooth", **more)) == size


def test_what_adafactor_remembers_is_counted() -> None:
    """As its own state says, beside the copies of the largest weight that it works with."""
    layers = nn.Sequential(nn.Conv2d(8, 16, 3), nn.Linear(12, 20), nn.Conv2d(4, 6, 1), nn.GroupNorm(2, 10))
    shapes = {name: tuple(parameter.shape) for name, parameter in layers.named_parameters()}
    optimizer = build_optimizer("Adafactor", [], [{"params": [*layers.parameters()], "lr": 1.0, "name": "unet"}])
    for parameter in layers.parameters():
        parameter.grad = torch.ones_like(parameter)
    optimizer.step()
    remembered = [value for state in optimizer.state.values() for value in state.values()]
    size = sum(value.numel() for value in remembered if isinstance(value, torch.Tensor) and value.ndim) * 4
    worked_with = 5 * 4 * 16 * 8 * 3 * 3
    assert adafactor_bytes(settings(method="fine_tune", optimizer_type="Adafactor"), shapes) == size + worked_with
    assert adafactor_bytes(settings(method="fine_tune"), shapes) == 0
    assert adafactor_bytes(settings(method="fine_tune", optimizer_type="Adafactor"), {}) == 0
