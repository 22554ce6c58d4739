"""Finds the states that upstream saved and says how far each one is, so that a run can go on from it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError

FACTS: Final = "train_state.json"
WRITTEN_LAST: Final = "random_states_*.pkl"
"""accelerate writes these, one a process, behind everything else."""
LAST: Final = "last"


@dataclass(frozen=True)
class UpstreamState:
    """A state folder of upstream's."""

    folder: Path
    step: int
    epoch: int


def read_upstream_state(folder: Path) -> UpstreamState | None:
    """Return the state in a folder; None where there is no complete one of upstream's."""
    facts = _facts(folder)
    if "identity" in facts or not any(folder.glob(WRITTEN_LAST)):
        return None
    try:
        return UpstreamState(folder, int(facts["current_step"]), int(facts["current_epoch"]))
    except (KeyError, TypeError, ValueError):
        return None


def read_uncounted_state(folder: Path) -> UpstreamState | None:
    """Return a state of a script that writes no step into it, as step 0; None where there is no complete one."""
    if "identity" in _facts(folder) or not any(folder.glob(WRITTEN_LAST)):
        return None
    return UpstreamState(folder, 0, 0)


def find_upstream_state(
    resume: str | None, output_dir: Path, output_name: str, *, counted: bool = True
) -> UpstreamState | None:
    """Return the state that ``resume`` means: a folder, or with `last` the newest of this output_name, if any.

    Args:
        resume: What the option says.
        output_dir: Where the run saves.
        output_name: The name that its states begin with.
        counted: Whether the script notes its step in a state; only those that train networks do. Of the others the
            newest state is the one that was written last.

    Raises:
        MikazukiError: ``state-not-found``, or ``other-engine`` for a state of the builtin engine.
    """
    if resume is None:
        return None
    read = read_upstream_state if counted else read_uncounted_state
    if resume == LAST:
        return max(_states(output_dir, output_name, read), key=_age, default=None)
    folder = Path(resume)
    found = read(folder)
    if found:
        return found
    if "identity" in _facts(folder):
        raise MikazukiError(
            "other-engine",
            f"resume: {folder} is a state of the builtin engine, which sd-scripts cannot read.",
            'Go on with engine = "builtin", or leave resume empty to begin anew.',
        )
    raise MikazukiError(
        "state-not-found",
        f"resume: {folder} is no complete state folder of sd-scripts.",
        'A state\'s name ends in -state. resume = "last" takes the newest of this output_name.',
    )


def _age(state: UpstreamState) -> tuple[int, float]:
    """Return what makes one state newer than another."""
    return state.step, next((path.stat().st_mtime for path in state.folder.glob(WRITTEN_LAST)), 0.0)


def _states(folder: Path, name: str, read: Callable[[Path], UpstreamState | None]) -> list[UpstreamState]:
    if not folder.is_dir():
        return []
    # upstream's names: NAME-state at the end, NAME-000001-state for an epoch, NAME-step00000004-state for a step
    own = re.compile(rf"{re.escape(name)}(-\d{{6}}|-step\d{{8}})?-state")
    found = [read(child) for child in sorted(folder.iterdir()) if own.fullmatch(child.name)]
    return [state for state in found if state is not None]


def _facts(folder: Path) -> dict[str, Any]:
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}
