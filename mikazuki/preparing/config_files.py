"""Settings of a form as a file and from one: TOML that a person can read, files of ours and of other programs."""

import json
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError, MikazukiErrors
from mikazuki.preparing.choices import family_shown
from mikazuki.settings.form import CHOSEN, Form, differing, form_of
from mikazuki.settings.form_fields import Field
from mikazuki.settings.load import toml_value, unknown_option
from mikazuki.settings.old_files import import_file
from mikazuki.settings.old_files_read import SD_SCRIPTS, OldFile, read_old
from mikazuki.settings.secrets import VARIABLES
from mikazuki.settings.target import AUTO, Target, parse_for_target, target_of
from mikazuki.settings.train import TrainSettings

FORM: Final = "the form"
"""Where values of the form are said to be from."""

OURS: Final = "mikazuki"

_ONLY_OURS: Final = frozenset({"version", "engine", "method", "model_type", "sample_grid", "ema_decay"})
"""Names in a settings file that no other program writes."""

Values = Mapping[str, Any]


def without_secrets(values: Values) -> dict[str, Any]:
    """Return the values that may be written down."""
    return {name: value for name, value in values.items() if name not in VARIABLES}


def form_for(values: Values) -> Form:
    """Return the form that values belong to; for what nobody trains, the one of a LoRA."""
    target = target_of(values)
    try:
        return form_of(target.method, family_shown(target.model_type), str(values.get("engine") or AUTO))
    except MikazukiError:
        return form_of("lora", AUTO)


def apart(error: MikazukiError) -> list[MikazukiError]:
    """Take a list of wrong settings apart, so that each can stand beside its option."""
    if isinstance(error, MikazukiErrors):
        return [part for one in error.errors for part in apart(one)]
    lines = error.message.split("\n- ")[1:]
    if error.code != "settings-wrong" or not lines:
        return [error]
    return [MikazukiError(error.code, line.strip(), "" if len(lines) > 1 else error.hint) for line in lines]


def as_toml(values: Values) -> str:
    """Write what differs from the defaults, section by section as the form has them; secrets are left out.

    Wrong and unfinished values are written as they are.
    """
    form = form_for(values)
    left = differing(form, _said(without_secrets(values)))
    fields = form.fields
    parts = [_lines({name: value for name, value in left.items() if name not in fields}, fields)]
    for section in form.sections:
        own = {field.name: left[field.name] for field in section.fields if field.name in left}
        if own:
            parts.append(f"[{section.name}]\n{_lines(own, fields)}")
    return "\n".join(part for part in parts if part)


def changed(values: Values) -> list[str]:
    """Return the options that differ from their defaults, in the form's order; secrets among them."""
    return list(differing(form_for(values), _said(values)))


def _said(values: Values) -> dict[str, Any]:
    """Leave out what says only what is usual anyway of the settings above the form."""
    usual = {"version": (1, None), "method": ("lora", None), "model_type": (AUTO, None), "engine": (AUTO, None)}
    return {name: value for name, value in values.items() if value not in usual.get(name, ())}


def _lines(values: Values, fields: Mapping[str, Field]) -> str:
    return "".join(f"{_key(name)} = {_text(fields.get(name), value)}\n" for name, value in values.items())


def _key(name: str) -> str:
    plain = name.replace("_", "").replace("-", "")
    return name if plain.isascii() and plain.isalnum() else json.dumps(name, ensure_ascii=False)


def _text(field: Field | None, value: Any) -> str:
    """Write a value: a number that was typed as a number, lists of them likewise."""
    if field and field.kind in {"int", "float"} and isinstance(value, str):
        return _number(value)
    if field and field.numeric and isinstance(value, (list, tuple)):
        return f"[{', '.join(_number(item) if isinstance(item, str) else toml_value(item) for item in value)}]"
    if field and field.kind == "size" and isinstance(value, (list, tuple)):
        return toml_value(",".join(map(str, value)))
    if isinstance(value, dict):
        return toml_value(json.dumps(value, ensure_ascii=False))
    return toml_value(value)


def _number(text: str) -> str:
    """Return what was typed where it is a number of TOML, so that `1e-4` stays `1e-4`; else quote it."""
    try:
        found = tomllib.loads(f"value = {text.strip()}")["value"]
    except tomllib.TOMLDecodeError:
        return toml_value(text)
    plain = isinstance(found, (int, float)) and not isinstance(found, bool)
    return text.strip() if plain else toml_value(text)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a settings file holds, in our words; `notes` say what was renamed, changed or left out."""

    origin: str
    method: str
    family: str
    engine: str
    values: dict[str, Any]
    notes: tuple[str, ...]
    problems: tuple[MikazukiError, ...]


def parse_text(text: str, name: str = "") -> Parsed:
    """Read a settings file of ours, lora-scripts, kohya_ss or sd-scripts: TOML, JSON, or a script's head.

    Args:
        text: What stands in it.
        name: Its name; the ending tells the format. Without one it is taken for TOML, or JSON where it looks so.

    Raises:
        MikazukiError: ``old-file-unreadable``; ``no-script``: nothing trains what it is for.
    """
    ending = Path(name).suffix.lower()
    shown = Path(name).name or "settings.toml"
    with tempfile.TemporaryDirectory(prefix="mikazuki-") as folder:
        path = Path(folder) / f"settings{ending if ending in {'.json', '.sh', '.ps1', '.bash'} else '.toml'}"
        path.write_text(text, encoding="utf-8", newline="\n")
        try:
            old = read_old(path)
            return _own(old) if old.ours else _imported(path)
        except MikazukiError as error:
            message = error.message.replace(str(path), shown)
            raise MikazukiError(error.code, message, error.hint.replace(str(path), shown)) from error


def _own(old: OldFile) -> Parsed:
    """Read a file whose names are those that we take; unknown ones are left out with a note."""
    target = target_of(old.values)
    unknown_target = [
        text for name, all_ in target.unknown().items() if (text := f"{name} is none of {', '.join(all_)}")
    ]
    known = old.values.keys() if unknown_target else _known(target, old.values)
    values = {name: value for name, value in old.values.items() if name in known and value is not None}
    notes = [*old.notes, *(f"{unknown_option(TrainSettings, name)}; left out" for name in old.values.keys() - known)]
    secret = [name for name in VARIABLES if values.get(name)]
    notes += [f"{name} is a secret and is not kept in settings: left out" for name in secret]
    problems = [MikazukiError("settings-wrong", text) for text in unknown_target] or faults(values)
    origin = OURS if _ONLY_OURS & old.values.keys() else SD_SCRIPTS
    return _parsed(origin, target, values, (notes, problems))


def _known(target: Target, values: Values) -> frozenset[str]:
    names = form_for(values).fields.keys() | target.names() | CHOSEN
    return frozenset(names)


def faults(values: Values) -> list[MikazukiError]:
    """Return what is wrong with the values of a training, each thing by itself."""
    try:
        parse_for_target(values, FORM)
    except MikazukiError as error:
        return apart(error)
    return []


def _imported(path: Path) -> Parsed:
    found = import_file(path)
    notes = [*found.notes, *(change.text for change in found.changes)]
    if found.unused:
        notes.append(f"{found.unused} options said nothing, or what is the default anyway, and are left out")
    if found.prompts:
        notes.append(f"sample_prompts: the file held prompts itself; save them as a file and name it:\n{found.prompts}")
    problems = [MikazukiError("settings-wrong", text) for text in found.problems]
    return _parsed(found.origin, found.target, found.values, (notes, problems))


def _parsed(origin: str, target: Target, values: Values, told: tuple[list[str], list[MikazukiError]]) -> Parsed:
    """Put together what was read, without defaults and secrets."""
    plain = without_secrets(values)
    form = form_for(plain)
    kept = {name: plain_value(value) for name, value in differing(form, _said(plain)).items()}
    engine = str(values.get("engine") or AUTO)
    return Parsed(origin, target.method, family_shown(target.model_type), engine, kept, tuple(told[0]), tuple(told[1]))


def plain_value(value: Any) -> Any:
    """Return a value as JSON has it; a size as text."""
    if isinstance(value, tuple):
        whole = len(value) == 2 and all(isinstance(side, int) for side in value)
        return ",".join(map(str, value)) if whole else list(value)
    return value
