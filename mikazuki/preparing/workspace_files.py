"""The folder of a workspace: one model that is taught over several trainings, with its settings and all it became."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.files import write_text
from mikazuki.models.conversion import EMA_PREFIX
from mikazuki.models.identify import ModelInfo, identify
from mikazuki.preparing.config_files import Parsed, as_toml, faults, parse_text
from mikazuki.preparing.shelf import check_name as check_file_name
from mikazuki.settings.methods import DREAMBOOTH

FACTS: Final = "workspace.json"
PARAMS: Final = "params.toml"
BACKUPS: Final = "backups"
"""Folder of the settings of each training, one file a job."""
SAMPLES: Final = "sample"
VERSION: Final = 1
OWN: Final = ("pretrained_model_name_or_path", "output_dir", "output_name")
"""Options that the workspace says itself, whatever its settings or those of another one say."""
_PERMITTED: Final = frozenset("._- ")
_SIDES: Final = frozenset({512, 768, 1024})


@dataclass(frozen=True, slots=True)
class Workspace:
    """What was known of a workspace when it was made, and where it lies."""

    folder: Path
    source: str
    """Base model, as it was named: a path, or ``owner/name`` at a hub."""
    model: str
    """Base model on this machine."""
    family: str
    prediction_type: str
    resolution: int
    """Side in pixels that the base model was made for."""
    created: str
    """Local time in ISO form."""
    has_ema: bool
    """Whether the base model's file keeps a mean of its weights beside them."""

    @property
    def name(self) -> str:
        """Its name, which is the folder's."""
        return self.folder.name

    @property
    def params(self) -> Path:
        """Its settings."""
        return self.folder / PARAMS

    @property
    def saved_into(self) -> tuple[Path, Path]:
        """The folders that its trainings save into: its own, with save_in_subfolder the one of its name in that."""
        return self.folder, self.folder / self.name

    def backup(self, job_id: str) -> Path:
        """Return where the settings lie that a job began with."""
        return self.folder / BACKUPS / f"{job_id}.toml"

    @property
    def own(self) -> dict[str, str]:
        """The options that it says itself."""
        return dict(zip(OWN, (self.model, str(self.folder), self.name), strict=True))


def check_name(name: str) -> str:
    """Return a name that a workspace may have, without spaces around it.

    Raises:
        MikazukiError: ``name-wrong``.
    """
    plain = check_file_name(name)
    kept = "".join(letter for letter in plain if letter.isalnum() or letter in _PERMITTED).strip()
    if kept != plain:
        near = f"; {kept} would do" if kept.strip("._- ") else ""
        raise MikazukiError(
            "name-wrong",
            f"{plain!r} cannot be the name of a workspace{near}.",
            "Use letters, digits, spaces, and the signs . _ -",
        )
    return plain


class Workspaces:
    """The folder that all of them lie in; it is made with the first one."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``."""
        self.folder = folder

    def all(self) -> list[Workspace]:
        """Return all of them by name; folders that are none, or broken, are passed over."""
        if not self.folder.is_dir():
            return []
        found = [one for path in sorted(self.folder.iterdir()) if (one := _read(path)) is not None]
        return sorted(found, key=lambda one: one.name.casefold())

    def get(self, name: str) -> Workspace:
        """Return one; raises MikazukiError ``workspace-not-found``, ``name-wrong``."""
        found = _read(self.folder / check_name(name))
        if found is None:
            raise MikazukiError("workspace-not-found", f"There is no workspace {name!r}.", "Look at the list again.")
        return found

    def create(self, name: str, model: Path, source: str = "", v_parameterization: bool | None = None) -> Workspace:  # noqa: FBT001
        """Make one of a base model, a file or a diffusers folder, with settings to begin with.

        Raises:
            MikazukiError: ``workspace-exists``, ``name-wrong``, what `identify` raises, ``disk-full`` and
                ``not-writable``.
        """
        folder = self.folder / check_name(name)
        if folder.exists():
            raise MikazukiError(
                "workspace-exists", f"There is something called {folder.name!r} already.", "Choose another name."
            )
        info = identify(model, v_parameterization)
        made = Workspace(
            folder=folder,
            source=source or str(model),
            model=str(model.absolute()),
            family=info.family,
            prediction_type=info.prediction_type,
            resolution=info.resolution,
            created=datetime.now().astimezone().isoformat(timespec="seconds"),
            has_ema=any(shape.startswith(EMA_PREFIX) for shape in info.shapes),
        )
        keep(made, first_params(info))
        facts = {key: value for key, value in asdict(made).items() if key != "folder"}
        # last: a folder is a workspace from when this is there
        write_text(folder / FACTS, json.dumps({"version": VERSION, **facts}, ensure_ascii=False, indent=2) + "\n")
        return made


def _read(folder: Path) -> Workspace | None:
    """Return the workspace in a folder, None where there is none."""
    try:
        facts: dict[str, Any] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        texts = {key: str(facts[key]) for key in ("source", "model", "family", "prediction_type", "created")}
        return Workspace(folder, **texts, resolution=int(facts["resolution"]), has_ema=bool(facts["has_ema"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def first_params(info: ModelInfo) -> dict[str, Any]:
    """Return the settings that a new workspace begins with; the resolution is that of the model's kind."""
    values: dict[str, Any] = {"method": DREAMBOOTH, "model_type": info.family, "save_state_on_train_end": True}
    if info.resolution != min(_SIDES):
        values["resolution"] = f"{info.resolution},{info.resolution}"
    if info.family == "sd2" and info.prediction_type == "v_prediction":
        values["v_parameterization"] = True
    return values


def keep(workspace: Workspace, values: Mapping[str, Any]) -> None:
    """Write a workspace's settings; what it says itself is left out."""
    plain = {name: value for name, value in values.items() if name not in (*OWN, "resume")}
    write_text(workspace.params, as_toml(plain))


def save_params(
    workspace: Workspace, values: Mapping[str, Any], *, loaded_from: str | None, confirmed: bool = False
) -> None:
    """Keep settings that were filled in.

    Args:
        workspace: Whose they become.
        values: Option -> value, unfinished ones among them.
        loaded_from: The workspace that they were loaded from; None where they came from elsewhere.
        confirmed: Whether a person knows that those of another origin take the place of this one's.

    Raises:
        MikazukiError: ``params-conflict`` where they were not loaded from this workspace and nobody has confirmed it.
    """
    if loaded_from != workspace.name and not confirmed:
        origin = f"the workspace {loaded_from!r}" if loaded_from else "elsewhere"
        raise MikazukiError(
            "params-conflict",
            f"These settings came from {origin}; they would take the place of those of {workspace.name!r}.",
            "Confirm it, or load the settings of this workspace first.",
        )
    keep(workspace, values)


def load_params(workspace: Workspace, into: Workspace | None = None) -> Parsed:
    """Return a workspace's settings for itself, or for another one.

    Raises:
        MikazukiError: What `parse_text` raises, where somebody has edited the file.
    """
    text = workspace.params.read_text(encoding="utf-8-sig") if workspace.params.is_file() else ""
    found = parse_text(text, PARAMS)
    values = {**found.values, **(into or workspace).own}
    # asked anew: what the workspace says itself lacks in the file
    return replace(found, values=values, problems=tuple(faults(values)))
