"""What of a script's training can be counted before it starts: its pictures, its steps, its files on the disk."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mikazuki.data.plan import Plan, make_plan
from mikazuki.engines.estimate import saves_in
from mikazuki.engines.sd_scripts_data import takes_folders
from mikazuki.engines.sd_scripts_run import Run
from mikazuki.errors import MikazukiError
from mikazuki.models.identify import file_shapes
from mikazuki.settings.options.dataset import CaptionSettings, DatasetSettings, ValidationSettings
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.rules.data import step_multiple
from mikazuki.settings.values import parse_resolution

WHOLE_MODEL: Final = frozenset({"full", "dreambooth", "fine_tune"})
"""Methods whose files are as large as the file they train."""

BYTES: Final[Mapping[str | None, int]] = {"float": 4, None: 4}
"""Bytes a number by save_precision; the other formats have two."""

BASE: Final = "pretrained_model_name_or_path"

MARKS: Final[Mapping[str, tuple[str, ...]]] = {"flux": ("double_blocks.", "single_transformer_blocks.")}
"""Parts of tensors' names of which a family's models have one, in upstream's format or that of diffusers.

Without them the scripts for Flux end with nothing but `max() arg is an empty sequence`.
"""

SIGHT: Final = frozenset(
    name for part in (DatasetSettings, CaptionSettings, ValidationSettings) for name in part.model_fields
)
"""Options that decide which pictures are seen, and how."""


@dataclass(frozen=True)
class Length:
    """How long a script trains; None where its pictures cannot be counted here."""

    steps: int | None = None
    epochs: int | None = None
    steps_per_epoch: int | None = None


def plan_of(run: Run, *, verify: bool = True) -> Plan | None:
    """Plan the data of a run; None where it lies in a form that only the script reads.

    Raises:
        MikazukiError: What `make_plan` raises, broken pictures among it.
    """
    named = run.value("train_data_dir") or run.value("dataset_config")
    if not named or not takes_folders(run.script) or run.value("in_json") or run.value("dataset_class"):
        return None
    return make_plan(_sight(run), family_step=step_multiple(run.script), verify=verify)


def _sight(run: Run) -> TrainSettings:
    """Say in our own settings which pictures a run sees; its values were checked by the script's own definition."""
    values = {name: run.value(name) for name in SIGHT | {"seed", "max_train_epochs", "max_train_steps"}}
    given = {name: _ours(name, value) for name, value in values.items() if value is not None}
    return TrainSettings.model_construct(None, **given, pretrained_model_name_or_path=str(run.value(BASE)))


def _ours(name: str, value: Any) -> Any:
    if name == "resolution":
        return parse_resolution(value)
    return tuple(value) if isinstance(value, list) else value


def length_of(run: Run, plan: Plan | None) -> Length:
    """Count steps and epochs as upstream does: each of several processes takes its share of an epoch's batches."""
    epochs, steps = run.value("max_train_epochs"), run.value("max_train_steps")
    if plan is None:
        return Length(None if epochs else steps, epochs)
    together = run.launch.num_processes * (run.value("gradient_accumulation_steps") or 1)
    an_epoch = max(1, math.ceil(plan.batches_per_epoch / together))
    steps = epochs * an_epoch if epochs else int(steps or 0)
    return Length(steps, epochs or math.ceil(steps / an_epoch), an_epoch)


def check_begin(run: Run, length: Length) -> None:
    """Refuse to begin behind the end.

    Raises:
        MikazukiError: ``nothing-left``.
    """
    step, epoch = run.value("initial_step") or 0, run.value("initial_epoch") or 1
    late = length.steps is not None and step >= length.steps > 0
    if late or (length.epochs is not None and epoch > length.epochs):
        said = f"initial_step {step}" if late else f"initial_epoch {epoch}"
        total = f"{length.steps} steps" if late else f"{length.epochs} epochs"
        raise MikazukiError(
            "nothing-left",
            f"{said} leaves nothing of {total}.",
            "Raise max_train_epochs (or max_train_steps), or begin earlier.",
        )


def check_model_file(run: Run, option: str) -> None:
    """Read the header of a .safetensors file that an option names, where it is there, and look for its family's parts.

    Raises:
        MikazukiError: What `file_shapes` raises for a file that is cut off or none; ``wrong-family``.
    """
    path = Path(str(run.values.get(option) or ""))
    if path.suffix.lower() != ".safetensors" or not path.is_file():
        return
    names = file_shapes(path)
    family = run.script.families[0]
    marks = MARKS.get(family, ())
    if option == BASE and marks and not any(mark in name for name in names for mark in marks):
        raise MikazukiError(
            "wrong-family",
            f"{path} is no model of family {family}: it has none of its blocks.",
            f"Name a {family} model in {BASE}, and check which file is which.",
        )


def disk_of(run: Run, length: Length) -> int | None:
    """Return the bytes that the trained files will take, about; None where their size is known only to the script."""
    if not WHOLE_MODEL & set(run.script.methods) or length.steps is None or length.epochs is None:
        return None
    model = Path(str(run.value(BASE)))
    if not model.is_file():
        return None
    numbers = sum(math.prod(shape) for shape in file_shapes(model).values())
    saves = saves_in(length.steps, length.epochs, run.value)
    return numbers * BYTES.get(run.value("save_precision"), 2) * saves
