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
from mikazuki.jobs.events import LAST_KINDS, Event, EventReader
from mikazuki.jobs.folder import Job, read_json
from mikazuki.processes import GRACE_SECONDS, end_leftovers, end_tree

CREATE_TIME_TOLERANCE: Final = 1.0
"""Seconds by which two readings of one process' start may differ."""


class State(StrEnum):
    """What a job is doing, or how it ended."""

    QUEUED = "queued"
    RUNNING = "running"
    STOPPING = "stopping"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    LOST = "lost"


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


def write_status(job: Job, status: Status) -> None:
    """Write ``state.json`` in one piece."""
    write_text(job.state, json.dumps(asdict(status), ensure_ascii=False, indent=2) + "\n")


def read_status(job: Job) -> Status:
    """Return the state on disk as it stands; a job without the file is queued."""
    found = read_json(job.state)
    if not found:
        return Status(State.QUEUED)
    known = {key: value for key, value in found.items() if key in Status.__dataclass_fields__}
    return Status(**{**known, "state": State(found.get("state", State.LOST))})


def true_status(job: Job) -> Status:
    """Return the state as it really is: a job said to be running whose process is gone has ended or is lost."""
    status = read_status(job)
    if status.state not in {State.RUNNING, State.STOPPING} or is_alive(status):
        return status
    last = last_event(EventReader(job.events).read())
    return conclude(status, None, last) if last else replace(status, state=State.LOST, reason="its process is gone")


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
    """A job's running process tree."""

    def __init__(self, job: Job, process: subprocess.Popen[bytes], status: Status) -> None:
        """Take over a process; use `start` to make one."""
        self.job = job
        self.status = status
        self.forced = False
        """Whether `end` was called, so that nothing could be saved."""
        self._process = process

    @classmethod
    def start(cls, job: Job, argv: Sequence[str], env: Mapping[str, str], cwd: Path) -> "Child":
        """Start a command with ``env`` added to this process' environment; its output goes to the job's log.

        It gets a session (Windows: a process group) of its own, so that Ctrl-C reaches only the parent.
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
                env={**os.environ, **env},
                creationflags=new_group,
                start_new_session=os.name != "nt",
            )
        now = time.time()
        try:
            created = float(psutil.Process(process.pid).create_time())
        except psutil.Error:
            created = now
        child = cls(job, process, Status(State.RUNNING, process.pid, created, started=now))
        write_status(job, child.status)
        return child

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        return self._process.poll()

    def ask_to_stop(self) -> None:
        """Ask politely: the run saves its state after the current step and ends by itself."""
        self.job.stop.touch()
        self.status = replace(self.status, state=State.STOPPING)
        write_status(self.job, self.status)

    def end(self, grace: float = GRACE_SECONDS) -> int:
        """End the whole tree now, by force after ``grace`` seconds; return the exit code."""
        self.forced = True
        end_tree(self._process.pid, grace)
        return self._process.wait()

    def conclude(self, events: Iterable[Event]) -> Status:
        """Write down how the run ended and return it; call it when `poll` has given an exit code.

        What it started and left running, as a launcher does that was killed, is ended first.
        """
        end_leftovers(self._process.pid)
        last = last_event(events)
        self.status = conclude(self.status, self._process.poll(), last)
        if self.forced and last is None:
            reason = "ended at once; nothing was saved since the last checkpoint"
            self.status = replace(self.status, state=State.STOPPED, exit_code=EXIT_STOPPED, reason=reason)
        write_status(self.job, self.status)
        return self.status
