"""Settings of the DreamBooth extension: what means the same, what is only alike, and what is said of the rest."""

import json
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.preparing.workspace_import import SAME, read_db_config
from mikazuki.settings.methods import options_beside
from mikazuki.settings.train import TrainSettings

OLD: dict[str, Any] = {
    "adamw_weight_decay": 0.02, "attention": "xformers", "cache_latents": True, "clip_skip": 2, "concepts_path": "",
    "concepts_list": [{"instance_data_dir": "pictures", "instance_token": "zxy", "class_token": "man"}],
    "custom_model_name": "", "epoch": 12, "freeze_clip_normalization": False, "gradient_accumulation_steps": 2,
    "gradient_checkpointing": True, "gradient_set_to_none": True, "half_model": True, "hflip": False,
    "learning_rate": 2e-06, "lr_factor": 0.5, "lr_scheduler": "constant_with_warmup", "lr_warmup_steps": 500,
    "max_token_length": 75, "mixed_precision": "bf16", "model_name": "cat", "num_train_epochs": 150,
    "offset_noise": 0, "optimizer": "8bit AdamW", "pad_tokens": True, "prior_loss_weight": 0.75, "resolution": 512,
    "revision": 900, "save_ckpt_during": True, "save_ckpt_after": True, "save_ckpt_cancel": False,
    "save_embedding_every": 25, "save_preview_every": 5, "save_state_cancel": False, "shuffle_tags": True,
    "stop_text_encoder": 0.7, "train_batch_size": 1, "txt_learning_rate": 1e-06, "use_ema": True, "use_lora": False,
    "use_subdir": True, "tomesd": 0.3,
}  # fmt: skip


def read(**more: Any) -> Any:
    return read_db_config(json.dumps({**OLD, **more}))


def test_everything_that_has_a_counterpart_is_taken() -> None:
    found = read()
    wanted = {
        "method": "dreambooth", "optimizer_type": "AdamW8bit", "max_train_epochs": 150, "text_encoder_ratio": 0.7,
        "learning_rate": 2e-6, "learning_rate_te": 1e-6, "ema_decay": 0.9999, "save_precision": "fp16",
        "save_in_subfolder": True, "shuffle_caption": True, "keep_tokens": 1, "resolution": "512,512", "clip_skip": 2,
        "optimizer_args": ["weight_decay=0.02"], "save_every_n_epochs": 25, "sample_every_n_epochs": 5,
        "prior_loss_weight": 0.75, "save_state_on_cancel": False, "lr_scheduler": "constant_with_warmup",
        "lr_warmup_steps": 500, "gradient_accumulation_steps": 2, "mixed_precision": "bf16",
    }  # fmt: skip
    assert {name: found.values[name] for name in wanted} == wanted
    assert json.loads(found.values["concepts_list"]) == OLD["concepts_list"]
    assert any(note.startswith("tomesd") for note in found.notes)
    assert not any(note.startswith(("revision", "epoch", "model_name")) for note in found.notes)


def test_what_comes_out_is_a_training() -> None:
    values = {**read().values, "pretrained_model_name_or_path": "m"}
    assert TrainSettings.model_validate(values).method == "dreambooth"


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"use_lora": True, "lora_unet_rank": 8, "use_lora_extended": True}, {"method": "lora", "network_dim": 8}),
        ({"train_imagic": True}, {"method": "imagic"}),
        ({"train_unet": False}, {"learning_rate": 0.0, "learning_rate_te": 1e-6}),
        ({"save_ckpt_during": False}, {"save_every_n_epochs": None}),
        ({"stop_text_encoder": 0}, {"text_encoder_ratio": 0.0}),
        ({"stop_text_encoder": 1.0}, {"text_encoder_ratio": None}),
        ({"lr_scheduler": "cosine_annealing"}, {"lr_scheduler": "cosine"}),
        ({"use_concepts": True, "concepts_path": "list.json"}, {"concepts_list": "list.json"}),
        ({"use_ema": False}, {"ema_decay": None}),
    ],
    ids=str,
)
def test_rules(more: dict[str, Any], wanted: dict[str, Any]) -> None:
    values = read(**more).values
    assert {name: values.get(name) for name in wanted} == wanted


def test_imagic_has_the_folder_of_its_one_concept() -> None:
    """Its form has no concepts: the folder is named itself, and what cannot be said of it is told."""
    two = [*OLD["concepts_list"], {"instance_data_dir": "others"}]
    found = read(train_imagic=True, concepts_list=[{**two[0], "instance_prompt": "a bird in flight"}, two[1]])
    assert found.values["train_data_dir"] == "pictures"
    assert not found.values.keys() & options_beside("imagic")
    assert any("a bird in flight" in note for note in found.notes)
    assert any("others" in note for note in found.notes)
    assert not any("others" in note or note.startswith("instance_prompt") for note in read(train_imagic=True).notes)


def test_imagic_cannot_have_a_file_of_concepts() -> None:
    found = read(train_imagic=True, use_concepts=True, concepts_path="list.json")
    assert not {"concepts_list", "train_data_dir"} & found.values.keys()
    assert any("list.json" in note for note in found.notes)


def test_wrong_values_are_left_out_with_a_note() -> None:
    found = read(mixed_precision="fp8", optimizer="Tiger", lr_scheduler="rex", max_token_length=80)
    assert not {"mixed_precision", "optimizer_type", "lr_scheduler", "max_token_length"} & found.values.keys()
    assert sum(note.split(":")[0] in {"mixed_precision", "max_token_length"} for note in found.notes) == 2
    assert sum(note.split(":")[0] in {"optimizer", "lr_scheduler"} for note in found.notes) == 2


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"a": 1}'])
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(MikazukiError) as caught:
        read_db_config(text)
    assert caught.value.code == "old-file-unreadable"


def test_the_table_names_options_of_ours() -> None:
    assert set(SAME.values()) <= TrainSettings.model_fields.keys()
