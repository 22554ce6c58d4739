"""Settings that upstream accepts and that cannot work: each one refused alone, with its reason."""

import inspect
import re
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.upstream.check import parse_upstream
from mikazuki.settings.upstream.forms import take
from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.rules import GROUPS, data, learning, machine, needs, parts
from mikazuki.settings.upstream.rules.view import View
from mikazuki.settings.upstream.scripts import SCRIPTS
from tests.settings.upstream.world import right

GONE = None
"""In a case: leave this option out of what the script needs."""

Case = tuple[str, dict[str, Any], str]

SD, XL, FLUX, ANIMA = "train_network", "sdxl_train_network", "flux_train_network", "anima_train_network"
BUCKETS = {"enable_bucket": True, "resolution": "512"}
PRODIGY = {"optimizer_type": "Prodigy", "learning_rate": 1.0}

NEEDS: list[Case] = [
    (SD, {"pretrained_model_name_or_path": GONE}, "pretrained_model_name_or_path is missing"),
    (SD, {"output_dir": GONE}, "output_dir is missing: sd-scripts would train to the end and then fail to save"),
    (SD, {"network_module": GONE}, "network_module is missing"),
    (SD, {"train_data_dir": GONE}, "train_data_dir is missing"),
    (SD, {"resolution": GONE}, "resolution is missing"),
    (FLUX, {"t5xxl": GONE}, "t5xxl is missing: models of family flux need that file"),
    (FLUX, {"clip_l": GONE}, "clip_l is missing"),
    ("lumina_train", {"ae": GONE}, "ae is missing"),
    ("lumina_train", {"gemma2": GONE}, "gemma2 is missing"),
    ("hunyuan_image_train_network", {"byt5": GONE}, "byt5 is missing"),
    (ANIMA, {"qwen3": GONE}, "qwen3 is missing"),
    ("gen_img", {"ckpt": GONE}, "ckpt is missing"),
    ("gen_img", {"prompt": GONE}, "prompt is missing"),
    ("train_textual_inversion", {"token_string": GONE}, "token_string is missing"),
    ("fine_tune", {"in_json": GONE}, "in_json is missing"),
    ("train_control_net", {"conditioning_data_dir": GONE}, "conditioning_data_dir is missing"),
    (SD, {"dim_from_weights": True}, "dim_from_weights needs network_weights"),
    (SD, {"base_weights_multiplier": [1.0]}, "base_weights_multiplier has more numbers"),
    (SD, {"in_json": "a.json", "reg_data_dir": "reg"}, "in_json takes no reg_data_dir"),
    (SD, {"dataset_config": "a.toml"}, "dataset_config excludes train_data_dir"),
    (SD, {"sample_every_n_steps": 10}, "need sample_prompts: without that file training goes on and draws nothing"),
    (SD, {"sample_every_n_epochs": 1}, "need sample_prompts"),
    (SD, {"sample_at_first": True}, "need sample_prompts"),
    (SD, {"resume": "a-state", "initial_step": 3}, "resume knows where to go on"),
    (SD, {"initial_step": 20, "max_train_steps": 20}, "leaves nothing of max_train_steps 20"),
    (SD, {"resume_from_huggingface": True}, "resume_from_huggingface needs resume"),
    (SD, {"async_upload": True}, "need huggingface_repo_id"),
]

DATA: list[Case] = [
    (SD, BUCKETS | {"bucket_reso_steps": 32}, "must be a multiple of 64 with train_network"),
    (XL, BUCKETS | {"bucket_reso_steps": 16}, "must be a multiple of 32"),
    ("flux_train", BUCKETS | {"bucket_reso_steps": 8}, "must be a multiple of 16"),
    (FLUX, BUCKETS | {"bucket_reso_steps": 32}, "must be a multiple of 64"),
    (SD, BUCKETS | {"resolution": "128"}, "min_bucket_reso 256 is larger than resolution 128,128"),
    (SD, BUCKETS | {"max_bucket_reso": 448}, "max_bucket_reso 448 is smaller than resolution 512,512"),
    (SD, {"cache_latents": True, "color_aug": True}, "cache_latents excludes color_aug and random_crop"),
    (SD, {"cache_latents_to_disk": True, "random_crop": True}, "cache_latents excludes color_aug and random_crop"),
    ("train_control_net", {"random_crop": True}, "the controlling picture would not be cut alike"),
    (SD, {"masked_loss": True}, "masked_loss needs masks"),
    (SD, {"persistent_data_loader_workers": True, "max_data_loader_n_workers": 0}, "needs max_data_loader_n_workers"),
    (SD, {"debug_dataset": True}, "opens windows and waits for keys"),
    ("sdxl_train", {"cache_text_encoder_outputs": True, "shuffle_caption": True}, "leave shuffle_caption off"),
    ("sdxl_train", {"cache_text_encoder_outputs": True, "enable_wildcard": True}, "leave enable_wildcard off"),
    ("sdxl_train", {"cache_text_encoder_outputs": True, "caption_dropout_rate": 0.1}, "leave caption_dropout_rate off"),
    ("sdxl_train", {"cache_text_encoder_outputs": True, "weighted_captions": True}, "excludes weighted_captions"),
    (SD, {"secondary_separator": ";,;"}, "secondary_separator must not contain caption_separator"),
]

PARTS: list[Case] = [
    (FLUX, {"network_module": "networks.lora"}, "does not fit models of family flux: use networks.lora_flux"),
    ("lumina_train_network", {"network_module": "networks.oft_lumina"}, "does not fit models of family lumina"),
    (SD, {"network_module": "os.path"}, "does not fit models of family sd1"),
    (XL, {"v2": True}, "v2 means Stable Diffusion 2.x"),
    (XL, {"clip_skip": 2}, "clip_skip has no effect with SDXL"),
    (FLUX, {"clip_skip": 2}, "clip_skip has no effect with flux"),
    (FLUX, {"max_token_length": 225}, "max_token_length has no effect with flux"),
    (FLUX, {"v_parameterization": True}, "mean nothing to flux"),
    (FLUX, {"loss_type": "huber"}, "huber_schedule snr, the default, needs a noise schedule"),
    ("flux_train_control_net", {"model_type": "chroma", "apply_t5_attn_mask": True}, "model_type must be flux"),
    (FLUX, {"model_type": "chroma"}, "model_type chroma needs apply_t5_attn_mask"),
    (XL, {"cache_text_encoder_outputs": True}, "set network_train_unet_only"),
    (ANIMA, {"cache_text_encoder_outputs_to_disk": True}, "set network_train_unet_only"),
    ("sdxl_train", {"cache_text_encoder_outputs": True, "train_text_encoder": True}, "exclude each other: set one"),
    (
        FLUX,
        {"cache_text_encoder_outputs": True, "network_args": ["train_t5xxl=True"]},
        "train_t5xxl exclude each other",
    ),
    ("sd3_train", {"train_t5xxl": True}, "train_t5xxl needs train_text_encoder"),
    (
        "sd3_train",
        {"train_t5xxl": True, "train_text_encoder": True, "use_t5xxl_cache_only": True},
        "train_t5xxl and use_t5xxl_cache_only exclude",
    ),
    (SD, {"network_train_unet_only": True, "network_train_text_encoder_only": True}, "exclude each other: set one"),
    (
        "train_textual_inversion",
        {"use_object_template": True, "use_style_template": True},
        "use_object_template and use_style_template exclude each other",
    ),
    ("sd3_train", {"save_t5xxl": True}, "not finished in sd-scripts"),
]

LEARNING: list[Case] = [
    (SD, {"optimizer_type": "AdamX"}, "optimizer_type AdamX is not known"),
    (SD, {"optimizer_type": "os.system"}, "a path may begin with"),
    (SD, {"optimizer_type": "CAME"}, "write pytorch_optimizer.CAME"),
    (SD, {"optimizer_type": "torch.optim.Adma"}, "did you mean torch.optim.Adam"),
    (FLUX, {"optimizer_args": ["weight_decai=0.1"]}, "did you mean weight_decay?"),
    (SD, {"optimizer_type": "radam"}, "must be written RAdam"),
    (SD, {"use_8bit_adam": True, "use_lion_optimizer": True}, "use_8bit_adam and use_lion_optimizer exclude"),
    (SD, {"use_8bit_adam": True, "optimizer_type": "Lion"}, "use_8bit_adam and optimizer_type exclude"),
    (SD, {"learning_rate": 1e30}, "makes every weight NaN"),
    (SD, {"learning_rate": 0}, "nothing would be trained"),
    (SD, PRODIGY | {"learning_rate": 1e-4}, "Prodigy finds the rate itself"),
    (SD, {"optimizer_type": "DAdaptAdam"}, "set learning_rate to 1"),
    (SD, PRODIGY | {"text_encoder_lr": [0.5]}, "set learning_rate, text_encoder_lr alike"),
    (XL, PRODIGY | {"text_encoder_lr": [1.0, 0.5]}, "one rate for everything"),
    ("train_db", PRODIGY | {"learning_rate_te": 0.5}, "one rate for everything"),
    (SD, {"lr_scheduler_type": "MagicLR"}, "lr_scheduler_type MagicLR is not known"),
    (SD, {"lr_scheduler": "adafactor:1e-3"}, "needs optimizer_type Adafactor"),
    (SD, {"lr_scheduler": "cosin"}, "lr_scheduler cosin is not known"),
    (SD, {"lr_scheduler": "reduce_lr_on_plateau"}, "fails in sd-scripts"),
    (SD, {"lr_scheduler": "cosine_warmup_with_min_lr"}, "fails in sd-scripts"),
    (SD, {"lr_scheduler": "piecewise_constant"}, "needs its steps"),
    (SD, {"lr_scheduler": "cosine_with_min_lr"}, "set lr_scheduler_min_lr_ratio"),
    (SD, {"lr_warmup_steps": 10}, "lr_warmup_steps stops the training"),
    (SD, {"lr_scheduler_type": "StepLR", "lr_warmup_steps": 10}, "lr_warmup_steps stops the training"),
    (SD, {"optimizer_type": "DAdaptAdam", "learning_rate": 1, "lr_scheduler": "cosine"}, "from full steps"),
    (
        SD,
        {"lr_scheduler": "warmup_stable_decay", "lr_warmup_steps": 0.6, "lr_decay_steps": 0.6},
        "longer than max_train_steps",
    ),
    ("sdxl_train", {"fused_backward_pass": True}, "works with optimizer_type Adafactor only"),
    (SD, {"fused_backward_pass": True, "optimizer_type": "Adafactor"}, "has no effect in train_network"),
    (
        "sdxl_train",
        {"fused_backward_pass": True, "optimizer_type": "Adafactor", "gradient_accumulation_steps": 2},
        "fused_backward_pass and gradient_accumulation_steps exclude",
    ),
    ("flux_train", {"fused_optimizer_groups": 4}, "does not work in flux_train"),
    (
        "sdxl_train",
        {"fused_backward_pass": True, "optimizer_type": "Adafactor", "fused_optimizer_groups": 4},
        "fused_backward_pass excludes fused_optimizer_groups",
    ),
    (
        "flux_train",
        {"blockwise_fused_optimizers": True, "optimizer_type": "AdamWScheduleFree"},
        "cannot be used with the schedule-free AdamWScheduleFree",
    ),
    (SD, {"min_timestep": 600, "max_timestep": 500}, "min_timestep 600 must be below max_timestep 500"),
    (SD, {"adaptive_noise_scale": 0.1}, "set noise_offset as well"),
    (SD, {"scale_v_pred_loss_like_noise_pred": True}, "scale_v_pred_loss_like_noise_pred is for models that predict v"),
    (SD, {"zero_terminal_snr": True}, "zero_terminal_snr is for models that predict v"),
    (SD, {"v_parameterization": True, "v_pred_like_loss": 1.0}, "is for models that predict noise"),
]

SPLIT = {"deepspeed": True}
MACHINE: list[Case] = [
    (SD, {"full_fp16": True}, "full_fp16 needs mixed_precision fp16"),
    (SD, {"full_bf16": True, "mixed_precision": "fp16"}, "full_bf16 needs mixed_precision bf16"),
    (SD, {"fp8_base": True}, "fp8_base needs mixed_precision fp16 or bf16"),
    (ANIMA, {"fp8_base": True, "mixed_precision": "bf16"}, "have no effect with anima"),
    ("hunyuan_image_train_network", {"fp8_base": True, "mixed_precision": "bf16"}, "set fp8_scaled instead"),
    ("gen_img", {"fp16": True, "bf16": True}, "fp16 and bf16 exclude each other"),
    (
        "sdxl_train",
        {"fused_backward_pass": True, "optimizer_type": "Adafactor", "mixed_precision": "fp16"},
        "cannot scale gradients",
    ),
    (SD, {"lowram": True, "highvram": True}, "lowram and highvram exclude each other"),
    (
        "flux_train",
        {"blocks_to_swap": 4, "cpu_offload_checkpointing": True},
        "blocks_to_swap and cpu_offload_checkpointing exclude",
    ),
    (
        ANIMA,
        {"unsloth_offload_checkpointing": True, "cpu_offload_checkpointing": True},
        "unsloth_offload_checkpointing and cpu_offload_checkpointing exclude",
    ),
    (
        ANIMA,
        {"unsloth_offload_checkpointing": True, "blocks_to_swap": 4},
        "unsloth_offload_checkpointing and blocks_to_swap exclude",
    ),
    (ANIMA, {"attn_mode": "sageattn"}, "attn_mode sageattn has no backward pass"),
    (ANIMA, {"attn_mode": "xformers"}, "attn_mode xformers needs split_attn"),
    ("lumina_train", {"use_sage_attn": True}, "use_sage_attn has no backward pass"),
    (SD, {"offload_optimizer_device": "cpu"}, "the other options of DeepSpeed need deepspeed"),
    (SD, SPLIT | {"offload_param_device": "cpu"}, "need zero_stage 3"),
    (SD, SPLIT | {"offload_optimizer_device": "nvme"}, "needs offload_optimizer_nvme_path"),
    (SD, SPLIT | {"zero_stage": 3, "offload_param_device": "nvme"}, "needs offload_param_nvme_path"),
    (SD, SPLIT | {"fp16_master_weights_and_gradients": True}, "needs zero_stage 2 and offload_optimizer_device cpu"),
]

CASES = [*NEEDS, *DATA, *PARTS, *LEARNING, *MACHINE]


def values_of(case: Case) -> dict[str, Any]:
    """The whole configuration of a case."""
    script, changes, _ = case
    return {name: value for name, value in (right(script) | changes).items() if value is not GONE}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{'-'.join(case[1])}")
def test_it_is_refused_for_this_reason_alone(case: Case) -> None:
    with pytest.raises(MikazukiError) as refusal:
        parse_upstream(case[0], values_of(case), "a.toml")
    assert refusal.value.code == "settings-wrong"
    lines = refusal.value.message.splitlines()
    assert lines[0] == f"a.toml: 1 setting is wrong for {case[0]}:"
    assert case[2] in lines[1]


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_is_right_is_accepted(script: str) -> None:
    assert parse_upstream(script, right(script), "a.toml").script == script


ALLOWED: list[tuple[str, dict[str, Any]]] = [
    (SD, PRODIGY),
    (SD, PRODIGY | {"unet_lr": 1.0, "text_encoder_lr": [1.0], "learning_rate": 1e-4}),
    (SD, PRODIGY | {"text_encoder_lr": [0.0]}),
    (SD, PRODIGY | {"network_train_text_encoder_only": True, "text_encoder_lr": [1.0], "learning_rate": 1e-4}),
    (SD, PRODIGY | {"lr_scheduler": "cosine"}),
    (SD, {"optimizer_type": "DAdaptAdam", "learning_rate": 1.0, "lr_scheduler": "constant_with_warmup"}),
    (SD, {"optimizer_type": "adamw8BIT"}),
    (SD, {"optimizer_type": "RAdam"}),
    (SD, {"optimizer_type": "pytorch_optimizer.CAME"}),
    (SD, {"optimizer_type": "Adafactor", "lr_scheduler": "adafactor:1e-3", "optimizer_args": ["relative_step=False"]}),
    (SD, {"optimizer_type": "AdamWScheduleFree", "lr_scheduler": "whatever"}),
    (SD, {"use_8bit_adam": True}),
    (SD, {"max_token_length": 75}),
    (ANIMA, BUCKETS | {"bucket_reso_steps": 16}),
    ("sd3_train", BUCKETS | {"bucket_reso_steps": 8}),
    (SD, BUCKETS | {"bucket_no_upscale": True, "resolution": "128"}),
    (SD, {"lr_scheduler": "piecewise_constant", "lr_scheduler_args": ["step_rules='1:10,0.1:20,0.01'"]}),
    (SD, {"lr_scheduler_type": "StepLR", "lr_scheduler_args": ["step_size=10"]}),
    (SD, {"lr_scheduler": "cosine_with_min_lr", "lr_scheduler_min_lr_ratio": 0.0}),
    (SD, {"lr_scheduler": "warmup_stable_decay", "lr_warmup_steps": "10%", "lr_decay_steps": "10%"}),
    (XL, {"cache_text_encoder_outputs": True, "network_train_unet_only": True}),
    (FLUX, {"cache_text_encoder_outputs": True}),
    (FLUX, {"loss_type": "huber", "huber_schedule": "constant"}),
    ("flux_train_network", {"model_type": "chroma", "apply_t5_attn_mask": True, "clip_l": GONE}),
    (ANIMA, {"cache_text_encoder_outputs": True, "network_train_unet_only": True, "caption_dropout_rate": 0.1}),
    ("sd3_train", {"train_text_encoder": True, "use_t5xxl_cache_only": True, "cache_text_encoder_outputs": True}),
    ("sdxl_train", {"fused_optimizer_groups": 10}),
    ("sdxl_train_control_net", {"optimizer_type": "Prodigy", "control_net_lr": 1.0}),
    (SD, {"dataset_config": "a.toml", "train_data_dir": GONE, "resolution": GONE}),
    ("fine_tune", {"dataset_config": "a.toml", "train_data_dir": GONE, "in_json": GONE}),
    (SD, {"v_parameterization": True, "zero_terminal_snr": True, "scale_v_pred_loss_like_noise_pred": True}),
]


@pytest.mark.parametrize(("script", "changes"), ALLOWED)
def test_what_looks_alike_and_works_is_accepted(script: str, changes: dict[str, Any]) -> None:
    parse_upstream(script, values_of((script, changes, "")), "a.toml")


def view_of(case: Case) -> View:
    """What the rules see of a case."""
    options = options_of(case[0])
    return View(SCRIPTS[case[0]], {name: take(options[name], value) for name, value in values_of(case).items()})


def test_every_rule_has_a_case() -> None:
    every, broken = set(), set()
    for view in map(view_of, CASES):
        for group in GROUPS:
            for place, (is_broken, _) in enumerate(group(view)):
                rule = (group.__name__, place)
                every.add(rule)
                broken |= {rule} if is_broken else set()
    assert every - broken == set()


def test_rules_ask_for_options_that_there_are() -> None:
    names = {name for script in SCRIPTS for name in options_of(script)}
    for module in (data, learning, machine, needs, parts):
        asked = set(re.findall(r"\bs\.(\w+)", inspect.getsource(module)))
        assert asked - names - {"script", "has"} == set(), module
