"""Weights and rates that change or rest on the way."""

from typing import Any

import pytest

from mikazuki.settings.rates import embedding_rate, prior_weight, rest_step, word_steps
from mikazuki.settings.train import TrainSettings


def settings_for(**more: Any) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "m", "train_data_dir": "d", **more})


def test_the_weight_of_class_pictures_falls_to_its_end() -> None:
    still = settings_for(prior_loss_weight=0.8)
    assert [prior_weight(still, epoch) for epoch in (0, 9)] == [0.8, 0.8]
    falling = settings_for(prior_loss_weight=0.8, prior_loss_scale=True, prior_loss_target=4, prior_loss_weight_min=0.2)
    assert [prior_weight(falling, epoch) for epoch in (0, 2, 4, 9)] == pytest.approx([0.8, 0.5, 0.2, 0.2])


@pytest.mark.parametrize(
    ("options", "step"),
    [
        ({}, None),
        ({"method": "dreambooth", "stop_text_encoder_training": 30}, 30),
        ({"text_encoder_ratio": 0.5}, 40),
        ({"text_encoder_ratio": 0.05}, 0),
        ({"text_encoder_ratio": 1.0}, 80),
    ],
)
def test_when_text_encoders_rest(options: dict[str, Any], step: int | None) -> None:
    assert rest_step(settings_for(**options), epochs=8, steps_per_epoch=10) == step


def test_words_beside_a_network() -> None:
    words = {"method": "pivotal_tuning", "token_string": "x"}
    assert embedding_rate(settings_for(**words)) == 5e-3
    assert embedding_rate(settings_for(**words, embedding_lr=1e-4)) == 1e-4
    assert [word_steps(settings_for(**words, pivotal_ratio=share), 9) for share in (0.0, 0.5, 1.0)] == [0, 5, 9]
