"""Our settings of a training in upstream's words: what to write into the settings file of one of its scripts."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.settings.optimizers import NAMED, find_target
from mikazuki.settings.secrets import VARIABLES
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.forms import TOKEN_LENGTHS
from mikazuki.settings.upstream.options import Option, options_of
from mikazuki.settings.upstream.rules.learning import DOTTED
from mikazuki.settings.upstream.scripts import script_named

OURS: Final = frozenset(
    {
        "version", "engine", "method", "model_type", "sample_grid", "gpu_ids", "num_processes", "sd_scripts_dir",
        "sd_scripts_python",
    }
)  # fmt: skip
"""Options that the launcher itself heeds, so upstream's file need not have them; the family chooses the script."""

INSTEAD: Final = frozenset({"use_8bit_adam", "use_lion_optimizer", "caption_extention", "v2", "v_parameterization"})
"""Options that are written in another way, from `TrainSettings`' own answers or from the model's weights."""

REFUSALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ema_decay": "sd-scripts keeps no running mean of the weights",
        "skip_corrupt_images": "sd-scripts stops at a picture that it cannot read",
        "dataset_class": "it names a class for the builtin engine, which sd-scripts could not use",
        "concepts_list": "concepts are the builtin engine's: sd-scripts takes folders or a dataset_config",
        "strict_tokens": "sd-scripts reads a caption as one text",
        "noise_scheduler": "sd-scripts mixes noise by DDPM's rule alone",
        "dream_training": "sd-scripts has no DREAM",
        "prior_loss_scale": "sd-scripts keeps prior_loss_weight as it is",
        "prior_preservation": "sd-scripts keeps a class by pictures of it",
        "text_encoder_ratio": "sd-scripts counts steps: set stop_text_encoder_training",
        "freeze_clip_normalization": "sd-scripts trains a text encoder as a whole",
        "save_model_on_train_end": "sd-scripts always saves at the end",
        "save_model_on_cancel": "sd-scripts ends at once when it is stopped",
        "save_merged_model": "sd-scripts saves the network alone",
        "save_in_subfolder": "sd-scripts writes into output_dir",
        "epoch_pause_frequency": "sd-scripts does not pause",
        "template_file": "sd-scripts has two templates of its own: use_object_template and use_style_template",
        "save_state_on_cancel": "sd-scripts saves nothing when it is stopped",
        "halve_batch_on_oom": "sd-scripts ends where memory runs out",
        "sanity_prompt": "sd-scripts draws sample_prompts alone",
        "cache_text_encoder_outputs": "sd-scripts caches captions for SDXL and newer families only",
        "cache_text_encoder_outputs_to_disk": "sd-scripts caches captions for SDXL and newer families only",
    }
)
"""Why an option cannot be had from upstream, where it is set."""

NO_CHUNKS: Final = {"max_token_length": 75}
"""Values of ours that upstream has no name for: they are what leaving the option out means."""

ALWAYS_THERE: Final = frozenset({"save_model_on_train_end"})
"""What upstream does in any case: to switch it off asks for something, unlike with what it never does."""


@dataclass(frozen=True)
class Found:
    """What was found out beside the settings, and stands in them as `auto` or not set."""

    family: str = ""
    """Family read off the base model's weights; empty: as the settings say."""
    predicts_v: bool | None = None
    """Whether the weights predict v; None: as the settings say."""
    precision: str = "no"
    """Number format that `mixed_precision = "auto"` means on this machine: no, fp16 or bf16."""


def upstream_values(settings: TrainSettings, script: str, found: Found = Found()) -> dict[str, Any]:
    """Return what to write into upstream's settings file: only what differs from its own defaults.

    Secrets are left out: `settings.secrets` hands them on by the environment. Paths stay as they are written.

    Args:
        settings: The settings of a training.
        script: The script that is to run, by name.
        found: What is known of model and machine.

    Raises:
        MikazukiError: ``engine-cannot``: every option that the script lacks, with the reason.
    """
    options = options_of(script_named(script).name)
    wanted = _wanted(settings, found)
    lacking = [_refusal(name, script) for name in wanted if name in REFUSALS and _is_set(settings, name, options)]
    lacking += [_refusal(name, script) for name in _asked(wanted) if name not in options and name not in REFUSALS]
    if wanted.get("max_token_length", 0) > max(TOKEN_LENGTHS):
        lacking.append(f"- max_token_length: sd-scripts reads captions of up to {max(TOKEN_LENGTHS)} tokens")
    if lacking:
        raise MikazukiError(
            "engine-cannot",
            "\n".join(["The engine sd-scripts cannot do what these settings ask for:", *lacking]),
            'Leave them out, or set engine = "builtin".',
        )
    chosen = {name: _written(name, value) for name, value in wanted.items() if name in options}
    return {name: value for name, value in chosen.items() if value != _comparable(options[name])}


def _is_set(settings: TrainSettings, name: str, options: Mapping[str, Option]) -> bool:
    """Tell whether a refused option is in effect; dataset_class means another thing there, others may exist there."""
    differs = getattr(settings, name) != TrainSettings.model_fields[name].default
    return differs and (name == "dataset_class" or name not in options)


def _refusal(name: str, script: str) -> str:
    return f"- {name}: {REFUSALS.get(name, f'{script} has no such option')}"


def _wanted(settings: TrainSettings, found: Found) -> dict[str, Any]:
    """Return the options that ask for something, by upstream's names, with our kinds of value."""
    left_out = OURS | INSTEAD | VARIABLES.keys()
    values = {name: getattr(settings, name) for name in TrainSettings.model_fields if name not in left_out}
    family = found.family or settings.wanted_family
    predicts_v = settings.v_parameterization if found.predicts_v is None else found.predicts_v
    values |= {
        "v2": family == "sd2",
        "v_parameterization": bool(predicts_v),
        "caption_extension": settings.caption_ending,
        "optimizer_type": _optimizer(settings.optimizer),
        # where every step needs the picture anew, keeping latents in memory is no more than a way to save time
        "cache_latents": settings.cache_latents and not (settings.color_aug or settings.random_crop),
        "mixed_precision": found.precision if settings.mixed_precision == "auto" else settings.mixed_precision,
    }
    return {name: value for name, value in values.items() if not _asks_nothing(name, value)}


def _asked(wanted: Mapping[str, Any]) -> list[str]:
    """Return the options that are not as our settings have them by default."""
    return [name for name, value in wanted.items() if value != TrainSettings.model_fields[name].default]


def _asks_nothing(name: str, value: Any) -> bool:
    """Tell whether a value is our way to leave an option alone: not set, off, or empty as it is by default."""
    if value is None or NO_CHUNKS.get(name) == value:
        return True
    field = TrainSettings.model_fields[name]
    return not value and (value == field.default or (isinstance(value, bool) and name not in ALWAYS_THERE))


def _optimizer(name: str) -> str:
    """Return an optimizer's name as upstream spells it: its case, or the path of a class that it does not know."""
    spelled = next((known for known in NAMED if known.lower() == name.lower()), name)
    target = find_target(spelled)
    return f"{target.module}.{target.name}" if spelled in DOTTED and target else spelled


def _written(name: str, value: Any) -> Any:
    """Return a value of ours in the form that upstream reads."""
    if name == "resolution":
        return ",".join(map(str, value))
    return list(value) if isinstance(value, tuple) else value


def _comparable(option: Option) -> Any:
    return list(option.default) if isinstance(option.default, tuple) else option.default
