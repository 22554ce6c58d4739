"""Corrupted and contradictory configurations: refused before anything starts, all faults in one answer."""

from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.upstream.check import parse_upstream
from tests.settings.upstream.world import right

SD, XL, FLUX = "train_network", "sdxl_train_network", "flux_train_network"

BROKEN: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    (SD, {"netwrk_dim": 8}, ("did you mean network_dim",)),
    (SD, {"network-dim": 8}, ("did you mean network_dim",)),
    (SD, {"lr_restart_cycles": 1}, ("lr_restart_cycles is not an option",)),
    (SD, {"config_file": "a.toml", "output_config": True}, ("config_file belongs", "output_config belongs")),
    (
        SD,
        {"clip_l": "clip.safetensors"},
        ("clip_l is an option of sd3_train_network, flux_train_network, sd3_train",),
    ),
    (SD, {"engine": "sd-scripts", "method": "lora"}, ("engine is not an option", "method is not an option")),
    (SD, {"learning_rate": "fast", "network_dim": 0}, ("learning_rate = 'fast'", "network_dim = 0 is out of bounds")),
    (SD, {"train_batch_size": 1.5, "flip_aug": "yes"}, ("not a whole number", "neither true nor false")),
    (SD, {"max_token_length": 255, "clip_skip": 13}, ("max_token_length = 255", "clip_skip = 13 is out of bounds")),
    (SD, {"mixed_precision": "auto", "save_precision": "fp32"}, ("none of no, fp16, bf16", "none of float, fp16")),
    (SD, {"save_model_as": "onnx", "log_with": "paper"}, ("save_model_as = 'onnx'", "log_with = 'paper'")),
    (SD, {"resolution": "512x", "face_crop_aug_range": "9,1"}, ("no size in pixels", "is no range")),
    (SD, {"optimizer_args": ["decouple"], "network_args": ["=4"]}, ("optimizer_args", "network_args")),
    (SD, {"optimizer_type": "AdmW", "lr_scheduler": "cosin"}, ("AdmW is not known", "cosin is not known")),
    (SD, {"learning_rate": float("inf"), "seed": -1}, ("not a finite number", "seed = -1 is out of bounds")),
    (SD, {"min_timestep": -1, "max_timestep": 2000}, ("min_timestep = -1", "max_timestep = 2000")),
    (SD, {"caption_dropout_rate": 1.2, "network_dropout": 1.0}, ("caption_dropout_rate", "network_dropout")),
    (SD, {"sample_prompts": "a cat", "sample_every_n_epochs": 0}, ("name of a file", "sample_every_n_epochs = 0")),
    (SD, {"output_dir": "", "network_module": ""}, ("output_dir is missing", "network_module is missing")),
    (SD, {"output_dir": 3.5, "train_data_dir": []}, ("train_data_dir",)),
    (SD, {"cache_latents": True, "color_aug": True, "lowram": True, "highvram": True}, ("cache_latents", "lowram")),
    (
        SD,
        {"optimizer_type": "Prodigy", "lr_scheduler": "constant", "lr_warmup_steps": "10%"},
        ("Prodigy finds the rate itself", "lr_warmup_steps"),
    ),
    (
        SD,
        {"optimizer_type": "DAdaptation", "lr_scheduler": "cosine", "unet_lr": 1, "text_encoder_lr": [0.5]},
        ("DAdaptation has one rate for everything", "from full steps"),
    ),
    (XL, {"clip_skip": 2, "v2": True}, ("clip_skip has no effect", "v2 means")),
    (XL, {"cache_text_encoder_outputs": True, "shuffle_caption": True}, ("shuffle_caption", "network_train_unet_only")),
    (XL, {"full_bf16": True, "full_fp16": True}, ("full_fp16 needs", "full_bf16 needs")),
    (
        FLUX,
        {"network_module": "networks.lora", "ae": None, "clip_skip": 1, "guidance_scale": -1},
        ("networks.lora does not fit", "ae is missing", "clip_skip has no effect", "guidance_scale = -1"),
    ),
    (FLUX, {"timestep_sampling": "nextdit_shift", "blocks_to_swap": -1}, ("timestep_sampling", "blocks_to_swap = -1")),
    ("sdxl_train", {"block_lr": "1,2,3", "fused_backward_pass": True}, ("23 rates", "Adafactor only")),
    ("train_db", {"in_json": "a.json", "stop_text_encoder_training": -2}, ("in_json", "stop_text_encoder_training")),
    ("fine_tune", {"in_json": None, "reg_data_dir": "reg"}, ("in_json is missing", "reg_data_dir")),
    ("train_textual_inversion", {"token_string": None, "num_vectors_per_token": 0}, ("token_string", "num_vectors")),
    ("lumina_minimal_inference", {"ae_path": None, "steps": 0}, ("ae_path is missing", "steps = 0")),
]


@pytest.mark.parametrize(("script", "changes", "said"), BROKEN)
def test_all_that_is_wrong_is_said_at_once(script: str, changes: dict[str, Any], said: tuple[str, ...]) -> None:
    with pytest.raises(MikazukiError) as refusal:
        parse_upstream(script, right(script) | changes, "bad.toml")
    assert refusal.value.code == "settings-wrong"
    assert refusal.value.exit_code == 2
    lines = refusal.value.message.splitlines()
    assert len(lines) >= 1 + len(said)
    for words in said:
        assert any(words in line for line in lines[1:]), (words, lines)


def test_there_are_at_least_thirty_of_them() -> None:
    assert len(BROKEN) >= 30


def test_a_rule_about_a_value_that_is_wrong_already_is_not_said_too() -> None:
    with pytest.raises(MikazukiError) as refusal:
        parse_upstream("train_network", right("train_network") | {"output_dir": True}, "a.toml")
    assert refusal.value.message.count("output_dir") == 1


def test_what_is_given_comes_back_in_the_parsers_order_and_nothing_else() -> None:
    given = {"network_dim": "8", "seed": None, **right("train_network"), "max_token_length": 75, "vae": ""}
    settings = parse_upstream("train_network.py", given, "a.toml")
    assert settings.script == "train_network"
    assert settings.values == {
        "pretrained_model_name_or_path": "model.safetensors",
        "train_data_dir": "pictures",
        "resolution": "512,512",
        "output_dir": "output",
        "network_module": "networks.lora",
        "network_dim": 8,
    }
    assert next(iter(settings.values)) == "pretrained_model_name_or_path"
    assert settings.value("network_dim") == 8
    assert settings.value("network_alpha") == 1.0
    with pytest.raises(KeyError):
        settings.value("clip_l")


def test_an_unknown_script_is_refused() -> None:
    with pytest.raises(MikazukiError, match="Did you mean train_network"):
        parse_upstream("train_netwrk", {}, "a.toml")


def test_flags_say_the_same_as_the_file() -> None:
    settings = parse_upstream(
        "gen_img", {"ckpt": "a b.safetensors", "prompt": "-- a cat", "network_mul": [1, 0.5], "fp16": True}, "form"
    )
    words = settings.flags()
    assert "--ckpt=a b.safetensors" in words
    assert "--prompt=-- a cat" in words
    assert words[words.index("--network_mul") :][:3] == ["--network_mul", "1.0", "0.5"]
    assert words.count("--fp16") == 1
    assert len(words) == 6
