from typing import Any

import pytest

from mikazuki.settings.flags import take_flags
from mikazuki.settings.load import parse
from mikazuki.settings.train import TrainSettings

NEEDED = {"pretrained_model_name_or_path": "model.safetensors", "train_data_dir": "pictures"}


def read(*words: str) -> tuple[list[str], dict[str, Any]]:
    return take_flags(words, TrainSettings)


def test_options_are_taken_and_everything_else_is_left() -> None:
    rest, values = read("config.toml", "--network_dim", "8", "--json", "--flip_aug", "--set", "seed=1")
    assert rest == ["config.toml", "--json"]
    assert values == {"network_dim": 8, "flip_aug": True, "seed": 1}


def test_a_truth_value_does_not_swallow_the_settings_file() -> None:
    assert read("--flip_aug", "config.toml") == (["config.toml"], {"flip_aug": True})
    assert read("--flip_aug", "False", "config.toml") == (["config.toml"], {"flip_aug": False})


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--network_args", "conv_dim=4", "conv_alpha=1", "--seed", "1"), ("conv_dim=4", "conv_alpha=1")),
        (("--network_args=conv_dim=4",), ("conv_dim=4",)),
        (("--network_args", "conv_dim=4 conv_alpha=1"), ("conv_dim=4", "conv_alpha=1")),
    ],
)
def test_several_values(words: tuple[str, ...], expected: tuple[str, ...]) -> None:
    _, values = read(*words)
    assert parse(TrainSettings, NEEDED | values, "flags").network_args == expected


def test_numbers_texts_and_rates_reach_the_settings() -> None:
    _, values = read(
        "--text_encoder_lr",
        "1e-5",
        "2e-5",
        "--resolution",
        "512,768",
        "--output_name=2024",
        "--base_weights",
        "a b",
        "c",
    )
    settings = parse(TrainSettings, NEEDED | values, "flags")
    assert settings.text_encoder_lr == (1e-5, 2e-5)
    assert settings.resolution == (512, 768)
    assert settings.output_name == "2024"
    assert settings.base_weights == ("a b", "c")


def test_the_last_one_wins() -> None:
    assert read("--seed", "1", "--seed", "2")[1] == {"seed": 2}
    assert read("--seed", "1", "--set", "seed=2")[1] == {"seed": 2}
    assert read("--set", "seed=1", "--seed", "2")[1] == {"seed": 2}
