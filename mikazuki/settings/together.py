"""Settings that do not go together: what is wrong with several options at once, one sentence each."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mikazuki.settings import methods

if TYPE_CHECKING:
    from mikazuki.settings.train import TrainSettings

Rule = tuple[object, str]
"""Whether it is broken, and what to say then."""

FORMATS_8_BIT = ("fp16", "bf16", "auto")


def problems(settings: "TrainSettings") -> Iterator[str]:
    """Yield what is wrong with options that exclude or need one another."""
    for rules in (_model, _pictures, _captions, _network, _optimizer, _noise, _machine, _resume, _saved):
        for broken, text in rules(settings):
            if broken:
                yield text
    yield from methods.problems(settings)


def _model(s: "TrainSettings") -> tuple[Rule, ...]:
    return (
        (
            s.v2 and s.model_type not in {"auto", "sd2"},
            f"v2 and model_type {s.model_type} exclude each other.",
        ),
        (
            s.model_type == "sdxl" and s.clip_skip is not None,
            "clip_skip has no effect with SDXL: leave it out.",
        ),
        (
            s.cache_text_encoder_outputs_to_disk and methods.keeps_encoders(s),
            f"cache_text_encoder_outputs_to_disk needs text encoders that are not trained: {_without_text(s)}.",
        ),
        (
            s.cache_text_encoder_outputs and methods.keeps_encoders(s),
            f"cache_text_encoder_outputs needs text encoders that are not trained: {_without_text(s)}.",
        ),
        (
            (s.cache_text_encoder_outputs or s.cache_text_encoder_outputs_to_disk) and _captions_change(s),
            (
                "cache_text_encoder_outputs needs captions that never change: leave shuffle_caption, "
                "caption_tag_dropout_rate, token_warmup_step and enable_wildcard off."
            ),
        ),
    )


def _without_text(s: "TrainSettings") -> str:
    if s.method == methods.LORA:
        return "set network_train_unet_only"
    return "leave it out" if s.method in methods.WORDS else "set stop_text_encoder_training to -1"


def _captions_change(s: "TrainSettings") -> bool:
    return bool(s.shuffle_caption or s.caption_tag_dropout_rate or s.token_warmup_step or s.enable_wildcard)


def _pictures(s: "TrainSettings") -> tuple[Rule, ...]:
    size = f"{s.resolution[0]},{s.resolution[1]}"
    # a dataset_config says this for each of its datasets
    buckets = s.enable_bucket and not s.dataset_config
    return (
        (
            not (s.train_data_dir or s.in_json or s.dataset_config or s.dataset_class or s.concepts_list),
            "train_data_dir is missing: name the folder of pictures, a dataset_config or a concepts_list.",
        ),
        (
            s.dataset_config and (s.train_data_dir or s.reg_data_dir or s.in_json),
            "dataset_config excludes train_data_dir, reg_data_dir and in_json: keep one way to name pictures.",
        ),
        (
            s.concepts_list
            and (s.train_data_dir or s.reg_data_dir or s.in_json or s.dataset_config or s.dataset_class),
            (
                "concepts_list excludes train_data_dir, reg_data_dir, in_json, dataset_config and dataset_class: keep "
                "one way to name pictures."
            ),
        ),
        (s.in_json and s.reg_data_dir, "in_json takes no reg_data_dir: use a dataset_config for both."),
        (
            buckets and min(s.resolution) < s.min_bucket_reso // s.bucket_reso_steps * s.bucket_reso_steps,
            f"min_bucket_reso {s.min_bucket_reso} is larger than resolution {size}: lower min_bucket_reso.",
        ),
        (
            buckets and max(s.resolution) > -(-s.max_bucket_reso // s.bucket_reso_steps) * s.bucket_reso_steps,
            f"max_bucket_reso {s.max_bucket_reso} is smaller than resolution {size}: raise max_bucket_reso.",
        ),
        (
            s.masked_loss and not (s.alpha_mask or s.conditioning_data_dir or s.dataset_config or s.dataset_class),
            "masked_loss needs masks: set alpha_mask, or conditioning_data_dir.",
        ),
    )


def _captions(s: "TrainSettings") -> tuple[Rule, ...]:
    return (
        (
            s.secondary_separator is not None and s.caption_separator in s.secondary_separator,
            "secondary_separator must not contain caption_separator.",
        ),
    )


def _network(s: "TrainSettings") -> tuple[Rule, ...]:
    return (
        (
            s.network_train_unet_only and s.network_train_text_encoder_only,
            "network_train_unet_only and network_train_text_encoder_only exclude each other: set one.",
        ),
        (
            not s.rate_of_unet and not s.rate_of_text_encoder,
            (
                "nothing would be trained: learning_rate, unet_lr and text_encoder_lr are 0 for every part: "
                "set the rate of what is to be trained."
            ),
        ),
        (
            s.text_encoder_lr is not None and len(s.text_encoder_lr) not in {1, 2},
            "text_encoder_lr takes one rate, or with SDXL two.",
        ),
        (s.dim_from_weights and not s.network_weights, "dim_from_weights needs network_weights: name the file."),
        (
            len(s.base_weights_multiplier) > len(s.base_weights),
            "base_weights_multiplier has more numbers than base_weights has files.",
        ),
    )


def _optimizer(s: "TrainSettings") -> tuple[Rule, ...]:
    return (
        (
            s.lr_scheduler == "constant" and not s.lr_scheduler_type and bool(s.lr_warmup_steps),
            "lr_warmup_steps has no effect with lr_scheduler constant: use constant_with_warmup.",
        ),
        (s.use_8bit_adam and s.use_lion_optimizer, "use_8bit_adam and use_lion_optimizer exclude each other: set one."),
        (
            s.fused_backward_pass and s.optimizer.lower() != "adafactor",
            "fused_backward_pass works with optimizer_type Adafactor only.",
        ),
        (
            s.fused_backward_pass and s.gradient_accumulation_steps > 1,
            "fused_backward_pass and gradient_accumulation_steps exclude each other: set one.",
        ),
    )


def _noise(s: "TrainSettings") -> tuple[Rule, ...]:
    low, high = s.min_timestep or 0, 1000 if s.max_timestep is None else s.max_timestep
    return (
        (low >= high, f"min_timestep {low} must be below max_timestep {high}."),
        (
            s.adaptive_noise_scale is not None and not s.noise_offset,
            "adaptive_noise_scale changes noise_offset: set noise_offset as well.",
        ),
        (
            s.v_parameterization is False and (s.scale_v_pred_loss_like_noise_pred or s.zero_terminal_snr),
            "scale_v_pred_loss_like_noise_pred and zero_terminal_snr are for models that predict v: leave them off.",
        ),
        (
            s.v_parameterization and s.v_pred_like_loss,
            "v_pred_like_loss is for models that predict noise: leave it out.",
        ),
    )


def _machine(s: "TrainSettings") -> tuple[Rule, ...]:
    return (
        (s.full_fp16 and s.mixed_precision != "fp16", "full_fp16 needs mixed_precision fp16."),
        (s.full_bf16 and s.mixed_precision != "bf16", "full_bf16 needs mixed_precision bf16."),
        (
            (s.fp8_base or s.fp8_base_unet) and s.mixed_precision not in FORMATS_8_BIT,
            "fp8_base needs mixed_precision fp16 or bf16.",
        ),
        (s.lowram and s.highvram, "lowram and highvram exclude each other: set one."),
        (
            s.cpu_offload_checkpointing and not s.gradient_checkpointing,
            "cpu_offload_checkpointing needs gradient_checkpointing: set both.",
        ),
    )


def _resume(s: "TrainSettings") -> tuple[Rule, ...]:
    return (
        (
            s.resume and (s.initial_step or s.initial_epoch),
            "resume knows where to go on: leave initial_step and initial_epoch out.",
        ),
        (s.resume_from_huggingface and not s.resume, "resume_from_huggingface needs resume: name the folder there."),
        (
            s.initial_step is not None and s.initial_step >= s.max_train_steps and not s.max_train_epochs,
            f"initial_step {s.initial_step} leaves nothing of max_train_steps {s.max_train_steps}.",
        ),
    )


def _saved(s: "TrainSettings") -> tuple[Rule, ...]:
    return (
        (
            (s.sample_every_n_epochs or s.sample_every_n_steps or s.sample_at_first)
            and not (s.sample_prompts or s.sanity_prompt or s.concepts_list),
            (
                "sample_every_n_epochs, sample_every_n_steps and sample_at_first need sample_prompts: name a "
                "file of prompts, such as config/sample_prompts.txt, or set sanity_prompt."
            ),
        ),
        (
            (s.save_state_to_huggingface or s.async_upload) and not s.huggingface_repo_id,
            "save_state_to_huggingface and async_upload need huggingface_repo_id: name the repository.",
        ),
    )
