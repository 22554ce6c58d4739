"""Weights and rates that change or rest on the way."""

from typing import Any

import pytest

from mikazuki.data.lengths import Lengths
from mikazuki.settings.rates import embedding_rate, prior_weight, rest_step, word_steps
from mikazuki.settings.train import TrainSettings


def settings_for(**more: Any) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "m", "train_data_dir": "d", **more})


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, {0: 0.8, 50: 0.8}),
        ({"prior_loss_scale": True}, {0: 0.8, 1: 0.793, 50: 0.45, 99: 0.107, 100: 0.1, 500: 0.1}),
        ({"prior_loss_scale": True, "prior_loss_target": 4}, {1: 0.625, 2: 0.45, 3: 0.275, 4: 0.1, 5: 0.1}),
        ({"prior_loss_scale": True, "prior_loss_target": 2, "prior_loss_weight_min": 0}, {1: 0.4, 2: 0}),
        ({"prior_loss_scale": True, "prior_loss_target": 2, "prior_loss_weight_min": 1}, {0: 0.8, 1: 0.9, 2: 1}),
    ],
)
def test_the_weight_of_class_pictures_falls_evenly(more: dict[str, Any], wanted: dict[int, float]) -> None:
    settings = settings_for(prior_loss_weight=0.8, **more)
    assert {epoch: prior_weight(settings, epoch) for epoch in wanted} == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("options", "step"),
    [
        ({}, None),
        ({"method": "dreambooth", "stop_text_encoder_training": 30}, 30),
        ({"text_encoder_ratio": 0.5}, 40),
        ({"text_encoder_ratio": 0.0625}, 0),
        ({"text_encoder_ratio": 0.1875}, 20),
        ({"text_encoder_ratio": 1.0}, 80),
    ],
)
def test_when_text_encoders_rest(options: dict[str, Any], step: int | None) -> None:
    assert rest_step(settings_for(**options), 8, lambda epoch: 10 * epoch) == step


def test_a_share_of_epochs_that_become_shorter() -> None:
    """Half of the epochs, where those behind the first two show fewer concepts."""
    lengths = Lengths(batches=(4, 3), epochs=(2, None), accumulation=1)
    assert rest_step(settings_for(text_encoder_ratio=0.5), 8, lengths.steps_before) == 2 * 7 + 2 * 3


def test_words_beside_a_network() -> None:
    words = {"method": "pivotal_tuning", "token_string": "x"}
    assert embedding_rate(settings_for(**words)) == 5e-3
    assert embedding_rate(settings_for(**words, embedding_lr=1e-4)) == 1e-4
    assert [word_steps(settings_for(**words, pivotal_ratio=share), 9) for share in (0.0, 0.5, 1.0)] == [0, 5, 9]
