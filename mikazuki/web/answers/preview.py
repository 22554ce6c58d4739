"""What a training will see, as the studio answers it."""

from typing import Annotated, Final, Literal

from pydantic import Field

from mikazuki.web.answers.base import Answer, Notice, Problem
from mikazuki.web.answers.configs import Values


class PreviewRequest(Values):
    """Settings, and which batches of which epoch of them."""

    epoch: Annotated[int, Field(ge=1)] = 1
    start: Annotated[int, Field(ge=0)] = 0
    """Batches left out before, of those of the size asked for."""
    limit: Annotated[int, Field(ge=1, le=50)] = 8
    """Batches."""
    bucket: tuple[int, int] | None = None
    """Width and height; None: all sizes."""
    fresh: bool = True
    """Whether pictures and captions are looked at anew; off to turn pages."""


_NUMBER: Final = r"-?\d{1,7}(\.\d{1,6})?"
_PAIR: Final = r"^\d{1,6},\d{1,6}$"
_FOUR: Final = rf"^{_NUMBER}(,{_NUMBER}){{3}}$"


class CropQuery(Answer):
    """Which part of which picture, and how it is changed, as the addresses of a preview have it."""

    path: str
    size: Annotated[str, Field(pattern=_PAIR)]
    """Width and height of the picture."""
    crop: Annotated[str, Field(pattern=_FOUR)]
    """Left, top, right, bottom in its pixels."""
    bucket: Annotated[str, Field(pattern=_PAIR)]
    """Width and height that it is trained at."""
    flip: bool = False
    hue: Annotated[float, Field(ge=-360, le=360)] = 0.0
    gamma: Annotated[float, Field(ge=0.1, le=10)] = 1.0
    mask: str = ""
    """A picture of its mask."""
    clear: bool = False
    """Whether its own transparency is its mask."""
    v: str = ""
    """Its version: an address with one may be kept for good."""


class PreviewPicture(Answer):
    """One showing of a picture."""

    picture: str
    url: str
    """Address of the crop as it is trained on, small; empty for a class picture that is still to be drawn."""
    caption: str
    before: str
    """What it was told first in the epoch before; in the first epoch its caption without anything random."""
    tokens: int
    size: tuple[int, int]
    bucket: tuple[int, int]
    crop: tuple[float, float, float, float]
    """Left, top, right, bottom in pixels of the original, before mirroring."""
    flip: bool
    hue: float
    """Degrees that colours are turned by."""
    gamma: float
    is_class: bool
    """Whether it is a regularisation or class picture."""
    missing: bool
    weight: float
    """How much its loss counts."""
    mask: Literal["picture", "transparency"] | None


class PreviewBatch(Answer):
    """One batch: its number in the epoch, its optimizer step, both from 1, and the rates of that step by part."""

    batch: int
    step: int
    rates: dict[str, float]
    pictures: list[PreviewPicture]


class PreviewBucket(Answer):
    """A size in an epoch: pictures shown and batches."""

    size: tuple[int, int]
    shown: int
    batches: int


class PreviewEpoch(Answer):
    """An epoch in numbers, as far as the training gets in it."""

    epoch: int
    first_step: int
    steps: int
    batches: int
    buckets: list[PreviewBucket]
    subject: int
    """How often it shows pictures of the subject."""
    classes: int
    """How often it shows regularisation or class pictures."""
    class_weight: float
    class_share: float
    """What class pictures make up of the loss, 0 to 1."""
    missing: int
    """Showings of class pictures that are drawn only before the training."""


class PreviewRates(Answer):
    """The learning rates by part along the training: no steps where nobody can tell."""

    steps: list[int]
    rates: dict[str, list[float]]
    why: Literal["", "own", "loss", "class", "blocks", "weights"]
    """Why there is no curve, or what it leaves out."""
    words: str


class Preview(Answer):
    """What one epoch shows."""

    seed: int
    max_train_epochs: int
    max_train_steps: int
    notes: list[Notice]
    rates: PreviewRates
    epoch: PreviewEpoch
    start: int
    total: int
    """Batches there are, of the size asked for."""
    batches: list[PreviewBatch]


class PreviewAnswer(Answer):
    """What a training will see, or why that cannot be told."""

    problems: list[Problem]
    preview: Preview | None = None
