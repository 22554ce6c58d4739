"""The metadata has upstream's keys, and says what was set."""

import hashlib
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
from mikazuki.training.metadata import RunFacts, begin_hashes, build_metadata, optimizer_text
from tests.models import contract

KEY = "not-to-be-told"
HASHES = {"sshs_model_hash", "sshs_legacy_hash"}
DATA = {
    "ss_num_train_images", "ss_num_reg_images", "ss_num_validation_images", "ss_num_batches_per_epoch",
    "ss_num_epochs", "ss_max_train_steps", "ss_dataset_dirs", "ss_reg_dataset_dirs", "ss_tag_frequency",
    "ss_bucket_info", "ss_batch_size_per_device", "ss_total_batch_size", "ss_resolution", "ss_color_aug",
    "ss_flip_aug", "ss_random_crop", "ss_shuffle_caption", "ss_enable_bucket", "ss_bucket_no_upscale",
    "ss_min_bucket_reso", "ss_max_bucket_reso", "ss_keep_tokens", "ss_caption_dropout_rate",
    "ss_caption_dropout_every_n_epochs", "ss_caption_tag_dropout_rate", "ss_face_crop_aug_range",
    "ss_prior_loss_weight", "ss_resize_interpolation", "ss_validation_seed", "ss_validation_split",
    "ss_max_validation_steps", "ss_validate_every_n_epochs", "ss_validate_every_n_steps",
}  # fmt: skip
"""The data room's own keys."""
REFERENCE = {
    "resolution": 256, "network_dim": 8, "network_alpha": 4.0, "learning_rate": 1e-3, "output_name": "refA",
    "min_bucket_reso": 128, "max_bucket_reso": 512, "cache_latents": False, "mixed_precision": "no",
    "max_train_steps": 10, "seed": 42,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _data_of_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "dataset_metadata", lambda _plan, _settings: dict.fromkeys(DATA, "-"))


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
    own = DATA | {
        "ss_sd_model_name", "ss_sd_model_hash", "ss_new_sd_model_hash", "ss_session_id", "ss_training_started_at",
        "ss_training_finished_at", "ss_sd_scripts_commit_hash", "modelspec.date", "modelspec.implementation_version",
    }  # fmt: skip
    assert {key: value for key, value in made.items() if key not in own} == {
        key: value for key, value in wanted.items() if key not in own | HASHES
    }


@pytest.mark.parametrize(
    ("family", "prediction", "version"),
    [
        ("sd1", "epsilon", "sd_v1"),
        ("sd1", "v_prediction", "sd_v1_v"),
        ("sd2", "epsilon", "sd_v2"),
        ("sd2", "v_prediction", "sd_v2_v"),
        ("sdxl", "epsilon", "sdxl_base_v1-0"),
    ],
)
def test_base_versions_are_upstreams(
    tmp_path: Path, family: FamilyName, prediction: PredictionType, version: str
) -> None:
    made = build_metadata(settings(), facts(tmp_path, family, prediction), step=1, epoch=1)
    assert made["ss_base_model_version"] == version
    assert made["ss_v2"] == str(family == "sd2")


def test_extras_stand_only_where_they_are_set(tmp_path: Path) -> None:
    made = build_metadata(
        settings(network_args=["conv_dim=4", "conv_alpha=1"], clip_skip=2, vae="v.safetensors", ema_decay=0.99),
        facts(tmp_path),
        step=7,
        epoch=2,
    )
    assert json.loads(made["ss_network_args"]) == {"conv_dim": "4", "conv_alpha": "1", "dropout": None}
    assert made["ss_clip_skip"] == "2"
    assert (made["ss_vae_name"], made["ss_ema_decay"]) == ("v.safetensors", "0.99")
    assert "ss_vae_hash" not in made
    assert (made["ss_steps"], made["ss_epoch"]) == ("7", "2")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"text_encoder_lr": "1e-5"}, {"text_encoder_lr": "1e-05"}),
        ({"text_encoder_lr": "1e-5 2e-5"}, {"text_encoder_lr": "[1e-05, 2e-05]"}),
        ({"unet_lr": 0}, {"unet_lr": "0.0", "text_encoder_lr": "None"}),
        ({"max_token_length": 225, "min_snr_gamma": 5}, {"max_token_length": "225", "min_snr_gamma": "5.0"}),
        (
            {"noise_offset": 0.1, "adaptive_noise_scale": 0.01, "noise_offset_random_strength": True},
            {"noise_offset": "0.1", "adaptive_noise_scale": "0.01", "noise_offset_random_strength": "True"},
        ),
        (
            {"multires_noise_iterations": 6, "multires_noise_discount": 0.8, "ip_noise_gamma": 0.1},
            {"multires_noise_iterations": "6", "multires_noise_discount": "0.8", "ip_noise_gamma": "0.1"},
        ),
        (
            {"loss_type": "huber", "huber_schedule": "constant", "huber_c": 0.2, "debiased_estimation_loss": True},
            {"loss_type": "huber", "huber_schedule": "constant", "huber_c": "0.2", "debiased_estimation": "True"},
        ),
        ({"scale_weight_norms": 1, "network_dropout": 0.1}, {"scale_weight_norms": "1.0", "network_dropout": "0.1"}),
        ({"full_fp16": True, "mixed_precision": "fp16"}, {"full_fp16": "True"}),
        ({"lr_warmup_steps": "10%", "lr_scheduler": "cosine"}, {"lr_warmup_steps": "0.1", "lr_scheduler": "cosine"}),
        ({"zero_terminal_snr": True, "training_comment": "a"}, {"zero_terminal_snr": "True", "training_comment": "a"}),
    ],
    ids=str,
)
def test_options_are_told(tmp_path: Path, options: dict[str, Any], said: dict[str, str]) -> None:
    made = build_metadata(settings(**options), facts(tmp_path), step=1, epoch=1)
    assert {name: made[f"ss_{name}"] for name in said} == said


def test_without_metadata_only_what_is_needed_stays(tmp_path: Path) -> None:
    options = {"no_metadata": True, "training_comment": "mine", "network_args": "conv_dim=4", "metadata_author": "me"}
    known = facts(tmp_path)
    begin_hashes(settings(**options), known)
    made = build_metadata(settings(**options), known, step=1, epoch=1)
    assert {key for key in made if key.startswith("ss_")} == {
        "ss_v2", "ss_base_model_version", "ss_network_module", "ss_network_dim", "ss_network_alpha",
        "ss_network_args",
    }  # fmt: skip
    assert made["modelspec.author"] == "me"
    assert "mine" not in made.values()


def test_no_secret_is_told(tmp_path: Path) -> None:
    made = build_metadata(settings(wandb_api_key=KEY, huggingface_token=KEY), facts(tmp_path), step=1, epoch=1)
    assert KEY not in str(made)


def test_the_base_models_hashes(tmp_path: Path) -> None:
    known = facts(tmp_path)
    begin_hashes(settings(), known)
    made = build_metadata(settings(), known, step=1, epoch=1)
    assert made["ss_sd_model_name"] == "base.safetensors"
    assert made["ss_new_sd_model_hash"] == hashlib.sha256(b"weights").hexdigest()
    assert made["ss_sd_model_hash"] == hashlib.sha256(b"").hexdigest()[:8]  # nothing lies at 1 MiB


def test_optimizers_are_named_with_their_module() -> None:
    assert optimizer_text("AdamW", ()) == "torch.optim.adamw.AdamW"
    assert (
        optimizer_text("adamw", ("weight_decay=0.1", "betas=0.9,0.99", "eps=1e-6"))
        == "torch.optim.adamw.AdamW(weight_decay=0.1,betas=(0.9, 0.99),eps=1e-06)"
    )
    assert optimizer_text("SGDNesterov", ("dampening=0",)) == "torch.optim.sgd.SGD(dampening=0,momentum=0.9)"
    assert (
        optimizer_text("Adafactor", ("scale_parameter=False",))
        == "transformers.optimization.Adafactor(scale_parameter=False,relative_step=True)"
    )
