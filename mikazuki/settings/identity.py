"""Tells whether a saved state belongs to the run that is asked for."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.settings.concepts import is_inline
from mikazuki.settings.train import TrainSettings

FACTS: Final = "train_state.json"
"""The file of a state folder that says where the run stood and whose it is."""

MODEL: Final = (
    "pretrained_model_name_or_path", "vae", "v_parameterization", "base_weights", "base_weights_multiplier",
)  # fmt: skip
NETWORK: Final = (
    "method", "network_module", "network_dim", "network_alpha", "network_args", "dim_from_weights",
    "network_train_unet_only", "network_train_text_encoder_only", "freeze_clip_normalization", "token_string",
    "num_vectors_per_token", "hypernetwork_sizes", "hypernetwork_layer_structure", "hypernetwork_activation",
    "hypernetwork_activate_output", "hypernetwork_layer_norm",
)  # fmt: skip
LEARNING: Final = ("optimizer_type", "optimizer_args")
DATA: Final = (
    "train_data_dir", "reg_data_dir", "in_json", "dataset_config", "dataset_class", "concepts_list",
    "prior_preservation", "disable_class_matching", "dataset_repeats", "resolution", "enable_bucket",
    "min_bucket_reso", "max_bucket_reso", "bucket_reso_steps", "bucket_no_upscale", "validation_split",
    "validation_seed", "train_batch_size", "gradient_accumulation_steps", "num_processes",
)  # fmt: skip
IDENTITY: Final = (*MODEL, *NETWORK, *LEARNING, *DATA, "output_name")
"""Options that make two runs different ones: a state of the one cannot go on in the other.

These are the model learned on, the shape of what is learned, the optimizer (its arguments come back with its state,
so others would be ignored), and whatever decides which picture a place in the data is. Rates, schedules, lengths,
noise and captions may change on the way.
"""

TRAINED: Final = "trained parts"
"""Beside the options: which parts have a learning rate above 0, since only those are in a state."""


def identity(settings: TrainSettings) -> dict[str, Any]:
    """Return what a resumed run must share, as JSON values: `IDENTITY` and `TRAINED`.

    The optimizer counts by what it is, whichever option says it; a dataset_config and a concepts_list by their
    contents, wherever they lie.
    """
    values: dict[str, Any] = settings.model_dump(mode="json", include=set(IDENTITY))
    values["optimizer_type"] = settings.optimizer
    if settings.dataset_config:
        values["dataset_config"] = _contents(Path(settings.dataset_config))
    if settings.concepts_list:
        own = settings.concepts_list
        values["concepts_list"] = _hashed(own.encode()) if is_inline(own) else _contents(Path(own))
    return values | {TRAINED: _trained(settings)}


def _trained(settings: TrainSettings) -> list[str]:
    first, second = settings.rates_of_text_encoders
    rates = {"UNet": settings.rate_of_unet, "text encoder": first, "second text encoder": second}
    left_out = [number for number, rate in enumerate(settings.block_rates) if not rate]
    blocks = f"UNet without blocks {', '.join(map(str, left_out))}" if left_out else "UNet"
    return [blocks if part == "UNet" else part for part, rate in rates.items() if rate]


def _contents(path: Path) -> str:
    """Return a short hash of a file's contents, or its name where it cannot be read."""
    try:
        return _hashed(path.read_bytes())
    except OSError:
        return str(path)


def _hashed(contents: bytes) -> str:
    return f"contents {hashlib.sha256(contents).hexdigest()[:12]}"


def check_same_run(folder: Path, theirs: Mapping[str, Any], settings: TrainSettings) -> None:
    """Raise MikazukiError ``other-run``, naming each option that differs, if ``folder`` is another run's state.

    An older state knows fewer options; what it does not know is not held against it.
    """
    wanted = identity(settings)
    other = [name for name, value in theirs.items() if wanted.get(name) != value]
    if other:
        said = "; ".join(f"{name} was {theirs[name]!r}, now {wanted.get(name)!r}" for name in other)
        parts = " Parts are trained where unet_lr, text_encoder_lr or learning_rate is above 0."
        raise MikazukiError(
            "other-run",
            f"resume: {folder} is the state of another run: {said}.{parts if TRAINED in other else ''}",
            "Give these settings the values of that run, or leave resume empty to begin anew.",
        )
