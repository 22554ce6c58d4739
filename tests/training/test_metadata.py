"""The metadata has upstream's keys, and says what was set."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from mikazuki.data.plan import Plan
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import ModelInfo
from mikazuki.models.prediction import PredictionType
from mikazuki.settings.train import TrainSettings
from mikazuki.training import metadata
from mikazuki.training.metadata import RunFacts, build_metadata, optimizer_text
from tests.models import contract

HASHES = {"sshs_model_hash", "sshs_legacy_hash"}
DATASET = {
    "ss_num_train_images", "ss_num_reg_images", "ss_num_batches_per_epoch", "ss_num_epochs", "ss_max_train_steps",
    "ss_dataset_dirs", "ss_reg_dataset_dirs", "ss_tag_frequency", "ss_bucket_info",
}  # fmt: skip
REFERENCE = {
    "resolution": 256, "network_dim": 8, "network_alpha": 4.0, "learning_rate": 1e-3, "output_name": "refA",
    "min_bucket_reso": 128, "max_bucket_reso": 512, "cache_latents": False, "mixed_precision": "no",
    "max_train_steps": 10, "seed": 42,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _dataset_of_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dataset's own keys are the data room's."""
    monkeypatch.setattr(
        metadata, "dataset_metadata", lambda _plan, *, enable_bucket: dict.fromkeys(DATASET, str(enable_bucket))
    )


def facts(tmp_path: Path, family: FamilyName = "sd1", prediction: PredictionType = "epsilon") -> RunFacts:
    path = tmp_path / "base.safetensors"
    path.write_bytes(b"weights")
    info = ModelInfo(path, "single", family, prediction, has_vae=True, bytes=7, resolution=512, shapes={})
    return RunFacts(info, cast("Plan", SimpleNamespace()), seed=42, began=1000.5)


def settings(**options: Any) -> TrainSettings:
    return TrainSettings(pretrained_model_name_or_path="base.safetensors", train_data_dir="d", **options)


def test_keys_and_values_are_those_of_a_file_upstream_made(tmp_path: Path) -> None:
    wanted = contract.read("lora_sd15_metadata.json")
    made = build_metadata(settings(**REFERENCE), facts(tmp_path), step=10, epoch=1)
    assert made.keys() | HASHES == wanted.keys()
    assert {type(value) for value in made.values()} == {str}
    own = {
        "ss_sd_model_name", "ss_sd_model_hash", "ss_new_sd_model_hash", "ss_session_id", "ss_training_started_at",
        "ss_training_finished_at", "ss_sd_scripts_commit_hash", "modelspec.date", "modelspec.implementation_version",
    } | DATASET  # fmt: skip
    assert {key: value for key, value in made.items() if key not in own} == {
        key: value for key, value in wanted.items() if key not in own | HASHES
    }


@pytest.mark.parametrize(
    ("family", "prediction", "architecture", "version", "predicts"),
    [
        ("sd1", "epsilon", "stable-diffusion-v1/lora", "sd_v1", "epsilon"),
        ("sd2", "epsilon", "stable-diffusion-v2-512/lora", "sd_v2", "epsilon"),
        ("sd2", "v_prediction", "stable-diffusion-v2-768-v/lora", "sd_v2_v", "v"),
        ("sdxl", "epsilon", "stable-diffusion-xl-v1-base/lora", "sdxl_base_v1-0", "epsilon"),
    ],
)
def test_families_are_named_as_the_field_does(
    tmp_path: Path, family: FamilyName, prediction: PredictionType, architecture: str, version: str, predicts: str
) -> None:
    made = build_metadata(settings(), facts(tmp_path, family, prediction), step=1, epoch=1)
    assert made["modelspec.architecture"] == architecture
    assert made["ss_base_model_version"] == version
    assert made["modelspec.prediction_type"] == predicts
    assert made["ss_v2"] == str(family == "sd2")


def test_extras_stand_only_where_they_are_set(tmp_path: Path) -> None:
    made = build_metadata(
        settings(network_args=["conv_dim=4", "conv_alpha=1"], clip_skip=2, noise_offset=0.1, vae="v.safetensors"),
        facts(tmp_path),
        step=7,
        epoch=2,
    )
    assert json.loads(made["ss_network_args"]) == {"conv_dim": "4", "conv_alpha": "1"}
    assert made["modelspec.encoder_layer"] == made["ss_clip_skip"] == "2"
    assert (made["ss_noise_offset"], made["ss_vae_name"]) == ("0.1", "v.safetensors")
    assert (made["ss_steps"], made["ss_epoch"]) == ("7", "2")


def test_optimizers_are_named_with_their_module() -> None:
    assert optimizer_text("AdamW", ()) == "torch.optim.adamw.AdamW"
    assert (
        optimizer_text("adamw", ("weight_decay=0.1", "eps=1e-6"))
        == "torch.optim.adamw.AdamW(weight_decay=0.1,eps=1e-6)"
    )
    assert optimizer_text("AdamW8bit", ()) == "AdamW8bit"
