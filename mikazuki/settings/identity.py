"""Tells whether a saved state belongs to the run that is asked for."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings

FACTS: Final = "train_state.json"
"""The file of a state folder that says where the run stood and whose it is."""

IDENTITY: Final = (
    "pretrained_model_name_or_path",
    "method",
    "network_module",
    "network_dim",
    "network_alpha",
    "network_args",
    "network_train_unet_only",
    "network_train_text_encoder_only",
    "optimizer_type",
    "train_data_dir",
    "resolution",
    "train_batch_size",
    "gradient_accumulation_steps",
    "output_name",
)
"""Options that make two runs different ones: a state of the one cannot go on in the other."""


def identity(settings: TrainSettings) -> dict[str, Any]:
    """Return the options whose values a resumed run must share, as JSON values."""
    values: dict[str, Any] = settings.model_dump(mode="json", include=set(IDENTITY))
    return values


def check_same_run(folder: Path, theirs: Mapping[str, Any], settings: TrainSettings) -> None:
    """Raise MikazukiError ``other-run``, naming each option that differs, if ``folder`` is another run's state."""
    wanted = identity(settings)
    other = [name for name, value in theirs.items() if wanted.get(name) != value]
    if other:
        said = "; ".join(f"{name} was {theirs[name]!r}, now {wanted.get(name)!r}" for name in other)
        raise MikazukiError(
            "other-run",
            f"resume: {folder} is the state of another run: {said}.",
            "Give these settings the values of that run, or leave resume empty to begin anew.",
        )
