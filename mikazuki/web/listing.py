"""Lists folders for the page's path browser."""

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from mikazuki.data.folders import PICTURE_SUFFIXES
from mikazuki.errors import MikazukiError
from mikazuki.files import disk_error
from mikazuki.web.answers.files import Entry, Listing

Kind = Literal["any", "folder", "model", "picture", "settings"]

MOST_ENTRIES: Final = 5000
MOST_PICTURES: Final = 1000
"""Where counting the pictures of a folder ends."""

LOOKED_AT: Final = 20_000
"""Files that one listing looks at, at most, to count pictures in folders."""

MODEL_SUFFIXES: Final = frozenset({".safetensors", ".ckpt", ".pt", ".pth", ".bin"})
SETTINGS_SUFFIXES: Final = frozenset({".toml", ".json"})
SUFFIXES: Final[dict[str, frozenset[str]]] = {
    "model": MODEL_SUFFIXES,
    "picture": PICTURE_SUFFIXES,
    "settings": SETTINGS_SUFFIXES,
    "folder": frozenset(),
}


def natural(name: str) -> list[tuple[int, int, str]]:
    """Return a key that sorts names as people do: ``2.png`` before ``10.png``, case ignored."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


@dataclass
class _Counter:
    """Counts pictures in folders until it has looked at enough files."""

    left: int = LOOKED_AT

    def count(self, folder: Path) -> int | None:
        """Return how many pictures lie directly in a folder, up to `MOST_PICTURES`; None: not looked."""
        if self.left <= 0:
            return None
        found = 0
        try:
            with os.scandir(folder) as items:
                for item in items:
                    self.left -= 1
                    found += _suffix(item.name) in PICTURE_SUFFIXES
                    if found >= MOST_PICTURES or self.left <= 0:
                        break
        except OSError:
            return None
        return found


def entry_of(path: Path, counter: _Counter | None = None, name: str = "") -> Entry:
    """Return one file or folder as a row; raises OSError where it is gone."""
    known = path.stat()
    folder = path.is_dir()
    return Entry(
        name=name or path.name,
        path=str(path),
        is_folder=folder,
        bytes=0 if folder else known.st_size,
        modified=known.st_mtime,
        pictures=(counter or _Counter()).count(path) if folder else None,
    )


def list_folder(folder: Path, kind: Kind, parent: str | None) -> Listing:
    """List a folder: folders first, then files of a kind, each by name; hidden ones are left out.

    Raises MikazukiError ``folder-not-found``.
    """
    if not folder.is_dir():
        raise MikazukiError("folder-not-found", f"{folder} is no folder.", "Choose one that is there, or make it.")
    with os.scandir(folder) as items:
        found = [(item.name, item.is_dir()) for item in items if not item.name.startswith(".")]
    shown = [(name, is_folder) for name, is_folder in found if is_folder or _is_of(name, kind)]
    shown.sort(key=lambda item: (not item[1], natural(item[0])))
    names = [folder / name for name, _ in shown[:MOST_ENTRIES]]
    return Listing(
        path=str(folder),
        parent=parent,
        entries=_entries(names, lambda path: path.name),
        more=max(0, len(shown) - MOST_ENTRIES),
    )


def list_roots(roots: Iterable[tuple[Path, str]]) -> Listing:
    """List the allowed folders that are there, each under its name."""
    names = dict(roots)
    return Listing(path="", parent=None, entries=_entries(names, names.__getitem__), more=0)


def _entries(paths: Iterable[Path], name_of: Callable[[Path], str]) -> list[Entry]:
    """Return rows; what vanishes or cannot be looked at in between is left out."""
    counter = _Counter()
    found = []
    for path in paths:
        try:
            found.append(entry_of(path, counter, name_of(path)))
        except OSError:
            continue
    return found


def _is_of(name: str, kind: Kind) -> bool:
    return kind == "any" or _suffix(name) in SUFFIXES[kind]


def make_folder(path: Path) -> Path:
    """Make a folder and those above it that are missing, and return it.

    Raises MikazukiError ``folder-exists`` or ``not-writable``.
    """
    if path.exists():
        raise MikazukiError("folder-exists", f"{path} is there already.", "Choose another name.")
    try:
        path.mkdir(parents=True)
    except OSError as error:
        raise disk_error(path, error) from error
    return path


def _suffix(name: str) -> str:
    """Return a name's ending, lower-case; making a path for each of thousands would cost more than looking at them."""
    return name[name.rfind(".") :].lower() if "." in name else ""
