"""What the routes of the caption workbench take and give."""

from typing import Annotated, Any, Literal

from pydantic import Field

from mikazuki.data.workbench.asked import Order, Query, Selection
from mikazuki.data.workbench.operations import Operation
from mikazuki.web.answers.base import Answer

Separator = Annotated[str, Field(max_length=8)]
Caption = Annotated[str, Field(max_length=100_000)]
Start = Annotated[int, Field(ge=0)]
Limit = Annotated[int, Field(ge=1, le=1000)]


class CaptionStep(Answer):
    """A step that can be undone or done again: the operation with its parameters, and how many captions it changes."""

    kind: str
    what: dict[str, Any]
    captions: int


class CaptionState(Answer):
    """Where the draft of a data set's captions stands."""

    path: str
    revision: int
    """Grows with every step."""
    pictures: int
    captions: int
    """Caption files."""
    changed: int
    """Captions that a Save would write."""
    conflicts: int
    """Those of them whose files somebody else has written meanwhile."""
    unreadable: int
    undo: CaptionStep | None
    redo: CaptionStep | None
    separator: Separator
    """What seems to stand between tags; empty: captions are sentences."""
    folders: list[str]
    """Folders inside that hold pictures."""


class CaptionsRequest(Answer):
    """A data set's folder."""

    path: str


class RowsRequest(CaptionsRequest):
    """Which captions to list, in which order, and which part of that list."""

    query: Query = Query()
    separator: Separator = ","
    order: Order = "name"
    descending: bool = False
    start: Start = 0
    limit: Limit = 200


class DraftCaption(Answer):
    """A picture with its caption as it is in the draft."""

    name: str
    path: str
    thumbnail: str
    caption: str | None
    """None: there is no file, and none will be made."""
    saved: str | None
    """The caption as its file holds it."""
    changed: bool
    conflict: bool
    encoding: str
    """What the file's bytes seem to be where they are not UTF-8."""
    problem: str
    """Why the caption cannot be read, and is left alone."""
    tags: list[str]
    tokens: int
    """CLIP's tokens, start and end not counted."""


class RowsPage(Answer):
    """A part of the captions that a query finds."""

    total: int
    start: int
    revision: int
    rows: list[DraftCaption]


class TagsRequest(CaptionsRequest):
    """Tags of the captions that a query finds; `beside`: only of those that have this tag too."""

    query: Query = Query()
    separator: Separator = ","
    beside: str = ""
    limit: Annotated[int, Field(ge=1, le=20_000)] = 500


class TagCount(Answer):
    """A tag and in how many captions it stands."""

    tag: str
    count: int


class TagCounts(Answer):
    """The most frequent tags, how many different ones there are, and how many captions were looked at."""

    captions: int
    different: int
    tags: list[TagCount]


class BucketsRequest(CaptionsRequest):
    """Into which buckets pictures go at a resolution."""

    query: Query = Query()
    separator: Separator = ","


class BucketCount(Answer):
    """A bucket, such as 512x768, and how many pictures go into it."""

    bucket: str
    count: int


class OperationRequest(CaptionsRequest):
    """An operation on captions; `revision` as the preview told it: 409 where the draft is another one by now."""

    selection: Selection = Selection()
    operation: Operation
    separator: Separator = ","
    revision: int | None = None
    start: Start = 0
    limit: Limit = 100


class CaptionDifference(Answer):
    """A caption before and after; None: no file."""

    name: str
    thumbnail: str
    old: str | None
    new: str | None


class OperationPreview(Answer):
    """What an operation would change, and a part of its differences."""

    revision: int
    asked: int
    """Captions that it was asked of."""
    changed: int
    made: int
    """Captions among them that had no file."""
    removed: int
    start: int
    differences: list[CaptionDifference]


class CaptionTextRequest(CaptionsRequest):
    """One caption for the draft; `seen` as the person saw it: 409 where it is another one by now. None: no file."""

    name: str
    text: Caption | None
    seen: Caption | None
    separator: Separator = ","


class Changed(Answer):
    """A change of the draft: how many captions, and where the draft stands now."""

    captions: int
    state: CaptionState


class CaptionEdited(Answer):
    """One caption of the draft after it was changed, and where the draft stands now."""

    row: DraftCaption
    state: CaptionState


class NotSaved(Answer):
    """A caption that was not written, and why."""

    name: str
    code: str
    message: str


class CaptionsSaved(Answer):
    """What a Save came to; `id` names it in the history."""

    id: str
    written: int
    conflicts: int
    """Captions left alone because their files were changed meanwhile."""
    failed: list[NotSaved]
    state: CaptionState


class CaptionConflict(Answer):
    """A caption as it was when it was changed first, as it is in the draft, and as its file is now."""

    name: str
    thumbnail: str
    base: str | None
    mine: str | None
    theirs: str | None


class ResolveRequest(CaptionsRequest):
    """Whose captions to keep in a conflict; without names: in all of them."""

    keep: Literal["mine", "theirs"]
    names: list[str] | None = None


class SaveInHistory(Answer):
    """A Save that can be given back; `of`: the save that this one gave back."""

    id: str
    time: float
    kind: Literal["save", "restore"]
    files: int
    of: str


class RestoreRequest(CaptionsRequest):
    """A Save to give back."""

    id: str


class CaptionsRestored(Answer):
    """What giving a Save back came to; `left`: files that were changed since, and left alone."""

    files: int
    left: list[str]
    state: CaptionState


class SuggestQuery(Answer):
    """What was typed of a tag, and the list to look into beside the data set's own tags."""

    path: str
    text: str = ""
    separator: Separator = ","
    list: str = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 12


class TagSuggestion(Answer):
    """A tag, in how many captions of the set it stands, and how often the list has it."""

    tag: str
    own: int
    listed: int


class TagListFile(Answer):
    """A list of tags in the folder for them."""

    name: str
    path: str
