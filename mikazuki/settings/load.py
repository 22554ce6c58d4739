"""Reads settings from TOML files and `KEY=VALUE` texts, explains what is wrong with them, and writes them back."""

import json
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mikazuki.errors import MikazukiError
from mikazuki.settings.base import Settings, choices, sections
from mikazuki.settings.schema import bounds_in_words, is_text, option_schema
from mikazuki.settings.upstream.scripts import FAMILIES, LEARNED, VARIETIES

AnySettings = TypeVar("AnySettings", bound=Settings)

COMMAND_LINE: Final = "the command line"
"""Where a value came from that no file gave."""

DEEPSPEED: Final = (
    "DeepSpeed splits what is trained over several GPUs; a LoRA is a thousandth of its model, so there is nothing to "
    "split: use fp8_base, gradient_checkpointing and optimizer_type AdamW8bit to save memory"
)

REFUSED: Final = dict.fromkeys(
    (
        "deepspeed",
        "zero_stage",
        "offload_optimizer_device",
        "offload_optimizer_nvme_path",
        "offload_param_device",
        "offload_param_nvme_path",
        "zero3_init_flag",
        "zero3_save_16bit_model",
        "fp16_master_weights_and_gradients",
    ),
    DEEPSPEED,
)
"""Options of sd-scripts' LoRA trainers that are not taken here, and why."""

ELSEWHERE: Final = REFUSED | {
    "sdxl": 'write model_type = "sdxl", or leave it out: the family is read off the weights',
    "config_file": "it names a settings file on the command line: python -m mikazuki train --config_file FILE",
    "output_config": "it stands on the command line: python -m mikazuki train --output_config --config_file FILE",
}
"""Names from other launchers' files whose meaning is set in another way here, and refused ones."""

BEYOND: Final[dict[str, tuple[str, ...]]] = {"model_type": (*FAMILIES, *VARIETIES), "method": LEARNED}
"""Values that choose a script of sd-scripts instead of these settings: where none fits, they are named as well."""

WRONG_KINDS: Final = {
    "float": "is not a number",
    "finite_number": "is not a finite number",
    "int": "is not a whole number",
    "bool": "is neither true nor false",
    "string_type": "is not text: put it in quotes",
    "tuple": "is not a list",
    "list": "is not a list",
}
"""What pydantic's error types mean, by the beginning of their names."""


def load_toml(path: Path) -> dict[str, Any]:
    """Return a file's options by name, its one level of sections flattened.

    Raises MikazukiError: ``config-not-found``, ``config-not-utf8``, ``config-syntax`` (with the line) and
    ``config-shape`` (sections inside sections, or one option in two of them).
    """
    text = _read_text(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MikazukiError(
            "config-syntax",
            f"{path} is not valid TOML: {error}.",
            'Text stands in quotes, true and false do not, and one line is one option, such as output_name = "my_cat".'
            + (" In double quotes a backslash must be doubled: use / in paths." if "\\" in text else ""),
        ) from error
    return _flatten(document, path)


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise MikazukiError("config-not-found", f"{path} is a folder.", "Name the .toml file in it.") from error
    except FileNotFoundError as error:
        raise MikazukiError(
            "config-not-found", f"There is no settings file {path}.", _nearest_file(path) or "Check the path."
        ) from error
    except OSError as error:
        raise MikazukiError(
            "config-not-found", f"{path} cannot be read: {error.strerror or error}.", "Check its permissions."
        ) from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise MikazukiError(
            "config-not-utf8",
            f"{path} is not UTF-8 text (line {line}).",
            "Save it again with the encoding UTF-8: in Notepad, Save as, Encoding.",
        ) from error


def _nearest_file(path: Path) -> str:
    names = [other.name for other in path.parent.glob("*.toml")] if path.parent.is_dir() else []
    near = get_close_matches(path.name, names, n=1)
    return f"Did you mean {path.with_name(near[0])}?" if near else ""


def _flatten(document: dict[str, Any], path: Path) -> dict[str, Any]:
    values: dict[str, Any] = {}
    home: dict[str, str] = {}
    problems: list[str] = []
    for name, value in document.items():
        inside = value.items() if isinstance(value, dict) else [(name, value)]
        section = f"[{name}]" if isinstance(value, dict) else "the top of the file"
        for key, item in inside:
            if isinstance(item, dict) and isinstance(value, dict):
                problems.append(f"[{name}.{key}] is a section inside a section")
            elif key in values:
                problems.append(f"{key} stands in {home[key]} and in {section}")
            values[key], home[key] = item, section
    if problems:
        raise MikazukiError(
            "config-shape",
            f"{path}: {'; '.join(problems)}.",
            "Sections only group options: keep one level of them and each option once.",
        )
    return values


def parse_set(text: str, settings_class: type[Settings]) -> tuple[str, Any]:
    """Take ``KEY=VALUE`` apart: VALUE as TOML where it is TOML, else as text; an empty one gives None.

    Options that are text keep what was typed, so ``output_name=2024`` needs no quotes.
    Raises MikazukiError (``set-wrong``) when there is no ``=``.
    """
    key, equals, value = text.partition("=")
    key = key.strip()
    if not equals or not key:
        raise MikazukiError(
            "set-wrong", f"--set {text!r} is not KEY=VALUE.", "Write for instance --set learning_rate=1e-4."
        )
    return key, parse_text(key, value, settings_class)


def parse_text(key: str, value: str, settings_class: type[Settings]) -> Any:
    """Take a typed VALUE as TOML where it is TOML, else as text; an empty one gives None."""
    if not value.strip():
        return None
    try:
        parsed = tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return value
    if key in settings_class.model_fields and is_text(option_schema(settings_class, key)):
        return parsed if isinstance(parsed, str) else value
    return parsed


def gather(config: Path | None, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of a file and of the command line, which wins, and where each came from."""
    values = load_toml(config) if config else {}
    sources = dict.fromkeys(values, str(config)) | dict.fromkeys(given, COMMAND_LINE)
    return {**values, **given}, sources


def parse(settings_class: type[AnySettings], values: Mapping[str, Any], source: str | Mapping[str, str]) -> AnySettings:
    """Build settings, or say everything that is wrong with them at once.

    Args:
        settings_class: The class to build.
        values: Option name -> value. None, and empty text for an option that may be not set, mean the default.
        source: Where the values are from, for messages: one name, or one for each option.

    Raises:
        MikazukiError: ``settings-wrong``, one problem a line.
    """
    given = {key: value for key, value in values.items() if not _means_default(settings_class, key, value)}
    try:
        return settings_class.model_validate(given)
    except ValidationError as error:
        problems = _problems(settings_class, error.errors(include_url=False), given)
    where = source if isinstance(source, str) else " and ".join(dict.fromkeys(source.values())) or COMMAND_LINE
    lines = [_with_source(text, key, source, where) for key, text in problems]
    count = "1 setting is wrong" if len(lines) == 1 else f"{len(lines)} settings are wrong"
    raise MikazukiError(
        "settings-wrong",
        "\n".join([f"{where}: {count}:", *(f"- {line}" for line in lines)]),
        "The options and what they take: docs/options.md.",
    )


def _means_default(settings_class: type[Settings], key: str, value: Any) -> bool:
    field = settings_class.model_fields.get(key)
    if value is None:
        return True
    return field is not None and field.default is None and isinstance(value, str) and not value.strip()


def _with_source(text: str, key: str, source: str | Mapping[str, str], where: str) -> str:
    """Name the place of one value where the values come from several."""
    if isinstance(source, str) or source.get(key, where) == where:
        return text
    return f"{text} (from {source[key]})"


def _problems(
    settings_class: type[Settings], errors: list[ErrorDetails], values: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Return (option, problem) pairs, one an option: a union reports each of its branches."""
    found: dict[str, str] = {}
    for error in errors:
        if not error["loc"]:
            together = str(error["ctx"]["error"]) if "ctx" in error else error["msg"]
            found.update((f"\n{number}", line) for number, line in enumerate(together.split("\n")))
            continue
        key = str(error["loc"][0])
        found.setdefault(key, _problem(settings_class, key, error, values.get(key)))
    return list(found.items())


def _problem(settings_class: type[Settings], key: str, error: ErrorDetails, value: Any) -> str:
    kind = error["type"]
    if kind == "extra_forbidden":
        return unknown_option(settings_class, key)
    if kind == "missing":
        return f"{key} is missing: {_first_letter_down(settings_class.model_fields[key].description or '')}"
    shown = f"{key} = {value!r}"
    if kind == "value_error" and "ctx" in error:
        return f"{key}: {error['ctx']['error']}"
    if kind == "literal_error":
        permitted = [*map(str, choices(settings_class.model_fields[key])), *BEYOND.get(key, ())]
        return f"{shown} is none of {', '.join(dict.fromkeys(permitted))}"
    if kind == "string_pattern_mismatch":
        return f'{shown} holds a character that file names cannot have: one of \\ / : * ? " < > |'
    wrong = next((text for begin, text in WRONG_KINDS.items() if kind.startswith(begin)), None)
    if wrong is None:
        wrong = f"is out of bounds: it must be {bounds_in_words(option_schema(settings_class, key))}"
    return f"{shown} {wrong}"


def _first_letter_down(text: str) -> str:
    return text[:1].lower() + text[1:]


def unknown_option(settings_class: type[Settings], key: str) -> str:
    """Say that there is no such option: why, where that is known, else the nearest name."""
    normal = key.strip().lstrip("-").lower().replace("-", "_")
    if normal in ELSEWHERE:
        return f"{key} is not an option here: {ELSEWHERE[normal]}"
    near = get_close_matches(normal, settings_class.model_fields, n=1, cutoff=0.6)
    return f"{key} is not an option" + (f"; did you mean {near[0]}?" if near else "")


def dump_toml(settings: Settings) -> str:
    """Write every option by section with its description; reading the text back gives equal settings.

    Options that are not set stand as comments.
    """
    lines: list[str] = []
    for section, fields in sections(type(settings)).items():
        lines.append(f"[{section}]")
        for name, field in fields.items():
            value = getattr(settings, name)
            lines += [f"# {line}" for line in (field.description or "").splitlines()] or ["#"]
            lines.append(f"# {name} =" if value is None else f"{name} = {toml_value(value)}")
        lines.append("")
    return "\n".join(lines)


def toml_value(value: Any) -> str:
    """Write one value as TOML: text, numbers, truth values, lists of texts, and a size as `"512,512"`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON's escapes are TOML's, but for the delete character, which JSON lets through.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, tuple) and value and all(isinstance(side, int) for side in value):
        return f'"{",".join(map(str, value))}"'
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    return repr(value)
