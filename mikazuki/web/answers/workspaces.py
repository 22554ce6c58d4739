"""Workspaces: models that are taught over several trainings."""

from typing import Annotated

from pydantic import AfterValidator, Field

from mikazuki.web.answers.base import Answer
from mikazuki.web.answers.configs import Options, whole_text
from mikazuki.web.answers.jobs import Difference


class WorkspaceRow(Answer):
    """A workspace in the list."""

    name: str
    folder: str
    source: str
    """Base model as it was named: a path, or `owner/name` at a hub."""
    model: str
    family: str
    prediction_type: str
    resolution: int
    created: str
    """Local time in ISO form."""
    has_ema: bool
    """Whether the base model's file keeps a mean of its weights."""
    step: int
    """Optimizer steps in all, as the newest training that saved tells."""
    epoch: int
    """Whole epochs in all."""
    images: int
    """Pictures shown in all."""
    running: str | None
    """Job that waits or trains it now."""


class SnapshotRow(Answer):
    """A saved state from which a training goes on."""

    name: str
    path: str
    step: int
    epoch: int
    images: int
    modified: float
    has_ema: bool


class TrainingRow(Answer):
    """One training of a workspace."""

    job: str
    state: str
    created: float
    step: int
    epoch: int
    images: int
    changes: list[Difference]
    """What its settings changed of those of the training before: left the older ones."""


class WorkspaceDetail(Answer):
    """A workspace with what became of it."""

    row: WorkspaceRow
    snapshots: list[SnapshotRow]
    trainings: list[TrainingRow]
    models: list[str]
    """Paths of the models in it, the newest first."""
    samples: list[str]


class NewWorkspace(Answer):
    """What a workspace is made of."""

    name: str
    source: str
    """A base model's path, or `owner/name` of one that was fetched from a hub."""
    v_parameterization: bool | None = None


class SavedParams(Answer):
    """Settings to be kept in a workspace."""

    values: Options
    loaded_from: str | None = None
    """The workspace that they were loaded from."""
    confirmed: bool = False
    """Whether those of another origin may take the place of this one's."""


class OldParams(Answer):
    """Settings of the DreamBooth extension: the text of a db_config.json."""

    text: Annotated[str, AfterValidator(whole_text)]


class TrainRequest(Answer):
    """A training of a workspace with the settings it keeps."""

    resume: str | None = None
    """Name of a snapshot, `last` for the farthest; not set: from the beginning."""
    more_epochs: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """Epochs beyond those that the snapshot has behind it."""
    overwrite: bool = False
    held: bool = False
