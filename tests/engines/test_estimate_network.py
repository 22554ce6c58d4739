"""Numbers of every kind of network, held against what the builtin engine really made for tiny-sd at rank 4."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikazuki.engines.estimate import network_parameters
from mikazuki.engines.estimate_network import factors
from mikazuki.models.identify import ModelInfo, identify
from mikazuki.settings.train import TrainSettings

TINY = Path(__file__).parents[2] / "sd-models" / "tiny-sd"
LYCORIS = "lycoris.kohya"

MADE = [
    ("networks.lora", "", 93_184),
    ("networks.lora", "conv_dim=4", 247_872),
    ("networks.lora_fa", "conv_dim=4", 247_872),
    ("networks.dylora", "unit=4", 93_184),
    ("networks.dylora", "unit=4 conv_dim=4", 247_872),
    ("networks.oft", "", 120_320),
    ("networks.oft", "enable_all_linear=true enable_conv=true", 1_288_768),
    (LYCORIS, "algo=lora", 252_448),
    (LYCORIS, "algo=lora conv_dim=0", 117_952),
    (LYCORIS, "algo=lora dora_wd=true", 270_820),
    (LYCORIS, "algo=lora use_tucker=true conv_dim=2", 131_616),
    (LYCORIS, "algo=dylora", 252_448),
    (LYCORIS, "algo=loha", 504_896),
    (LYCORIS, "algo=loha use_tucker=true conv_dim=2", 263_232),
    (LYCORIS, "algo=lokr", 38_388),
    (LYCORIS, "algo=lokr factor=4", 65_624),
    (LYCORIS, "algo=lokr decompose_both=true factor=8", 42_284),
    (LYCORIS, "algo=lokr full_matrix=true", 70_324),
    (LYCORIS, "algo=glora", 392_000),
    (LYCORIS, "algo=diag-oft", 73_476),
    (LYCORIS, "algo=diag-oft rescaled=true", 91_848),
    (LYCORIS, "algo=ia3", 18_523),
    (LYCORIS, "algo=ia3 preset=ia3", 5_932),
    (LYCORIS, "algo=lora preset=full-lin", 117_952),
    (LYCORIS, "algo=lora preset=attn-mlp", 95_680),
    (LYCORIS, "algo=lora preset=attn-only", 42_880),
    (LYCORIS, "algo=lora preset=unet-only", 238_624),
    (LYCORIS, "algo=lora preset=unet-transformer-only", 81_856),
    (LYCORIS, "algo=lora preset=unet-convblock-only", 156_768),
]


@pytest.fixture(scope="module")
def tiny() -> ModelInfo:
    return identify(TINY)


def settings(module: str, arguments: str, rank: int = 4) -> TrainSettings:
    return TrainSettings(
        pretrained_model_name_or_path="m",
        train_data_dir="d",
        network_module=module,
        network_args=tuple(arguments.split()),
        network_dim=rank,
    )


@pytest.mark.parametrize(("module", "arguments", "made"), MADE)
def test_the_count_is_what_was_made(module: str, arguments: str, made: int, tiny: ModelInfo) -> None:
    assert network_parameters(tiny, settings(module, arguments)) == made


def test_whole_weights_are_counted_but_for_their_biases(tiny: ModelInfo) -> None:
    assert network_parameters(tiny, settings(LYCORIS, "algo=full")) == pytest.approx(5_709_412, rel=0.01)


def test_butterflies(tiny: ModelInfo) -> None:
    assert network_parameters(tiny, settings(LYCORIS, "algo=boft", rank=16)) == 1_045_520


def test_arguments_that_are_not_known_here_count_as_a_lora(tiny: ModelInfo) -> None:
    plain = network_parameters(tiny, settings("networks.lora", ""))
    assert network_parameters(tiny, settings(LYCORIS, "new_argument=1")) == plain


@given(number=st.integers(1, 5000), most=st.integers(-1, 64).filter(bool))
def test_factors_are_factors_the_smaller_first(number: int, most: int) -> None:
    small, large = factors(number, most)
    assert small * large == number
    assert small <= large
    assert most < 0 or small <= most
