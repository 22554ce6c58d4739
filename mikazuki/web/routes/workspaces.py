"""Workspaces: made, listed, their settings kept and loaded, trained, and put into the bin."""

from typing import TYPE_CHECKING

from fastapi import APIRouter

from mikazuki.web.answers.configs import ParsedAnswer
from mikazuki.web.answers.files import Binned
from mikazuki.web.answers.jobs import JobMade
from mikazuki.web.answers.workspaces import (
    NewWorkspace,
    OldParams,
    SavedParams,
    TrainRequest,
    WorkspaceDetail,
    WorkspaceRow,
)
from mikazuki.web.later import Later
from mikazuki.web.routes.configs import parsed_answer
from mikazuki.web.studio import StudioDep

if TYPE_CHECKING:
    from mikazuki.web import workspace_answers as answers
else:
    answers = Later("mikazuki.web.workspace_answers")

router = APIRouter(prefix="/api/workspaces", tags=["workspaces"])


@router.get("")
def listed(studio: StudioDep) -> list[WorkspaceRow]:
    """Return all workspaces by name."""
    return answers.all_rows(studio)


@router.post("", status_code=201)
def create(wanted: NewWorkspace, studio: StudioDep) -> WorkspaceRow:
    """Make one of a base model; 409 where there is one of that name."""
    return answers.create(studio, wanted)


@router.get("/{name}")
def detail(name: str, studio: StudioDep) -> WorkspaceDetail:
    """Return one with its snapshots, trainings, models and samples."""
    return answers.detail(studio, name)


@router.get("/{name}/params")
def params(name: str, studio: StudioDep, into: str | None = None) -> ParsedAnswer:
    """Return its settings for the form; `into` names another workspace that they are to be copied to."""
    return parsed_answer(answers.params(studio, name, into))


@router.put("/{name}/params")
def save(name: str, wanted: SavedParams, studio: StudioDep) -> WorkspaceRow:
    """Keep settings in it; 409 where they were not loaded from it and nobody has confirmed that."""
    return answers.save(studio, name, wanted)


@router.post("/{name}/import")
def imported(name: str, wanted: OldParams, studio: StudioDep) -> ParsedAnswer:
    """Read a db_config.json of the DreamBooth extension for the form; nothing is kept."""
    return parsed_answer(answers.imported(studio, name, wanted.text))


@router.post("/{name}/train", status_code=201)
def train(name: str, wanted: TrainRequest, studio: StudioDep) -> JobMade:
    """Put a training with its settings into the queue; 422 with every problem, 409 where files would be replaced."""
    return JobMade(id=answers.train(studio, name, wanted))


@router.delete("/{name}")
def delete(name: str, studio: StudioDep) -> Binned:
    """Put it into the bin with all that lies in it; 409 while a job writes into it."""
    return Binned(ids=[answers.delete(studio, name)])
