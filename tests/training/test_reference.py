"""Whole training runs of upstream, replayed: with its latents, noise, timesteps and texts ours learns the same."""

from pathlib import Path
from typing import Any

import pytest
from accelerate.state import AcceleratorState

from mikazuki.settings.train import TrainSettings
from mikazuki.training.replay import Answer, replay
from tests.models.test_reference import CONTRACT, pytestmark, reference_model

__all__ = ["pytestmark"]
REFERENCE = CONTRACT / "reference"


def learn_again(name: str, tmp_path: Path, **more: Any) -> Answer:
    """Replay a recorded run with the settings that upstream had."""
    settings = TrainSettings.model_validate(
        {
            "pretrained_model_name_or_path": str(reference_model(name, tmp_path).path),
            "train_data_dir": str(REFERENCE / "sd15" / "data"),
            "output_dir": str(tmp_path),
            "logging_dir": str(tmp_path),
            "resolution": 128,
            "min_bucket_reso": 64,
            "max_bucket_reso": 256,
            "train_batch_size": 2,
            "learning_rate": 1e-3,
            "mixed_precision": "no",
            "seed": 42,
            "network_weights": str(REFERENCE / name / "lora_before.safetensors"),
            **more,
        }
    )
    AcceleratorState._reset_state(True)
    return replay(settings, tmp_path, REFERENCE / name)


def assert_same(answer: Answer) -> None:
    assert answer.losses == pytest.approx(answer.recorded, rel=1e-4)
    assert answer.adapter.largest < 1e-3, answer.adapter.tensor
    assert answer.conditions < 1e-4


def test_sd15_learns_what_upstream_learned(tmp_path: Path) -> None:
    answer = learn_again("sd15", tmp_path, max_train_steps=10, network_dim=4, network_alpha=2)
    assert_same(answer)
    assert answer.text_trained


def test_sdxl_learns_what_upstream_learned(tmp_path: Path) -> None:
    more = {"network_dim": 2, "network_alpha": 1, "network_train_unet_only": True}
    answer = learn_again("sdxl", tmp_path, max_train_steps=4, **more)
    assert_same(answer)
    # upstream multiplies by the projection turned the other way; the model's authors, diffusers and the UIs as we do
    assert answer.pooled is not None
    assert answer.pooled > 1e-2
