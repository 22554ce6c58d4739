"""The parts of a model: what a family has no use for, and what is trained while it is cached."""

from typing import Final

from mikazuki.settings.upstream.rules.view import Rule, Rules, View

NETWORKS: Final = {
    "sd1": ("networks.lora", "networks.lora_fa", "networks.dylora", "networks.oft", "lycoris.kohya"),
    "sdxl": ("networks.lora", "networks.lora_fa", "networks.dylora", "networks.oft", "lycoris.kohya"),
    "sd3": ("networks.lora_sd3", "lycoris.kohya"),
    "flux": ("networks.lora_flux", "networks.oft_flux", "lycoris.kohya"),
    "lumina": ("networks.lora_lumina", "lycoris.kohya"),
    "hunyuan_image": ("networks.lora_hunyuan_image", "lycoris.kohya"),
    "anima": ("networks.lora_anima", "lycoris.kohya"),
}
"""Kinds of network for each family, by a script's first one."""

CLIP_ONLY: Final = ("sd1", "sd2", "sdxl")


def family(s: View) -> tuple[Rule, ...]:
    """Options that a family knows nothing of."""
    name = s.script.families[0]
    newer = s.script.trains and name not in CLIP_ONLY
    fitting = NETWORKS.get(name, ())
    return (
        (
            s.script.trains and s.network_module and s.network_module not in fitting,
            f"network_module {s.network_module} does not fit models of family {name}: use {' or '.join(fitting)}.",
        ),
        (s.script.is_sdxl and s.v2, "v2 means Stable Diffusion 2.x and cannot be set for SDXL: leave it out."),
        (
            s.script.is_sdxl and s.script.trains and s.clip_skip is not None,
            "clip_skip has no effect with SDXL, which always uses its own layers: leave it out.",
        ),
        (newer and s.clip_skip is not None, f"clip_skip has no effect with {name}: leave it out."),
        (newer and s.max_token_length is not None, f"max_token_length has no effect with {name}: leave it out."),
        (
            newer and (s.v2 or s.v_parameterization),
            f"v2 and v_parameterization mean nothing to {name}: leave them out.",
        ),
        (
            s.script.matches_flows and s.loss_type in {"huber", "smooth_l1"} and s.huber_schedule == "snr",
            (
                f"huber_schedule snr, the default, needs a noise schedule, which {name} has not: with loss_type "
                f"{s.loss_type} set huber_schedule to constant or exponential."
            ),
        ),
        (
            s.script.name == "flux_train_control_net" and s.model_type != "flux",
            "model_type must be flux: there is no ControlNet training for chroma.",
        ),
        (
            s.model_type == "chroma" and not s.apply_t5_attn_mask,
            "model_type chroma needs apply_t5_attn_mask: set it.",
        ),
    )


def text_encoders(s: View) -> tuple[Rule, ...]:
    """Text encoders whose answers are cached cannot be trained."""
    cached = s.cache_text_encoder_outputs or s.cache_text_encoder_outputs_to_disk
    network = s.script.methods[0] == "lora"
    all_cached = network and s.script.families[0] in {"sdxl", "anima"}
    t5_trained = s.train_t5xxl or "train_t5xxl=true" in [arg.lower() for arg in s.network_args or ()]
    return (
        (
            cached and all_cached and not s.network_train_unet_only,
            "cache_text_encoder_outputs needs text encoders that are not trained: set network_train_unet_only.",
        ),
        (
            cached and s.train_text_encoder and not s.use_t5xxl_cache_only,
            "cache_text_encoder_outputs and train_text_encoder exclude each other: set one.",
        ),
        (cached and t5_trained, "cache_text_encoder_outputs and train_t5xxl exclude each other: set one."),
        (s.train_t5xxl and not s.train_text_encoder, "train_t5xxl needs train_text_encoder: set both."),
        (s.train_t5xxl and s.use_t5xxl_cache_only, "train_t5xxl and use_t5xxl_cache_only exclude each other: set one."),
        (
            s.network_train_unet_only and s.network_train_text_encoder_only,
            "network_train_unet_only and network_train_text_encoder_only exclude each other: set one.",
        ),
    )


def leftovers(s: View) -> tuple[Rule, ...]:
    """Textual inversion's sentences, and what upstream takes but does not heed."""
    return (
        (
            s.use_object_template and s.use_style_template,
            "use_object_template and use_style_template exclude each other: set one.",
        ),
        (
            s.save_clip or s.save_t5xxl,
            "save_clip and save_t5xxl are not finished in sd-scripts and do nothing: leave them out.",
        ),
    )


GROUPS: Final[tuple[Rules, ...]] = (family, text_encoders, leftovers)
