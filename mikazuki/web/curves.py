"""Finds the folder in which a job's process keeps its TensorBoard curves."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any, Final

from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import read_status

PATTERN: Final = "*/*/events.out.tfevents.*"
"""``logging_dir/<prefix and time>/<tracker's name>/``: the same with both engines."""

NAME: Final = re.compile(r"events\.out\.tfevents\.(\d+)\..*?(?:\.(\d+)\.\d+)?$")
"""The time of a file's making (unix seconds) and its process."""

BUILTIN: Final = "builtin"
"""The engine whose process writes its events and its curves itself."""

SLACK_SECONDS: Final = 5
HEAD_BYTES: Final = 1 << 16


def curves_folder(job: Job, root: Path) -> Path | None:
    """Return where a job's curves are, or None where it has none (yet).

    A file of the job's own process is its. The other engine's process is a child of the one that the job knows: there a
    file counts that came to be while the job ran. ``root`` is where relative paths begin.
    """
    status = read_status(job)
    logging_dir = _logging_dir(job, root)
    if logging_dir is None or status.started is None:
        return None
    pid = _pid(job)
    first, last = status.started - SLACK_SECONDS, (status.ended or float("inf")) + SLACK_SECONDS
    found = []
    for file in logging_dir.glob(PATTERN):
        name = NAME.fullmatch(file.name)
        if name and first <= int(name[1]) <= last:
            own = name[2] is not None and int(name[2]) == pid
            if own or job.facts().get("engine") != BUILTIN:
                found.append((own, int(name[1]), file.parent))
    return max(found)[2] if found else None


def _logging_dir(job: Job, root: Path) -> Path | None:
    try:
        config = tomllib.loads(job.config.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    named = _anywhere(config, "logging_dir")
    return root / str(named) if named else None


def _anywhere(config: dict[str, Any], key: str) -> Any:
    """Return an option's value, whichever section it stands in."""
    parts = [config, *(part for part in config.values() if isinstance(part, dict))]
    return next((part[key] for part in parts if key in part), None)


def _pid(job: Job) -> int | None:
    """Return the process that trains, as its first events tell it."""
    try:
        with job.events.open("rb") as file:
            lines = file.read(HEAD_BYTES).splitlines()
    except OSError:
        return None
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and event.get("kind") == "started":
            return event.get("pid") if isinstance(event.get("pid"), int) else None
    return None
