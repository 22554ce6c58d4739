"""Reads settings of other launchers as flat names and values: TOML, JSON, the heads of train.ps1 and train.sh."""

import json
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError

LORA_SCRIPTS: Final = "lora-scripts"
KOHYA_SS: Final = "kohya_ss"
SD_SCRIPTS: Final = "sd-scripts"
SCRIPT: Final = "a train.ps1 or train.sh of lora-scripts"

MARKS: Final[Mapping[str, frozenset[str]]] = {
    KOHYA_SS: frozenset({"LoRA_type", "LyCORIS_preset", "max_resolution", "model_list", "save_as_bool"}),
    LORA_SCRIPTS: frozenset(
        {
            "model_train_type", "lr_restart_cycles", "positive_prompts", "negative_prompts", "sample_cfg",
            "enable_preview", "optimizer_args_custom", "network_args_custom", "ui_custom_params", "lycoris_algo",
        }
    ),
}  # fmt: skip
"""Names that only one program writes."""

SH_LINE: Final = re.compile(r"""^(?:export\s+)?([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s#]*)""", re.MULTILINE)
PS1_LINE: Final = re.compile(r"""^\$([A-Za-z_]\w*)\s*=\s*("[^"]*"|'[^']*'|[^\s#\[(@]+)""", re.MULTILINE)
CONTINUED: Final = re.compile(r"[ \t]*[\\`]\r?\n[ \t]*")
ARRAY: Final = re.compile(r"\$\{?\w*args\w*(\[@\])?\}?", re.IGNORECASE)
"""A variable that holds a whole list of arguments, put together from others above."""

OWN_BLOCK: Final = re.compile(r"^\s*(settings=\(|\$Settings\b)", re.MULTILINE)


@dataclass(frozen=True)
class OldFile:
    """A file of another program: whose, and its options by name as that program writes them."""

    origin: str
    values: dict[str, Any]
    notes: tuple[str, ...] = field(default=())
    """What was odd about the file."""
    ours: bool = False
    """Nothing in it is another program's: its names are those that we take."""


def read_old(path: Path) -> OldFile:
    """Read a settings file of another program.

    Raises:
        MikazukiError: ``old-file-unreadable``: it cannot be read, or is none of the known forms.
    """
    text = _text(path)
    if path.suffix.lower() in {".sh", ".ps1", ".bash"}:
        return _script(path, text)
    if path.suffix.lower() == ".json" or text.lstrip().startswith("{"):
        return _json(path, text)
    return _toml(path, text)


def _refuse(path: Path, what: str, hint: str) -> MikazukiError:
    return MikazukiError("old-file-unreadable", f"{path}: {what}.", hint)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refuse(path, f"it cannot be read: {error.strerror or error}", "Check the path.") from error
    for encoding in ("utf-8-sig", "gb18030"):  # old scripts from Windows in China
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refuse(path, "it is neither UTF-8 nor GB18030 text", "Save it again with the encoding UTF-8.")


def origin_of(values: Mapping[str, Any]) -> str | None:
    """Return whose names are among ``values``; None where all are plain sd-scripts'."""
    return next((origin for origin, marks in MARKS.items() if marks & values.keys()), None)


def _json(path: Path, text: str) -> OldFile:
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise _refuse(path, f"it is not valid JSON: {error}", "Export it again from the program.") from error
    if not isinstance(values, dict):
        raise _refuse(path, "it holds no options by name", "Export one set of settings from the program.")
    return OldFile(origin_of(values) or KOHYA_SS, values)


def _toml(path: Path, text: str) -> OldFile:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        hint = "Write / instead of \\ in paths." if "\\" in text else "Put the line right."
        raise _refuse(path, f"it is not valid TOML: {error}", hint) from error
    metadata, data = document.get("metadata"), document.get("data")
    if isinstance(metadata, dict) and isinstance(data, dict):  # a preset of lora-scripts
        named = {"model_train_type": metadata["train_type"]} if metadata.get("train_type") else {}
        return OldFile(LORA_SCRIPTS, named | data)
    values, notes = _flat(document)
    arguments = any(name.endswith("_arguments") for name in document)
    origin = origin_of(values) or (LORA_SCRIPTS if arguments else None)
    return OldFile(origin or SD_SCRIPTS, values, tuple(notes), ours=origin is None)


def _flat(document: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Take sections away; of two different values of one option the later one counts, as upstream has it."""
    values: dict[str, Any] = {}
    notes = []
    for name, value in document.items():
        # a table of arguments is no section
        section = isinstance(value, dict) and not name.endswith("_args")
        for key, item in value.items() if section else [(name, value)]:
            if key in values and values[key] != item:
                notes.append(f"{key} stands there twice: {item!r} counts, {values[key]!r} does not")
            values[key] = item
    return values, notes


def _script(path: Path, text: str) -> OldFile:
    if OWN_BLOCK.search(text):
        raise _refuse(path, "it is a script of this very program", "Run it, or copy its values into a .toml file.")
    pattern = PS1_LINE if path.suffix.lower() == ".ps1" else SH_LINE
    # names in capitals are the environment's or the script's own
    variables = {name: value.strip("\"'") for name, value in pattern.findall(text) if name == name.lower()}
    if not {"pretrained_model", "train_data_dir"} & variables.keys():
        raise _refuse(path, "no settings of a training stand at its top", "Name a train.ps1 or train.sh.")
    return OldFile(SCRIPT, dict(_fixed(text)) | variables)


def _fixed(text: str) -> Iterator[tuple[str, Any]]:
    """Yield the options whose values stand in the script's command itself, not in a variable at its top."""
    lines = CONTINUED.sub(" ", text).splitlines()
    command = next((line for line in reversed(lines) if "accelerate" in line and "--" in line), "")
    yield from flags(ARRAY.sub("", re.sub(r"^.*?train_network\.py[\"']?", "", command)))


def flags(line: str) -> Iterator[tuple[str, Any]]:
    """Yield the options of a command line: one value, a list of several, or true for a switch; variables left out."""
    try:
        words = shlex.split(line)
    except ValueError:
        words = line.split()
    name, found = "", []
    for word in [*words, "--"]:
        if not word.startswith("--"):
            found.append(word)
            continue
        if name and not any("$" in text for text in found):
            yield name, found[0] if len(found) == 1 else found or True
        name, equals, value = word.removeprefix("--").partition("=")
        found = [value] if equals else []
