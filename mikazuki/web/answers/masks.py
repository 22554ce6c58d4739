"""What the routes of masks take and answer."""

from typing import Annotated

from pydantic import Field

from mikazuki.settings.masking import MOST_GROWN
from mikazuki.web.answers.base import Answer, Notice


class MaskQuery(Answer):
    """Names a picture of a data set."""

    dataset: str
    """The data set's folder."""
    picture: str


class LayerQuery(MaskQuery):
    """A picture, and which of the things that can be painted on."""

    kind: str = "mask"
    """`mask`, `alpha`, or a former version's name."""


class SeenMask(MaskQuery):
    """A picture, and its mask as it was when it was read: nothing is written over another one."""

    seen: float | None = None
    """`MaskSheet.modified`; not given: there was none."""


class MaskGuess(MaskQuery):
    """Asks a model for the mask of a picture."""

    model: Annotated[str, Field(min_length=1, max_length=255)]
    threshold: Annotated[float, Field(ge=0, le=1)] | None = None
    grow: Annotated[int, Field(ge=-MOST_GROWN, le=MOST_GROWN)] = 0
    soften: Annotated[float, Field(ge=0, le=256)] = 0.0
    invert: bool = False


class FormerMask(Answer):
    """A version of the mask that was replaced or removed."""

    version: str
    replaced: float
    """Unix seconds."""


class MaskSheet(Answer):
    """A picture, its mask, and what goes with them."""

    picture: str
    """The picture's path."""
    name: str
    """Its path within the data set."""
    url: str
    """Its address, relative to the studio's root."""
    width: int
    height: int
    working_width: int
    """The mask is painted at this size; it is enlarged when it is saved."""
    working_height: int
    transparent: bool
    place: str
    """Where its mask lies, or would be written."""
    modified: float | None
    """When the mask was written, unix seconds; null where there is none."""
    remarks: list[Notice]
    """What is odd about the mask that is there."""
    former: list[FormerMask]
    folder: str
    """What a training needs as conditioning_data_dir."""
    pictures: int
    """Pictures of the data set."""
    masked: int
    """Those that have a mask."""
    before: str | None
    """The picture before this one, null at the first."""
    after: str | None
    models: list[str]
    """Models that are there, by name."""
    models_dir: str
    """The folder that models for masks are put into."""
