"""What several routes answer with."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["en", "zh-CN"]


class Answer(BaseModel):
    """Base of all answers: frozen, unknown keys forbidden."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Text(Answer):
    """One text in both languages."""

    en: str
    zh: str


class Problem(Answer):
    """A refusal: what is wrong and where, then what to do."""

    code: str
    message: str
    hint: str = ""


class Failure(Answer):
    """The body of every answer with status 4xx or 5xx."""

    errors: list[Problem]


class Notice(Answer):
    """A warning that stops nothing."""

    code: str
    text: str


class Done(Answer):
    """Says that a change was made."""

    ok: Literal[True] = True
