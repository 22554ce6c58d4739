"""The caption workbench: a data set's captions in a draft, its queries and operations, Save and its history."""

from typing import Annotated

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
from mikazuki.web.studio import StudioDep

# What does the work is imported when a request first needs it: the studio must answer at once.

router = APIRouter(prefix="/api/datasets/captions", tags=["captions"])


@router.get("")
def state(path: str, studio: StudioDep) -> CaptionState:
    """Say where the draft of a folder's captions stands; nothing is written."""
    from mikazuki.web import workbench_answers

    return workbench_answers.state(studio, path)


@router.post("/rows")
def rows(asked: RowsRequest, studio: StudioDep) -> RowsPage:
    """Return captions as they are in the draft: those that a query finds."""
    from mikazuki.web import workbench_answers

    return workbench_answers.rows(studio, asked)


@router.post("/tags")
def tags(asked: TagsRequest, studio: StudioDep) -> TagCounts:
    """Count the tags of the captions that a query finds, or those that stand beside a tag."""
    from mikazuki.web import workbench_answers

    return workbench_answers.tag_counts(studio, asked)


@router.post("/buckets")
def buckets(asked: BucketsRequest, studio: StudioDep) -> list[BucketCount]:
    """Count the buckets of the pictures that a query finds."""
    from mikazuki.web import workbench_answers

    return workbench_answers.buckets(studio, asked)


@router.get("/conflicts")
def conflicts(path: str, studio: StudioDep) -> list[CaptionConflict]:
    """Return captions that were changed in the draft and in their files."""
    from mikazuki.web import workbench_answers

    return workbench_answers.conflicts(studio, path)


@router.get("/history")
def history(path: str, studio: StudioDep) -> list[SaveInHistory]:
    """Return the Saves that can be given back, the newest first."""
    from mikazuki.web import workbench_answers

    return workbench_answers.history(studio, path)


@router.get("/suggest")
def suggest(asked: Annotated[SuggestQuery, Query()], studio: StudioDep) -> list[TagSuggestion]:
    """Suggest tags for what was typed."""
    from mikazuki.web import workbench_answers

    return workbench_answers.suggestions(studio, asked)


@router.get("/lists")
def lists(studio: StudioDep) -> list[TagListFile]:
    """Return the lists of tags that lie in the folder for them."""
    from mikazuki.web import workbench_answers

    return workbench_answers.lists(studio)


@router.post("/preview")
def preview(asked: OperationRequest, studio: StudioDep) -> OperationPreview:
    """Return what an operation would change; nothing is changed."""
    from mikazuki.web import workbench_answers

    return workbench_answers.preview(studio, asked)


@router.post("/apply")
def apply(asked: OperationRequest, studio: StudioDep) -> Changed:
    """Carry an operation out in the draft; files are written by a Save alone."""
    from mikazuki.web import workbench_answers

    return workbench_answers.applied(studio, asked)


@router.put("/text")
def edit(asked: CaptionTextRequest, studio: StudioDep) -> CaptionEdited:
    """Change one caption of the draft; 409 where it is not what the person saw."""
    from mikazuki.web import workbench_answers

    return workbench_answers.edited(studio, asked)


@router.post("/undo")
def undo(asked: CaptionsRequest, studio: StudioDep) -> Changed:
    """Take the last step back."""
    from mikazuki.web import workbench_answers

    return workbench_answers.turned(studio, asked.path, back=True)


@router.post("/redo")
def redo(asked: CaptionsRequest, studio: StudioDep) -> Changed:
    """Do a step again that was taken back."""
    from mikazuki.web import workbench_answers

    return workbench_answers.turned(studio, asked.path, back=False)


@router.post("/discard")
def discard(asked: CaptionsRequest, studio: StudioDep) -> Changed:
    """Let all captions be as their files are; this can be undone."""
    from mikazuki.web import workbench_answers

    return workbench_answers.discarded(studio, asked.path)


@router.post("/save")
def save(asked: CaptionsRequest, studio: StudioDep) -> CaptionsSaved:
    """Write what was changed into the caption files, but nothing over somebody else's change."""
    from mikazuki.web import workbench_answers

    return workbench_answers.saved(studio, asked.path)


@router.post("/resolve")
def resolve(asked: ResolveRequest, studio: StudioDep) -> Changed:
    """Keep one side of conflicts."""
    from mikazuki.web import workbench_answers

    return workbench_answers.resolved(studio, asked)


@router.post("/restore")
def restore(asked: RestoreRequest, studio: StudioDep) -> CaptionsRestored:
    """Give a Save back; what was changed since is left alone."""
    from mikazuki.web import workbench_answers

    return workbench_answers.restored(studio, asked)
