"""Settings as values, as files, and as a check sees them."""

import json
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator

from mikazuki.web.answers.base import Answer, Notice, Problem

Held = TypeVar("Held")


def whole_text(values: Held) -> Held:
    """Refuse halves of characters, which JSON lets through and no file can hold; raises ValueError."""
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("a text in it holds half a character") from None
    return values


Options = Annotated[dict[str, Any], AfterValidator(whole_text)]
"""Option -> value, as a form sends them."""


class Values(Answer):
    """Settings as the form holds them: only what differs from the defaults need be there.

    `method`, `model_type` and `engine` are among them where they are not `lora`, `auto` and `auto`.
    """

    values: Options


class TomlText(Answer):
    """A settings file's text."""

    text: Annotated[str, AfterValidator(whole_text)]
    name: str = ""
    """The file's name: its ending tells JSON from TOML."""


class TomlAnswer(Answer):
    """Settings as a file, and what differs from a preset or from the defaults."""

    text: str
    changed: list[str]
    """Options that differ from their defaults, in the form's order."""


class ParsedAnswer(Answer):
    """What a settings file holds, whichever program it was made for."""

    origin: str
    """`mikazuki`, `lora-scripts`, `kohya_ss`, `sd-scripts`."""
    method: str
    family: str
    engine: str
    values: dict[str, Any]
    notes: list[str]
    """What was renamed or left out, and why."""
    problems: list[Problem]


class BucketRow(Answer):
    """Pictures of one size: width and height in pixels, how many, how often shown an epoch."""

    resolution: tuple[int, int]
    pictures: int
    shown: int


class SubsetRow(Answer):
    """One folder of pictures."""

    folder: str
    is_reg: bool
    pictures: int
    repeats: int


class CaptionRow(Answer):
    """A picture and the caption that it is trained with."""

    picture: str
    caption: str | None


class EstimateAnswer(Answer):
    """Expected amounts; bytes. Memory is a rule of thumb."""

    parameters: int
    checkpoint: int
    checkpoints: int
    state: int
    states: int
    memory: int
    disk: int


class ModelBrief(Answer):
    """The base model as read off its header."""

    path: str
    layout: str
    family: str
    prediction_type: str
    bytes: int


class ConceptRow(Answer):
    """A concept: its pictures, pictures of its class there and wanted, and its limit in pictures and epochs."""

    folder: str
    instance_token: str
    class_token: str
    pictures: int
    class_there: int
    class_wanted: int
    limit: int | None
    epochs: int | None


class PromptRow(Answer):
    """A prompt that is drawn on the way; ``sanity`` tells the one that shows what the base model forgets."""

    text: str
    negative_prompt: str
    size: list[int]
    seed: int | None
    sanity: bool


class CheckAnswer(Answer):
    """What a training would do, and what would stop it."""

    ok: bool
    problems: list[Problem]
    warnings: list[Notice]
    engine: str | None = None
    model: ModelBrief | None = None
    totals: dict[str, float] = {}
    """pictures, steps, epochs, steps_per_epoch and so on; see the keys of `check --json`."""
    subsets: list[SubsetRow] = []
    buckets: list[BucketRow] = []
    captions: list[CaptionRow] = []
    """The first 100."""
    concepts: list[ConceptRow] = []
    prompts: list[PromptRow] = []
    estimate: EstimateAnswer | None = None
    seconds: float | None = None
    """How long such a training took before, scaled; None: unknown."""
    lines: list[str] = []
    """The summary as the command line prints it."""


class CommandAnswer(Answer):
    """What would be started, and the files that would be written for it."""

    argv: list[str]
    shell: str
    environment: dict[str, str]
    files: dict[str, str]


class SavedConfig(Answer):
    """A configuration kept on the server."""

    name: str
    modified: float
    method: str
    family: str
    output_name: str
