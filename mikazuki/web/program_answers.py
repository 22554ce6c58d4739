"""Does what the routes of programs ask for, and puts what comes of it into answers."""

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from mikazuki.data.picture_report import Report
from mikazuki.errors import MikazukiError, MikazukiErrors
from mikazuki.jobs.events import last_events
from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import State, last_event
from mikazuki.preparing import programs, tagging
from mikazuki.preparing.config_files import apart
from mikazuki.preparing.configs import values_of
from mikazuki.preparing.queueing import Wish
from mikazuki.preparing.taggers import taggers
from mikazuki.settings.base import Settings
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.settings.program_forms import PROGRAMS, program
from mikazuki.settings.tagging import DownloadFrom, TagSettings
from mikazuki.tagging.history import BEFORE_FILE, differences
from mikazuki.web.answers.base import Notice
from mikazuki.web.answers.programs import (
    CaptionChange,
    CaptionChanges,
    Finding,
    ProgramCheck,
    ProgramResult,
    ProgramRow,
    ProgramStart,
    TaggerFile,
    TaggerRow,
    UndoAnswer,
    Written,
)
from mikazuki.web.envelope import as_problems
from mikazuki.web.form_answers import text

if TYPE_CHECKING:
    from mikazuki.web.studio import Studio

LONGEST_WAIT: Final = 60.0
"""Seconds after which a look at pictures no longer waits for the one before it."""
_ONE_AT_A_TIME: Final = Lock()
"""Held by the look under way: several over thousands of pictures would only slow one another, and the studio."""
_NOT_NUMBERS: Final = frozenset({"time", "kind", "code", "message", "hint", "exit_code"})


def all_programs() -> list[ProgramRow]:
    """Return the programs in the order in which people use them."""
    return [
        ProgramRow(name=one.name, title=text(one.title), does=text(one.does), chosen=sorted(one.chosen))
        for one in PROGRAMS.values()
    ]


def check(studio: "Studio", name: str, values: Mapping[str, Any], *, thorough: bool) -> ProgramCheck:
    """Say what a run would do and what would stop it; raises MikazukiError ``program-not-found``."""
    program(name)
    try:
        settings = _read(studio, name, values)
        checked = programs.examine(settings)
    except MikazukiError as error:
        return ProgramCheck(ok=False, problems=as_problems(apart(error)))
    report = _look(studio, settings) if thorough and isinstance(settings, PrepareSettings) else None
    return ProgramCheck(
        ok=True,
        warnings=[Notice(code=notice.code, text=notice.text) for notice in checked.notices],
        facts=dict(checked.facts),
        written=[Written(source=source, target=target) for source, target in checked.rows],
        findings=[Finding(code=one.code, pictures=list(one.pictures), text=one.text) for one in report.findings]
        if report
        else [],
        folder=report.folder if report else "",
    )


def _look(studio: "Studio", settings: PrepareSettings) -> Report:
    from mikazuki.data.scan_cache import CACHE_FOLDER

    alone = _ONE_AT_A_TIME.acquire(timeout=LONGEST_WAIT)
    try:
        return programs.look(settings, studio.paths.logs / CACHE_FOLDER)
    finally:
        if alone:
            _ONE_AT_A_TIME.release()


def _read(studio: "Studio", name: str, values: Mapping[str, Any]) -> Settings:
    """Return settings of a form whose paths may be used; raises MikazukiError otherwise."""
    wanted, base = program(name), studio.paths.root
    refused = programs.outside(wanted, values, base, studio.allowed)
    if refused:
        raise MikazukiErrors(refused)
    return programs.read(wanted, values, base)


def start(studio: "Studio", name: str, wanted: ProgramStart) -> Job:
    """Check a run and put it into the queue.

    Raises:
        MikazukiError: What stops it; ``output-in-use`` and ``dataset-in-use`` where another job writes the same.
    """
    try:
        if wanted.go_on is not None:
            settings = programs.going_on(studio.queue, wanted.go_on)
        else:
            settings = _read(studio, name, wanted.values)
        checked = programs.examine(settings)
    except MikazukiError as error:
        raise MikazukiErrors(apart(error)) from error
    return checked.put(studio.queue, Wish(tuple(wanted.gpus), wanted.not_before, wanted.held, wanted.position))


def all_taggers(studio: "Studio", models_dir: str, origin: DownloadFrom) -> list[TaggerRow]:
    """Return the taggers that are known or lie in a folder, and what each lacks."""
    folder = studio.allowed(models_dir or str(TagSettings.model_fields["models_dir"].default))
    return [
        TaggerRow(
            name=one.name,
            kind=one.kind,
            here=one.here,
            folder=str(one.folder),
            missing=[TaggerFile(address=address, path=str(path)) for address, path in one.missing],
        )
        for one in taggers(folder, origin)
    ]


def result(studio: "Studio", job: Job) -> ProgramResult:
    """Return what came of a job."""
    status = studio.queue.status(job)
    last = last_event(last_events(job.events)) or {}
    tags, dry = job.facts().get("program") == tagging.NAME, bool(values_of(job).get("dry_run"))
    # a folder that waits may hold the differences of the job that it repeats
    shown = differences(job.folder) if tags and dry and status.state is not State.QUEUED else []
    return ProgramResult(
        numbers={
            name: value
            for name, value in last.items()
            if name not in _NOT_NUMBERS and isinstance(value, (int, float, str))
        },
        dry_run=dry,
        differences=len(shown),
        can_undo=tags and status.over and (job.folder / BEFORE_FILE).is_file(),
        can_go_on=tags and status.over and status.state is not State.DONE and not dry,
    )


def caption_changes(job: Job, first: int, limit: int) -> CaptionChanges:
    """Return a part of the captions that a dry run would change."""
    rows = differences(job.folder)
    return CaptionChanges(
        rows=[
            CaptionChange(picture=str(row["picture"]), before=row["before"], after=str(row["after"]))
            for row in rows[first : first + limit]
        ],
        total=len(rows),
    )


def take_back(studio: "Studio", job_id: str) -> UndoAnswer:
    """Give the captions that a job wrote their old content back; raises as `tagging.take_back` does."""
    job = studio.queue.find(job_id)
    _, undone = tagging.take_back(str(job.folder), studio.queue.jobs_dir)
    return UndoAnswer(restored=undone.restored, removed=undone.removed, left=[_shown(path) for path in undone.left])


def _shown(path: Path) -> str:
    """Return a path as JSON can hold it: names that are no text have their strange bytes replaced."""
    return str(path).encode("utf-8", "replace").decode("utf-8")
