"""Forms, presets and the guided mode."""

from typing import Any, Literal

from mikazuki.web.answers.base import Answer, Language, Notice, Text
from mikazuki.web.answers.configs import Options


class Condition(Answer):
    """When a field is shown: the other option holds one of the values (or none of them, for `is_not`)."""

    option: str
    values: list[Any]
    is_not: bool = False


class Field(Answer):
    """One option as the form draws it."""

    name: str
    kind: Literal["bool", "int", "float", "text", "choice", "list", "size", "concepts"]
    """`list`: several texts; `size`: `512` or `512,768`; `concepts`: a JSON list of concepts, or the file of one."""
    nullable: bool
    """Whether it may be not set."""
    default: Any
    choices: list[Any] = []
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: bool = False
    exclusive_maximum: bool = False
    multiple_of: float | None = None
    suggestions: list[str] = []
    """Good values for a text that may be another as well, such as optimizer_type."""
    path: Literal["file", "folder", "model", "new"] | None = None
    """What kind of path it holds; `model`: a base model file or folder, `new`: a folder that may be made."""
    secret: bool = False
    multiline: bool = False
    text: Text
    """What it does, its range, what it costs and a good value."""
    when: list[Condition] = []
    """All must hold for it to be shown; one that is set is shown in any case."""
    basic: bool = False
    """Whether the short form shows it."""


class Section(Answer):
    """Fields that belong together."""

    name: str
    title: Text
    fields: list[Field]


class FormAnswer(Answer):
    """Everything needed to draw the form of one method on one family by one engine."""

    method: str
    family: str
    engine: str
    sections: list[Section]


class ConceptList(Answer):
    """The concepts of a file as they stand there, their paths as they can be opened from here."""

    values: list[dict[str, Any]]


class Choice(Answer):
    """One cell of method x family: which engines can, and why the others cannot."""

    method: str
    family: str
    engines: list[str]
    """Engines that know it, in the order of preference."""
    ready: list[str]
    """Those of them that can be used here now."""
    reason: str = ""
    """Why none is ready, and what to do."""


class ChoicesAnswer(Answer):
    """Every method and family there is."""

    methods: dict[str, Text]
    families: dict[str, Text]
    choices: list[Choice]


class Preset(Answer):
    """Settings that suit a purpose and a card."""

    name: str
    """File name without its ending."""
    title: Text
    why: Text
    method: str
    family: str
    memory: int | None
    """GPU memory that it is meant for, GB; None: any."""
    values: Options
    own: bool = False
    """Whether a person saved it here."""


class GuideRequest(Answer):
    """What a person says of their wish: the guided mode fills the form from it."""

    goal: Literal["character", "style", "concept"]
    method: Literal[
        "auto", "lora", "dreambooth", "fine_tune", "textual_inversion", "pivotal_tuning", "hypernetwork", "imagic"
    ] = "auto"
    """What shall come out; `auto` goes by what is there."""
    folder: str
    """Folder of pictures."""
    model: str
    """Base model: a file or a folder."""
    memory: int | None = None
    """GPU memory to plan for, bytes; None: what this machine has."""
    language: Language = "en"


class GuideValue(Answer):
    """One value that the guide chose, and why."""

    option: str
    value: Any
    why: Text


class GuideAnswer(Answer):
    """What the guide found and chose."""

    method: str
    family: str
    engine: str
    pictures: int
    captions: int
    values: list[GuideValue]
    warnings: list[Notice]
