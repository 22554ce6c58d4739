"""Starts a job's command in a process group of its own, ends its whole tree, and keeps its state true."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

import psutil

from mikazuki.errors import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED
from mikazuki.files import write_text
from mikazuki.jobs.events import LAST_KINDS, Event, last_events
from mikazuki.jobs.folder import Job, read_json
from mikazuki.processes import GRACE_SECONDS, end_leftovers, end_tree

CREATE_TIME_TOLERANCE: Final = 1.0
"""Seconds by which two readings of one process' start may differ."""
START_SECONDS: Final = 20.0
"""How long starting a process may take before a run without one counts as lost."""
JOB_VARIABLE: Final = "MIKAZUKI_JOB"
"""The variable by which a job's processes are found though nobody noted their number: its folder."""


class State(StrEnum):
    """What a job is doing, or how it ended."""

    QUEUED = "queued"
    RUNNING = "running"
    STOPPING = "stopping"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    LOST = "lost"


RUNS: Final = frozenset({State.RUNNING, State.STOPPING})
ENDED: Final = frozenset({State.DONE, State.STOPPED, State.FAILED, State.LOST})


@dataclass(frozen=True)
class Status:
    """A job's ``state.json``."""

    state: State
    pid: int | None = None
    create_time: float | None = None
    """When the process began, unix seconds: with the pid it names one process, though pids are used again."""
    exit_code: int | None = None
    reason: str = ""
    """How it ended, in words."""
    started: float | None = None
    ended: float | None = None
    asked: float | None = None
    """When a person asked for its end, unix seconds."""
    forced: bool = False
    """Whether it was ended by force, so that nothing could be saved."""
    gpus: tuple[str, ...] = ()
    """The slots that it takes while it runs."""

    @property
    def over(self) -> bool:
        """Whether it will not go on: done, stopped, failed or lost."""
        return self.state in ENDED


def write_status(job: Job, status: Status) -> None:
    """Write ``state.json`` in one piece."""
    write_text(job.state, status_text(status))


def status_text(status: Status) -> str:
    """Write a state as the text of ``state.json``."""
    return json.dumps(asdict(status), ensure_ascii=False, indent=2) + "\n"


def read_status(job: Job) -> Status:
    """Return the state on disk as it stands; a job without the file is queued."""
    found = read_json(job.state)
    if not found:
        return Status(State.QUEUED)
    known = {key: value for key, value in found.items() if key in Status.__dataclass_fields__}
    state = found.get("state")
    state = State(state) if state in {one.value for one in State} else State.LOST
    return Status(**{**known, "state": state, "gpus": tuple(found.get("gpus") or ())})


def true_status(job: Job) -> Status:
    """Return the state as it really is: a job said to be running whose process is gone has ended or is lost."""
    status = read_status(job)
    if status.state not in RUNS or is_alive(status) or is_starting(status):
        return status
    return without_process(status, last_event(last_events(job.events)))


def without_process(status: Status, last: Event | None) -> Status:
    """Say how a run ended whose process is gone and whose exit code nobody knows: ``lost`` without a last word."""
    if last:
        return conclude(status, None, last)
    if status.forced:
        return _by_force(status)
    return replace(status, state=State.LOST, reason="its process is gone", ended=time.time())


def is_starting(status: Status) -> bool:
    """Say whether a run is between the decision to start it and its process; a kill can leave it there."""
    return status.pid is None and status.started is not None and time.time() - status.started < START_SECONDS


def _by_force(status: Status) -> Status:
    """Say that a run was ended at a person's wish before it could say anything."""
    return replace(
        status,
        state=State.STOPPED,
        exit_code=EXIT_STOPPED,
        reason="ended at once; nothing was saved since the last checkpoint",
        ended=time.time(),
    )


def is_alive(status: Status) -> bool:
    """Say whether the very process that was started still runs."""
    if status.pid is None or status.create_time is None:
        return False
    try:
        process = psutil.Process(status.pid)
        same = abs(process.create_time() - status.create_time) < CREATE_TIME_TOLERANCE
        return bool(same and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def last_event(events: Iterable[Event]) -> Event | None:
    """Return the event that ended a run, if one did."""
    return next((event for event in reversed(list(events)) if event["kind"] in LAST_KINDS), None)


def conclude(status: Status, exit_code: int | None, last: Event | None) -> Status:
    """Say how a run ended: by its own last word, else by its exit code.

    Launchers in between may turn an exit code into their own, so the run's last event counts first.
    """
    kind = last["kind"] if last else None
    if kind == "done":
        ended = replace(status, state=State.DONE, exit_code=EXIT_DONE, reason="done")
    elif kind == "stopped" or (last is None and exit_code == EXIT_STOPPED):
        ended = replace(status, state=State.STOPPED, exit_code=EXIT_STOPPED, reason="stopped on request")
    elif last is not None:
        reason = str(last.get("message", "it failed"))
        ended = replace(status, state=State.FAILED, exit_code=int(last.get("exit_code") or EXIT_FAILED), reason=reason)
    elif exit_code == EXIT_DONE:
        ended = replace(status, state=State.DONE, exit_code=EXIT_DONE, reason="done")
    else:
        words = exit_in_words(exit_code) if exit_code is not None else "its process is gone"
        ended = replace(status, state=State.FAILED, exit_code=exit_code, reason=words)
    return replace(ended, ended=float(last["time"]) if last and "time" in last else time.time())


def exit_in_words(exit_code: int) -> str:
    """Say what an exit code means; negative ones are signals, as `subprocess` counts them."""
    if exit_code == EXIT_DONE:
        return "done"
    if exit_code < 0:
        with suppress(ValueError):
            name = signal.Signals(-exit_code).name
            why = ", as the system does when memory runs out" if name == "SIGKILL" else ""
            return f"ended by the signal {name}{why}"
    return f"ended with exit code {exit_code}"


class Child:
    """A job's running process tree, started here or by a process before."""

    def __init__(self, job: Job, process: subprocess.Popen[bytes] | None, status: Status) -> None:
        """Take over a process, None for one that another process started; use `start` or `adopt` to make one."""
        self.job = job
        self.status = status
        self.forced = False
        """Whether `end` was called, so that nothing could be saved."""
        self._process = process

    @classmethod
    def start(
        cls, job: Job, argv: Sequence[str], env: Mapping[str, str], cwd: Path, *, gpus: Sequence[str] = ()
    ) -> "Child":
        """Start a command with ``env`` added to this process' environment; its output goes to the job's log.

        It gets a session (Windows: a process group) of its own, so that Ctrl-C reaches only the parent. ``gpus`` are
        the slots that it takes.
        """
        new_group = 0
        if sys.platform == "win32":
            new_group = subprocess.CREATE_NEW_PROCESS_GROUP
        with job.log.open("ab") as log:
            process = subprocess.Popen(
                list(argv),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=cwd,
                env={**os.environ, **env, JOB_VARIABLE: str(job.folder)},
                creationflags=new_group,
                start_new_session=os.name != "nt",
            )
        now = time.time()
        try:
            created = float(psutil.Process(process.pid).create_time())
        except psutil.Error:
            created = now
        child = cls(job, process, Status(State.RUNNING, process.pid, created, started=now, gpus=tuple(gpus)))
        write_status(job, child.status)
        return child

    @classmethod
    def adopt(cls, job: Job) -> "Child":
        """Follow a job that another process started; its exit code stays unknown."""
        return cls(job, None, read_status(job))

    @property
    def is_own(self) -> bool:
        """Whether this process started it, and so will know its exit code."""
        return self._process is not None

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs and where it is unknown."""
        return self._process.poll() if self._process else None

    def has_ended(self) -> bool:
        """Say whether its first process is gone."""
        return self._process.poll() is not None if self._process else not is_alive(self.status)

    def ask_to_stop(self) -> None:
        """Ask politely: the run saves its state after the current step and ends by itself."""
        self.status = ask_to_stop(self.job, self.status)

    def end(self, grace: float = GRACE_SECONDS) -> int | None:
        """End the whole tree now, by force after ``grace`` seconds; return the exit code where it is known."""
        self.forced = True
        if self._process is None:
            end_alive(self.status, grace)
            return None
        end_tree(self._process.pid, grace)
        return self._process.wait()

    def conclude(self, events: Iterable[Event]) -> Status:
        """Write down how the run ended and return it; call it when it `has_ended`.

        What it started and left running, as a launcher does that was killed, is ended first.
        """
        if self.status.pid is not None:
            end_leftovers(self.status.pid)
        last = last_event(events)
        forced = self.forced or read_status(self.job).forced
        self.status = replace(self.status, forced=forced)
        if last is None and (forced or self._process is None):
            self.status = without_process(self.status, None)
        else:
            self.status = conclude(self.status, self.poll(), last)
        write_status(self.job, self.status)
        return self.status


def ask_to_stop(job: Job, status: Status) -> Status:
    """Ask a running job to save and end; return its new state, which is written."""
    job.stop.touch()
    asked = replace(status, state=State.STOPPING, asked=status.asked or time.time())
    write_status(job, asked)
    return asked


def end_alive(status: Status, grace: float = GRACE_SECONDS) -> None:
    """End the tree of a job's process, if it is still that very process."""
    if status.pid is not None and is_alive(status):
        end_tree(status.pid, grace)


def find_process(job: Job) -> psutil.Process | None:
    """Return a job's first process by the variable that all of them carry; None where there is none."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.environ().get(JOB_VARIABLE) == str(job.folder) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return min(found, key=lambda process: process.create_time(), default=None)
