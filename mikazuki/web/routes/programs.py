"""Programs beside training: their forms, what a run would do, its start, and what came of it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from mikazuki.web.answers.forms import FormAnswer
from mikazuki.web.answers.jobs import JobMade
from mikazuki.web.answers.programs import (
    CaptionChanges,
    ProgramCheck,
    ProgramResult,
    ProgramRow,
    ProgramStart,
    ProgramValues,
    TaggerRow,
    UndoAnswer,
)
from mikazuki.web.studio import StudioDep

# What does the work is imported when a request first needs it: the studio must answer at once.

router = APIRouter(prefix="/api", tags=["programs"])


@router.get("/programs")
def listed() -> list[ProgramRow]:
    """Return the programs that can be started."""
    from mikazuki.web.program_answers import all_programs

    return all_programs()


@router.get("/programs/{name}/form")
def form(name: str, studio: StudioDep) -> FormAnswer:
    """Return a program's form; its method is the program's name."""
    from mikazuki.preparing import programs
    from mikazuki.web.form_answers import form_answer

    return form_answer(programs.form(name, studio.paths.root))


@router.post("/programs/{name}/check")
def check(name: str, wanted: ProgramValues, studio: StudioDep, *, thorough: bool = False) -> ProgramCheck:
    """Say what a run would do and what would stop it; problems are an answer here, no failure.

    `thorough` decodes every picture to be prepared, and finds copies, blurred, small and broken ones.
    """
    from mikazuki.web import program_answers

    return program_answers.check(studio, name, wanted.values, thorough=thorough)


@router.post("/programs/{name}", status_code=201)
def start(name: str, wanted: ProgramStart, studio: StudioDep) -> JobMade:
    """Check a run and put it into the queue; 422 with every problem, 409 where another job writes the same."""
    from mikazuki.web import program_answers

    return JobMade(id=program_answers.start(studio, name, wanted).id)


@router.get("/taggers")
def taggers(
    studio: StudioDep,
    models_dir: str = "",
    download_from: Literal["huggingface", "hf-mirror", "modelscope"] = "huggingface",
) -> list[TaggerRow]:
    """Return the taggers that are known or here, and which files of each go where."""
    from mikazuki.web.program_answers import all_taggers

    return all_taggers(studio, models_dir, download_from)


@router.get("/jobs/{job_id}/result")
def result(job_id: str, studio: StudioDep) -> ProgramResult:
    """Return what came of a program's job."""
    from mikazuki.web import program_answers

    return program_answers.result(studio, studio.queue.find(job_id))


@router.get("/jobs/{job_id}/differences")
def differences(
    job_id: str, studio: StudioDep, first: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1)] = 100
) -> CaptionChanges:
    """Return captions that a dry run would change."""
    from mikazuki.web.program_answers import caption_changes

    return caption_changes(studio.queue.find(job_id), first, limit)


@router.post("/jobs/{job_id}/undo")
def undo(job_id: str, studio: StudioDep) -> UndoAnswer:
    """Give the captions that a job wrote their old content back; files that were changed since are left alone."""
    from mikazuki.web.program_answers import take_back

    return take_back(studio, job_id)
