"""Options of a training with values of theirs, and what is seen in a run when they act."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import torch

from tests.training.options_elsewhere import OFTEN
from tests.training.options_seen import (
    cached_files,
    config_is_in_the_log,
    debug_pictures,
    first_state_stays,
    grid,
    info_file,
    log_folder,
    mean_of_losses,
    only_unet_rates_of_blocks,
    other_pictures,
    text_files,
    tracker_suffix,
)
from tests.training.options_witness import (
    Witness,
    all_of,
    begins,
    changes,
    changes_weights,
    drawn_at,
    files,
    modules,
    near,
    ranks,
    rates,
    rounds,
    same,
    steps,
    stored_as,
    told,
    validated,
)
from tests.training.options_world import Options


@dataclass(frozen=True)
class Row:
    """Options, what is set beside them (in the plain run too), and what is seen; further values are not ``quick``."""

    options: Options
    witness: Witness
    beside: Options = field(default_factory=dict)
    quick: bool = True

    @property
    def often(self) -> bool:
        """Tell whether every run of the tests tries it."""
        return self.quick and not OFTEN.isdisjoint(self.options)

    @property
    def name(self) -> str:
        """What a test of it is called."""
        return ",".join(f"{name}={value}" for name, value in self.options.items())[:80]


def row(witness: Witness, beside: Options | None = None, *, quick: bool = True, **options: Any) -> Row:
    """Return a row of options."""
    return Row(options, witness, beside or {}, quick)


def each(option: str, values: Iterable[Any], witness: Witness, beside: Options | None = None) -> list[Row]:
    """Return a row for every value, of which the first is quick."""
    return [Row({option: value}, witness, beside or {}, number == 0) for number, value in enumerate(values)]


FOLDER: Final = "{root}/pictures/1_sks thing"
ONE_SHAPE: Final = {"enable_bucket": False}
UNET: Final = {"network_train_unet_only": True}
V: Final = {"v_parameterization": True}
SGD: Final = {"optimizer_type": "SGD"}
SHUFFLED: Final = {"shuffle_caption": True}
TWO_EPOCHS: Final = {"max_train_epochs": 2}
CLASS: Final = TWO_EPOCHS | {"reg_data_dir": "{root}/class"}
FALLING: Final = CLASS | {"prior_loss_scale": True}
PROMPTS: Final = {"sample_prompts": "{root}/prompts.txt"}
HELD: Final = {"validation_split": 0.4}

MODEL: Final = (
    row(changes, pretrained_model_name_or_path="{root}/models/tiny-sdxl.safetensors"),
    row(same, model_type="sd1", quick=False),
    row(changes, vae="{root}/models/tiny-sdxl.safetensors"),
    row(changes, v_parameterization=True),
    row(same, no_half_vae=True, quick=False),
    row(near, disable_mmap_load_safetensors=True),
    row(all_of(changes, told(modelspec_encoder_layer="2")), clip_skip=2),
    *each("max_token_length", [150, 225, 300], changes),
    row(changes, strict_tokens=True),
    row(changes, no_token_padding=True),
    row(changes, weighted_captions=True),
    row(near, UNET, cache_text_encoder_outputs=True),
    row(all_of(near, text_files), UNET | {"train_data_dir": "{root}/other"}, cache_text_encoder_outputs_to_disk=True),
)

PICTURES: Final = (
    row(changes, train_data_dir="{root}/other"),
    row(all_of(changes, told(ss_num_reg_images="3")), reg_data_dir="{root}/class"),
    row(changes, {"train_data_dir": FOLDER}, in_json="{root}/captions.json"),
    row(
        told(ss_num_reg_images="3", ss_num_train_images="9"),
        {"train_data_dir": None},
        dataset_config="{root}/datasets.toml",
    ),
    row(changes, dataset_class="tests.training.options_source.Album"),
    row(changes, {"reg_data_dir": "{root}/class"}, prior_loss_weight=0.3),
    row(changes_weights, CLASS, prior_loss_scale=True),
    row(changes_weights, FALLING, prior_loss_target=1),
    row(changes_weights, FALLING | {"prior_loss_target": 1}, prior_loss_weight_min=0.7),
    row(all_of(changes, told(modelspec_resolution="96x96")), resolution=96),
    row(all_of(changes, told(ss_batch_size_per_device="2")), ONE_SHAPE, train_batch_size=2),
    row(changes, enable_bucket=False),
    row(changes, min_bucket_reso=64),
    row(changes, max_bucket_reso=64),
    row(changes, bucket_reso_steps=64),
    row(changes, bucket_no_upscale=True),
    *each("resize_interpolation", ["nearest", "lanczos", "bilinear", "linear", "bicubic", "cubic", "area"], changes),
    row(steps(6), {"train_data_dir": "{root}/plain", "max_train_epochs": 1}, dataset_repeats=2),
    row(changes, flip_aug=True),
    row(changes, color_aug=True),
    row(changes, random_crop=True),
    row(changes, face_crop_aug_range="1.0,1.5"),
    row(changes, alpha_mask=True),
    row(changes, {"conditioning_data_dir": "{root}/masks"}, masked_loss=True),
    row(changes, {"masked_loss": True, "alpha_mask": True}, conditioning_data_dir="{root}/masks"),
    row(
        told(ss_num_train_images="2"),
        {"train_data_dir": "{root}/damaged", "max_train_steps": 2},
        skip_corrupt_images=True,
    ),
    row(near, cache_latents=False),
    row(all_of(near, cached_files), {"train_data_dir": "{root}/other"}, cache_latents_to_disk=True),
    row(near, ONE_SHAPE, vae_batch_size=3),
    row(all_of(same, info_file), {"train_data_dir": "{root}/other"}, cache_info=True),
    *each("max_data_loader_n_workers", [0, 3], same),
    row(same, TWO_EPOCHS, persistent_data_loader_workers=True),
    row(debug_pictures, debug_dataset=True),
)

CAPTIONS: Final = (
    row(changes, caption_extension=".caption"),
    row(changes, caption_extention="caption"),
    row(changes, SHUFFLED, caption_separator="e"),
    row(changes, shuffle_caption=True),
    row(changes, SHUFFLED, keep_tokens=2),
    row(changes, keep_tokens_separator="|||"),
    row(changes, secondary_separator=";;;"),
    row(changes, enable_wildcard=True),
    row(changes, caption_prefix="a photograph,"),
    row(changes, caption_suffix=", at night"),
    row(changes, caption_dropout_rate=0.7),
    row(changes, caption_dropout_every_n_epochs=1),
    row(changes, caption_tag_dropout_rate=0.5),
    row(changes, {"token_warmup_step": 3}, token_warmup_min=3),
    *each("token_warmup_step", [3, 0.9], changes),
    row(all_of(validated("epoch", 2, 3), changes), validation_split=0.4),
    row(all_of(validated("epoch", 2, 3), changes), HELD, validation_seed=3),
    row(validated("step", 2), HELD, validate_every_n_steps=2),
    row(validated("epoch", 4), HELD | TWO_EPOCHS, validate_every_n_epochs=2),
    row(all_of(other_pictures, validated("epoch", 1, 2, 3)), {"validation_split": 0.7}, max_validation_steps=1),
)

NETWORK: Final = (
    row(changes, network_module="networks.lora_fa"),
    row(changes, network_module="networks.dylora", quick=False),
    row(
        all_of(changes, modules("oft_unet_")),
        {"network_alpha": 0.1, "learning_rate": 0.001},
        network_module="networks.oft",
        quick=False,
    ),
    row(changes, network_module="lycoris.kohya", quick=False),
    row(all_of(ranks(3), told(ss_network_dim="3")), network_dim=3),
    row(all_of(changes, told(ss_network_alpha="2.0")), network_alpha=2),
    row(changes, network_dropout=0.5),
    row(all_of(changes, told(ss_network_args=".*conv_dim.*")), network_args="conv_dim=1 conv_alpha=1"),
    row(
        all_of(changes, only_unet_rates_of_blocks),
        UNET,
        network_args="down_lr_weight=cosine mid_lr_weight=0.5 up_lr_weight=sine",
        quick=False,
    ),
    row(changes_weights, network_args="loraplus_lr_ratio=4", quick=False),
    row(changes, network_weights="{lora}"),
    row(ranks(2), {"network_weights": "{lora}"}, dim_from_weights=True, network_dim=8),
    row(changes, base_weights="{lora}"),
    row(changes, {"base_weights": "{lora}"}, base_weights_multiplier="0.3"),
    row(changes_weights, scale_weight_norms=0.01),
    row(modules("lora_unet_"), network_train_unet_only=True),
    row(modules("lora_te_"), network_train_text_encoder_only=True),
    row(changes_weights, ema_decay=0.9),
)

OPTIMIZERS: Final = (
    "AdamW8bit", "PagedAdamW", "PagedAdamW8bit", "PagedAdamW32bit", "Lion", "Lion8bit", "PagedLion8bit", "SGD",
    "SGDNesterov", "SGDNesterov8bit", "DAdaptation", "DAdaptAdamPreprint", "DAdaptAdaGrad", "DAdaptAdam", "DAdaptAdan",
    "DAdaptAdanIP", "DAdaptLion", "DAdaptSGD", "Prodigy", "ProdigyPlusScheduleFree", "Adafactor", "CAME",
    "AdamWScheduleFree", "RAdamScheduleFree", "SGDScheduleFree", "RMSprop", "torch.optim.Adam",
)  # fmt: skip
TO_01: Final = {"lr_scheduler_min_lr_ratio": 0.1}

LEARNING: Final = (
    row(rates(0.02, 0.02, 0.02), learning_rate=0.02),
    row(all_of(rates(0.02, 0.02, 0.02), rates(0.01, 0.01, 0.01, group="textencoder")), unet_lr=0.02),
    row(rates(0.003, 0.003, 0.003, group="textencoder"), text_encoder_lr="0.003"),
    *each("optimizer_type", OPTIMIZERS, changes_weights),
    row(changes_weights, SGD, optimizer_args="momentum=0.9"),
    row(told(ss_optimizer="bitsandbytes.*AdamW8bit"), use_8bit_adam=True),
    row(told(ss_optimizer="lion_pytorch.*"), use_lion_optimizer=True),
    row(near, {"optimizer_type": "Adafactor", "max_grad_norm": 0}, fused_backward_pass=True),
    row(rates(0.01, 0.01 * 2 / 3, 0.01 / 3), lr_scheduler="linear"),
    row(rates(0.01, 0.0075, 0.0025), lr_scheduler="cosine", quick=False),
    row(rates(0.01, 0.0075, 0.0025), lr_scheduler_type="CosineAnnealingLR", lr_scheduler_args="T_max=3"),
    row(rates(0.01, 0.01, 0.001), {"lr_scheduler": "piecewise_constant"}, lr_scheduler_args="step_rules=1:2,0.1"),
    row(rates(0.0, 0.005, 0.01), {"lr_scheduler": "constant_with_warmup"}, lr_warmup_steps=2),
    row(rates(0.0, 0.005, 0.01), {"lr_scheduler": "constant_with_warmup"}, lr_warmup_steps=0.67, quick=False),
    row(
        rates(0.01, 0.01, 0.005),
        {"lr_scheduler": "warmup_stable_decay", "lr_scheduler_args": "decay_type=linear"},
        lr_decay_steps=2,
    ),
    row(rates(0.01, 0.0025, 0.0075), {"lr_scheduler": "cosine_with_restarts"}, lr_scheduler_num_cycles=2),
    row(
        rates(0.01, 0.01 * 4 / 9, 0.01 / 9),
        {"lr_scheduler": "polynomial", "lr_scheduler_args": "lr_end=0"},
        lr_scheduler_power=2,
    ),
    row(rates(0.01, 0.01 / 2**0.5, 0.01 / 3**0.5), {"lr_scheduler": "inverse_sqrt"}, lr_scheduler_timescale=1),
    row(rates(0.01, 0.00775, 0.00325), {"lr_scheduler": "cosine_with_min_lr"}, lr_scheduler_min_lr_ratio=0.1),
    *each(
        "lr_scheduler",
        ["cosine_warmup_with_min_lr", "warmup_stable_decay"],
        changes_weights,
        TO_01 | {"lr_decay_steps": 2},
    ),
    row(near, lr_scheduler="reduce_lr_on_plateau", quick=False),
    row(changes_weights, SGD, max_grad_norm=0.0001),
    row(all_of(steps(2), mean_of_losses), {"max_train_epochs": 1}, gradient_accumulation_steps=2),
)

NOISE: Final = (
    row(changes, noise_offset=0.3),
    row(changes, {"noise_offset": 0.3}, noise_offset_random_strength=True),
    row(changes, {"noise_offset": 0.3}, adaptive_noise_scale=0.5),
    row(changes, multires_noise_iterations=4),
    row(changes, {"multires_noise_iterations": 4}, multires_noise_discount=0.8),
    row(changes, ip_noise_gamma=0.3),
    row(changes, {"ip_noise_gamma": 0.3}, ip_noise_gamma_random_strength=True),
    row(changes, V, zero_terminal_snr=True),
    row(all_of(changes, told(modelspec_timestep_range="900,1000")), min_timestep=900),
    row(changes, max_timestep=100),
    *each("noise_scheduler", ["DEIS", "UniPC"], rounds),
    row(changes, dream_training=True),
    row(changes, {"dream_training": True}, dream_detail_preservation=3.0),
    *each("loss_type", ["huber", "l1", "smooth_l1"], changes),
    *each("huber_schedule", ["exponential", "constant"], changes, {"loss_type": "huber"}),
    row(changes, {"loss_type": "huber"}, huber_c=0.5),
    row(changes, {"loss_type": "huber", "huber_schedule": "constant"}, huber_scale=3.0),
    row(changes, min_snr_gamma=0.05),
    row(changes, debiased_estimation_loss=True),
    row(changes, V, scale_v_pred_loss_like_noise_pred=True),
    row(changes, v_pred_like_loss=0.5),
)

BF16: Final = {"mixed_precision": "bf16"}
FP16: Final = {"mixed_precision": "fp16"}
CHECKPOINTING: Final = {"gradient_checkpointing": True}

RUNNING: Final = (
    row(steps(6), max_train_epochs=2),
    row(steps(2), max_train_steps=2),
    row(changes, seed=8),
    row(all_of(rounds, begins(precision="bf16")), mixed_precision="bf16"),
    row(all_of(rounds, begins(precision="fp16")), mixed_precision="fp16", quick=False),
    row(all_of(rounds, stored_as(torch.float16)), FP16 | {"learning_rate": 1e-3}, full_fp16=True, quick=False),
    row(all_of(rounds, stored_as(torch.bfloat16)), BF16, full_bf16=True),
    row(rounds, BF16, fp8_base=True),
    row(rounds, BF16, fp8_base_unet=True, quick=False),
    row(near, gradient_checkpointing=True),
    row(near, CHECKPOINTING, cpu_offload_checkpointing=True),
    row(rounds, sdpa=False),
    row(rounds, mem_eff_attn=True, quick=False),
    row(near, {"dynamo_backend": "eager"}, torch_compile=True, quick=False),
    row(near, dynamo_backend="aot_eager", torch_compile=True, quick=False),
    row(same, lowram=True),
    row(same, highvram=True, quick=False),
)

RESUMING: Final = (
    row(steps(3, first=4), TWO_EPOCHS, initial_epoch=2),
    row(steps(1, first=3), {"network_weights": "{lora}"}, initial_step=2),
    row(steps(1, first=3), {"initial_step": 2, "network_weights": "{lora}"}, skip_until_initial_step=True, quick=False),
)

SAVING: Final = (
    row(files("mine.safetensors"), output_name="mine", output_dir="{root}/runs/mine/output"),
    row(files("x.ckpt"), save_model_as="ckpt"),
    row(files("x.pt"), save_model_as="pt", quick=False),
    *[
        row(stored_as(kind), save_precision=name, quick=name == "fp16")
        for name, kind in (("fp16", torch.float16), ("bf16", torch.bfloat16), ("float", torch.float32))
    ],
    row(
        files(
            "x-000003.safetensors",
            "x-000003-state",
            "x-step00000010.safetensors",
            "x-step00000010-state",
            "x-000002-state",
            "x-step00000008-state",
            none=(
                "x-000001.safetensors",
                "x-000002.safetensors",
                "x-000001-state",
                "x-step00000006-state",
                "x-step00000008.safetensors",
            ),
        ),
        {"max_train_epochs": 4},
        save_every_n_epochs=1,
        save_every_n_steps=2,
        save_last_n_epochs=1,
        save_last_n_steps=1,
        save_state=True,
        save_last_n_epochs_state=2,
        save_last_n_steps_state=3,
    ),
    row(
        files("x-000002.safetensors", none=("x-000001.safetensors", "x-000003.safetensors")),
        {"max_train_epochs": 4},
        save_n_epoch_ratio=2,
    ),
    row(
        all_of(files("x-state", none=("x-000001-state",)), first_state_stays),
        TWO_EPOCHS | {"save_every_n_epochs": 1},
        save_state_on_train_end=True,
    ),
)

SAMPLING: Final = (
    row(
        all_of(drawn_at(0, 2, 3), same),
        sample_prompts="{root}/prompts.txt",
        sample_every_n_steps=2,
        sample_every_n_epochs=1,
        sample_at_first=True,
    ),
    row(all_of(drawn_at(3), other_pictures), PROMPTS | {"sample_every_n_epochs": 1}, sample_sampler="euler_a"),
    row(grid, PROMPTS, sample_grid=True),
)

TELLING: Final = (
    row(
        all_of(log_folder, tracker_suffix, config_is_in_the_log),
        logging_dir="{root}/runs/logging",
        log_prefix="pre",
        log_tracker_name="curves",
        log_tracker_config="{root}/tracker.toml",
        log_config=True,
    ),
    row(
        told(
            ss_training_comment="mine",
            modelspec_title="T",
            modelspec_author="A",
            modelspec_description="D",
            modelspec_license="L",
            modelspec_tags="t,u",
            modelspec_usage_hint="H",
            modelspec_thumbnail="data:image/png;base64,.+",
            modelspec_merged_from="M",
            modelspec_trigger_phrase="P",
            modelspec_preprocessor="R",
            modelspec_is_negative_embedding="no",
        ),
        training_comment="mine",
        metadata_title="T",
        metadata_author="A",
        metadata_description="D",
        metadata_license="L",
        metadata_tags="t,u",
        metadata_usage_hint="H",
        metadata_thumbnail="{root}/thumbnail.png",
        metadata_merged_from="M",
        metadata_trigger_phrase="P",
        metadata_preprocessor="R",
        metadata_is_negative_embedding="no",
    ),
)

ROWS: Final = (
    *MODEL, *PICTURES, *CAPTIONS, *NETWORK, *LEARNING, *NOISE, *RUNNING, *RESUMING, *SAVING, *SAMPLING, *TELLING,
)  # fmt: skip
