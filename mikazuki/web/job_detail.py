"""One job, whole: its settings, its command, what may be asked of it, and why it failed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mikazuki.engines.failures import explain, tail
from mikazuki.jobs.events import LAST_KINDS, last_events
from mikazuki.jobs.folder import Job
from mikazuki.jobs.logs import read_part
from mikazuki.jobs.process import State
from mikazuki.preparing.configs import values_of
from mikazuki.text import shell_line
from mikazuki.web.answers.base import Problem
from mikazuki.web.answers.jobs import Capabilities, JobDetail
from mikazuki.web.job_rows import answer_row

if TYPE_CHECKING:
    from mikazuki.web.studio import Studio

LOG_END_BYTES = 200_000
UNEXPLAINED = frozenset({"internal", "out-of-memory"})
"""Codes of failures that the log, or the settings, explain better than the trainer's own words."""


def detail(studio: "Studio", job: Job) -> JobDetail:
    """Return everything about one job."""
    facts = job.facts()
    row = answer_row(studio.index.row(job.id))
    values = values_of(job)
    failed = row.state in {State.FAILED, State.LOST}
    log = read_part(job.log, -LOG_END_BYTES, LOG_END_BYTES).text if failed else ""
    command = [str(word) for word in facts.get("command") or ()]
    return JobDetail(
        row=row,
        config=_text(job.config),
        values=values,
        command=command,
        shell=shell_line(tuple(command)) if command else "",
        versions={str(name): str(version) for name, version in (facts.get("versions") or {}).items()},
        folder=str(job.folder),
        state_folder=studio.index.state_folder(job.id),
        can=Capabilities(
            saves_on_stop=bool(facts.get("saves_on_stop", True)),
            sample_now=bool(facts.get("sample_now")),
            save_now=bool(facts.get("save_now")),
        ),
        failure=_failure(job, log, values, row.reason) if failed else None,
        lines=tail(log) if failed else [],
        log_bytes=job.log.stat().st_size if job.log.exists() else 0,
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _failure(job: Job, log: str, values: dict[str, Any], reason: str) -> Problem:
    """Say why in plain words: the trainer's own, else a known cause in its log, else how its process ended."""
    last = next((event for event in reversed(last_events(job.events)) if event["kind"] in LAST_KINDS), {})
    code, message, hint = (str(last.get(name) or "") for name in ("code", "message", "hint"))
    if message and code not in UNEXPLAINED:
        return Problem(code=code or "failed", message=message, hint=hint)
    known = explain(log, values)
    if known:
        return Problem(code=known.code, message=known.message, hint=known.hint)
    return Problem(code=code or "failed", message=message or reason, hint=hint)
