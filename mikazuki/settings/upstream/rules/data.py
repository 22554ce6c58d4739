"""Pictures and captions: what cannot be cached, cut or sorted the way it was asked for."""

from typing import Final

from mikazuki.settings.upstream.rules.view import Rule, Rules, View
from mikazuki.settings.upstream.scripts import Script

STEP_MULTIPLES: Final = {
    "sd1": 64,
    "sdxl": 32,
    "sd3": 32,
    "sd3_train": 8,
    "flux": 16,
    "lumina": 16,
    "anima": 16,
    "flux_train_network": 64,
    "lumina_train_network": 64,
    "hunyuan_image_train_network": 64,
}
"""What bucket sides must be multiples of, by script, else by its first family.

The LoRA scripts of three families look for a smaller number as well, but first their base class looks for SD1's 64.
"""


def step_multiple(script: Script) -> int:
    """Return what bucket sides of a script must be multiples of, in pixels."""
    return STEP_MULTIPLES.get(script.name) or STEP_MULTIPLES[script.families[0]]


def buckets(s: View) -> tuple[Rule, ...]:
    """Sizes of buckets; a dataset_config says them for each of its datasets."""
    if not s.enable_bucket or s.dataset_config or not s.resolution:
        return ()
    width, height = map(int, s.resolution.split(","))
    step = s.bucket_reso_steps
    multiple = step_multiple(s.script)
    return (
        (
            step % multiple,
            f"bucket_reso_steps {step} must be a multiple of {multiple} with {s.script.name}.",
        ),
        (
            not s.bucket_no_upscale and min(width, height) < s.min_bucket_reso // step * step,
            f"min_bucket_reso {s.min_bucket_reso} is larger than resolution {s.resolution}: lower min_bucket_reso.",
        ),
        (
            not s.bucket_no_upscale and max(width, height) > -(-s.max_bucket_reso // step) * step,
            f"max_bucket_reso {s.max_bucket_reso} is smaller than resolution {s.resolution}: raise max_bucket_reso.",
        ),
    )


def latents(s: View) -> tuple[Rule, ...]:
    """Latents are encoded once: nothing may change in a picture afterwards."""
    cached = s.cache_latents or s.cache_latents_to_disk
    controls = s.script.methods[0] in {"controlnet", "lllite", "lllite_old"}
    return (
        (
            cached and (s.color_aug or s.random_crop),
            (
                "cache_latents excludes color_aug and random_crop, which change the picture at every step: leave "
                "cache_latents and cache_latents_to_disk off, or those two."
            ),
        ),
        (
            controls and s.random_crop,
            "random_crop cannot be used here: the controlling picture would not be cut alike.",
        ),
        (
            s.masked_loss and not (s.alpha_mask or s.conditioning_data_dir or s.dataset_config or s.dataset_class),
            "masked_loss needs masks: set alpha_mask, or conditioning_data_dir.",
        ),
        (
            s.persistent_data_loader_workers and s.max_data_loader_n_workers == 0,
            "persistent_data_loader_workers needs max_data_loader_n_workers of 1 or more.",
        ),
        (
            s.debug_dataset,
            "debug_dataset opens windows and waits for keys in them: use the builtin engine for it.",
        ),
    )


def captions(s: View) -> tuple[Rule, ...]:
    """Captions are encoded once: nothing may change in them afterwards."""
    cached = s.cache_text_encoder_outputs or s.cache_text_encoder_outputs_to_disk
    changing = ["shuffle_caption", "token_warmup_step", "caption_tag_dropout_rate", "enable_wildcard"]
    # Anima's strategy can leave out a caption that was cached
    if s.script.families[0] != "anima":
        changing += ["caption_dropout_rate", "caption_dropout_every_n_epochs"]
    on = [name for name in changing if getattr(s, name)]
    return (
        (
            cached and on,
            f"cache_text_encoder_outputs needs captions that never change: leave {', '.join(on)} off.",
        ),
        (
            cached and s.weighted_captions,
            "cache_text_encoder_outputs excludes weighted_captions: set one.",
        ),
        (
            s.secondary_separator and s.caption_separator in s.secondary_separator,
            "secondary_separator must not contain caption_separator.",
        ),
    )


GROUPS: Final[tuple[Rules, ...]] = (buckets, latents, captions)
