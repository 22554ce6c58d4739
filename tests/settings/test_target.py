"""A settings file's method and family decide whose options it takes."""

from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.target import Target, parse_for_target, target_of
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.check import UpstreamSettings

BASE = {"pretrained_model_name_or_path": "m.safetensors", "train_data_dir": "d"}
FLUX = BASE | {
    "resolution": "512", "output_dir": "o", "output_name": "n", "ae": "a", "clip_l": "c", "t5xxl": "t",
    "max_train_epochs": 1, "apply_t5_attn_mask": True, "network_module": "networks.lora_flux",
    "cache_latents": True, "network_train_unet_only": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("values", "target", "script"),
    [
        ({}, Target("lora", "auto"), "train_network"),
        ({"model_type": "sdxl"}, Target("lora", "sdxl"), "sdxl_train_network"),
        ({"model_type": "chroma"}, Target("lora", "chroma"), "flux_train_network"),
        ({"method": "full", "model_type": "flux"}, Target("full", "flux"), "flux_train"),
    ],
)
def test_a_file_says_what_it_is_for(values: dict[str, Any], target: Target, script: str) -> None:
    assert target_of(values) == target
    assert target.script.name == script


def test_ours_are_checked_by_our_definition() -> None:
    assert isinstance(parse_for_target(BASE | {"model_type": "sd1"}, "x"), TrainSettings)
    assert "sample_grid" in Target().names()


@pytest.mark.parametrize("family", ["flux", "chroma"])
def test_others_by_the_scripts_and_what_the_launcher_heeds_is_not_handed_on(family: str) -> None:
    values = FLUX | {"engine": "sd-scripts", "model_type": family, "num_processes": 2, "method": "lora"}
    checked = parse_for_target(values, "x")
    assert isinstance(checked, UpstreamSettings)
    assert not {"engine", "num_processes", "method"} & checked.values.keys()
    assert checked.value("model_type") == family
    assert {"engine", "guidance_scale"} <= target_of(values).names()


def test_what_nothing_trains_is_refused() -> None:
    with pytest.raises(MikazukiError, match="no script for method lllite"):
        parse_for_target(BASE | {"method": "lllite", "model_type": "sd1"}, "x")
