"""Finds the state folder that `resume` means and holds it against the settings, before anything is started."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.files import OLD_SUFFIX
from mikazuki.settings.identity import FACTS, check_same_run
from mikazuki.settings.places import state_folders
from mikazuki.settings.train import TrainSettings

LAST: Final = "last"


@dataclass(frozen=True)
class SavedState:
    """A state folder and what its facts file says."""

    folder: Path
    step: int
    epoch: int
    seed: int | None
    identity: dict[str, Any]


def read_state(folder: Path) -> SavedState | None:
    """Return the state in a folder, or None where there is no complete one."""
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        return SavedState(
            folder.with_name(folder.name.removesuffix(OLD_SUFFIX)),
            int(facts["current_step"]),
            int(facts["current_epoch"]),
            facts.get("seed"),
            dict(facts["identity"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def find_state(settings: TrainSettings) -> SavedState | None:
    """Return the state to go on from, None for a run that begins anew or whose state the trainer will fetch.

    Raises:
        MikazukiError: ``state-not-found`` for a folder that is no complete state; ``other-run`` for the state of a
            run with other settings, naming each that differs.
    """
    if settings.resume is None or settings.resume_from_huggingface:
        return None
    found = _newest(settings) if settings.resume == LAST else _named(Path(settings.resume), settings)
    if found:
        check_same_run(found.folder, found.identity, settings)
    return found


def _named(folder: Path, settings: TrainSettings) -> SavedState:
    # A kill between two renames leaves the complete state under .old, from where the trainer brings it back.
    found = read_state(folder) or read_state(folder.with_name(folder.name + OLD_SUFFIX))
    if found is None:
        states = [state.folder for at in (folder.parent, *state_folders(settings)) for state in _states(at)]
        near = f"There is {', '.join(map(str, dict.fromkeys(states)))}." if states else "A state's name ends in -state."
        raise MikazukiError(
            "state-not-found",
            f"resume: {folder} is no complete state folder.",
            f'{near} resume = "last" takes the newest of this output_name; leave it empty to begin anew.',
        )
    return found


def _states(folder: Path) -> list[SavedState]:
    if not folder.is_dir():
        return []
    return [state for child in sorted(folder.iterdir()) if (state := read_state(child)) is not None]


def _newest(settings: TrainSettings) -> SavedState | None:
    found = [state for folder in state_folders(settings) for state in _states(folder)]
    own = [state for state in found if state.identity.get("output_name") == settings.output_name]
    return max(own, key=lambda state: state.step, default=None)
