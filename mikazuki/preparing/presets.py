"""Presets: settings that suit a purpose and a card, those of the project and those that a person keeps."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from mikazuki.errors import MikazukiError
from mikazuki.files import write_text
from mikazuki.paths import Paths
from mikazuki.preparing.choices import family_shown
from mikazuki.preparing.config_files import as_toml, form_for
from mikazuki.preparing.shelf import ENDING, check_name
from mikazuki.settings.form import differing
from mikazuki.settings.form_words import Words, words
from mikazuki.settings.load import load_toml
from mikazuki.settings.target import AUTO, target_of

DEMO: Final = "demo"
"""Name of the preset that ``config/default.toml`` is."""

HEAD: Final = re.compile(
    r"# (?P<kind>\w+) \| (?P<family>[^|\n]+) \| (?P<memory>\d+) GB\n"
    r"# Why: (?P<en>[^\n]+)\n# [^\n]{2}[:\uff1a](?P<zh>[^\n]+)"
)
OWN_HEAD: Final = "# preset: "

KINDS: Final = ("character", "style", "concept")
"""What the project's presets are for."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One preset; `memory` is what card it is meant for in GB, None any; `own` that a person keeps it here."""

    name: str
    title: Words
    why: Words
    method: str
    family: str
    memory: int | None
    values: dict[str, Any]
    own: bool = False


def own_folder(paths: Paths) -> Path:
    """Return where people's own presets lie."""
    return paths.config / "presets" / "own"


def presets(paths: Paths) -> Iterator[Preset]:
    """Yield the demo, the project's presets by name, then people's own; files that cannot be read are passed over."""
    places = [(paths.config / "default.toml", _demo)]
    places += [(path, _built) for path in sorted((paths.config / "presets").glob(f"*{ENDING}"))]
    places += [(path, _own) for path in sorted(own_folder(paths).glob(f"*{ENDING}"))]
    for path, read in places:
        try:
            yield read(path)
        except (MikazukiError, ValueError, KeyError, OSError, TypeError):
            continue


def _demo(path: Path) -> Preset:
    return Preset(
        DEMO, words("presets", "demo_title"), words("presets", "demo_why"), "lora", "sd1", None, _values(path)
    )


def _values(path: Path) -> dict[str, Any]:
    values = load_toml(path)
    return differing(form_for(values), values)


def _built(path: Path) -> Preset:
    found = HEAD.match(path.read_text(encoding="utf-8"))
    if not found or found["kind"] not in KINDS:
        raise ValueError(path)
    kind, card = words("presets", found["kind"]), f"{found['family']}, {found['memory']} GB"
    title = words("presets", "title")
    values = _values(path)
    target = target_of(values)
    family = "sd1" if target.model_type == AUTO else family_shown(target.model_type)
    return Preset(
        path.stem,
        Words(title.en.format(kind=kind.en, card=card), title.zh.format(kind=kind.zh, card=card)),
        Words(found["en"].strip(), found["zh"].strip()),
        target.method,
        family,
        int(found["memory"]),
        values,
    )


def _own(path: Path) -> Preset:
    line = path.read_text(encoding="utf-8").partition("\n")[0]
    told = json.loads(line.removeprefix(OWN_HEAD))
    return Preset(
        path.stem,
        Words(**told["title"]),
        Words(**told["why"]),
        str(told["method"]),
        str(told["family"]),
        told["memory"],
        _values(path),
        own=True,
    )


def keep(paths: Paths, preset: Preset) -> Preset:
    """Keep a person's preset under its name, in place of one that they kept before.

    Raises:
        MikazukiError: ``name-wrong``; ``preset-exists`` where it is the name of one of the project's.
    """
    name = check_name(preset.name)
    if any(one.name.lower() == name.lower() and not one.own for one in presets(paths)):
        raise MikazukiError(
            "preset-exists", f"{name} is one of the project's own presets.", "Choose another name for yours."
        )
    told = {
        "title": asdict(preset.title),
        "why": asdict(preset.why),
        "method": preset.method,
        "family": preset.family,
        "memory": preset.memory,
    }
    path = own_folder(paths) / f"{name}{ENDING}"
    write_text(path, f"{OWN_HEAD}{json.dumps(told, ensure_ascii=False)}\n{as_toml(preset.values)}")
    return _own(path)


def own_file(paths: Paths, name: str) -> Path:
    """Return the file of a person's preset; raises MikazukiError ``preset-not-found``, ``name-wrong``."""
    path = own_folder(paths) / f"{check_name(name)}{ENDING}"
    if not path.is_file():
        raise MikazukiError("preset-not-found", f"You keep no preset {name!r}.", "Reload the list.")
    return path
