"""The note of a finished installation: `venv/.mikazuki-install` says what is in `venv/`, so nobody has to ask pip."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from mikazuki.files import write_text

STAMP: Final = ".mikazuki-install"
UNFINISHED: Final = ".mikazuki-unfinished"
"""Stands in `venv/` while it is worked on: one that is still there tells of an interrupted installation."""


@dataclass(frozen=True)
class Installed:
    """What a finished installation holds: torch build, mirrors, and per group the digest of its requirements.

    ``ours``: `venv/` was made by us; one that a person made is never made anew.
    """

    torch: str
    mainland: bool = False
    ours: bool = True
    groups: dict[str, str] = field(default_factory=dict)


def digest(requirements: Path, group: str, torch_version: str) -> str:
    """Return the digest of a group's pins: its file, the constraints and torch's version; line ends don't matter."""
    hashed = hashlib.sha256(torch_version.encode())
    for name in (f"{group}.txt", "constraints.txt"):
        hashed.update((requirements / name).read_bytes().replace(b"\r\n", b"\n"))
    return hashed.hexdigest()[:16]


def read(venv: Path) -> Installed | None:
    """Return what `venv` holds, None if no installation was finished there."""
    if (venv / UNFINISHED).exists():
        return None
    try:
        values: Any = json.loads((venv / STAMP).read_text(encoding="utf-8"))
        return Installed(str(values["torch"]), bool(values["mainland"]), bool(values["ours"]), dict(values["groups"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_ours(venv: Path) -> bool:
    """Whether `venv` may be made anew: it is not there, or we made it."""
    if not venv.exists() or (venv / UNFINISHED).exists():
        return True
    installed = read(venv)
    return installed is not None and installed.ours


def begin(venv: Path, *, ours: bool) -> None:
    """Mark `venv` (made if need be) as being worked on; a person's own only loses its note."""
    venv.mkdir(parents=True, exist_ok=True)
    if ours:
        (venv / UNFINISHED).touch()
    (venv / STAMP).unlink(missing_ok=True)


def finish(venv: Path, installed: Installed) -> None:
    """Note what `venv` holds now."""
    write_text(venv / STAMP, json.dumps(asdict(installed), indent=2) + "\n")
    (venv / UNFINISHED).unlink(missing_ok=True)
