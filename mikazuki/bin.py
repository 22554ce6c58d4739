"""The bin: what a person deletes is moved there and can be brought back until it is purged."""

import errno
import json
import re
import secrets
import shutil
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from mikazuki.errors import MikazukiError
from mikazuki.files import PART_SUFFIX, disk_error, size_of, write_text

BIN_FOLDER: Final = ".bin"
"""The bin's name in the folder of logs."""
_ITEM: Final = "item"
_FACTS: Final = "bin.json"
_ID: Final = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}")

Kind = Literal["job", "model", "dataset", "picture", "config"]


@dataclass(frozen=True)
class Binned:
    """Something that was deleted."""

    id: str
    name: str
    kind: Kind
    path: str
    """Where it was, absolute."""
    deleted: float
    """Unix seconds."""
    bytes: int


class Bin:
    """A bin in one folder: ``<id>/item`` is the thing itself, ``<id>/bin.json`` says what and where it was.

    A kill at any moment leaves a thing at its place, in the bin, or (moving between disks) in both, never in neither.
    """

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, which is made when something is put into it."""
        self.folder = folder

    def put(self, path: Path, kind: Kind, name: str) -> str:
        """Move a file or folder into the bin and return the id by which it comes back.

        Raises:
            MikazukiError: ``file-not-found``, ``disk-full``, ``not-writable``.
        """
        if not path.exists():
            raise MikazukiError("file-not-found", f"{path} is not there any more.", "Look at the list again.")
        path = path.absolute()
        item_id = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
        facts = {
            "name": name,
            "kind": kind,
            "path": str(path),
            "deleted": time.time(),
            "bytes": size_of(path, links=False),
        }
        home = self.folder / item_id
        write_text(home / _FACTS, json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
        try:
            move(path, home / _ITEM)
        except MikazukiError:
            shutil.rmtree(home, ignore_errors=True)
            raise
        return item_id

    def rows(self) -> list[Binned]:
        """Return what is in the bin, the newest first."""
        if not self.folder.is_dir():
            return []
        found = [row for home in self.folder.iterdir() if (row := _row(home)) is not None]
        return sorted(found, key=lambda row: (row.deleted, row.id), reverse=True)

    def restore(self, item_id: str) -> Path:
        """Move something back to where it was and return its path.

        Raises:
            MikazukiError: ``bin-not-found``; ``path-exists`` where something else lies there now; ``disk-full``,
                ``not-writable``.
        """
        row = self.row(item_id)
        path = Path(row.path)
        if path.exists():
            raise MikazukiError(
                "path-exists",
                f"{row.name} cannot be brought back: there is something else at {path} now.",
                "Rename or move that first.",
            )
        move(self.folder / item_id / _ITEM, path)
        shutil.rmtree(self.folder / item_id, ignore_errors=True)
        return path

    def purge(self, item_id: str) -> None:
        """Delete something for good; raises MikazukiError ``bin-not-found``, ``not-writable``."""
        home = self.folder / self.row(item_id).id
        try:
            shutil.rmtree(home)
        except OSError as error:
            raise disk_error(home, error) from error

    def row(self, item_id: str) -> Binned:
        """Return one thing in the bin; raises MikazukiError ``bin-not-found``."""
        row = _row(self.folder / item_id) if _ID.fullmatch(item_id) else None
        if row is None:
            raise MikazukiError("bin-not-found", f"There is nothing {item_id} in the bin.", "Look at the list again.")
        return row


def _row(home: Path) -> Binned | None:
    """Return what a folder of the bin holds, or None where a kill left it unfinished."""
    if not _ID.fullmatch(home.name) or not (home / _ITEM).exists():
        return None
    try:
        facts: dict[str, Any] = json.loads((home / _FACTS).read_text(encoding="utf-8"))
        return Binned(
            home.name,
            str(facts["name"]),
            facts["kind"],
            str(facts["path"]),
            float(facts["deleted"]),
            int(facts["bytes"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def move(path: Path, to: Path) -> None:
    """Move a file or folder; between disks the copy is complete before the first is removed.

    Raises:
        MikazukiError: ``disk-full``, ``not-writable``.
    """
    part = to.with_name(f".{to.name}{PART_SUFFIX}")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.rename(to)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _remove(part)
            _copy(path, part)
            part.rename(to)
            _remove(path)
    except OSError as error:
        _remove(part)
        raise disk_error(path, error) from error


def _copy(path: Path, to: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, to, symlinks=True)
    else:
        shutil.copy2(path, to)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
