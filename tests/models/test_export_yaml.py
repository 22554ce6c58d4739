"""The configuration beside an SD2 file says what converters must know to build the model again."""

from typing import Any

import pytest
import torch
import yaml  # type: ignore[import-untyped]
from diffusers.loaders import single_file_utils

from mikazuki.models.export_parts import WholeModel, checkpoint_tensors
from mikazuki.models.export_yaml import model_yaml
from mikazuki.models.families import SD2
from tests.models import contract


@pytest.fixture(scope="module")
def shapes() -> dict[str, tuple[int, ...]]:
    texts = contract.meta_texts("sd2")
    model = WholeModel(SD2, "v_prediction", contract.meta_unet("sd2"), texts, contract.meta_vae("sd2"))
    return {name: tensor.shape for name, tensor in checkpoint_tensors(model, None).items()}


def test_diffusers_reads_the_published_configuration_off_it(shapes: dict[str, tuple[int, ...]]) -> None:
    told = yaml.safe_load(model_yaml(shapes, "v_prediction"))
    checkpoint = {name: torch.empty(shape, device="meta") for name, shape in shapes.items()}
    wanted = contract.read("model_configs.json")
    found = single_file_utils.create_unet_diffusers_config_from_ldm(told, checkpoint)
    compare(found, wanted["unet"]["sd21"])
    compare(single_file_utils.create_vae_diffusers_config_from_ldm(told, checkpoint), wanted["vae"]["sd21"])


def compare(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    common = found.keys() & wanted.keys() - {"sample_size"}
    assert len(common) >= 8
    assert {key: found[key] for key in common} == {key: wanted[key] for key in common}


@pytest.mark.parametrize(("prediction", "word"), [("epsilon", "eps"), ("v_prediction", "v")])
def test_what_the_model_predicts_is_told(shapes: dict[str, tuple[int, ...]], prediction: Any, word: str) -> None:
    told = yaml.safe_load(model_yaml(shapes, prediction))["model"]["params"]
    assert told["parameterization"] == word
    assert told["unet_config"]["params"]["attention_resolutions"] == [4, 2, 1]
    assert told["cond_stage_config"]["params"] == {"freeze": True, "layer": "penultimate"}
    assert told["use_ema"] is False
