"""Where an option stands in the form and how it is entered: sections and their order, paths, the short form."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from mikazuki.settings.base import sections
from mikazuki.settings.train import TrainSettings

PathKind = Literal["file", "folder", "model", "new"]

ORDER: Final = (
    "model", "dataset", "concept", "caption", "network", "length", "optimizer", "sample", "save", "memory", "text",
    "noise", "flow", "validation", "resume", "machine", "log", "metadata", "hub",
)  # fmt: skip
"""Sections in the order that people fill them in; the files that are written have the same ones."""

_MOVED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "length": (
            "max_train_epochs max_train_steps train_batch_size gradient_accumulation_steps seed epoch_pause_frequency "
            "epoch_pause_time"
        ),
        "machine": (
            "num_processes gpu_ids ddp_timeout ddp_gradient_as_bucket_view ddp_static_graph num_machines machine_rank "
            "main_process_ip main_process_port num_cpu_threads_per_process sd_scripts_dir sd_scripts_python deepspeed "
            "zero_stage offload_optimizer_device offload_optimizer_nvme_path offload_param_device "
            "offload_param_nvme_path zero3_init_flag zero3_save_16bit_model fp16_master_weights_and_gradients"
        ),
        "model": (
            "ae clip_l clip_g t5xxl gemma2 text_encoder byt5 qwen3 llm_adapter_path t5_tokenizer_path "
            "controlnet_model_name_or_path"
        ),
        "text": (
            "t5xxl_max_token_length gemma2_max_token_length qwen3_max_token_length t5_max_token_length "
            "apply_lg_attn_mask apply_t5_attn_mask clip_l_dropout_rate clip_g_dropout_rate t5_dropout_rate "
            "system_prompt no_token_padding text_encoder_batch_size use_t5xxl_cache_only t5xxl_device t5xxl_dtype"
        ),
        "flow": (
            "timestep_sampling discrete_flow_shift sigmoid_scale weighting_scheme logit_mean logit_std mode_scale "
            "training_shift guidance_scale model_prediction_type"
        ),
        "memory": (
            "blocks_to_swap double_blocks_to_swap single_blocks_to_swap fp8_scaled fp8_vl text_encoder_cpu "
            "vae_chunk_size vae_disable_cache attn_mode split_attn use_flash_attn use_sage_attn split_mode "
            "unsloth_offload_checkpointing diffusers_xformers"
        ),
        "network": (
            "token_string init_word num_vectors_per_token weights template_file use_object_template "
            "use_style_template pivotal_ratio hypernetwork_sizes hypernetwork_layer_structure hypernetwork_activation "
            "hypernetwork_weight_init hypernetwork_layer_norm hypernetwork_activate_output "
            "hypernetwork_dropout_structure hypernetwork_weights imagic_embedding_steps "
            "train_text_encoder train_t5xxl stop_text_encoder_training text_encoder_ratio freeze_clip_normalization "
            "num_last_block_to_freeze cond_emb_dim"
        ),
        "optimizer": (
            "learning_rate_te learning_rate_te1 learning_rate_te2 learning_rate_te3 control_net_lr self_attn_lr "
            "cross_attn_lr mlp_lr mod_lr llm_adapter_lr embedding_lr imagic_embedding_lr "
            "block_lr fused_optimizer_groups blockwise_fused_optimizers"
        ),
        "noise": "pos_emb_random_crop_rate enable_scaled_pos_embed",
        "dataset": "skip_latents_validity_check",
        "sample": "sample_batch_size",
        "save": "use_safetensors save_clip save_t5xxl mem_eff_save",
    }
)
"""Options that stand elsewhere than in the section of the settings class they are defined in, or in none."""

_OF_CLASS: Final = {"run": "memory"}
"""Settings classes whose section has another name in the form."""


def _places() -> dict[str, str]:
    placed = {
        name: _OF_CLASS.get(section, section)
        for section, options in sections(TrainSettings).items()
        for name in options
    }
    return placed | {name: section for section, names in _MOVED.items() for name in names.split()}


SECTION_OF: Final[Mapping[str, str]] = MappingProxyType(_places())
"""Option -> section, for every option of ours and of the scripts that train."""

_BASIC: Final = (
    "pretrained_model_name_or_path vae ae clip_l clip_g t5xxl gemma2 text_encoder byt5 qwen3 train_data_dir "
    "reg_data_dir in_json conditioning_data_dir resolution enable_bucket caption_extension shuffle_caption "
    "keep_tokens concepts_list prior_preservation hypernetwork_layer_structure hypernetwork_activation "
    "network_module network_dim network_alpha token_string init_word num_vectors_per_token template_file pivotal_ratio "
    "imagic_embedding_steps train_text_encoder cond_emb_dim max_train_epochs max_train_steps train_batch_size seed "
    "learning_rate unet_lr text_encoder_lr embedding_lr imagic_embedding_lr control_net_lr optimizer_type lr_scheduler "
    "sample_prompts sample_every_n_epochs sample_every_n_steps output_dir output_name save_every_n_epochs "
    "save_every_n_steps mixed_precision gradient_checkpointing blocks_to_swap"
)

BASIC: Final = frozenset(_BASIC.split())
"""What the short form shows, where the method and the family have it."""

_BY_STEPS: Final = frozenset({"hypernetwork", "imagic"})
"""Methods whose length people give in steps."""

BASIC_OF: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "in_json": frozenset({"fine_tune"}),
        "conditioning_data_dir": frozenset({"controlnet", "lllite", "lllite_old"}),
        "reg_data_dir": frozenset({"lora", "dreambooth", "textual_inversion", "pivotal_tuning", "hypernetwork"}),
        "concepts_list": frozenset({"dreambooth"}),
        "prior_preservation": frozenset({"dreambooth"}),
        "max_train_steps": _BY_STEPS,
        "sample_every_n_steps": _BY_STEPS,
        "save_every_n_steps": _BY_STEPS,
        "vae": frozenset(),
    }
)
"""Options of `BASIC` that are basic for some methods alone."""

_ONE_PICTURE: Final = (
    "shuffle_caption keep_tokens train_batch_size max_train_epochs sample_every_n_epochs save_every_n_epochs"
)
_IN_STEPS: Final = "max_train_epochs sample_every_n_epochs save_every_n_epochs"
NOT_BASIC_OF: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"imagic": frozenset(_ONE_PICTURE.split()), "hypernetwork": frozenset(_IN_STEPS.split())}
)
"""Method -> options of `BASIC` that say nothing of it, or say it in epochs where people count steps."""

_PATHS: Final[Mapping[PathKind, str]] = {
    "model": "pretrained_model_name_or_path vae",
    "folder": (
        "train_data_dir reg_data_dir conditioning_data_dir tokenizer_cache_dir resume sd_scripts_dir t5_tokenizer_path"
    ),
    "new": "output_dir logging_dir offload_optimizer_nvme_path offload_param_nvme_path",
    "file": (
        "in_json dataset_config network_weights weights template_file hypernetwork_weights "
        "sample_prompts log_tracker_config console_log_file "
        "metadata_thumbnail ae clip_l clip_g t5xxl gemma2 text_encoder byt5 qwen3 llm_adapter_path "
        "controlnet_model_name_or_path sd_scripts_python"
    ),
}

PATHS: Final[Mapping[str, PathKind]] = MappingProxyType(
    {name: kind for kind, names in _PATHS.items() for name in names.split()}
)
"""Options that hold one path, and what kind of path."""

PATH_LISTS: Final = frozenset({"base_weights"})
"""Options that hold several."""

MULTILINE: Final = frozenset({"training_comment", "metadata_description", "metadata_usage_hint", "system_prompt"})


def is_basic(name: str, method: str) -> bool:
    """Say whether the short form of a method shows an option."""
    return name in BASIC - NOT_BASIC_OF.get(method, frozenset()) and method in BASIC_OF.get(name, {method})
