"""Programs beside training: which there are, what a run would do, and what came of one."""

from mikazuki.web.answers.base import Answer, Notice, Problem, Text
from mikazuki.web.answers.configs import Options


class ProgramRow(Answer):
    """A program that can be started."""

    name: str
    title: Text
    does: Text
    chosen: list[str]
    """Options that are set by whoever starts it, and stand in no form."""


class ProgramValues(Answer):
    """Settings of a program; those that are missing hold their defaults."""

    values: Options


class ProgramStart(Answer):
    """A run to put into the queue: of these settings, or of a tagging going on where an earlier one ended."""

    values: Options = {}
    go_on: str | None = None
    """The job that it goes on with; its settings count then, and `values` are passed over."""
    gpus: list[str] = []
    not_before: float | None = None
    held: bool = False
    position: int | None = None
    """None: at the end; 0: next."""


class Written(Answer):
    """A file that would be written."""

    source: str
    target: str


class Finding(Answer):
    """Something to look at in pictures: a stable code, the pictures by path within the folder, and a sentence."""

    code: str
    pictures: list[str]
    text: str


class ProgramCheck(Answer):
    """What a run would do and what would stop it."""

    ok: bool
    problems: list[Problem] = []
    warnings: list[Notice] = []
    facts: dict[str, int | str | bool] = {}
    """What was found, by name: counts, names, yes or no."""
    written: list[Written] = []
    """The first files that would be written."""
    findings: list[Finding] = []
    """What looking at every picture found, where that was asked for."""
    folder: str = ""
    """The folder that the findings' pictures lie in."""


class TaggerFile(Answer):
    """A file that a tagger lacks."""

    address: str
    path: str


class TaggerRow(Answer):
    """A tagger or captioner that is known or here."""

    name: str
    kind: str
    here: bool
    folder: str
    missing: list[TaggerFile]
    """What to fetch by hand, and where to put it; empty where it is complete, or not at that place."""


class ProgramResult(Answer):
    """What came of a job."""

    numbers: dict[str, int | float | str | bool]
    """What its last word said, by name."""
    dry_run: bool
    """Whether it only showed what would change."""
    differences: int
    """Captions that would change."""
    can_undo: bool
    """Whether it changed files that can be given their old content back."""
    can_go_on: bool
    """Whether a new job can go on where this one ended."""


class CaptionChange(Answer):
    """A caption as it is, None where there is none, and as it would be."""

    picture: str
    before: str | None
    after: str


class CaptionChanges(Answer):
    """A part of the captions that would change."""

    rows: list[CaptionChange]
    total: int


class UndoAnswer(Answer):
    """What taking a run back came to."""

    restored: int
    removed: int
    left: list[str]
    """Files that somebody has changed since."""
