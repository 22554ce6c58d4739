"""Knows which job made which model, and what it drew on the way, from the events of all jobs."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final

from mikazuki.jobs.events import sample_rank
from mikazuki.jobs.folder import Job, all_jobs

_KINDS: Final = ("checkpoint", "done", "sample")
_MARKS: Final = tuple(f'"{kind}"'.encode() for kind in _KINDS)
"""What a line of the events must hold to be looked at: most of them are progress."""


@dataclass
class _JobMade:
    """What the events of one job have told so far; ``offset`` is where they were read to, in bytes."""

    job: Job
    offset: int = 0
    models: set[str] = field(default_factory=set)
    samples: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Sample picture -> its rank."""


@dataclass(frozen=True)
class Made:
    """What all jobs have made up to a moment."""

    _jobs: dict[str, Job]
    _samples: dict[str, dict[Path, tuple[int, int]]]

    def job_of(self, model: Path) -> Job | None:
        """Return the newest job that wrote this file, or None."""
        return self._jobs.get(_plain(model))

    def samples(self, job: Job) -> list[Path]:
        """Return the sample pictures of a job that are still there, in the order they were drawn."""
        return [path for path in self._samples.get(job.id, {}) if path.is_file()]

    def newest_sample(self, job: Job) -> Path | None:
        """Return the picture of the latest step, its first prompt, that is still there."""
        ranks = self._samples.get(job.id, {})
        return max(self.samples(job), key=lambda path: ranks[path], default=None)


class Origins:
    """Remembers what was read of each job's events, and reads only what came since; for several threads."""

    def __init__(self, root: Path, jobs_dir: Path) -> None:
        """Look at the jobs in ``jobs_dir``; relative paths in their events begin at ``root``."""
        self._root = root
        self._jobs_dir = jobs_dir
        self._known: dict[str, _JobMade] = {}
        self._lock = Lock()

    def now(self) -> Made:
        """Return what the jobs have made, after reading what is new in their events."""
        jobs: dict[str, Job] = {}
        samples: dict[str, dict[Path, tuple[int, int]]] = {}
        with self._lock:
            self._known = {job.id: self._known.get(job.id) or _JobMade(job) for job in all_jobs(self._jobs_dir)}
            for one in self._known.values():
                self._read_on(one)
                samples[one.job.id] = dict(one.samples)
                for model in one.models:
                    jobs.setdefault(model, one.job)
        return Made(jobs, samples)

    def _read_on(self, one: _JobMade) -> None:
        for event in _new_events(one):
            path = self._root / str(event["path"])
            if event["kind"] == "sample":
                one.samples[path] = sample_rank(event)
            elif event["kind"] == "done" or event.get("what") in {"model", "merged"}:
                one.models.add(_plain(path))


def _new_events(one: _JobMade) -> Iterator[dict[str, Any]]:
    """Read the events of a job that are new, of the kinds that name files; a torn line waits for its end."""
    try:
        if one.job.events.stat().st_size <= one.offset:
            return
        with one.job.events.open("rb") as file:
            file.seek(one.offset)
            data = file.read()
    except OSError:
        return
    whole = data[: data.rfind(b"\n") + 1]
    one.offset += len(whole)
    for line in whole.splitlines():
        if any(mark in line for mark in _MARKS):
            event = _parsed(line)
            if event.get("kind") in _KINDS and event.get("path"):
                yield event


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def _plain(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
