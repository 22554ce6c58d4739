"""What becomes of workspaces: how far each was trained, its snapshots and history, new trainings, and its end.

How far a model was trained is told by the events of its jobs and by the states on the disk, never by a counter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from mikazuki.bin import Bin
from mikazuki.errors import MikazukiError
from mikazuki.files import write_text
from mikazuki.jobs.events import EventReader
from mikazuki.jobs.folder import Job, all_jobs, read_json
from mikazuki.jobs.queue import Queue
from mikazuki.models.library import find_models
from mikazuki.preparing.config_files import as_toml, parse_text
from mikazuki.preparing.configs import differences, values_of
from mikazuki.preparing.queueing import OUTPUT_KEY, Wish, check, put
from mikazuki.preparing.queueing import outputs as outputs_of_jobs
from mikazuki.preparing.states import LAST, read_state
from mikazuki.preparing.workspace_files import OWN, SAMPLES, Workspace, load_params
from mikazuki.settings.identity import FACTS as STATE_FACTS
from mikazuki.settings.saved_state import SETTINGS, images_a_step

MOST_SAMPLES: Final = 60
_SAVED: Final = frozenset({"model", "state"})
_METRIC: Final = b'"kind": "metric"'


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a training came: steps and whole epochs in all, and pictures shown, every batch counted as a full one."""

    step: int = 0
    epoch: int = 0
    images: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A saved state from which a training goes on; ``has_ema`` says that it keeps the mean of the weights."""

    folder: Path
    reached: Reached
    modified: float
    has_ema: bool

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name


@dataclass(frozen=True, slots=True)
class Training:
    """One training of a workspace, and what its settings changed of those of the one before."""

    job: Job
    reached: Reached
    changes: tuple[tuple[str, Any, Any], ...]


class Trainings:
    """The trainings of all workspaces, newest first: found by what each job writes."""

    def __init__(self, jobs_dir: Path) -> None:
        """Look through the jobs."""
        self._found: dict[Path, list[Job]] = {}
        for job in all_jobs(jobs_dir):
            facts = job.facts()
            if facts.get("program") == "train" and facts.get(OUTPUT_KEY):
                self._found.setdefault(Path(str(facts[OUTPUT_KEY])), []).append(job)

    def of(self, workspace: Workspace) -> list[Job]:
        """Return the jobs that trained a workspace."""
        outputs = [folder.absolute() / workspace.name for folder in workspace.saved_into]
        found = [job for output in outputs for job in self._found.get(output, [])]
        return sorted(found, key=lambda job: job.id, reverse=True)


def reached(workspace: Workspace, trainings: Trainings) -> Reached:
    """Return how far a model was trained and saved in all its trainings: what the newest one that saved tells."""
    for job in trainings.of(workspace):
        found = reached_by(job)
        if found.step:
            return found
    kept = snapshots(workspace)
    return kept[0].reached if kept else Reached()


def reached_by(job: Job) -> Reached:
    """Return how far a job had come when it last saved a model or a state."""
    try:
        stamp = job.events.stat()
    except OSError:
        return Reached()
    step, epoch = _last_saved(job.events, stamp.st_mtime_ns, stamp.st_size)
    return Reached(step, epoch, step * images_a_step(values_of(job)) if step else 0)


@lru_cache(maxsize=512)
def _last_saved(events: Path, _modified: int, _bytes: int) -> tuple[int, int]:
    step, epoch = 0, 0
    for event in EventReader(events, skipped=_METRIC).read():
        if event["kind"] == "checkpoint" and event.get("what") in _SAVED:
            step, epoch = int(event.get("step") or 0), int(event.get("epoch") or 0)
    return step, epoch


def snapshots(workspace: Workspace) -> list[Snapshot]:
    """Return a workspace's saved states, the farthest first."""
    folders = [path.parent for pattern in ("*-state", "*/*-state") for path in _facts(workspace.folder, pattern)]
    found = [one for folder in folders if (one := _snapshot(folder)) is not None]
    return sorted(found, key=lambda one: (one.reached.step, one.modified), reverse=True)


def _facts(folder: Path, pattern: str) -> Iterator[Path]:
    return folder.glob(f"{pattern}/{STATE_FACTS}")


def _snapshot(folder: Path) -> Snapshot | None:
    state = read_state(folder)
    if state is None or folder.name.startswith("."):
        return None
    images = state.step * images_a_step(state.identity)
    return Snapshot(folder, Reached(state.step, state.epoch, images), folder.stat().st_mtime, _keeps_mean(folder))


def _keeps_mean(folder: Path) -> bool:
    told = read_json(folder / STATE_FACTS).get(SETTINGS)
    return isinstance(told, dict) and bool(told.get("ema_decay"))


def snapshot(workspace: Workspace, name: str) -> Snapshot:
    """Return a snapshot by its name, ``last`` for the farthest.

    Raises:
        MikazukiError: ``state-not-found``, naming those that there are.
    """
    found = snapshots(workspace)
    for one in found:
        if name in {one.name, LAST}:
            return one
    there = ", ".join(one.name for one in found) or "none yet: train with save_state or save_state_on_train_end"
    raise MikazukiError("state-not-found", f"{workspace.name!r} has no snapshot {name!r}.", f"There is {there}.")


def models_of(workspace: Workspace) -> list[Path]:
    """Return the models that lie in a workspace, the newest first."""
    return sorted(find_models([workspace.folder]), key=lambda path: path.stat().st_mtime, reverse=True)


def samples_of(workspace: Workspace) -> list[Path]:
    """Return a workspace's newest sample pictures, the newest first."""
    found = [path for folder in workspace.saved_into for path in (folder / SAMPLES).glob("*.png")]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)[:MOST_SAMPLES]


def history(workspace: Workspace, trainings: Trainings) -> list[Training]:
    """Return a workspace's trainings, newest first, each with what it changed of the settings of the one before.

    The settings are those kept at its start, else those frozen in its job.
    """
    found: list[Training] = []
    before: Mapping[str, Any] | None = None
    for job in reversed(trainings.of(workspace)):
        values = _began_with(workspace, job)
        changes = [] if before is None else differences(before, values)
        found.append(Training(job, reached_by(job), tuple(one for one in changes if one[0] not in _UNSAID)))
        before = values
    return found[::-1]


_UNSAID: Final = frozenset({*OWN, "seed", "resume"})
"""Options whose change says nothing of what a person changed."""


def _began_with(workspace: Workspace, job: Job) -> dict[str, Any]:
    try:
        return parse_text(workspace.backup(job.id).read_text(encoding="utf-8"), "params.toml").values
    except (OSError, MikazukiError):
        return values_of(job)


def training_values(workspace: Workspace, resume: str | None = None, more_epochs: int | None = None) -> dict[str, Any]:
    """Return the settings of a workspace's next training.

    Args:
        workspace: Which.
        resume: Name of the snapshot to go on from, ``last`` for the farthest; None begins anew with the base model.
        more_epochs: Epochs to train beyond those that the snapshot has behind it; None: what the settings say, which
            counts from the very beginning.

    Raises:
        MikazukiError: ``state-not-found``, and what `load_params` raises.
    """
    values = dict(load_params(workspace).values)
    done = 0
    if resume is not None:
        found = snapshot(workspace, resume)
        values["resume"], done = str(found.folder), found.reached.epoch
    if more_epochs is not None:
        values["max_train_epochs"] = done + more_epochs
    return values


def start(queue: Queue, workspace: Workspace, values: Mapping[str, Any], wish: Wish) -> Job:
    """Check a training, put it into the queue, and keep a copy of the settings that it begins with.

    Raises:
        MikazukiError: What stops it, and what `queueing.put` raises.
    """
    job = put(queue, check(None, dict(values), verify=False).start, wish)
    write_text(workspace.backup(job.id), as_toml(values))
    return job


def delete(workspace: Workspace, bin_: Bin, queue: Queue) -> str:
    """Put a workspace with all that lies in it into the bin and return the id by which it comes back.

    Raises:
        MikazukiError: ``workspace-in-use`` while a job that has not ended writes into it; what the bin raises.
    """
    folder = workspace.folder.absolute()
    for job, output in outputs_of_jobs(queue):
        if output.is_relative_to(folder):
            raise MikazukiError(
                "workspace-in-use",
                f"The job {job.id}, which has not ended yet, writes into {workspace.name!r}.",
                "Wait for it, or stop it first.",
            )
    return bin_.put(workspace.folder, "model", workspace.name)
