"""Settings: checked, written as TOML, read from files of any origin, kept on the server."""

from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter

from mikazuki.web.answers.base import Done
from mikazuki.web.answers.configs import (
    CheckAnswer,
    CommandAnswer,
    ParsedAnswer,
    SavedConfig,
    TomlAnswer,
    TomlText,
    Values,
)
from mikazuki.web.answers.jobs import Difference
from mikazuki.web.envelope import as_problems
from mikazuki.web.studio import Studio, StudioDep

# What does the work is imported when a request first needs it: the studio must answer at once.

if TYPE_CHECKING:
    from mikazuki.preparing.config_files import Parsed
    from mikazuki.preparing.shelf import Kept, Shelf

router = APIRouter(prefix="/api/configs", tags=["configs"])

LONGEST_WAIT: Final = 20.0
"""Seconds after which a check no longer waits for the one before it."""

_ONE_AT_A_TIME: Final = Lock()
"""Held by the check under way: several over thousands of pictures would only slow one another, and the studio."""


@router.post("/check")
def check(wanted: Values, studio: StudioDep, *, thorough: bool = False) -> CheckAnswer:
    """Say what a training would do and what would stop it; problems are an answer here, no failure.

    `thorough` decodes every picture to find broken ones, which takes a minute for thousands.
    """
    from mikazuki.preparing import configs

    refused = configs.outside(wanted.values, studio.allowed)
    if refused:
        return CheckAnswer(ok=False, problems=as_problems(refused), warnings=[])
    alone = _ONE_AT_A_TIME.acquire(timeout=LONGEST_WAIT)
    try:
        found: dict[str, Any] = configs.check(wanted.values, verify=thorough)
    finally:
        if alone:
            _ONE_AT_A_TIME.release()
    return CheckAnswer.model_validate(found)


@router.post("/toml")
def to_toml(wanted: Values) -> TomlAnswer:
    """Write settings as a file; unfinished and wrong values are written as they are, secrets are left out."""
    from mikazuki.preparing import config_files

    return TomlAnswer(text=config_files.as_toml(wanted.values), changed=config_files.changed(wanted.values))


@router.post("/parse")
def parse(file: TomlText) -> ParsedAnswer:
    """Read a settings file of ours, of lora-scripts, kohya_ss or sd-scripts."""
    from mikazuki.preparing import config_files

    return parsed_answer(config_files.parse_text(file.text, file.name))


def parsed_answer(found: "Parsed") -> ParsedAnswer:
    """Return settings that were read."""
    return ParsedAnswer(
        origin=found.origin,
        method=found.method,
        family=found.family,
        engine=found.engine,
        values=found.values,
        notes=list(found.notes),
        problems=as_problems(found.problems),
    )


@router.post("/command")
def command(wanted: Values, studio: StudioDep) -> CommandAnswer:
    """Show the exact command and the files it would write; starts nothing."""
    from mikazuki.errors import MikazukiErrors
    from mikazuki.preparing import configs

    refused = configs.outside(wanted.values, studio.allowed)
    if refused:
        raise MikazukiErrors(refused)
    launch, shell, files = configs.command_of(wanted.values)
    return CommandAnswer(argv=list(launch.argv), shell=shell, environment=launch.env, files=files)


@router.post("/diff")
def diff(left: Values, right: Values) -> list[Difference]:
    """Compare two settings, defaults filled in."""
    from mikazuki.preparing import configs

    found = configs.differences(left.values, right.values)
    return [Difference(option=option, left=one, right=other) for option, one, other in found]


def _shelf(studio: Studio) -> "Shelf":
    from mikazuki.preparing.shelf import Shelf

    return Shelf(studio.paths.config / "saved")


def _row(kept: "Kept") -> SavedConfig:
    return SavedConfig(
        name=kept.name,
        modified=kept.modified,
        method=kept.method,
        family=kept.family,
        output_name=kept.output_name,
    )


@router.get("/saved")
def saved(studio: StudioDep) -> list[SavedConfig]:
    """Return the configurations kept on the server, newest first."""
    return [_row(kept) for kept in _shelf(studio).rows()]


@router.get("/saved/{name}")
def load(name: str, studio: StudioDep) -> ParsedAnswer:
    """Return one of them."""
    return parsed_answer(_shelf(studio).load(name))


@router.put("/saved/{name}")
def keep(name: str, wanted: Values, studio: StudioDep, *, overwrite: bool = False) -> SavedConfig:
    """Keep settings under a name; 409 where there is one and it may not be replaced."""
    return _row(_shelf(studio).keep(name, wanted.values, overwrite=overwrite))


@router.delete("/saved/{name}")
def drop(name: str, studio: StudioDep) -> Done:
    """Delete one of them, into the bin."""
    path = _shelf(studio).existing(name)
    studio.bin.put(path, "config", path.stem)
    return Done()
