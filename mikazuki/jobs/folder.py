"""A job's folder: all that is needed to run it again, and what came of it."""

import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from mikazuki.events import EVENTS_FILE, LOG_FILE, STOP_FILE
from mikazuki.files import PART_SUFFIX, disk_error, write_text

CONFIG_FILE: Final = "config.toml"
FACTS_FILE: Final = "job.json"
STATE_FILE: Final = "state.json"
PLACE_FILE: Final = "queue.json"
"""Names in a job's folder that the rooms above the process boundary alone know."""


@dataclass(frozen=True)
class Job:
    """One job, known by its folder; the files in it are the only record."""

    folder: Path

    @property
    def id(self) -> str:
        """The folder's name: time, output name and four random digits."""
        return self.folder.name

    @property
    def config(self) -> Path:
        """Frozen settings."""
        return self.folder / CONFIG_FILE

    @property
    def facts_file(self) -> Path:
        """What else was fixed when it was made: command line, engine, versions."""
        return self.folder / FACTS_FILE

    @property
    def events(self) -> Path:
        """What happened, one JSON object a line."""
        return self.folder / EVENTS_FILE

    @property
    def log(self) -> Path:
        """Everything the job's processes wrote to stdout and stderr."""
        return self.folder / LOG_FILE

    @property
    def stop(self) -> Path:
        """While this file exists the job is asked to save and end."""
        return self.folder / STOP_FILE

    @property
    def state(self) -> Path:
        """State, process and exit code."""
        return self.folder / STATE_FILE

    @property
    def place(self) -> Path:
        """Its place in the queue; a job that was started at once has none."""
        return self.folder / PLACE_FILE

    def facts(self) -> dict[str, Any]:
        """Return what `create` was given; an empty dict where the file is missing or broken."""
        return read_json(self.facts_file)


def read_json(path: Path) -> dict[str, Any]:
    """Return a file's JSON object, or an empty dict where there is none to be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def job_id(name: str, now: datetime) -> str:
    """Return a new id: ``YYYYmmdd-HHMMSS-<name>-<4 hex>``, the name reduced to letters, digits and ``-``."""
    plain = re.sub(r"[^\w.]+", "-", name).strip("-.")[:40] or "job"
    return f"{now:%Y%m%d-%H%M%S}-{plain}-{secrets.token_hex(2)}"


def free_id(jobs_dir: Path, name: str, now: datetime) -> str:
    """Return a new id whose folder is not there yet: of hundreds of one name in a second two may draw the same one."""
    found = job_id(name, now)
    return free_id(jobs_dir, name, now) if (jobs_dir / found).exists() else found


Facts = Mapping[str, Any] | Callable[[Path], Mapping[str, Any]]
"""What goes into ``job.json``, or what gives it for the folder that the job will have."""


def create(jobs_dir: Path, name: str, files: Mapping[str, str], facts: Facts, own_id: str | None = None) -> Job:
    """Make a new job folder, which appears whole or not at all.

    Args:
        jobs_dir: Where job folders lie; made if missing.
        name: The run's output name.
        files: File name -> text to freeze in the folder (``config.toml`` among them).
        facts: What goes into ``job.json``.
        own_id: Its id, where the files name it already; else one is made.

    Raises:
        MikazukiError: ``disk-full`` or ``not-writable``; nothing is left behind then.
    """
    now = datetime.now().astimezone()
    job = Job(jobs_dir / (own_id or free_id(jobs_dir, name, now)))
    told = facts(job.folder) if callable(facts) else facts
    record = {"id": job.id, "created": now.isoformat(timespec="seconds"), **told}
    part = jobs_dir / f".{job.id}.{os.getpid()}{PART_SUFFIX}"
    try:
        part.mkdir(parents=True)
        for file, text in files.items():
            write_text(part / file, text)
        write_text(part / FACTS_FILE, json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        part.rename(job.folder)
    except OSError as error:
        raise disk_error(job.folder, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return job


def all_jobs(jobs_dir: Path) -> list[Job]:
    """Return the jobs of a folder, newest first; ids begin with the time."""
    if not jobs_dir.is_dir():
        return []
    folders = (folder for folder in jobs_dir.iterdir() if not folder.name.startswith("."))
    found = [Job(folder) for folder in folders if (folder / CONFIG_FILE).is_file()]
    return sorted(found, key=lambda job: job.id, reverse=True)
