from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from mikazuki.models.families import UNET_PREFIX, FamilyName
from mikazuki.models.headers import read_header
from mikazuki.models.prediction import prediction_of_file
from tests.models.conftest import WriteHeader


@pytest.mark.parametrize(
    ("told", "expected"), [("v", "v_prediction"), ("epsilon", "epsilon"), ("v_prediction", "v_prediction")]
)
def test_metadata_tells(safetensors_of: WriteHeader, told: str, expected: str) -> None:
    path = safetensors_of({"a": (1,)}, metadata={"modelspec.prediction_type": told})
    assert prediction_of_file(path, "sdxl", read_header(path)) == expected


def test_a_marker_tensor_tells(safetensors_of: WriteHeader) -> None:
    path = safetensors_of({"v_pred": ()})
    assert prediction_of_file(path, "sdxl", read_header(path)) == "v_prediction"


@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_epsilon_is_the_rule(safetensors_of: WriteHeader, family: FamilyName) -> None:
    path = safetensors_of({"a": (1,)})
    assert prediction_of_file(path, family, read_header(path)) == "epsilon"


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
@pytest.mark.parametrize(("spread", "expected"), [(0.05, "epsilon"), (0.2, "v_prediction")])
def test_sd2_is_told_by_the_spread_of_the_last_bias(
    tmp_path: Path, dtype: torch.dtype, spread: float, expected: str
) -> None:
    end = "1.transformer_blocks.0.norm1.bias"
    bias = torch.linspace(-1, 1, 64)
    state = {
        f"{UNET_PREFIX}output_blocks.11.{end}": bias / bias.std() * spread,
        f"{UNET_PREFIX}output_blocks.9.{end}": bias / bias.std() * (0.25 - spread),
    }
    path = tmp_path / "m.safetensors"
    save_file({name: tensor.to(dtype) for name, tensor in state.items()}, path)
    assert prediction_of_file(path, "sd2", read_header(path)) == expected


def test_an_sd2_checkpoint_is_taken_for_v(tmp_path: Path) -> None:
    assert prediction_of_file(tmp_path, "sd2", None) == "v_prediction"
    assert prediction_of_file(tmp_path, "sdxl", None) == "epsilon"
    assert prediction_of_file(tmp_path, "sdxl", None, ["v_pred"]) == "v_prediction"
