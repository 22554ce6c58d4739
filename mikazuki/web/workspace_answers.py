"""Does what the routes of workspaces ask for, and puts what comes of it into answers."""

from dataclasses import asdict
from typing import Any

from mikazuki.errors import MikazukiError, MikazukiErrors
from mikazuki.jobs.rows import JobRow
from mikazuki.preparing import configs, workspaces
from mikazuki.preparing.config_files import Parsed, apart
from mikazuki.preparing.hub_models import find_model
from mikazuki.preparing.queueing import Wish
from mikazuki.preparing.workspace_files import Workspace, Workspaces, load_params, save_params
from mikazuki.preparing.workspace_import import read_db_config
from mikazuki.preparing.workspaces import Trainings
from mikazuki.web.answers.jobs import Difference
from mikazuki.web.answers.workspaces import (
    NewWorkspace,
    SavedParams,
    SnapshotRow,
    TrainingRow,
    TrainRequest,
    WorkspaceDetail,
    WorkspaceRow,
)
from mikazuki.web.studio import Studio


def shelf(studio: Studio) -> Workspaces:
    """Return where the studio's workspaces lie."""
    return Workspaces(studio.paths.workspaces.absolute())


def all_rows(studio: Studio) -> list[WorkspaceRow]:
    """Return every workspace."""
    trainings, jobs = Trainings(studio.paths.jobs), _jobs(studio)
    return [_row(one, trainings, jobs) for one in shelf(studio).all()]


def detail(studio: Studio, name: str) -> WorkspaceDetail:
    """Return a workspace with what became of it; raises MikazukiError ``workspace-not-found``."""
    workspace, trainings, jobs = shelf(studio).get(name), Trainings(studio.paths.jobs), _jobs(studio)
    return WorkspaceDetail(
        row=_row(workspace, trainings, jobs),
        snapshots=[
            SnapshotRow(
                name=one.name,
                path=str(one.folder),
                modified=one.modified,
                has_ema=one.has_ema,
                **asdict(one.reached),
            )
            for one in workspaces.snapshots(workspace)
        ],
        trainings=[_training(one, jobs) for one in workspaces.history(workspace, trainings)],
        models=[str(path) for path in workspaces.models_of(workspace)],
        samples=[str(path) for path in workspaces.samples_of(workspace)],
    )


def create(studio: Studio, wanted: NewWorkspace) -> WorkspaceRow:
    """Make a workspace.

    Raises:
        MikazukiError: ``outside-roots``, ``model-not-fetched``, and what `Workspaces.create` raises.
    """
    model = find_model(wanted.source, studio.paths.root, studio.paths.models)
    made = shelf(studio).create(wanted.name, studio.allowed(model), wanted.source, wanted.v_parameterization)
    return _row(made, Trainings(studio.paths.jobs), {})


def params(studio: Studio, name: str, into: str | None) -> Parsed:
    """Return a workspace's settings, for itself or for another one."""
    found = shelf(studio)
    return load_params(found.get(name), found.get(into) if into else None)


def imported(studio: Studio, name: str, text: str) -> Parsed:
    """Return settings of the DreamBooth extension for a workspace; nothing is kept yet."""
    workspace, old = shelf(studio).get(name), read_db_config(text)
    values: dict[str, Any] = {**old.values, **workspace.own}
    return Parsed(old.origin, old.method, workspace.family, old.engine, values, old.notes, old.problems)


def save(studio: Studio, name: str, wanted: SavedParams) -> WorkspaceRow:
    """Keep settings in a workspace; raises MikazukiError ``params-conflict``, ``outside-roots``."""
    workspace = shelf(studio).get(name)
    _refuse_outside(studio, wanted.values)
    save_params(workspace, wanted.values, loaded_from=wanted.loaded_from, confirmed=wanted.confirmed)
    return _row(workspace, Trainings(studio.paths.jobs), _jobs(studio))


def train(studio: Studio, name: str, wanted: TrainRequest) -> str:
    """Put a training into the queue and return the job's id; raises what stops it."""
    workspace = shelf(studio).get(name)
    values = workspaces.training_values(workspace, wanted.resume, wanted.more_epochs)
    _refuse_outside(studio, values)
    wish = Wish(held=wanted.held, overwrite=wanted.overwrite)
    try:
        return workspaces.start(studio.queue, workspace, values, wish).id
    except MikazukiError as error:
        raise MikazukiErrors(apart(error)) from error


def delete(studio: Studio, name: str) -> str:
    """Put a workspace into the bin and return the id by which it comes back."""
    return workspaces.delete(shelf(studio).get(name), studio.bin, studio.queue)


def _refuse_outside(studio: Studio, values: dict[str, Any]) -> None:
    refused = configs.outside(values, studio.allowed)
    if refused:
        raise MikazukiErrors(refused)


def _jobs(studio: Studio) -> dict[str, JobRow]:
    return {row.id: row for row in studio.index.all()}


def _row(workspace: Workspace, trainings: Trainings, jobs: dict[str, JobRow]) -> WorkspaceRow:
    open_jobs = (job.id for job in trainings.of(workspace) if job.id in jobs and not jobs[job.id].over)
    told = {key: value for key, value in asdict(workspace).items() if key != "folder"}
    return WorkspaceRow(
        name=workspace.name,
        folder=str(workspace.folder),
        running=next(open_jobs, None),
        **told,
        **asdict(workspaces.reached(workspace, trainings)),
    )


def _training(one: workspaces.Training, jobs: dict[str, JobRow]) -> TrainingRow:
    row = jobs.get(one.job.id)
    return TrainingRow(
        job=one.job.id,
        state=row.state if row else "",
        created=row.created if row else 0.0,
        changes=[Difference(option=option, left=left, right=right) for option, left, right in one.changes],
        **asdict(one.reached),
    )
