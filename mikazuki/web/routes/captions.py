"""The caption workbench: a data set's captions in a draft, its queries and operations, Save and its history."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query

from mikazuki.web.answers.captions import (
    BucketCount,
    BucketsRequest,
    CaptionConflict,
    CaptionEdited,
    CaptionsRequest,
    CaptionsRestored,
    CaptionsSaved,
    CaptionState,
    CaptionTextRequest,
    Changed,
    OperationPreview,
    OperationRequest,
    ResolveRequest,
    RestoreRequest,
    RowsPage,
    RowsRequest,
    SaveInHistory,
    SuggestQuery,
    TagCounts,
    TagListFile,
    TagsRequest,
    TagSuggestion,
)
from mikazuki.web.later import Later
from mikazuki.web.studio import StudioDep

if TYPE_CHECKING:
    from mikazuki.web import workbench_answers as answers
else:
    answers = Later("mikazuki.web.workbench_answers")

router = APIRouter(prefix="/api/datasets/captions", tags=["captions"])


@router.get("")
def state(path: str, studio: StudioDep) -> CaptionState:
    """Say where the draft of a folder's captions stands; nothing is written."""
    return answers.state(studio, path)


@router.post("/rows")
def rows(asked: RowsRequest, studio: StudioDep) -> RowsPage:
    """Return captions as they are in the draft: those that a query finds."""
    return answers.rows(studio, asked)


@router.post("/tags")
def tags(asked: TagsRequest, studio: StudioDep) -> TagCounts:
    """Count the tags of the captions that a query finds, or those that stand beside a tag."""
    return answers.tag_counts(studio, asked)


@router.post("/buckets")
def buckets(asked: BucketsRequest, studio: StudioDep) -> list[BucketCount]:
    """Count the buckets of the pictures that a query finds."""
    return answers.buckets(studio, asked)


@router.get("/conflicts")
def conflicts(path: str, studio: StudioDep) -> list[CaptionConflict]:
    """Return captions that were changed in the draft and in their files."""
    return answers.conflicts(studio, path)


@router.get("/history")
def history(path: str, studio: StudioDep) -> list[SaveInHistory]:
    """Return the Saves that can be given back, the newest first."""
    return answers.history(studio, path)


@router.get("/suggest")
def suggest(asked: Annotated[SuggestQuery, Query()], studio: StudioDep) -> list[TagSuggestion]:
    """Suggest tags for what was typed."""
    return answers.suggestions(studio, asked)


@router.get("/lists")
def lists(studio: StudioDep) -> list[TagListFile]:
    """Return the lists of tags that lie in the folder for them."""
    return answers.lists(studio)


@router.post("/preview")
def preview(asked: OperationRequest, studio: StudioDep) -> OperationPreview:
    """Return what an operation would change; nothing is changed."""
    return answers.preview(studio, asked)


@router.post("/apply")
def apply(asked: OperationRequest, studio: StudioDep) -> Changed:
    """Carry an operation out in the draft; files are written by a Save alone."""
    return answers.applied(studio, asked)


@router.put("/text")
def edit(asked: CaptionTextRequest, studio: StudioDep) -> CaptionEdited:
    """Change one caption of the draft; 409 where it is not what the person saw."""
    return answers.edited(studio, asked)


@router.post("/undo")
def undo(asked: CaptionsRequest, studio: StudioDep) -> Changed:
    """Take the last step back."""
    return answers.turned(studio, asked.path, back=True)


@router.post("/redo")
def redo(asked: CaptionsRequest, studio: StudioDep) -> Changed:
    """Do a step again that was taken back."""
    return answers.turned(studio, asked.path, back=False)


@router.post("/discard")
def discard(asked: CaptionsRequest, studio: StudioDep) -> Changed:
    """Let all captions be as their files are; this can be undone."""
    return answers.discarded(studio, asked.path)


@router.post("/save")
def save(asked: CaptionsRequest, studio: StudioDep) -> CaptionsSaved:
    """Write what was changed into the caption files, but nothing over somebody else's change."""
    return answers.saved(studio, asked.path)


@router.post("/resolve")
def resolve(asked: ResolveRequest, studio: StudioDep) -> Changed:
    """Keep one side of conflicts."""
    return answers.resolved(studio, asked)


@router.post("/restore")
def restore(asked: RestoreRequest, studio: StudioDep) -> CaptionsRestored:
    """Give a Save back; what was changed since is left alone."""
    return answers.restored(studio, asked)
