"""When an option of the form matters: which other option must hold which values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Condition:
    """Another option holds one of the values, or with `is_not` none of them."""

    option: str
    values: tuple[Any, ...]
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition before it is known what values its option can hold; `values` None means: it is set at all."""

    option: str
    values: tuple[Any, ...] | None = None
    is_not: bool = False


def is_set(option: str) -> Rule:
    """Say that the option is set at all."""
    return Rule(option, None, is_not=True)


def is_unset(option: str) -> Rule:
    """Say that it is not."""
    return Rule(option, None)


def is_one_of(option: str, *values: Any) -> Rule:
    """Say that it holds one of the values."""
    return Rule(option, values)


def is_none_of(option: str, *values: Any) -> Rule:
    """Say that it holds none of them."""
    return Rule(option, values, is_not=True)


_HUBER: Final = is_one_of("loss_type", "huber", "smooth_l1")
_PREDICTS_V: Final = is_none_of("v_parameterization", False)
_MIN_LR: Final = ("cosine_with_min_lr", "cosine_warmup_with_min_lr", "warmup_stable_decay")
_OWN_COURSE: Final = ("AdamWScheduleFree", "RAdamScheduleFree", "SGDScheduleFree", "ProdigyPlusScheduleFree")

_TABLE: Final[tuple[tuple[str, tuple[Rule, ...]], ...]] = (
    ("train_data_dir reg_data_dir in_json", (is_unset("dataset_config"), is_unset("concepts_list"))),
    ("class_batch_size disable_class_matching", (is_set("concepts_list"), is_one_of("prior_preservation", "pictures"))),
    ("prior_preservation", (is_set("concepts_list"),)),
    ("prior_loss_target prior_loss_weight_min", (is_one_of("prior_loss_scale", True),)),
    ("dream_detail_preservation", (is_one_of("dream_training", True),)),
    ("epoch_pause_time", (is_set("epoch_pause_frequency"),)),
    ("sanity_seed", (is_set("sanity_prompt"),)),
    ("min_bucket_reso max_bucket_reso bucket_reso_steps bucket_no_upscale", (is_one_of("enable_bucket", True),)),
    ("conditioning_data_dir", (is_one_of("masked_loss", True),)),
    ("persistent_data_loader_workers", (is_none_of("max_data_loader_n_workers", 0),)),
    ("token_warmup_min", (is_set("token_warmup_step"),)),
    (
        "validation_seed validate_every_n_steps validate_every_n_epochs max_validation_steps",
        (is_set("validation_split"),),
    ),
    ("dim_from_weights", (is_set("network_weights"),)),
    ("network_dim network_alpha", (is_one_of("dim_from_weights", False),)),
    ("base_weights_multiplier", (is_set("base_weights"),)),
    ("network_train_text_encoder_only text_encoder_lr", (is_one_of("network_train_unet_only", False),)),
    ("network_train_unet_only unet_lr", (is_one_of("network_train_text_encoder_only", False),)),
    ("fused_backward_pass", (is_one_of("optimizer_type", "Adafactor", "adafactor", "AdaFactor"),)),
    ("lr_scheduler lr_scheduler_type", (is_none_of("optimizer_type", *_OWN_COURSE),)),
    ("lr_warmup_steps", (is_none_of("lr_scheduler", "constant", "piecewise_constant", "reduce_lr_on_plateau"),)),
    ("lr_decay_steps", (is_one_of("lr_scheduler", "warmup_stable_decay"),)),
    ("lr_scheduler_num_cycles", (is_one_of("lr_scheduler", "cosine_with_restarts", *_MIN_LR),)),
    ("lr_scheduler_power", (is_one_of("lr_scheduler", "polynomial"),)),
    ("lr_scheduler_timescale", (is_one_of("lr_scheduler", "inverse_sqrt"),)),
    ("lr_scheduler_min_lr_ratio", (is_one_of("lr_scheduler", *_MIN_LR),)),
    ("noise_offset_random_strength adaptive_noise_scale", (is_set("noise_offset"),)),
    ("multires_noise_discount", (is_set("multires_noise_iterations"),)),
    ("ip_noise_gamma_random_strength", (is_set("ip_noise_gamma"),)),
    ("zero_terminal_snr scale_v_pred_loss_like_noise_pred", (_PREDICTS_V,)),
    ("v_pred_like_loss", (is_none_of("v_parameterization", True),)),
    ("huber_schedule huber_c huber_scale", (_HUBER,)),
    ("logit_mean logit_std", (is_one_of("weighting_scheme", "logit_normal"),)),
    ("mode_scale", (is_one_of("weighting_scheme", "mode"),)),
    ("sigmoid_scale", (is_one_of("timestep_sampling", "sigmoid", "shift", "flux_shift"),)),
    ("full_fp16", (is_one_of("mixed_precision", "fp16"),)),
    ("full_bf16", (is_one_of("mixed_precision", "bf16"),)),
    ("fp8_base fp8_base_unet", (is_none_of("mixed_precision", "no"),)),
    ("cpu_offload_checkpointing unsloth_offload_checkpointing", (is_one_of("gradient_checkpointing", True),)),
    ("dynamo_backend", (is_one_of("torch_compile", True),)),
    ("ddp_timeout ddp_gradient_as_bucket_view ddp_static_graph", (is_none_of("num_processes", 1),)),
    ("machine_rank main_process_ip main_process_port", (is_none_of("num_machines", 1),)),
    (
        (
            "zero_stage offload_optimizer_device offload_param_device zero3_init_flag zero3_save_16bit_model "
            "fp16_master_weights_and_gradients"
        ),
        (is_one_of("deepspeed", True),),
    ),
    ("offload_optimizer_nvme_path", (is_one_of("offload_optimizer_device", "nvme"),)),
    ("offload_param_nvme_path", (is_one_of("offload_param_device", "nvme"),)),
    ("learning_rate_te1 learning_rate_te2 learning_rate_te3", (is_one_of("train_text_encoder", True),)),
    ("train_t5xxl", (is_one_of("train_text_encoder", True),)),
    ("initial_epoch initial_step", (is_unset("resume"),)),
    ("resume_from_huggingface", (is_set("resume"),)),
    ("sample_batch_size", (is_set("sample_prompts"),)),
    ("save_last_n_epochs", (is_set("save_every_n_epochs"),)),
    ("save_last_n_steps", (is_set("save_every_n_steps"),)),
    ("save_last_n_epochs_state", (is_one_of("save_state", True), is_set("save_every_n_epochs"))),
    ("save_last_n_steps_state", (is_one_of("save_state", True), is_set("save_every_n_steps"))),
    ("wandb_run_name wandb_api_key", (is_one_of("log_with", "wandb", "all"),)),
    (
        (
            "metadata_title metadata_author metadata_description metadata_license metadata_tags metadata_usage_hint "
            "metadata_thumbnail metadata_merged_from metadata_trigger_phrase metadata_preprocessor "
            "metadata_is_negative_embedding training_comment"
        ),
        (is_one_of("no_metadata", False),),
    ),
    (
        (
            "huggingface_repo_type huggingface_path_in_repo huggingface_repo_visibility save_state_to_huggingface "
            "async_upload"
        ),
        (is_set("huggingface_repo_id"),),
    ),
)

RULES: Final[Mapping[str, tuple[Rule, ...]]] = MappingProxyType(
    {name: rules for names, rules in _TABLE for name in names.split()}
)
"""Option -> what must hold, all of it, for the option to matter."""

UNCONDITIONAL: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"conditioning_data_dir": frozenset({"controlnet", "lllite", "lllite_old"})}
)
"""Methods that need an option whatever else is set."""


def rules_of(name: str, method: str) -> Iterable[Rule]:
    """Return the rules of an option where a method has it."""
    return () if method in UNCONDITIONAL.get(name, ()) else RULES.get(name, ())


def settled(rule: Rule, *, nullable: bool, empty: Any, choices: tuple[Any, ...]) -> Condition:
    """Say a rule in values that its option can hold.

    Args:
        rule: The rule.
        nullable: Whether the option may be not set.
        empty: The value that says nothing beside not set: 0, empty text, an empty list; None where there is none.
        choices: The values that the option can hold, where it is chosen from some.
    """
    if rule.values is None:
        nothing = ((None,) if nullable else ()) + ((empty,) if empty is not None else ())
        return Condition(rule.option, nothing, rule.is_not)
    values = tuple(value for value in rule.values if not choices or value in choices)
    return Condition(rule.option, values, rule.is_not)
