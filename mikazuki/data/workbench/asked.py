"""What a person asks of captions: which of them, and in which order."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mikazuki.data.workbench.operations import Pattern, Tag

Count = Annotated[int, Field(ge=0, le=1_000_000)]
Caption = Literal["any", "missing", "empty", "written"]
Order = Literal["name", "tags", "characters", "tokens"]


class Query(BaseModel):
    """Which captions are looked for: all that is given must hold. Lengths are inclusive."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    all_tags: list[Tag] = []
    """Tags that a caption must have, case and underscores ignored."""
    any_tags: list[Tag] = []
    """Tags of which it must have one."""
    no_tags: list[Tag] = []
    """Tags that it must not have."""
    text: Annotated[str, Field(max_length=500)] = ""
    """Words that name or caption must hold, case ignored."""
    pattern: Pattern | None = None
    """A regular expression that is found in the caption, case ignored."""
    caption: Caption = "any"
    """`missing`: no file; `empty`: a file without a word; `written`: neither."""
    least_tags: Count | None = None
    most_tags: Count | None = None
    least_characters: Count | None = None
    most_characters: Count | None = None
    least_tokens: Count | None = None
    most_tokens: Count | None = None
    folder: str | None = None
    """A folder inside, by its path below the data set; empty: the data set itself, without folders inside."""
    bucket: Annotated[str, Field(pattern=r"^\d+x\d+$")] | None = None
    """A training's bucket, such as 512x768."""
    resolution: Annotated[int, Field(ge=64, le=4096)] = 512
    """The resolution that buckets are those of."""
    changed: bool = False
    """Only captions that differ from their files."""


class Selection(BaseModel):
    """Captions to change: those of named pictures, those that a query finds, or all."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    names: list[str] | None = None
    query: Query | None = None
