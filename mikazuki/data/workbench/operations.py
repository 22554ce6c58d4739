"""What can be done to captions in bulk: each operation is a small record of its parameters."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
SomeTags = Annotated[list[Tag], Field(min_length=1, max_length=500)]
Pattern = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class _Operation(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Add(_Operation):
    """Add tags; those that a caption has already stay where they are."""

    kind: Literal["add"]
    tags: SomeTags
    where: Literal["front", "back", "at"] = "back"
    position: Annotated[int, Field(ge=0, le=10_000)] = 0
    """With `at`: how many tags, or words of free text, stay before the new ones."""


class Remove(_Operation):
    """Remove tags, case ignored; in free text, phrases that stand as whole words."""

    kind: Literal["remove"]
    tags: SomeTags


class Replace(_Operation):
    """Replace text, or whole tags only."""

    kind: Literal["replace"]
    find: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    by: Annotated[str, StringConstraints(max_length=1000)] = ""
    whole_tags: bool = False
    match_case: bool = False


class ReplacePattern(_Operation):
    r"""Replace what a regular expression finds in the whole caption; `\1` stands for its first group."""

    kind: Literal["replace_pattern"]
    pattern: Pattern
    by: Annotated[str, StringConstraints(max_length=1000)] = ""
    match_case: bool = False


class MoveFirst(_Operation):
    """Move tags to the front, in this order, where a caption has them."""

    kind: Literal["move_first"]
    tags: SomeTags


class Trigger(_Operation):
    """Put a trigger word first, adding it where it is missing."""

    kind: Literal["trigger"]
    word: Tag


class Sort(_Operation):
    """Sort tags by how often the data set has them, the most frequent first, or by alphabet; or turn them round."""

    kind: Literal["sort"]
    by: Literal["frequency", "alphabet", "reverse"] = "frequency"
    keep_first: Annotated[int, Field(ge=0, le=100)] = 0
    """Tags at the front that keep their place."""


class Deduplicate(_Operation):
    """Keep the first of equal tags, case and underscores ignored."""

    kind: Literal["deduplicate"]


class Trim(_Operation):
    """Cut blanks around tags, empty tags and empty lines, and make one blank of several."""

    kind: Literal["trim"]


class Underscores(_Operation):
    """Turn underscores into blanks or blanks into underscores, but not in tags without a letter, such as ^_^."""

    kind: Literal["underscores"]
    to: Literal["spaces", "underscores"] = "spaces"


class Case(_Operation):
    """Change the case: all lower, all upper, or a capital at the beginning of each tag."""

    kind: Literal["case"]
    to: Literal["lower", "upper", "first"] = "lower"


class SetText(_Operation):
    """Replace the whole caption; empty text leaves an empty caption file."""

    kind: Literal["set"]
    text: Annotated[str, StringConstraints(max_length=100_000)]


class Delete(_Operation):
    """Remove the caption files themselves."""

    kind: Literal["delete"]


Operation = Annotated[
    Add
    | Remove
    | Replace
    | ReplacePattern
    | MoveFirst
    | Trigger
    | Sort
    | Deduplicate
    | Trim
    | Underscores
    | Case
    | SetText
    | Delete,
    Field(discriminator="kind"),
]
