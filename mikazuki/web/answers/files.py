"""Files, data sets and models."""

from typing import Annotated, Any, Literal

from pydantic import Field

from mikazuki.web.answers.base import Answer, Done


class Entry(Answer):
    """A file or folder in a listing."""

    name: str
    path: str
    is_folder: bool
    bytes: int
    modified: float
    pictures: int | None = None
    """Pictures directly in a folder, counted to 1000."""


class Listing(Answer):
    """What is in a folder."""

    path: str
    parent: str | None
    entries: list[Entry]
    more: int
    """Entries that were left out, beyond 5000."""


class NewFolder(Answer):
    """A folder to make."""

    path: str


class DatasetFolder(Answer):
    """A folder of pictures in a data set, and how its name reads to a trainer."""

    name: str
    path: str
    repeats: int
    words: str
    """What stands behind the number: identifier and class."""
    pictures: int
    captions: int


class Dataset(Answer):
    """A folder below train/."""

    name: str
    path: str
    pictures: int
    captions: int
    bytes: int
    modified: float
    folders: list[DatasetFolder]
    preview: list[str]
    """Paths of up to four pictures."""


class PictureRow(Answer):
    """A picture and its caption."""

    name: str
    path: str
    url: str
    thumbnail: str
    bytes: int
    modified: float
    caption: str | None
    caption_path: str
    """Where the caption is or would be."""
    caption_modified: float | None
    encoding: str = ""
    """What the caption's bytes seem to be where they are not UTF-8: no trainer reads those."""


class PictureQuery(Answer):
    """Which pictures of a folder to list, and which part of that list."""

    path: str
    start: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 200
    text: str = ""
    """Words that name or caption must hold, case ignored."""
    recursive: bool = True
    captions: Literal["all", "with", "without"] = "all"


class PicturePage(Answer):
    """A part of a folder's pictures in the order of their names."""

    total: int
    start: int
    pictures: list[PictureRow]


class CaptionEdit(Answer):
    """A caption to write; empty text with `remove` takes the file away."""

    picture: str
    text: str
    remove: bool = False
    seen: float | None = None
    """`caption_modified` as it was read: 409 where the file has changed since. None: there was none."""


class CaptionMade(Answer):
    """A caption that was written."""

    caption: str | None
    caption_modified: float | None


class NewDataset(Answer):
    """A data set to make below train/."""

    name: str
    repeats: int = 1
    words: str = ""


class Skipped(Answer):
    """An uploaded file that was not taken, and why."""

    name: str
    reason: str
    code: str = ""
    """A stable name of the reason: `outside`, `junk`, `name`, `exists`, `kind`, `format`, `too-large`, `corrupt`,
    `zip`, `too-many`, `bomb`, `link`, `encrypted`, `nested`."""


class UploadAnswer(Answer):
    """What came of an upload."""

    added: list[str]
    skipped: list[Skipped]


class ModelRow(Answer):
    """A base model or an adapter on disk."""

    path: str
    name: str
    kind: str
    """`base`, `lora`, `lycoris`, `embedding`, `hypernetwork`, `vae`, `unknown`."""
    family: str
    bytes: int
    modified: float
    rank: int | None = None
    layout: str = ""
    preview: str | None = None
    job: str | None = None
    problem: str = ""
    """Why it cannot be read."""


class ModelsAnswer(Answer):
    """Models under the allowed roots."""

    models: list[ModelRow]


class ModelDetail(Answer):
    """A model with what its file says of itself."""

    row: ModelRow
    metadata: dict[str, str]
    recipe: dict[str, Any]
    """Settings that made it, as far as its metadata tells them; for `run the recipe again`."""
    tags: list[tuple[str, int]]
    """The commonest 100 tags of its training captions."""
    pictures: int | None
    samples: list[str]
    sha256: str | None
    trigger: str


class Rename(Answer):
    """A new name for a file, without folder; its ending stays."""

    path: str
    name: str


class PathRequest(Answer):
    """A path to act upon."""

    path: str


class Binned(Done):
    """Says that something lies in the bin now."""

    ids: list[str]
    """Ids by which its files come back: /api/bin/{id}/restore."""


class TensorBoardState(Answer):
    """TensorBoard as the studio runs it."""

    running: bool
    url: str
    """Path of the proxy, below the studio's own prefix."""
    jobs: list[str]
    problem: str = ""


class TensorBoardRequest(Answer):
    """Which jobs' curves to show; empty: all."""

    jobs: list[str] = []
