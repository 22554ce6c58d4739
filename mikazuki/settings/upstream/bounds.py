"""How large and how small the numbers of sd-scripts' options may be: its parsers do not say."""

from types import MappingProxyType
from typing import Any, Final

from mikazuki.settings.schema import option_schema
from mikazuki.settings.train import TrainSettings

_COUNT: Final = {"minimum": 1}
_OPTIONAL_COUNT: Final = {"minimum": 0}
_SHARE: Final = {"minimum": 0, "maximum": 1}
_POSITIVE: Final = {"exclusiveMinimum": 0}
_RATE: Final = {"minimum": 0}
_PIXELS: Final = {"minimum": 64, "maximum": 8192}

_NAMES: Final = (
    (
        _COUNT,
        (
            "batch_size cond_emb_dim fused_optimizer_groups gemma2_max_token_length gradual_latent_every_n_steps "
            "highres_fix_steps images_per_prompt max_embeddings_multiples n_iter network_merge_n_models "
            "network_regional_mask_max_color_codes num_vectors_per_token qwen3_max_token_length sample_batch_size "
            "steps t5_max_token_length t5xxl_max_token_length text_encoder_batch_size vae_chunk_size vae_slices"
        ),
    ),
    (
        _OPTIONAL_COUNT,
        "blocks_to_swap double_blocks_to_swap num_last_block_to_freeze single_blocks_to_swap crop_left crop_top",
    ),
    (
        _SHARE,
        (
            "clip_g_dropout_rate clip_l_dropout_rate ds_ratio highres_fix_strength noise_offset_prob "
            "pos_emb_random_crop_rate pyramid_noise_prob strength t5_dropout_rate"
        ),
    ),
    (
        _POSITIVE,
        "discrete_flow_shift gradual_latent_ratio highres_fix_scale logit_std sigmoid_scale training_shift",
    ),
    (
        _RATE,
        (
            "cfg_trunc_ratio control_net_lr cross_attn_lr guidance_scale learning_rate_te learning_rate_te1 "
            "learning_rate_te2 learning_rate_te3 llm_adapter_lr mlp_lr mod_lr renorm_cfg self_attn_lr"
        ),
    ),
    (_PIXELS, "H W image_height image_width original_height original_width"),
    ({"minimum": -1}, "stop_text_encoder_training"),
    (
        {"minimum": 0, "maximum": 1000},
        "ds_timesteps_1 ds_timesteps_2 gradual_latent_timesteps",
    ),
)

OWN: Final = MappingProxyType({name: bounds for bounds, names in _NAMES for name in names.split()})
"""Bounds of options that our own settings lack; -1 stops the text encoder's training before it begins."""


def bounds_of(name: str) -> dict[str, Any]:
    """Return a number's bounds by JSON Schema's names, empty where there are none; ours for shared names."""
    if name in OWN:
        return dict(OWN[name])
    if name not in TrainSettings.model_fields:
        return {}
    schema = option_schema(TrainSettings, name)
    return schema.get("items", schema) if schema.get("type") == "array" else schema


def within(value: float, bounds: dict[str, Any]) -> bool:
    """Tell whether a number keeps its bounds."""
    return (
        value >= bounds.get("minimum", value)
        and value <= bounds.get("maximum", value)
        and ("exclusiveMinimum" not in bounds or value > bounds["exclusiveMinimum"])
        and ("exclusiveMaximum" not in bounds or value < bounds["exclusiveMaximum"])
        and ("multipleOf" not in bounds or value % bounds["multipleOf"] == 0)
    )
