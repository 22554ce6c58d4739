"""Our settings in upstream's words."""

from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.conditions import RULES
from mikazuki.settings.methods import OF_METHODS, OURS_ALONE
from mikazuki.settings.target import METHODS
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.check import parse_upstream
from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.scripts import script_for
from mikazuki.settings.upstream.values import INSTEAD, OURS, REFUSALS, Found, upstream_values


def settings(**changes: Any) -> TrainSettings:
    """Ours, with the least that is needed."""
    needed = {"pretrained_model_name_or_path": "model.safetensors", "train_data_dir": "pictures"}
    return TrainSettings.model_validate(needed | changes)


def test_nothing_set_writes_what_we_have_otherwise_than_upstream() -> None:
    assert upstream_values(settings(), "train_network") == {
        "pretrained_model_name_or_path": "model.safetensors",
        "train_data_dir": "pictures",
        "resolution": "512,512",
        "enable_bucket": True,
        "cache_latents": True,
        "max_data_loader_n_workers": 1,
        "caption_extension": ".txt",
        "network_module": "networks.lora",
        "network_dim": 4,
        "learning_rate": 1e-4,
        "optimizer_type": "AdamW",
        "sdpa": True,
        "output_dir": "./output",
        "output_name": "last",
        "logging_dir": "./logs",
        "log_with": "tensorboard",
    }


@pytest.mark.parametrize(
    ("changes", "found", "expected"),
    [
        ({"model_type": "sd2"}, Found(), {"v2": True}),
        ({"v2": True}, Found(), {"v2": True}),
        ({}, Found(family="sd2", predicts_v=True), {"v2": True, "v_parameterization": True}),
        ({"v_parameterization": True}, Found(), {"v_parameterization": True}),
        ({}, Found(precision="bf16"), {"mixed_precision": "bf16"}),
        ({"mixed_precision": "fp16"}, Found(precision="bf16"), {"mixed_precision": "fp16"}),
        ({"mixed_precision": "auto"}, Found(), {"mixed_precision": None}),
        ({"use_8bit_adam": True}, Found(), {"optimizer_type": "AdamW8bit", "use_8bit_adam": None}),
        ({"optimizer_type": "adamw8bit"}, Found(), {"optimizer_type": "AdamW8bit"}),
        ({"optimizer_type": "came"}, Found(), {"optimizer_type": "pytorch_optimizer.CAME"}),
        ({"optimizer_type": "radam"}, Found(), {"optimizer_type": "RAdam"}),
        ({"caption_extention": ".cap"}, Found(), {"caption_extension": ".cap", "caption_extention": None}),
        ({"caption_extension": ".caption"}, Found(), {"caption_extension": None}),
        ({"max_token_length": 75}, Found(), {"max_token_length": None}),
        ({"max_token_length": 225}, Found(), {"max_token_length": 225}),
        ({"color_aug": True}, Found(), {"color_aug": True, "cache_latents": None}),
        ({"unet_lr": 0, "text_encoder_lr": 1e-5}, Found(), {"unet_lr": 0, "text_encoder_lr": [1e-5]}),
        ({"max_grad_norm": 0}, Found(), {"max_grad_norm": 0}),
        ({"noise_offset": 0}, Found(), {"noise_offset": None}),
        ({"noise_offset": 0.1, "min_snr_gamma": 5}, Found(), {"noise_offset": 0.1, "min_snr_gamma": 5}),
        ({"network_args": ["conv_dim=4"]}, Found(), {"network_args": ["conv_dim=4"]}),
        ({"resolution": "768,512"}, Found(), {"resolution": "768,512"}),
        ({"sdpa": False}, Found(), {"sdpa": None}),
        ({"lr_scheduler": "cosine", "lr_warmup_steps": "10%"}, Found(), {"lr_warmup_steps": 0.1}),
        ({"gpu_ids": "0", "num_processes": 1, "sample_grid": False}, Found(), {"gpu_ids": None, "sample_grid": None}),
        ({"save_state_on_cancel": False, "halve_batch_on_oom": False}, Found(), {"save_state_on_cancel": None}),
        ({"wandb_api_key": "k", "huggingface_token": "t"}, Found(), {"wandb_api_key": None, "huggingface_token": None}),
    ],
)
def test_an_option_becomes_upstreams(changes: dict[str, Any], found: Found, expected: dict[str, Any]) -> None:
    values = upstream_values(settings(**changes), "train_network", found)
    assert {name: values.get(name) for name in expected} == expected
    assert parse_upstream("train_network", values, "a.toml").values == values


@pytest.mark.parametrize(
    ("script", "changes", "said"),
    [
        ("train_network", {"ema_decay": 0.99}, "ema_decay: sd-scripts keeps no running mean"),
        ("train_network", {"save_model_on_train_end": False}, "save_model_on_train_end: sd-scripts always saves"),
        (
            "train_db",
            {"dream_training": True, "dream_detail_preservation": 1.0},
            "dream_training: sd-scripts has no DREAM",
        ),
        ("train_network", {"skip_corrupt_images": True}, "skip_corrupt_images: sd-scripts stops"),
        ("train_network", {"max_token_length": 300}, "max_token_length: sd-scripts reads captions of up to 225"),
        ("train_network", {"strict_tokens": True}, "strict_tokens: sd-scripts reads a caption as one text"),
        ("train_network", {"dataset_class": "my.Class"}, "dataset_class: it names a class for the builtin engine"),
        (
            "train_network",
            {"cache_text_encoder_outputs": True, "network_train_unet_only": True},
            "cache_text_encoder_outputs: sd-scripts caches captions for SDXL",
        ),
        ("train_db", {"network_dim": 8}, "network_dim: train_db has no such option"),
        ("train_db", {"validation_split": 0.1}, "validation_split: train_db has no such option"),
    ],
)
def test_what_upstream_cannot_do_is_refused_with_the_reason(script: str, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(MikazukiError) as refusal:
        upstream_values(settings(**changes), script)
    assert refusal.value.code == "engine-cannot"
    assert said in refusal.value.message


def test_all_that_it_cannot_do_is_said_at_once() -> None:
    with pytest.raises(MikazukiError) as refusal:
        upstream_values(settings(ema_decay=0.9, skip_corrupt_images=True), "train_network")
    assert len(refusal.value.message.splitlines()) == 3


def test_sdxl_takes_cached_captions() -> None:
    ours = settings(cache_text_encoder_outputs=True, network_train_unet_only=True)
    assert upstream_values(ours, "sdxl_train_network")["cache_text_encoder_outputs"] is True


def test_every_option_of_ours_is_upstreams_or_accounted_for() -> None:
    scripts = {
        script_for(method, family).name for method in METHODS if method not in OURS_ALONE for family in ("sd1", "sdxl")
    }
    theirs = {name for script in scripts for name in options_of(script)}
    # what depends on one of these, or on a method that upstream has not, needs no word of its own
    dependent = {name for name in RULES if {rule.option for rule in RULES[name]} & REFUSALS.keys()}
    alone = {name for name, methods in OF_METHODS.items() if set(methods) <= set(OURS_ALONE)}
    assert TrainSettings.model_fields.keys() - theirs <= OURS | INSTEAD | REFUSALS.keys() | dependent | alone
    assert OURS.isdisjoint(theirs)
