"""A job as a row of the list: what its files say of it, in one flat record."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from mikazuki.jobs.events import LAST_KINDS
from mikazuki.jobs.folder import Job
from mikazuki.jobs.place import Place, read_place
from mikazuki.jobs.process import RUNS, State, Status, is_alive, is_starting, read_status, without_process
from mikazuki.jobs.progress import Progress
from mikazuki.jobs.queue import name_of

TRAINING: Final = "train"
"""The program of a job that trains."""
NEVER_BEGAN: Final = "it never began: who made it ended before the start"


@dataclass(frozen=True)
class JobRow:
    """One job; the fields are those of the studio's answer of the same name, times are unix seconds."""

    id: str
    name: str
    program: str
    method: str
    family: str
    engine: str
    state: str
    reason: str
    position: int | None
    held: bool
    not_before: float | None
    gpus: tuple[str, ...]
    created: float
    started: float | None
    ended: float | None
    exit_code: int | None
    stage: str
    step: int
    total: int
    epoch: int
    epochs: int
    loss: float | None
    speed: float | None
    eta: float | None
    memory: int | None
    sample: str | None
    output: str | None
    resumable: bool

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state in {State.DONE, State.STOPPED, State.FAILED, State.LOST}


def status_of(job: Job, progress: Progress) -> Status:
    """Return a job's true state: what its file says, held against its process and its last word."""
    status = read_status(job)
    if status.state in RUNS and not is_alive(status) and not is_starting(status):
        ended = without_process(status, progress.last)
        last = progress.last or {}
        return ended if last.get("kind") in LAST_KINDS else replace(ended, ended=_touched(job))
    if status.state is State.QUEUED and not job.place.exists():
        return replace(status, state=State.LOST, reason=NEVER_BEGAN)
    return status


def _touched(job: Job) -> float | None:
    """Return when a run that left no word was last heard of."""
    for path in (job.log, job.events, job.state):
        if path.exists():
            return path.stat().st_mtime
    return None


def make_row(job: Job, progress: Progress) -> JobRow:
    """Return a job's row; its position is the queue's to say, and None here."""
    status = status_of(job, progress)
    facts = told(job)
    place = read_place(job) or Place()
    runs = status.state in RUNS
    step, total = _how_far(progress, str(facts["program"]))
    return JobRow(
        id=job.id,
        name=str(facts["name"]),
        program=str(facts["program"]),
        method=str(facts["method"]),
        family=str(facts["family"]),
        engine=str(facts["engine"]),
        state=str(status.state),
        reason=status.reason,
        position=None,
        held=place.held and status.state is State.QUEUED,
        not_before=place.not_before if status.state is State.QUEUED else None,
        gpus=status.gpus or place.gpus,
        created=created_at(job, facts),
        started=status.started,
        ended=status.ended,
        exit_code=status.exit_code,
        stage=progress.stage if runs else "",
        step=step,
        total=total,
        epoch=progress.epoch,
        epochs=progress.epochs,
        loss=progress.loss,
        speed=progress.speed,
        eta=progress.eta if runs else None,
        memory=progress.memory,
        sample=progress.sample,
        output=progress.output,
        resumable=progress.newest_state() is not None,
    )


def _how_far(progress: Progress, program: str) -> tuple[int, int]:
    """Return what is done and of how much: steps, and of a program without any the parts of its stage."""
    if program != TRAINING and progress.part and not progress.step:
        return progress.part
    return progress.step, progress.total


def told(job: Job) -> dict[str, Any]:
    """Return what a job's facts say of its name and kind, filled up from its settings file."""
    facts = job.facts()
    found = {"program": TRAINING, "engine": "", **facts}
    if not {"name", "method", "family"} <= facts.keys():
        config = _config(job)
        found.setdefault("name", config.get("output_name") or name_of(job))
        found.setdefault("method", config.get("method") or "lora")
        found.setdefault("family", config.get("model_type") or "")
    return found


def created_at(job: Job, facts: Mapping[str, Any]) -> float:
    """Return when a job was made: as its facts say, else as its folder's time does; unix seconds."""
    try:
        return datetime.fromisoformat(str(facts.get("created"))).timestamp()
    except ValueError:
        try:
            return job.folder.stat().st_mtime
        except OSError:
            return 0.0


def _config(job: Job) -> dict[str, Any]:
    try:
        return tomllib.loads(job.config.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
