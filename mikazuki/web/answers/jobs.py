"""Jobs, the queue, and what came of a job."""

from typing import Any, Literal

from mikazuki.web.answers.base import Answer, Problem
from mikazuki.web.answers.configs import Options

State = Literal["queued", "running", "stopping", "done", "stopped", "failed", "lost"]


class JobRow(Answer):
    """A job as a row of the list."""

    id: str
    name: str
    """Its output name."""
    program: str
    """What it runs: `train`, and later `tag`, `merge` and so on."""
    method: str
    family: str
    engine: str
    state: State
    reason: str
    """How it ended, in words; for a queued one why it waits."""
    position: int | None
    """Place in the queue, from 0; None unless queued."""
    held: bool
    not_before: float | None
    gpus: list[str]
    """Chosen or, while it runs, taken; empty: any."""
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
    """Steps a second."""
    eta: float | None
    memory: int | None
    sample: str | None
    """Path of its newest sample picture."""
    output: str | None
    """Path of what it made."""
    resumable: bool
    """Whether there is a state to go on from."""


class JobsAnswer(Answer):
    """Jobs, newest first but queued ones in the order of the queue before all others."""

    jobs: list[JobRow]
    total: int
    paused: bool


class Capabilities(Answer):
    """What may be asked of a running job."""

    saves_on_stop: bool
    sample_now: bool
    save_now: bool


class JobDetail(Answer):
    """One job, whole."""

    row: JobRow
    config: str
    """The frozen settings file."""
    values: dict[str, Any]
    command: list[str]
    shell: str
    versions: dict[str, str]
    folder: str
    state_folder: str | None
    can: Capabilities
    failure: Problem | None
    lines: list[str]
    """The last lines of the log of one that failed."""
    log_bytes: int


class NewJob(Answer):
    """A training to put into the queue."""

    values: Options
    gpus: list[str] = []
    not_before: float | None = None
    held: bool = False
    position: int | None = None
    """None: at the end; 0: next."""
    overwrite: bool = False
    """Whether files of the same output name may be replaced."""


class JobMade(Answer):
    """The id of a job that was made."""

    id: str


class StopRequest(Answer):
    """How to end: `save` asks the trainer to save its state first, `now` ends the whole tree at once."""

    how: Literal["save", "now"] = "save"


class MoveRequest(Answer):
    """Where in the queue, from 0."""

    position: int


class ScheduleRequest(Answer):
    """When at the earliest (unix seconds; None: at once), on which GPUs (empty: any), and whether it is held back."""

    not_before: float | None = None
    gpus: list[str] = []
    held: bool = False


class LogPart(Answer):
    """A part of a log; offsets in bytes."""

    text: str
    start: int
    next: int
    size: int


class LogHit(Answer):
    """A line of a log that was searched for."""

    offset: int
    line: int
    text: str


class LogSearch(Answer):
    """Lines that were found, at most 500."""

    hits: list[LogHit]
    total: int


class Series(Answer):
    """One curve, thinned to at most as many points as were asked for, first, last, highs and lows kept."""

    steps: list[int]
    values: list[float | None]
    count: int
    """Points before the thinning."""


class MetricsAnswer(Answer):
    """Curves by tag."""

    tags: list[str]
    series: dict[str, Series]
    last_step: int


class SampleRow(Answer):
    """One picture drawn during a training."""

    path: str
    url: str
    step: int
    epoch: int | None
    index: int
    prompt: str
    seed: int | None


class FileRow(Answer):
    """A file that a job made or holds."""

    name: str
    path: str
    bytes: int
    modified: float
    kind: Literal["model", "state", "sample", "log", "config", "other"]
    url: str


class Difference(Answer):
    """An option whose value differs between two settings."""

    option: str
    left: Any
    right: Any


class BinRow(Answer):
    """Something deleted that can be brought back."""

    id: str
    name: str
    kind: Literal["job", "model", "dataset", "picture", "config"]
    path: str
    """Where it was."""
    deleted: float
    bytes: int
