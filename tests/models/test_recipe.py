"""Metadata read back: what training wrote becomes the settings that made it."""

import json

import pytest

from mikazuki.models.recipe import family_of_metadata, learned, recipe
from mikazuki.settings.train import TrainSettings

METADATA = {
    "ss_learning_rate": "0.0005",
    "ss_unet_lr": "None",
    "ss_text_encoder_lr": "[1e-05, 2e-05]",
    "ss_network_module": "lycoris.kohya",
    "ss_network_dim": "16",
    "ss_network_alpha": "8.0",
    "ss_network_args": json.dumps({"algo": "loha", "dropout": None}),
    "ss_optimizer": "torch.optim.adamw.AdamW(weight_decay=0.01,betas=(0.9, 0.99))",
    "ss_resolution": "(768, 512)",
    "ss_gradient_checkpointing": "True",
    "ss_num_epochs": "3",
    "ss_max_train_steps": "300",
    "ss_seed": "7",
    "ss_sd_model_name": "model.safetensors",
    "ss_mixed_precision": "bf16",
    "ss_lr_scheduler": "cosine",
    "ss_no_such_option": "1",
    "ss_clip_skip": "ninety",
    "ss_steps": "300",
    "modelspec.title": "x",
}


def test_the_settings_come_back_with_their_types() -> None:
    assert recipe(METADATA) == {
        "learning_rate": 0.0005,
        "text_encoder_lr": [1e-05, 2e-05],
        "network_module": "lycoris.kohya",
        "network_dim": 16,
        "network_alpha": 8.0,
        "network_args": ["algo=loha"],
        "optimizer_type": "AdamW",
        "optimizer_args": ["weight_decay=0.01", "betas=(0.9, 0.99)"],
        "resolution": [768, 512],
        "gradient_checkpointing": True,
        "max_train_epochs": 3,
        "seed": 7,
        "pretrained_model_name_or_path": "model.safetensors",
        "mixed_precision": "bf16",
        "lr_scheduler": "cosine",
    }


def test_they_are_settings_that_a_training_takes() -> None:
    settings = TrainSettings.model_validate({**recipe(METADATA), "train_data_dir": "x"})
    assert settings.resolution == (768, 512)
    assert settings.network_dim == 16


def test_steps_count_where_there_are_no_epochs() -> None:
    assert recipe({"ss_max_train_steps": "300"}) == {"max_train_steps": 300}


@pytest.mark.parametrize("text", ["[]", "no json", '{"algo"', "7"])
def test_damaged_metadata_tells_nothing(text: str) -> None:
    assert recipe({"ss_network_args": text, "ss_network_dim": "many"}) == {}
    assert learned({"ss_tag_frequency": text, "ss_dataset_dirs": text}).tags == ()


@pytest.mark.parametrize(
    ("key", "text", "family"),
    [
        ("ss_base_model_version", "sd_v1", "sd1"),
        ("ss_base_model_version", "sd_v2_v", "sd2"),
        ("ss_base_model_version", "sdxl_base_v1-0", "sdxl"),
        ("modelspec.architecture", "stable-diffusion-xl-v1-base/lora", "sdxl"),
        ("modelspec.architecture", "flux-1-dev/lora", None),
    ],
)
def test_families(key: str, text: str, family: str | None) -> None:
    assert family_of_metadata({key: text}) == family


def test_tags_of_all_folders_are_counted_together() -> None:
    tags = {"10_sks cat": {"cat": 5, "red": 1}, "1_cat": {"cat": 2}}
    dirs = {"10_sks cat": {"n_repeats": 10, "img_count": 5}, "1_cat": {"n_repeats": 1, "img_count": 2}}
    found = learned({"ss_tag_frequency": json.dumps(tags), "ss_dataset_dirs": json.dumps(dirs)})
    assert (found.tags, found.pictures, found.trigger) == ((("cat", 7), ("red", 1)), 7, "sks cat, cat")


def test_trigger_words_from_the_best_source() -> None:
    dirs = json.dumps({"plain": {"n_repeats": 1, "img_count": 2}})
    tags = json.dumps({"plain": {"ohwx": 2, "red": 1}})
    told = {"ss_dataset_dirs": dirs, "ss_tag_frequency": tags}
    assert learned(told).trigger == "ohwx"
    assert learned({**told, "modelspec.trigger_phrase": "my cat"}).trigger == "my cat"
    assert learned({}).trigger == ""
