"""Imports settings files made for lora-scripts, kohya_ss or sd-scripts, with a report of what was changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from mikazuki.errors import MikazukiError
from mikazuki.settings.load import parse, parse_text, toml_value
from mikazuki.settings.old_files_draft import NOTHING, Change, Draft
from mikazuki.settings.old_files_names import REASONS, RENAMED, UPSTREAM_DEFAULTS
from mikazuki.settings.old_files_read import KOHYA_SS, OldFile, read_old
from mikazuki.settings.old_files_rules import RULES, find_target, switch
from mikazuki.settings.secrets import VARIABLES
from mikazuki.settings.target import Target, parse_for_target
from mikazuki.settings.train import TrainSettings
from mikazuki.settings.upstream.forms import take
from mikazuki.settings.upstream.options import options_of
from mikazuki.settings.upstream.scripts import SCRIPTS
from mikazuki.settings.upstream.values import OURS as LAUNCHER

BASE: Final = "pretrained_model_name_or_path"

COMMAND: Final = "python -m mikazuki import"


@dataclass(frozen=True)
class Imported:
    """An old file in our words."""

    origin: str
    """Whose file it was."""
    target: Target
    values: dict[str, Any]
    changes: tuple[Change, ...]
    unused: int
    """How many options said nothing and were left out."""
    notes: tuple[str, ...] = ()
    """What was odd about the file."""
    prompts: str | None = None
    """Text for a prompt file; `files` names it in the settings."""
    problems: tuple[str, ...] = ()
    """What has to be put right by hand before a training can start."""

    @property
    def kept(self) -> int:
        """How many options stand in it as they were."""
        return len(self.values.keys() - {change.name for change in self.changes})

    def files(self, output: Path) -> dict[Path, str]:
        """Return path -> text of what is to be written for settings at ``output``."""
        values, found = dict(self.values), {}
        if self.prompts:
            prompts = output.with_name(f"{output.stem}-prompts.txt")
            values["sample_prompts"] = prompts.as_posix()
            found[prompts] = self.prompts
        return {output: _text(self.origin, values)} | found


def _text(origin: str, values: Mapping[str, Any]) -> str:
    lines = [f"{name} = {toml_value(value)}\n" for name, value in values.items()]
    return f"# Imported from {_article(origin)}.\n{''.join(lines)}"


def _article(origin: str) -> str:
    return origin if origin.startswith("a ") else f"a file of {origin}"


def import_file(path: Path) -> Imported:
    """Read an old file and say in our words what it asks for.

    Raises:
        MikazukiError: ``old-file-unreadable``; ``no-script``: nothing trains what it is for.
    """
    old = read_old(path)
    draft = Draft(old.origin, dict(old.values))
    find_target(draft)
    for rule in RULES:
        rule(draft)
    for name in RENAMED.keys() & draft.values.keys():
        if name not in draft.target.names():
            draft.rename(name, RENAMED[name])
    _leave_out(draft)
    if not draft.values.keys() - LAUNCHER:
        raise MikazukiError(
            "old-file-unreadable",
            f"{path}: none of its {len(old.values)} names is an option of a training.",
            "Name a settings file; metadata of pictures and captions are data, not settings.",
        )
    _type(draft)
    _upstreams_defaults(draft)
    ordered = {name: draft.values[name] for name in sorted(draft.values, key=_place(draft.target))}
    return Imported(
        old.origin,
        draft.target,
        ordered,
        tuple(draft.changes),
        draft.unused,
        old.notes,
        draft.prompts,
        tuple(_problems(draft, path)),
    )


def foreign(path: Path) -> MikazukiError | None:
    """Return the error to show when ``path`` is another program's settings file, None when it is not known as one."""
    try:
        old: OldFile = read_old(path)
    except MikazukiError:
        return None
    if old.ours:
        return None
    return MikazukiError(
        "foreign-settings",
        f"{path} is {_article(old.origin)}.",
        f"Import it, with a report of what changes: {COMMAND} {path} -o {path.with_suffix('').name}-imported.toml",
    )


def _leave_out(draft: Draft) -> None:
    """Drop names that nothing takes, and secrets, each with its reason."""
    names = draft.target.names()
    for name in list(draft.values):
        unknown = name not in names
        value = draft.values[name]
        empty = value is None or (isinstance(value, str) and not value.strip())
        if empty or (value in NOTHING and (unknown or _default(draft.target, name) is None)):
            draft.forget((name,))
        elif unknown or name in VARIABLES:
            draft.drop(name, REASONS.get(name) or _no_place(draft.target, name))


def _no_place(target: Target, name: str) -> str:
    where = target.method if target.model_type == "auto" else f"{target.method} for {target.model_type}"
    if any(name in options_of(script) for script in SCRIPTS):
        return f"an option of other methods or models, not of {where}"
    return f"there is no option of that name for {where}"


def _default(target: Target, name: str) -> Any:
    if name in LAUNCHER or target.ours:
        return TrainSettings.model_fields[name].default
    return options_of(target.script.name)[name].default


def _type(draft: Draft) -> None:
    """Give each value its exact type; what cannot be is dropped with the reason, and a form's defaults are left out."""
    for name in list(draft.values):
        if name in LAUNCHER and not draft.target.ours:
            continue
        try:
            value = _typed(draft.target, name, draft.values[name])
        except ValueError as error:
            if draft.used(name):
                draft.drop(name, str(error))
            else:
                draft.forget((name,))
            continue
        draft.values[name] = value
        if draft.origin == KOHYA_SS and value == _default(draft.target, name):
            draft.forget((name,))


def _typed(target: Target, name: str, value: Any) -> Any:
    """Return a value as its option has it; raises ValueError with what is wrong."""
    if target.ours:
        return _typed_ours(name, value)
    option = options_of(target.script.name)[name]
    return take(option, switch(value) if option.is_switch else value)


def _typed_ours(name: str, value: Any) -> Any:
    if isinstance(value, str):
        value = parse_text(name, value, TrainSettings)
    alone = {BASE: "x", "train_data_dir": "x", name: value}
    try:
        return getattr(TrainSettings.model_validate(alone), name)
    except ValidationError as error:
        if not any(found["loc"] for found in error.errors()):
            return switch(value) if TrainSettings.model_fields[name].annotation is bool else value
    try:
        parse(TrainSettings, alone, "")
    except MikazukiError as error:
        raise ValueError(error.message.partition("\n- ")[2].partition("\n")[0]) from error
    raise ValueError(f"{value!r} says nothing")


def _upstreams_defaults(draft: Draft) -> None:
    """Write down what sd-scripts does unasked where we do otherwise."""
    if not draft.target.ours or "train_data_dir" not in draft.values or draft.origin == KOHYA_SS:
        return
    for name, value in UPSTREAM_DEFAULTS.items():
        if name not in draft.values:
            draft.add(name, value, "what sd-scripts does where the file says nothing")


def _place(target: Target) -> Any:
    """Return a key that sorts names as the options' pages have them."""
    names = list(TrainSettings.model_fields if target.ours else options_of(target.script.name))
    order = {name: number for number, name in enumerate([*sorted(LAUNCHER), *names])}
    return lambda name: order.get(name, len(order))


def _problems(draft: Draft, path: Path) -> list[str]:
    values = dict(draft.values)
    if draft.prompts:
        values["sample_prompts"] = "prompts.txt"
    if draft.target.ours:
        values.setdefault(BASE, "x")
    try:
        parse_for_target(values, str(path))
    except MikazukiError as error:
        lines = error.message.split("\n- ")[1:]
        return lines or [error.message]
    return [] if BASE in draft.values else [f"{BASE} is missing: name the base model"]
