"""Settings as a form holds them, unfinished or not: checked, started in mind only, compared, kept within folders."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from mikazuki.data.captions import in_one_line
from mikazuki.data.describe import summarise
from mikazuki.data.plan import Plan
from mikazuki.engines.contract import Launch
from mikazuki.errors import MikazukiError, MikazukiErrors
from mikazuki.jobs.folder import Job
from mikazuki.paths import jobs_of
from mikazuki.preparing import scripts, summary, training
from mikazuki.preparing.config_files import FORM, Values, apart, form_for, plain_value, without_secrets
from mikazuki.preparing.history import expected_seconds
from mikazuki.preparing.named_inside import named_inside
from mikazuki.preparing.training import Request, Start
from mikazuki.settings.form import CHOSEN, is_default
from mikazuki.settings.form_fields import Field
from mikazuki.settings.form_layout import PATH_LISTS, PATHS
from mikazuki.settings.load import load_toml, parse
from mikazuki.settings.secrets import VARIABLES
from mikazuki.settings.train import TrainSettings
from mikazuki.text import shell_line

__all__ = ["apart", "check", "command_of", "differences", "outside", "start_of", "values_of"]

CAPTIONS_SHOWN: Final = 100

PARTS_OF_NAMES: Final = ("output_name", "caption_extension", "caption_extention")
"""Options that become parts of files' names."""

LONGEST_NAME: Final = 255
"""Bytes that a file's name may have on the usual disks."""


def check(values: Values, *, verify: bool = True) -> dict[str, Any]:
    """Say what a training would do and what would stop it, as `check --json` has it.

    Nothing is raised for what a person can put right: it stands under ``problems``. Beside the keys of
    `summary.as_json` there are ``ok`` and ``lines``; captions are the first `CAPTIONS_SHOWN`. Without
    ``verify`` only the headers of pictures are read.
    """
    try:
        request = asked(values, verify=verify)
    except MikazukiError as error:
        return {"ok": False, "problems": [_problem(one) for one in apart(error)], "warnings": []}
    if isinstance(request, Request):
        return _checked(request)
    scripts.examine(request, verify=verify)
    return _checked_script(request)


def asked(values: Values, *, verify: bool = True) -> Request | scripts.ScriptRequest:
    """Return the training that values ask for, looked at where our settings describe it.

    Raises:
        MikazukiError: What is wrong with the values by themselves.
    """
    wrong = _impossible(values)
    if wrong:
        raise MikazukiErrors(wrong)
    plain = without_secrets(values)
    other = scripts.wanted(None, plain)
    return other or training.examine(parse(TrainSettings, plain, FORM), verify=verify)


def _impossible(values: Values) -> list[MikazukiError]:
    """Return a refusal for every text that no system takes for a path, which looking for it would stumble over."""
    parts = [(name, values[name]) for name in PARTS_OF_NAMES if isinstance(values.get(name), str)]
    named = ((name, text) for name, text in (*_paths(values), *parts) if not text.startswith("data:"))
    return [wrong for name, text in (*named, *named_inside(values)) if (wrong := no_path(name, text))]


def no_path(name: str, text: str) -> MikazukiError | None:
    """Return the refusal of an option's text that no system takes for a path; None where one may."""
    if "\0" not in text and all(len(part.encode()) <= LONGEST_NAME for part in Path(text).parts):
        return None
    return MikazukiError("path-wrong", f"{name}: {text[:40]!r} and so on is no path.", "Choose one from the list.")


def _problem(error: MikazukiError) -> dict[str, str]:
    return {"code": error.code, "message": error.message, "hint": error.hint}


def _checked(request: Request) -> dict[str, Any]:
    seconds = _seconds(request)
    found = summary.as_json(request, seconds)
    found["problems"] = [_problem(part) for error in request.problems for part in apart(error)]
    notes = request.plan.notes if request.plan else ()
    found["warnings"] += [{"code": note.code, "text": note.text} for note in notes]
    shown = found.get("captions", [])[:CAPTIONS_SHOWN]
    found["captions"] = [row | {"caption": in_one_line(row["caption"])} for row in shown]
    lines = summary.lines(request, captions=True, seconds=seconds)
    return _trimmed(found) | {"ok": not request.problems, "lines": lines}


def _seconds(request: Request) -> float | None:
    if not (request.info and request.plan):
        return None
    jobs = jobs_of(Path(request.settings.logging_dir))
    return expected_seconds(jobs, request.settings, request.info.bytes, request.plan.max_train_steps)


def _trimmed(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key not in {"settings", "state"}}


def _checked_script(request: scripts.ScriptRequest) -> dict[str, Any]:
    told = scripts.as_json(request)
    length = told["length"]
    totals = {
        "max_train_steps": length["steps"],
        "max_train_epochs": length["epochs"],
        "steps_per_epoch": length["steps_per_epoch"],
        "disk": told["disk"],
    }
    found: dict[str, Any] = {
        "ok": not request.problems,
        "problems": [_problem(part) for error in request.problems for part in apart(error)],
        "warnings": told["warnings"],
        "engine": told["engine"],
        "lines": scripts.lines(request),
    }
    data = _data_of(request.plan) if request.plan else {}
    known = {name: value for name, value in totals.items() if value is not None}
    return found | data | {"totals": data.get("totals", {}) | known}


def _data_of(plan: Plan) -> dict[str, Any]:
    rows = summarise(plan)
    return {
        "totals": {"num_train_images": plan.num_train_images, "num_reg_images": plan.num_reg_images},
        "subsets": [
            {"folder": row.folder, "is_reg": row.is_reg, "pictures": row.pictures, "repeats": row.repeats}
            for row in rows.subsets
        ],
        "buckets": [
            {"resolution": list(row.resolution), "pictures": row.pictures, "shown": row.shown} for row in rows.buckets
        ],
        "captions": [
            {"picture": str(entry.picture), "caption": in_one_line(entry.caption)}
            for entry in plan.entries[:CAPTIONS_SHOWN]
        ],
    }


def start_of(values: Values) -> Start:
    """Return all that starting these values takes; nothing is started or written.

    Raises:
        MikazukiErrors: Everything that stops it.
    """
    request = asked(values)
    if isinstance(request, Request):
        task = training.ready(request)
        if task is None:
            raise MikazukiErrors(request.problems)
        return training.start_of(task)
    scripts.examine(request)
    if request.problems:
        raise MikazukiErrors(request.problems)
    return scripts.start_of(request)


def command_of(values: Values) -> tuple[Launch, str, dict[str, str]]:
    """Return how these values would be started, as a shell's line too, and what is written for it; raises likewise."""
    start = start_of(values)
    launch = start.launch(start.jobs_dir / "JOB")
    return launch, shell_line(launch.argv), dict(start.files)


def values_of(job: Job) -> dict[str, Any]:
    """Return a job's frozen settings, without keys and tokens; empty where its file cannot be read."""
    try:
        found = load_toml(job.config)
    except MikazukiError:
        return {}
    return {name: value for name, value in found.items() if name not in VARIABLES}


def differences(left: Values, right: Values) -> list[tuple[str, Any, Any]]:
    """Return (option, left, right) for every option that the two do not share, defaults filled in."""
    own, others = form_for(left).fields, form_for(right).fields
    names = dict.fromkeys((*sorted(CHOSEN), *own, *others, *left, *right))
    found = []
    for name in names:
        # where only one of the two has an option, the other one does what its default says
        field, other_field = own.get(name) or others.get(name), others.get(name) or own.get(name)
        one, other = _filled(field, left.get(name), name), _filled(other_field, right.get(name), name)
        if one != other:
            found.append((name, one, other))
    return found


def _filled(field: Field | None, value: Any, name: str) -> Any:
    """Return a value, or the default where it says what the default says; secrets only as set or not."""
    if name in VARIABLES:
        return "***" if value else None
    if field is None:
        return value
    return field.default if is_default(field, value) else plain_value(value)


def outside(values: Values, allowed: Callable[[str], object]) -> list[MikazukiError]:
    """Return a refusal for every path among the values, or inside the files they name, that lies elsewhere than it may.

    Args:
        values: Settings.
        allowed: Raises MikazukiError for a path that may not be used.
    """
    found: list[MikazukiError] = []
    # a name that is no path here may be one of a model hub; folders that would be made are looked at always
    own = (
        (name, path)
        for name, path in _paths(values)
        if PATHS.get(name) == "new" or os.path.exists(path)  # noqa: PTH110 - of any text, which Path refuses
    )
    # files name no models of a hub, and class_data_dir would be made
    for name, path in (*own, *named_inside(values)):
        try:
            allowed(path)
        except MikazukiError as error:
            found.append(MikazukiError(error.code, f"{name}: {error.message}", error.hint))
    return found


def _paths(values: Values) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        texts = value if name in PATH_LISTS and isinstance(value, (list, tuple)) else [value]
        yield from (
            (name, text) for text in texts if name in PATHS.keys() | PATH_LISTS and isinstance(text, str) and text
        )
