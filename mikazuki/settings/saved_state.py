"""What a saved state tells of its training without its tensors being read: settings, place, pictures shown."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.settings.identity import FACTS
from mikazuki.settings.load import parse
from mikazuki.settings.secrets import VARIABLES
from mikazuki.settings.train import TrainSettings

SETTINGS: Final = "settings"
"""Key in a state's facts of the settings that it was trained with."""
WEIGHTS: Final = "model.safetensors"
"""The file of a state folder that holds what is trained."""


@dataclass(frozen=True)
class SavedTraining:
    """A state folder and the training that it was saved by."""

    folder: Path
    step: int
    epoch: int
    """Epochs finished."""
    seed: int | None
    settings: TrainSettings

    @property
    def images(self) -> int:
        """Pictures shown so far, every batch counted as a full one."""
        return self.step * images_a_step(self.settings.model_dump(include=set(_FACTORS)))


_FACTORS: Final = ("train_batch_size", "gradient_accumulation_steps", "num_processes")


def images_a_step(told: dict[str, Any]) -> int:
    """Return the pictures of one optimizer step, by a run's options or what its state says of them."""
    product = 1
    for name in _FACTORS:
        value = told.get(name)
        product *= value if isinstance(value, int) and value > 0 else 1
    return product


def told_settings(settings: TrainSettings) -> dict[str, Any]:
    """Return what a state tells of its run's settings: what differs from the defaults, keys and tokens left out."""
    told: dict[str, Any] = settings.model_dump(mode="json", exclude_defaults=True, exclude=set(VARIABLES))
    # the default of some methods is another one
    return told | {"method": settings.method, "learning_rate": settings.learning_rate}


def read_saved(folder: Path) -> SavedTraining:
    """Return what a state folder tells.

    Raises:
        MikazukiError: ``state-not-found`` where there is no complete state of the builtin engine; ``state-too-old``
            where it does not tell its settings.
    """
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        step, epoch, told = int(facts["current_step"]), int(facts["current_epoch"]), facts.get(SETTINGS)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MikazukiError(
            "state-not-found",
            f"{folder} is no complete state folder of the builtin engine ({error}).",
            f"A state folder's name ends in -state, and it holds {FACTS} and {WEIGHTS}.",
        ) from error
    if not isinstance(told, dict):
        raise MikazukiError(
            "state-too-old",
            f"{folder} does not tell the settings of its training: an earlier version saved it.",
            "Resume the training from it with save_state on; states saved from then on tell them.",
        )
    return SavedTraining(folder, step, epoch, facts.get("seed"), parse(TrainSettings, told, str(folder / FACTS)))
