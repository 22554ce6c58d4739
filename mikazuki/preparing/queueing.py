"""From a checked training to a job in the queue: what is frozen, and that no two jobs write the same files."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mikazuki import __version__
from mikazuki.data.folders import Notice
from mikazuki.data.sample_prompts import PROMPT_OPTIONS
from mikazuki.engines.contract import Launch
from mikazuki.engines.machine import gpus
from mikazuki.engines.sd_scripts_run import NAME as UPSTREAM
from mikazuki.errors import MikazukiError, MikazukiErrors
from mikazuki.jobs.folder import Job
from mikazuki.jobs.place import Place, read_place
from mikazuki.jobs.progress import ProgressReader
from mikazuki.jobs.queue import START_KEY, NewJob, Queue
from mikazuki.jobs.rows import told
from mikazuki.jobs.slots import CPU
from mikazuki.preparing import scripts
from mikazuki.preparing.training import Start, examine, read_settings, ready, start_of
from mikazuki.settings.load import load_toml
from mikazuki.settings.secrets import without_secrets

ENDINGS: Final = (".safetensors", ".ckpt", ".pt")
"""What a trained file may end with."""
OUTPUT_KEY: Final = "output"
"""Key in ``job.json`` of what a job writes: output_dir/output_name, absolute, without ending."""


@dataclass(frozen=True)
class Wish:
    """When, where and in which place a job may start, and whether it may replace files."""

    gpus: tuple[str, ...] = ()
    not_before: float | None = None
    held: bool = False
    position: int | None = None
    """Place in the queue, from 0; None: at the end."""
    overwrite: bool = False
    """Whether files of the same output name may be replaced; those of a job that waits or runs never are."""


@dataclass(frozen=True)
class Checked:
    """A training that nothing stops, ready to be put into the queue, and what is to be said of it."""

    start: Start
    warnings: tuple[Notice, ...] = field(default=())


def machine_slots() -> tuple[str, ...]:
    """Return the slots of this machine: its GPUs by number, as far as this process may use them, or ``cpu``."""
    found = tuple(str(gpu.index) for gpu in gpus())
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if visible is not None:
        permitted = {part.strip() for part in visible.split(",")}
        found = tuple(number for number in found if number in permitted)
    return found or (CPU,)


def check(config: Path | None, given: Mapping[str, Any], *, verify: bool = True) -> Checked:
    """Check a training as `check` does and freeze it; a seed that was left open is drawn.

    Keys and tokens among the settings go into this process' environment, from which its jobs inherit them, and into
    no file. ``verify`` is as `training.examine` has it.

    Raises:
        MikazukiError: What is wrong with the settings; `MikazukiErrors` with everything that would stop the training.
    """
    other = scripts.wanted(config, given)
    if other:
        scripts.examine(other, verify=verify)
        if other.problems:
            raise MikazukiErrors(other.problems)
        return Checked(scripts.start_of(other), tuple(other.warnings))
    settings, secrets = without_secrets(read_settings(config, given))
    os.environ.update(secrets)
    request = examine(settings, verify=verify)
    task = ready(request)
    if task is None:
        raise MikazukiErrors(request.problems)
    return Checked(start_of(task), task.warnings)


def facts_of(start: Start) -> Callable[[Path], dict[str, Any]]:
    """Return what gives ``job.json`` for a job's folder: all that starts it again, and what may be asked of it."""

    def told_of(folder: Path) -> dict[str, Any]:
        launch = start.launch(folder)
        return {
            "program": "train",
            "name": start.output_name,
            "method": str(start.settings.get("method") or _method(start)),
            "engine": start.engine,
            **start.facts,
            "command": list(launch.argv),
            "environment": launch.env,
            "cwd": str(launch.cwd),
            START_KEY: {"command": list(launch.command), "environment": launch.env, "cwd": str(launch.cwd)},
            OUTPUT_KEY: str(output_of(start.settings, start.output_name, launch.cwd)),
            "needs": int(start.settings.get("num_processes") or 1),
            **_abilities(start, launch),
            "versions": {"mikazuki": __version__, "python": sys.version.split()[0]},
        }

    return told_of


def _method(start: Start) -> str:
    """Return what upstream's script trains, as the frozen settings say it."""
    for line in start.files.get("config.toml", "").splitlines():
        key, _, value = line.partition("=")
        if key.strip() == "method":
            return value.strip().strip("\"'")
    return "lora"


def _abilities(start: Start, launch: Launch) -> dict[str, bool]:
    """Say what may be asked of the running job."""
    own = start.engine != UPSTREAM
    saves = start.settings.get("save_state_on_cancel", True) or start.settings.get("save_model_on_cancel", False)
    return {
        "saves_on_stop": launch.saves_on_stop and bool(saves),
        "sample_now": own and any(start.settings.get(name) for name in PROMPT_OPTIONS),
        "save_now": own,
    }


def output_of(settings: Mapping[str, Any], name: str, cwd: Path) -> Path:
    """Return what a run writes, absolute and without ending."""
    folder = cwd / str(settings.get("output_dir") or "output")
    return Path(os.path.normpath(folder / name / name if settings.get("save_in_subfolder") else folder / name))


def put(queue: Queue, start: Start, wish: Wish = Wish()) -> Job:
    """Put a checked training into the queue.

    Raises:
        MikazukiError: ``output-exists`` where it would write what is there, ``output-in-use`` where another job that
            waits or runs writes the same; ``disk-full``, ``not-writable``.
    """
    output = output_of(start.settings, start.output_name, Path.cwd())
    named = wish.gpus or _gpus_of(start.settings)
    place = Place(not_before=wish.not_before, gpus=named, held=wish.held, needs=_needs(start, named))
    with queue.changing():
        check_jobs(queue, output)
        if not wish.overwrite and not start.settings.get("resume"):
            check_files(output)
        return queue.add(NewJob(start.output_name, start.files, facts_of(start), place, wish.position))


def _gpus_of(settings: Mapping[str, Any]) -> tuple[str, ...]:
    named = str(settings.get("gpu_ids") or "")
    return tuple(part.strip() for part in named.split(",") if part.strip() and part.strip() != "all")


def _needs(start: Start, named: tuple[str, ...]) -> int:
    return len(named) or int(start.settings.get("num_processes") or 1)


def check_files(output: Path) -> None:
    """Look for files that a run would replace; raises MikazukiError ``output-exists``."""
    there = [path for ending in ENDINGS if (path := output.with_name(output.name + ending)).exists()]
    if there:
        raise MikazukiError(
            "output-exists",
            f"{there[0]} is there already and would be replaced.",
            "Choose another output_name, or allow it to be replaced.",
        )


def check_jobs(queue: Queue, output: Path) -> None:
    """Look for a job that waits or runs and writes the same; raises MikazukiError ``output-in-use``."""
    for job, other in outputs(queue):
        if other == output:
            raise MikazukiError(
                "output-in-use",
                f"The job {job.id}, which has not ended yet, writes {output} as well.",
                "Choose another output_name or output_dir, or stop that job first.",
            )


def outputs(queue: Queue) -> Iterator[tuple[Job, Path]]:
    """Yield the jobs that wait or run, each with what it writes."""
    for job in queue.active():
        if queue.status(job).over:
            continue
        facts = job.facts()
        if facts.get(OUTPUT_KEY):
            yield job, Path(str(facts[OUTPUT_KEY]))
        elif job.config.exists():
            try:
                settings = load_toml(job.config)
            except MikazukiError:
                continue
            yield job, output_of(settings, str(told(job)["name"]), Path(str(facts.get("cwd") or ".")))


def retry(queue: Queue, job_id: str, position: int | None = None) -> Job:
    """Queue the same frozen settings again; its own files of the time before are replaced.

    Raises:
        MikazukiError: ``job-not-found``; ``output-in-use`` where another job that has not ended writes the same; for
            a job of an earlier version whatever `check` raises.
    """
    job = queue.find(job_id)
    facts = job.facts()
    if START_KEY not in facts:
        _check_cwd(job)
        return put(queue, check(job.config, {}).start, Wish(position=position, overwrite=True))
    with queue.changing():
        if facts.get(OUTPUT_KEY):
            check_jobs(queue, Path(str(facts[OUTPUT_KEY])))
        return queue.retry(job.id, position)


def resume(queue: Queue, job_id: str, position: int | None = None) -> Job:
    """Queue a new job of the same settings that goes on from the newest state of an earlier one.

    Raises:
        MikazukiError: ``job-not-found``; ``state-not-found`` where there is none to go on from; what `check` and
            `put` raise.
    """
    job = queue.find(job_id)
    state = ProgressReader(job.events).refresh().newest_state()
    if state is None:
        raise MikazukiError(
            "state-not-found",
            f"The job {job.id} left no state to go on from.",
            "Retry it from the beginning; to have states set save_state and save_every_n_epochs.",
        )
    _check_cwd(job)
    checked = check(job.config, {"resume": state})
    before = read_place(job)
    wish = Wish(gpus=before.gpus if before else (), position=position, overwrite=True)
    return put(queue, checked.start, wish)


def _check_cwd(job: Job) -> None:
    """Refuse where relative paths in a job's settings would mean others than they did."""
    cwd = job.facts().get("cwd")
    if cwd and Path(str(cwd)).exists() and not Path(str(cwd)).samefile(Path.cwd()):
        raise MikazukiError(
            "other-folder",
            f"The job {job.id} was made in {cwd}, and its relative paths begin there, but this is {Path.cwd()}.",
            f"Start this program in {cwd}.",
        )
