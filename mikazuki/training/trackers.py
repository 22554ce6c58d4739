"""Where curves go: TensorBoard and Weights & Biases, in the folders and under the names that sd-scripts uses."""

import json
import time
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Protocol

from mikazuki.errors import MikazukiError
from mikazuki.settings.secrets import VARIABLES
from mikazuki.settings.train import TrainSettings

DEFAULT_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "lora": "network_train",
        "dreambooth": "dreambooth",
        "fine_tune": "finetuning",
        "textual_inversion": "textual_inversion",
        "pivotal_tuning": "pivotal_tuning",
        "imagic": "imagic",
        "hypernetwork": "hypernetwork",
    }
)
"""Method -> run folder of TensorBoard and project of Weights & Biases where log_tracker_name is not set."""
PLACES: Final = frozenset(
    {
        "pretrained_model_name_or_path",
        "vae",
        "tokenizer_cache_dir",
        "train_data_dir",
        "conditioning_data_dir",
        "reg_data_dir",
        "output_dir",
        "logging_dir",
        "sd_scripts_dir",
        "sd_scripts_python",
    }
)
"""Options that tell about a person's disk: like secrets, log_config leaves them out, as sd-scripts does."""


class At(NamedTuple):
    """Where a value belongs: ``axis`` is its place on TensorBoard's axis, ``step`` and ``epoch`` where the run is."""

    axis: int
    step: int
    epoch: int


class Tracker(Protocol):
    """Takes curves and pictures."""

    def log(self, values: Mapping[str, float], at: At) -> None:
        """Take values under their tags."""

    def picture(self, path: Path, index: int, prompt: str) -> None:
        """Take a sample picture: of the prompt numbered ``index``."""

    def close(self) -> None:
        """Write what is still held."""


class TensorBoard:
    """Curves as TensorBoard event files; sample pictures stay files, as with sd-scripts."""

    def __init__(self, folder: Path, config: Mapping[str, Any], more: Mapping[str, Any]) -> None:
        """Open an event file in ``folder``; ``config`` goes into it as text, ``more`` to the writer."""
        from torch.utils.tensorboard import SummaryWriter

        self._writer: Any = SummaryWriter(str(folder), **more)
        if config:
            text = json.dumps(config, ensure_ascii=False, indent=1)
            self._writer.add_text("settings", "\n".join(f"    {line}" for line in text.splitlines()))

    def log(self, values: Mapping[str, float], at: At) -> None:
        """Write scalars under their tags."""
        for tag, value in values.items():
            self._writer.add_scalar(tag, value, at.axis)

    def picture(self, path: Path, index: int, prompt: str) -> None:
        """Do nothing: the file itself is the record."""

    def close(self) -> None:
        """Flush and close the file."""
        self._writer.close()


class Wandb:
    """Curves and pictures at Weights & Biases; the key comes from WANDB_API_KEY, never from a file of ours."""

    def __init__(
        self, folder: Path, project: str, run_name: str, config: Mapping[str, Any], more: Mapping[str, Any]
    ) -> None:
        """Open a run whose files lie in ``folder``; ``more`` goes to ``wandb.init`` and beats the others."""
        import wandb

        self._wandb: Any = wandb
        folder.mkdir(parents=True, exist_ok=True)
        options = {"project": project, "name": run_name, "dir": str(folder), "config": dict(config) or None, **more}
        try:
            self._run: Any = wandb.init(**options)
        except wandb.Error as error:
            raise RuntimeError(str(error)) from error
        for axis in ("epoch", "global_step"):
            self._run.define_metric(axis, hidden=True)

    def log(self, values: Mapping[str, float], at: At) -> None:
        """Send scalars; steps and epochs are values, since its own axis must never go back."""
        self._run.log({**values, "global_step": at.step, "epoch": at.epoch})

    def picture(self, path: Path, index: int, prompt: str) -> None:
        """Send a picture together with the next values."""
        self._run.log({f"sample_{index}": self._wandb.Image(str(path), caption=prompt)}, commit=False)

    def close(self) -> None:
        """Finish the run."""
        self._run.finish()


def open_trackers(settings: TrainSettings) -> list[Tracker]:
    """Open what ``log_with`` names, in ``logging_dir/<log_prefix><time>``.

    Raises MikazukiError ``tracker-config``, ``wandb-missing`` or ``tracker-failed``.
    """
    folder = Path(settings.logging_dir) / f"{settings.log_prefix or ''}{time.strftime('%Y%m%d%H%M%S')}"
    name = settings.log_tracker_name or DEFAULT_NAMES[settings.method]
    config = shared_settings(settings) if settings.log_config else {}
    more = read_config(settings.log_tracker_config)
    found: list[Tracker] = []
    if settings.log_with in {"tensorboard", "all"}:
        found.append(_opened("tensorboard", lambda: TensorBoard(folder / name, config, more.get("tensorboard", {}))))
    if settings.log_with in {"wandb", "all"}:
        run_name = settings.wandb_run_name or settings.output_name
        found.append(_opened("wandb", lambda: Wandb(folder, name, run_name, config, more.get("wandb", {}))))
    return found


def shared_settings(settings: TrainSettings) -> dict[str, Any]:
    """Return the settings as plain values, without secrets and without `PLACES` on the disk."""
    values: dict[str, Any] = settings.model_dump(mode="json", exclude={*VARIABLES, *PLACES})
    return values


def read_config(path: str | None) -> dict[str, dict[str, Any]]:
    """Read log_tracker_config: one section a tracker; raises MikazukiError ``tracker-config``."""
    if path is None:
        return {}
    try:
        found = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MikazukiError(
            "tracker-config",
            f"log_tracker_config: {path} cannot be read: {error}.",
            "Name a TOML file with a section [wandb] or [tensorboard], or leave log_tracker_config out.",
        ) from error
    strangers = sorted(name for name, part in found.items() if not isinstance(part, dict))
    if strangers:
        raise MikazukiError(
            "tracker-config",
            f"log_tracker_config: {path} sets {', '.join(strangers)} outside a section.",
            "Put it below [wandb] or [tensorboard].",
        )
    return found


def _opened(name: str, open_one: Callable[[], Tracker]) -> Tracker:
    """Open a tracker and say in words why it would not."""
    try:
        return open_one()
    except ImportError as error:
        raise MikazukiError(
            f"{name}-missing",
            f"log_with needs the package {name}, which is not installed ({error}).",
            f"Install it with: venv/bin/pip install {name}, or leave log_with out.",
        ) from error
    except TypeError as error:
        raise MikazukiError(
            "tracker-config",
            f"log_tracker_config: {name} does not take what its section says: {error}.",
            "Correct the section, or leave log_tracker_config out.",
        ) from error
    except (OSError, RuntimeError) as error:
        raise MikazukiError(
            "tracker-failed",
            f"log_with: {name} could not be started: {error}.",
            "For Weights & Biases set WANDB_API_KEY to your key, or WANDB_MODE to offline; or leave log_with out.",
        ) from error
