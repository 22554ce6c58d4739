"""What would stop a training before it begins: folders, disk, packages, extra files; nothing is left written."""

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from mikazuki.data.folders import Notice
from mikazuki.data.prompts import Prompt
from mikazuki.engines.machine import Gpu, cpu_threads
from mikazuki.errors import MikazukiError
from mikazuki.models.classify import is_lora
from mikazuki.models.families import FamilyName
from mikazuki.models.hypernetwork_spec import check_hypernetwork
from mikazuki.models.identify import ModelInfo, file_shapes
from mikazuki.models.lora_spec import check_network_args
from mikazuki.paths import existing_ancestor, repository
from mikazuki.settings import optimizers, schedules
from mikazuki.settings.optimizers import requirement
from mikazuki.settings.places import output_folder
from mikazuki.settings.train import TrainSettings
from mikazuki.text import size

NEEDED_PACKAGES: Final = (
    ("xformers", lambda s: s.xformers, "xformers = false (torch's own kernel is used instead)"),
    ("wandb", lambda s: s.log_with in {"wandb", "all"}, 'log_with = "tensorboard"'),
)
"""Package, when the settings need it, and what to set to do without it."""

SPARE_BYTES: Final = 50_000_000
"""Room for logs and sample pictures."""


def check_writable(folder: Path, option: str) -> None:
    """Really create and remove a file in a folder, made for that moment if it is not there.

    Raises:
        MikazukiError: ``not-writable``.
    """
    made: list[Path] = []
    try:
        for part in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
            part.mkdir()
            made.append(part)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise MikazukiError(
            "not-writable",
            f"{option}: {folder} cannot be written to: {error.strerror or error}.",
            f"Set {option} to a folder that this user may write to, or change its permissions.",
        ) from error
    finally:
        for part in reversed(made):
            with suppress(OSError):
                part.rmdir()


def check_space(folder: Path, needed: int) -> None:
    """Compare the free space with what a run will write, in bytes.

    Raises:
        MikazukiError: ``disk-full``.
    """
    free = shutil.disk_usage(existing_ancestor(folder)).free
    if free < needed + SPARE_BYTES:
        raise MikazukiError(
            "disk-full",
            f"The disk of {folder} has {size(free)} left, and this training will write about "
            f"{size(needed + SPARE_BYTES)}.",
            "Free some space, choose another output_dir, or save less often (save_every_n_epochs, save_state, "
            "network_dim).",
        )


def check_packages(settings: TrainSettings) -> None:
    """Look for the optional packages that settings need, without importing them.

    Raises:
        MikazukiError: ``package-missing``.
    """
    wanted = [(name, name, instead) for name, needed, instead in NEEDED_PACKAGES if needed(settings)]
    own = requirement(settings.optimizer)
    if own:
        wanted.append((own.package, own.pip, 'optimizer_type = "AdamW"'))
    missing = [row for row in wanted if not find_spec(row[0])]
    if missing:
        names = " and ".join(package for package, _, _ in missing)
        raise MikazukiError(
            "package-missing",
            f"These settings need {names}, which {'is' if len(missing) == 1 else 'are'} not installed.",
            f"Install with `python -m pip install {' '.join(pip for _, pip, _ in missing)}`, or set "
            f"{'; '.join(instead for _, _, instead in missing)}.",
        )


def check_prediction(info: ModelInfo, settings: TrainSettings) -> None:
    """Hold options for models that predict v, or noise, against what the model predicts.

    Raises:
        MikazukiError: ``prediction-wrong``.
    """
    v = info.prediction_type == "v_prediction"
    only_v = ("zero_terminal_snr", "scale_v_pred_loss_like_noise_pred")
    wrong = [name for name in (("v_pred_like_loss",) if v else only_v) if getattr(settings, name)]
    if wrong:
        raise MikazukiError(
            "prediction-wrong",
            f"{' and '.join(wrong)} cannot be used: {info.path} predicts {'v' if v else 'noise, not v'}.",
            "Leave it out, or set v_parameterization where the model is known to predict otherwise.",
        )


def check_small_files(settings: TrainSettings) -> None:
    """Look whether the small files that settings name are there.

    Raises:
        MikazukiError: ``file-not-found``.
    """
    thumbnail = settings.metadata_thumbnail
    named = {
        "log_tracker_config": settings.log_tracker_config,
        "metadata_thumbnail": None if (thumbnail or "").startswith("data:") else thumbnail,
    }
    missing = [
        f"{option}: there is no file {path}" for option, path in named.items() if path and not Path(path).is_file()
    ]
    if missing:
        raise MikazukiError("file-not-found", f"{'; '.join(missing)}.", "Correct the path, or leave it empty.")


def check_learning(settings: TrainSettings, family: FamilyName | None = None) -> None:
    """Look at optimizer, course of the rate and network as the trainer will.

    Raises:
        MikazukiError: ``settings-wrong``, ``bad-network-args``.
    """
    found = [*optimizers.problems(settings), *schedules.problems(settings)]
    if found:
        raise MikazukiError("settings-wrong", " ".join(found), "See docs/optimizers.md.")
    check_network_args(settings, family)


def learning_notices(settings: TrainSettings) -> list[Notice]:
    """Warn of what an optimizer does otherwise than one may expect."""
    return [Notice(code, text) for code, text in optimizers.notices(settings)]


def check_gpus(settings: TrainSettings, gpus: list[Gpu]) -> None:
    """Hold the number of processes against the GPUs that the driver shows, or without any against the processor.

    Raises:
        MikazukiError: ``too-few-gpus``.
    """
    named = [part for part in (settings.gpu_ids or "").split(",") if part.strip()]
    seen = len(named or gpus)
    most, what = (seen, "GPUs to use") if seen else (cpu_threads(), "processor's cores, without a GPU,")
    if settings.num_processes > max(most, 1):
        raise MikazukiError(
            "too-few-gpus",
            f"num_processes is {settings.num_processes}, but the {what} are {most}.",
            f"Set num_processes to {max(most, 1)}" + (", or name more GPUs in gpu_ids." if seen else "."),
        )


def prompt_notices(prompts: Iterable[Prompt]) -> list[Notice]:
    """Return what is remarkable about the sample prompts."""
    return [Notice("prompt-option", note) for prompt in prompts for note in prompt.notes]


def check_network_weights(settings: TrainSettings) -> None:
    """Look at the headers of the files to start from and to merge.

    Raises:
        MikazukiError: ``network-weights-not-found``, ``weights-not-found``, ``not-a-lora``, and what reading headers
            raises, of hypernetworks too.
    """
    if settings.weights and not Path(settings.weights).is_file():
        raise MikazukiError(
            "weights-not-found", f"weights: there is no file {settings.weights}.", "Correct it or leave it empty."
        )
    if settings.hypernetwork_weights:
        check_hypernetwork(Path(settings.hypernetwork_weights))
    named = [("network_weights", settings.network_weights)] if settings.network_weights else []
    for option, text in (*named, *(("base_weights", file) for file in settings.base_weights)):
        path = Path(text)
        if not path.is_file():
            raise MikazukiError(
                "network-weights-not-found", f"{option}: there is no file {path}.", "Correct it or leave it empty."
            )
        if not is_lora(file_shapes(path)):
            raise MikazukiError(
                "not-a-lora",
                f"{option}: {path} is not a LoRA.",
                "Name a LoRA file; the base model belongs into pretrained_model_name_or_path.",
            )


def leftover_demo(settings: TrainSettings) -> list[Notice]:
    """Warn where a person's own pictures would train beside the demo's regularisation pictures."""
    demo = repository().train / "demo"
    reg = Path(settings.reg_data_dir).resolve() if settings.reg_data_dir else None
    own = Path(settings.train_data_dir or "").resolve()
    if reg != demo.with_name("demo-reg").resolve() or own == demo.resolve():
        return []
    return [Notice("demo-regularisation", 'reg_data_dir still names the demo\'s pictures: set it to "" for your own.')]


def existing_output(settings: TrainSettings, *, resumed: bool) -> list[Notice]:
    """Warn where a run would write over an earlier one's file."""
    path = output_folder(settings) / f"{settings.output_name}{settings.file_ending}"
    if resumed or not settings.save_model_on_train_end or not path.exists():
        return []
    return [Notice("output-exists", f"{path} is there already and will be replaced; set output_name to keep both.")]


def memory_notices(expected: int, available: int, device: str) -> list[Notice]:
    """Warn where the estimate, in bytes, is more than there is."""
    if expected <= available:
        return []
    text = (
        f"This may need about {size(expected)} of memory and {device} has {size(available)} free: if it runs out, "
        "lower train_batch_size and resolution or set gradient_checkpointing."
    )
    return [Notice("memory-tight", text)]
