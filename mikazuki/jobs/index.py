"""An index over the job folders, for lists and searches among thousands; deleting it loses nothing."""

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from mikazuki.jobs.folder import Job
from mikazuki.jobs.place import Place
from mikazuki.jobs.process import read_status
from mikazuki.jobs.progress import ProgressReader
from mikazuki.jobs.queue import Queue, stamps
from mikazuki.jobs.rows import JobRow, make_row
from mikazuki.jobs.slots import why_waiting

INDEX_FILE: Final = ".index.sqlite"
VERSION: Final = 1
"""Rises when a row's fields change: rows of another version are made anew."""

LOCK_SECONDS: Final = 2.0
"""How long to wait for another process that writes into the index."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Page:
    """A part of a list, and how long the whole list is."""

    rows: tuple[JobRow, ...]
    total: int


class Index:
    """Rows of all jobs of a queue, true at every read.

    Ended jobs are kept by the time of their folder, in memory and in a small database, so that a new process need not
    read thousands of files; jobs that wait or run are read each time, their events only from where they were read to.
    """

    def __init__(self, queue: Queue, slots: Sequence[str] = (), *, clock: Callable[[], float] = time.time) -> None:
        """Index the jobs of ``queue``; ``slots`` are the runner's, to say what a job waits for."""
        self.queue = queue
        self.slots = tuple(slots)
        self._clock = clock
        self._lock = threading.Lock()
        self._ended: dict[str, tuple[int, JobRow]] | None = None
        self._readers: dict[str, ProgressReader] = {}

    def all(self) -> list[JobRow]:
        """Return all rows: what waits in its order, then the others, newest first."""
        with self._lock:
            ended, open_rows = self._refresh()
        order = self._order()
        waiting = [self._placed(row, order) for row in open_rows if row.id in order]
        others = [row for row in open_rows if row.id not in order] + ended
        waiting.sort(key=lambda row: row.position or 0)
        return waiting + sorted(others, key=lambda row: (row.created, row.id), reverse=True)

    def listed(self, state: str | None = None, text: str = "", start: int = 0, limit: int = 100) -> Page:
        """Return a part of the list: of one state, and with every word of ``text`` in it (case ignored)."""
        words = text.casefold().split()
        found = [row for row in self.all() if (state is None or row.state == state) and matches(row, words)]
        start = max(0, start)
        return Page(tuple(found[start : start + max(0, limit)]), len(found))

    def row(self, job_id: str) -> JobRow:
        """Return one job's row; raises MikazukiError ``job-not-found``, ``job-ambiguous``."""
        job = self.queue.find(job_id)
        with self._lock:
            row = self._kept(job) or self._row(job)
        return self._placed(row, self._order())

    def live(self, newest: int = 20) -> list[JobRow]:
        """Return all jobs that have not ended, and the newest of the others."""
        rows = self.all()
        going = [row for row in rows if not row.over]
        return going + [row for row in rows if row.over][: max(0, newest)]

    def state_folder(self, job_id: str) -> str | None:
        """Return the newest state of a job that is still there; raises MikazukiError ``job-not-found``."""
        return ProgressReader(self.queue.find(job_id).events).refresh().newest_state()

    def _order(self) -> dict[str, tuple[int, Place]]:
        return {job.id: (at, place) for at, (job, place) in enumerate(self.queue.waiting())}

    def _placed(self, row: JobRow, order: Mapping[str, tuple[int, Place]]) -> JobRow:
        """Return a waiting job's row with its position and why it waits; others as they are."""
        if row.id not in order:
            return row
        position, place = order[row.id]
        reason = why_waiting(place, self.slots, self._clock(), paused=self.queue.paused)
        return replace(row, position=position, reason=reason)

    def _kept(self, job: Job) -> JobRow | None:
        """Return the row of an ended job in whose folder nothing has changed."""
        kept = (self._ended or {}).get(job.id)
        try:
            return kept[1] if kept and kept[0] == job.folder.stat().st_mtime_ns else None
        except OSError:
            return None

    def _row(self, job: Job) -> JobRow:
        reader = self._readers.setdefault(job.id, ProgressReader(job.events))
        return make_row(job, reader.refresh())

    def _refresh(self) -> tuple[list[JobRow], list[JobRow]]:
        """Return the rows of ended jobs and of the others, reading what has changed."""
        known = self._ended if self._ended is not None else self._load()
        ended: dict[str, tuple[int, JobRow]] = {}
        fresh: dict[str, tuple[int, JobRow]] = {}
        others = []
        for name, stamp in stamps(self.queue.jobs_dir):
            old = known.get(name)
            if old is not None and old[0] == stamp:
                ended[name] = old
                continue
            job = Job(self.queue.jobs_dir / name)
            if not _is_job(job):
                continue
            row = self._row(job)
            if row.over and read_status(job).over:
                ended[name] = fresh[name] = (stamp, row)
                self._readers.pop(name, None)
            else:
                others.append(row)
        gone = known.keys() - ended.keys()
        self._ended = ended
        self._readers = {row.id: self._readers[row.id] for row in others if row.id in self._readers}
        if fresh or gone:
            self._store(fresh, gone)
        return [row for _, row in ended.values()], others

    # the database

    def _load(self) -> dict[str, tuple[int, JobRow]]:
        """Return the rows that an earlier process stored; none where there is no readable database."""
        found: dict[str, tuple[int, JobRow]] = {}
        if not self._file.exists():
            return found
        try:
            with closing(self._open()) as base:
                for job_id, stamp, text in base.execute("SELECT id, stamp, row FROM rows"):
                    found[job_id] = (stamp, _row_of(json.loads(text)))
        except sqlite3.OperationalError as error:
            _log.info("%s is read later: %s", self._file, error)
        except (sqlite3.DatabaseError, ValueError, TypeError) as error:
            _log.warning("%s is made anew: %s", self._file, error)
            self._drop()
            return {}
        return found

    def _store(self, fresh: Mapping[str, tuple[int, JobRow]], gone: Collection[str]) -> None:
        """Write rows down; where that fails they are made again by the next process, nothing more."""
        rows = [(job_id, stamp, json.dumps(asdict(row), ensure_ascii=False)) for job_id, (stamp, row) in fresh.items()]
        try:
            with closing(self._open()) as base, base:
                base.executemany("DELETE FROM rows WHERE id = ?", [(job_id,) for job_id in gone])
                base.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?)", rows)
        except sqlite3.OperationalError as error:
            _log.info("%s could not be written: %s", self._file, error)
        except sqlite3.DatabaseError as error:
            _log.warning("%s is made anew: %s", self._file, error)
            self._drop()

    @property
    def _file(self) -> Path:
        return self.queue.jobs_dir / INDEX_FILE

    def _open(self) -> sqlite3.Connection:
        """Open the database, its table made; rows of another version are thrown away."""
        base = sqlite3.connect(self._file, timeout=LOCK_SECONDS)
        try:
            version: int = base.execute("PRAGMA user_version").fetchone()[0]
            if version != VERSION:
                with base:
                    base.execute("DROP TABLE IF EXISTS rows")
                    base.execute("CREATE TABLE rows (id TEXT PRIMARY KEY, stamp INTEGER, row TEXT)")
                    base.execute(f"PRAGMA user_version = {VERSION}")
        except sqlite3.Error:
            base.close()
            raise
        return base

    def _drop(self) -> None:
        with suppress(OSError):
            self._file.unlink(missing_ok=True)


def matches(row: JobRow, words: Sequence[str]) -> bool:
    """Say whether every word (folded) is somewhere in a row's id, name, kind or reason."""
    if not words:
        return True
    whole = f"{row.id} {row.name} {row.program} {row.method} {row.family} {row.engine} {row.reason}".casefold()
    return all(word in whole for word in words)


def _is_job(job: Job) -> bool:
    return job.config.exists() or job.facts_file.exists()


def _row_of(found: dict[str, Any]) -> JobRow:
    """Return a stored row; raises TypeError where its fields are others."""
    return JobRow(**{**found, "gpus": tuple(found.get("gpus") or ())})
