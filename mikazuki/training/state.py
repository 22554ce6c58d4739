"""What a training leaves to go on exactly where it stopped: weights, optimizer, place, and whose they are.

Version 1 knew neither scheduler, running mean, report nor written files; it is read as a run that had none.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from glob import escape
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, Final

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from mikazuki.errors import MikazukiError
from mikazuki.files import replacing_folder, settle_folder
from mikazuki.models.export_files import save_torch, write_safetensors
from mikazuki.models.export_parts import ready
from mikazuki.settings.identity import FACTS, check_same_run, identity
from mikazuki.settings.places import state_folders
from mikazuki.settings.saved_state import SETTINGS, WEIGHTS, told_settings
from mikazuki.settings.train import TrainSettings
from mikazuki.training.hub import fetch_state

VERSION: Final = 2
OPTIMIZER: Final = "optimizer.pt"


@dataclass(slots=True)
class Place:
    """Where a run stands: optimizer steps done in all, epochs finished, and batches done in the running epoch."""

    current_step: int = 0
    current_epoch: int = 0
    batch: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """Everything that resuming needs.

    ``samples`` are the (step, picture paths) drawn so far, for the final grid; ``written`` the (kind, number, path)
    of files that may be removed later; ``scheduler``, ``ema`` and ``report`` the states of those, empty without.
    """

    place: Place
    seed: int
    weights: Mapping[str, Tensor]
    optimizer: dict[str, Any]
    scaler: dict[str, Any] = field(default_factory=dict)
    samples: tuple[tuple[int, tuple[str, ...]], ...] = ()
    scheduler: dict[str, Any] = field(default_factory=dict)
    ema: dict[str, Any] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)
    written: tuple[tuple[str, int, str], ...] = ()


LEARNED: Final = ("optimizer", "scaler", "scheduler", "ema", "report")
"""Parts of a state that lie together in `OPTIMIZER`."""


def save_state(folder: Path, state: State, settings: TrainSettings) -> None:
    """Write a state folder in one piece, in place of an older one of that name, with memory for one tensor.

    Raises MikazukiError ``disk-full`` or ``not-writable``; then an older state is as it was.
    """
    facts = {
        "version": VERSION,
        **asdict(state.place),
        "seed": state.seed,
        "samples": state.samples,
        "written": state.written,
        "identity": identity(settings),
        SETTINGS: told_settings(settings),
    }
    learned = {name: plain(getattr(state, name), name) for name in LEARNED}
    with replacing_folder(folder) as part:
        write_safetensors(part / WEIGHTS, {name: ready(value) for name, value in state.weights.items()}, {})
        save_torch(part / OPTIMIZER, learned)
        (part / FACTS).write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")


def plain(value: Any, where: str) -> Any:
    """Return a state with nothing in it but tensors, numbers, texts, lists and dicts, all that reading takes again.

    What has ``item`` (a number of numpy's) becomes a number. Raises TypeError, naming the place, for anything else:
    better now than at the resume.
    """
    # not isinstance: a numpy.float64 is a float as well, and is not taken when read
    if isinstance(value, Tensor) or type(value) in {str, bool, int, float, type(None)}:
        return value
    if isinstance(value, Mapping):
        return {key: plain(inner, f"{where}.{key}") for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(plain(inner, f"{where}[{number}]") for number, inner in enumerate(value))
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{where} of a state is a {type(value).__name__}, which cannot be kept")


def find_state(settings: TrainSettings) -> Path | None:
    """Return the state folder that ``resume`` means, None where nothing is to be resumed.

    ``last`` is the one of this output_name with the most steps; with none there yet the run begins at the start.
    With resume_from_huggingface it is downloaded (`hub.fetch_state`).
    """
    if settings.resume is None:
        return None
    if settings.resume_from_huggingface:
        return fetch_state(settings.resume)
    if settings.resume != "last":
        settle_folder(Path(settings.resume))
        return Path(settings.resume)
    found = [state for folder in state_folders(settings) for state in _own_states(folder, settings.output_name)]
    return max(found)[1] if found else None


def _own_states(folder: Path, output_name: str) -> Iterator[tuple[int, Path]]:
    """Yield steps and place of every state of this output_name in ``folder``, after settling what a kill left."""
    names = f"{escape(output_name)}*-state"
    for old in folder.glob(f"{names}.old"):
        settle_folder(old.with_name(old.name.removesuffix(".old")))
    for facts in folder.glob(f"{names}/{FACTS}"):
        read = json.loads(facts.read_text(encoding="utf-8"))
        # a state of sd-scripts lies under the same name and says less
        if read.get("identity", {}).get("output_name") == output_name:
            yield read["current_step"], facts.parent


def load_state(folder: Path, settings: TrainSettings) -> State:
    """Read a state folder; raises MikazukiError (``state-not-found``, ``state-too-new``, ``other-run``)."""
    try:
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        _check_version(folder, facts.get("version", 1))
        check_same_run(folder, facts["identity"], settings)
        weights = load_file(folder / WEIGHTS)
        kept = torch.load(folder / OPTIMIZER, weights_only=True, map_location="cpu")
        return State(
            place=Place(facts["current_step"], facts["current_epoch"], facts["batch"]),
            seed=facts["seed"],
            weights=weights,
            **{name: kept.get(name, {}) for name in LEARNED},
            samples=tuple((step, tuple(paths)) for step, paths in facts["samples"]),
            written=tuple((kind, number, path) for kind, number, path in facts.get("written", ())),
        )
    except (OSError, EOFError, ValueError, KeyError, RuntimeError, UnpicklingError, SafetensorError) as error:
        raise MikazukiError(
            "state-not-found",
            f"resume: {folder} is no complete state folder of the builtin engine ({error}).",
            f"A state folder ends in -state and holds {FACTS}, {WEIGHTS} and {OPTIMIZER}.",
        ) from error


def _check_version(folder: Path, version: int) -> None:
    if version > VERSION:
        raise MikazukiError(
            "state-too-new",
            f"resume: {folder} was written by a newer version of this program (its format is {version}).",
            f"Update the program, which reads formats up to {VERSION}, or leave resume empty to begin anew.",
        )
