"""Measurements of a training's memory."""

from typing import Any, Literal

from mikazuki.web.answers.base import Answer, Language, Notice, Problem, Text
from mikazuki.web.answers.configs import Options


class ProbeRequest(Answer):
    """A training to measure."""

    values: Options
    """Option -> value, as the form has them."""
    memory: int | None = None
    """GPU memory to pretend, bytes; None: what is free."""
    language: Language = "en"
    """Language of the warnings."""


class ProbeMade(Answer):
    """The id of a measurement that was begun."""

    id: str


class ProbeLine(Answer):
    """A way to train that was tried or left out, and why."""

    verdict: Literal["fits", "too-large", "out-of-memory", "skipped", "not-possible"]
    why: Text


class ProbeAnswer(Answer):
    """How far a measurement is, and what it found."""

    state: Literal["running", "done", "stopped", "failed"]
    lines: list[ProbeLine]
    """What was decided so far."""
    fits: bool = False
    """Whether a way fits; when done."""
    changes: dict[str, Any]
    """Option -> value to change."""
    warnings: list[Notice]
    problems: list[Problem]
    """What kept it from being measured; when failed."""
