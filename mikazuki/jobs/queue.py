"""The queue: jobs that wait, in an order, on disk alone; safe against kills and against several processes at once."""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from filelock import FileLock, Timeout

from mikazuki.bin import BIN_FOLDER, Bin
from mikazuki.errors import MikazukiError
from mikazuki.events import EVENTS_FILE, LOG_FILE, SAMPLE_FILE, SAVE_FILE, STOP_FILE
from mikazuki.files import disk_error, write_text
from mikazuki.jobs.folder import FACTS_FILE, PLACE_FILE, STATE_FILE, Facts, Job, create, free_id
from mikazuki.jobs.place import Place, Row, place_of, place_text, rank_at, read_place, spread, write_place
from mikazuki.jobs.process import (
    RUNS,
    State,
    Status,
    ask_to_stop,
    end_alive,
    read_status,
    status_text,
    true_status,
    write_status,
)

LOCK_FILE: Final = ".queue.lock"
PAUSED_FILE: Final = ".paused"
LOCK_SECONDS: Final = 60.0
"""How long to wait for another process that is changing the queue; each change takes milliseconds."""

START_KEY: Final = "start"
"""Key in ``job.json`` of the frozen start: command, environment, cwd."""
MADE_BY_A_RUN: Final = frozenset(
    {EVENTS_FILE, LOG_FILE, STOP_FILE, SAMPLE_FILE, SAVE_FILE, STATE_FILE, PLACE_FILE, FACTS_FILE}
)
"""Files of a job's folder that belong to one run of it and are not taken over by the next."""

Order = Literal["sample", "save"]
How = Literal["save", "now"]


@dataclass(frozen=True)
class NewJob:
    """A job to put into the queue."""

    name: str
    """Its output name."""
    files: Mapping[str, str]
    """File name -> text to freeze, ``config.toml`` among them."""
    facts: Facts
    """What goes into ``job.json``; `queue.START_KEY` among it says what starts it."""
    place: Place = field(default_factory=Place)
    """When and where it may start; its rank is worked out here."""
    position: int | None = None
    """Place in the queue, from 0; None: at the end."""
    id: str | None = None
    """Its id where the files name it already; else one is made."""


class Queue:
    """The jobs of one folder; every change happens under one lock that all processes heed."""

    def __init__(self, jobs_dir: Path) -> None:
        """Use the job folders in ``jobs_dir``, which need not be there yet."""
        self.jobs_dir = jobs_dir
        self.bin = Bin(jobs_dir.parent / BIN_FOLDER)
        self._ended: dict[str, int] = {}
        self._lock = FileLock(jobs_dir / LOCK_FILE, timeout=LOCK_SECONDS)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock for a change; may be nested. Raises ``queue-busy``, ``disk-full``, ``not-writable``."""
        try:
            self.jobs_dir.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise MikazukiError(
                "queue-busy",
                f"Another process has been changing the queue in {self.jobs_dir} for {LOCK_SECONDS:.0f} s.",
                "Try again in a moment.",
            ) from error
        except OSError as error:
            raise disk_error(self.jobs_dir, error) from error
        try:
            yield
        finally:
            self._lock.release()

    # what there is

    def find(self, part: str) -> Job:
        """Return the job whose id is, or alone contains, ``part``; raises ``job-not-found``, ``job-ambiguous``."""
        names = self._names()
        if part in names:
            return Job(self.jobs_dir / part)
        near = sorted(name for name in names if part and part in name)
        if len(near) == 1:
            return Job(self.jobs_dir / near[0])
        if near:
            shown = ", ".join(near[:5]) + (" ..." if len(near) > 5 else "")
            raise MikazukiError("job-ambiguous", f"{part!r} names {len(near)} jobs: {shown}.", "Give more of the id.")
        raise MikazukiError(
            "job-not-found", f"There is no job {part!r} in {self.jobs_dir}.", "Look at the list of jobs."
        )

    def active(self) -> list[Job]:
        """Return the jobs whose state on disk is not an end, whether queued or running, oldest first.

        Folders that have ended are remembered and cost one look each; one that changes is read again.
        """
        found: list[Job] = []
        ended: dict[str, int] = {}
        for name, stamp in self._stamps():
            if self._ended.get(name) == stamp or read_status(job := Job(self.jobs_dir / name)).over:
                ended[name] = stamp
            else:
                found.append(job)
        self._ended = ended
        return sorted(found, key=lambda job: job.id)

    def waiting(self) -> list[Row]:
        """Return the queued jobs with their places, in the order they will start."""
        rows = []
        for job in self.active():
            place = read_place(job)
            if place is not None and read_status(job).state is State.QUEUED:
                rows.append((job, place))
        return sorted(rows, key=lambda row: (row[1].rank, row[0].id))

    def order(self) -> list[str]:
        """Return the ids of the queued jobs in their order."""
        return [job.id for job, _ in self.waiting()]

    def status(self, job: Job) -> Status:
        """Return a job's true state; a folder that was made to start at once and never did is lost."""
        status = true_status(job)
        if status.state is State.QUEUED and not job.place.exists():
            return replace(status, state=State.LOST)
        return status

    @property
    def paused(self) -> bool:
        """Whether nothing more is started."""
        return (self.jobs_dir / PAUSED_FILE).exists()

    # changes

    def add(self, new: NewJob) -> Job:
        """Put a new job into the queue; its folder appears whole, with its place, or not at all."""
        with self.changing():
            place = replace(new.place, rank=self._rank(new.position))
            files = {**new.files, STATE_FILE: status_text(Status(State.QUEUED)), PLACE_FILE: place_text(place)}
            return create(self.jobs_dir, new.name, files, new.facts, new.id)

    def move(self, job_id: str, position: int) -> None:
        """Move a queued job to a position, from 0; raises ``job-not-found``, ``job-not-queued``."""
        with self.changing():
            job, place = self._queued(job_id)
            rank = self._rank(position, without=job)
            write_place(job, replace(place, rank=rank))

    def schedule(
        self, job_id: str, not_before: float | None, gpus: tuple[str, ...] = (), *, held: bool = False
    ) -> None:
        """Say when at the earliest (unix seconds), on which slots and whether a queued job may start."""
        self._change(job_id, lambda place: replace(place, not_before=not_before, gpus=tuple(gpus), held=held))

    def hold(self, job_id: str) -> None:
        """Hold a queued job back until it is released."""
        self._change(job_id, lambda place: replace(place, held=True))

    def release(self, job_id: str) -> None:
        """Let a job that was held back start when its turn comes."""
        self._change(job_id, lambda place: replace(place, held=False))

    def pause(self) -> None:
        """Start nothing more; what runs goes on."""
        write_text(self.jobs_dir / PAUSED_FILE, "")

    def resume(self) -> None:
        """Start again what waits."""
        (self.jobs_dir / PAUSED_FILE).unlink(missing_ok=True)

    def stop(self, job_id: str, how: How = "save") -> Status:
        """Stop a running job, or take a queued one out of the queue; return its state after that.

        ``save`` asks the trainer to save its state first, and a runner ends it by force when it takes too long;
        ``now`` ends the whole tree at once.

        Raises:
            MikazukiError: ``job-not-found``; ``job-ended`` where there is nothing to stop.
        """
        with self.changing():
            job = self.find(job_id)
            status = true_status(job)
            if status.state is State.QUEUED:
                gone = Status(State.STOPPED, reason="taken out of the queue before it began", ended=time.time())
                write_status(job, gone)
                return gone
            if status.state not in RUNS:
                raise MikazukiError("job-ended", f"The job {job.id} does not run: it is {status.state}.")
            asked = ask_to_stop(job, status)
            if how == "save":
                return asked
            forced = replace(asked, forced=True)
            write_status(job, forced)
        # outside of the lock: a tree may take seconds to end, and who started it writes down how it did
        end_alive(forced)
        return true_status(job)

    def ask(self, job_id: str, order: Order) -> None:
        """Order sample pictures, or model and state, from a running job; it obeys after the step under way.

        Raises:
            MikazukiError: ``job-not-found``; ``job-not-running``; ``order-unknown`` where its program cannot do it.
        """
        job = self.find(job_id)
        if true_status(job).state not in RUNS:
            raise MikazukiError("job-not-running", f"The job {job.id} does not run now.", "Wait until it has begun.")
        if not job.facts().get(f"{order}_now"):
            raise MikazukiError(
                "order-unknown",
                f"The job {job.id} cannot {'draw' if order == 'sample' else 'save'} on request: its engine, or its "
                f"settings, have no such thing.",
                "Set sample_prompts or sanity_prompt before the start; the builtin engine obeys such orders.",
            )
        try:
            (job.folder / order).touch()
        except OSError as error:
            raise disk_error(job.folder / order, error) from error

    def retry(self, job_id: str, position: int | None = None) -> Job:
        """Queue a job's frozen settings and command again as a new job, and return that.

        Raises:
            MikazukiError: ``job-not-found``; ``job-cannot-start`` where its folder does not say what starts it.
        """
        with self.changing():
            return self.add(self.again(self.find(job_id), position))

    def again(self, job: Job, position: int | None = None) -> NewJob:
        """Return a new job of the same frozen files and command; raises MikazukiError ``job-cannot-start``."""
        facts = job.facts()
        frozen_start(facts, job.id)
        name = str(facts.get("name") or name_of(job))
        # the id stands in paths only, and is the same however a file escapes them
        new_id = free_id(self.jobs_dir, name, datetime.now().astimezone())
        kept = {key: value for key, value in facts.items() if key not in {"id", "created"}}
        told = json.loads(json.dumps(kept).replace(json.dumps(job.id)[1:-1], json.dumps(new_id)[1:-1]))
        files = {path.name: _frozen_text(path).replace(job.id, new_id) for path in _frozen_files(job)}
        before = place_of(job)
        place = Place(gpus=before.gpus, needs=before.needs)
        return NewJob(name, files, {**told, "from": job.id}, place, position, new_id)

    def clone(self, job_id: str) -> str:
        """Return a job's frozen settings file as text; raises MikazukiError ``job-not-found``, ``config-not-found``."""
        job = self.find(job_id)
        try:
            return job.config.read_text(encoding="utf-8")
        except OSError as error:
            raise MikazukiError("config-not-found", f"The job {job.id} has no settings file: {error}.") from error

    def delete(self, job_id: str) -> str:
        """Put a job that does not run into the bin and return its id there; what it made stays where it is.

        Raises:
            MikazukiError: ``job-not-found``; ``job-running``.
        """
        with self.changing():
            job = self.find(job_id)
            status = true_status(job)
            if status.state in RUNS:
                raise MikazukiError("job-running", f"The job {job.id} still runs.", "Stop it first.")
            if status.state is State.QUEUED and job.place.exists():
                self.stop(job.id)
            return self.bin.put(job.folder, "job", job.id)

    def _names(self) -> set[str]:
        return {name for name, _ in self._stamps()}

    def _stamps(self) -> list[tuple[str, int]]:
        """Return the name of every job's folder and when something in it was last replaced (ns)."""
        return stamps(self.jobs_dir)

    def _rank(self, position: int | None, without: Job | None = None) -> float:
        order = [row for row in self.waiting() if row[0] != without]
        rank = rank_at(order, position)
        return rank if rank is not None else rank_at(spread(order), position) or 0.0

    def _queued(self, job_id: str) -> Row:
        job = self.find(job_id)
        place = read_place(job)
        if place is None or read_status(job).state is not State.QUEUED:
            state = true_status(job).state
            raise MikazukiError("job-not-queued", f"The job {job.id} does not wait in the queue: it is {state}.")
        return job, place

    def _change(self, job_id: str, change: Callable[[Place], Place]) -> None:
        with self.changing():
            job, place = self._queued(job_id)
            write_place(job, change(place))


def stamps(jobs_dir: Path) -> list[tuple[str, int]]:
    """Return the name of every job's folder and when something in it was last made, replaced or removed (ns)."""
    found = []
    try:
        with os.scandir(jobs_dir) as entries:
            for entry in entries:
                try:
                    if not entry.name.startswith(".") and entry.is_dir():
                        found.append((entry.name, entry.stat().st_mtime_ns))
                except OSError:
                    continue
    except OSError:
        return []
    return found


def frozen_start(facts: Mapping[str, Any], job_id: str) -> dict[str, Any]:
    """Return what starts a job: command, environment, cwd; raises MikazukiError ``job-cannot-start``."""
    start = facts.get(START_KEY)
    whole = isinstance(start, dict) and isinstance(start.get("command"), list) and start["command"]
    if not isinstance(start, dict) or not whole:
        raise MikazukiError(
            "job-cannot-start",
            f"The job {job_id} does not say what starts it: its job.json is of an earlier version, or broken.",
            "Make a new job from its config.toml.",
        )
    return {
        "command": [str(word) for word in start["command"]],
        "environment": {str(key): str(value) for key, value in (start.get("environment") or {}).items()},
        "cwd": str(start.get("cwd") or "."),
    }


def name_of(job: Job) -> str:
    """Return the output name as far as a job's id tells it."""
    parts = job.id.split("-")
    return "-".join(parts[2:-1]) if len(parts) > 3 else job.id


def _frozen_files(job: Job) -> list[Path]:
    return [path for path in sorted(job.folder.iterdir()) if path.is_file() and _is_frozen(path.name)]


def _frozen_text(path: Path) -> str:
    """Return a frozen file's text; raises MikazukiError ``job-cannot-start`` where it is none."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MikazukiError("job-cannot-start", f"{path} cannot be read: {error}.", "Make a new job.") from error


def _is_frozen(name: str) -> bool:
    return name not in MADE_BY_A_RUN and not name.startswith(".")
