"""Remembers which copies are made and which files belong to them, so that a run goes on where one was stopped."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from mikazuki.data.scan import stamp_of
from mikazuki.files import disk_error

LEDGER_FILE: Final = ".prepared.jsonl"
"""Its name in the output folder; a training passes hidden names over."""

Files = dict[str, tuple[int, int]]
"""Path of a file -> its stamp as it was written."""


@dataclass(slots=True)
class Ledger:
    """What was made in an output folder of one source folder; a copy is one line, added after its files stand.

    `made` holds the copies of this source, `others` the names of those of other sources, which are left alone.
    """

    output: Path
    source: Path
    made: dict[str, tuple[str, Files]] = field(default_factory=dict)
    stamps: Files = field(default_factory=dict)
    others: set[str] = field(default_factory=set)

    @property
    def path(self) -> Path:
        """The file that keeps it."""
        return self.output / LEDGER_FILE

    @classmethod
    def read(cls, output: Path, source: Path) -> "Ledger":
        """Read an output folder's ledger; lines that a kill left unfinished are passed over."""
        ledger = cls(output, source.resolve())
        with suppress(OSError):
            for line in ledger.path.read_text(encoding="utf-8").splitlines():
                with suppress(ValueError, KeyError, TypeError, AttributeError):
                    ledger._take(json.loads(line))
        return ledger

    def _take(self, row: dict[str, Any]) -> None:
        key = str(row["key"])
        if row["source"] != str(self.source):
            self.others.add(key)
            return
        self._note(key, str(row["recipe"]), {str(self.output / name): (a, b) for name, (a, b) in row["files"].items()})

    def _note(self, key: str, recipe: str, stamps: Files) -> None:
        self.made[key] = (recipe, stamps)
        self.stamps |= stamps

    def is_made(self, key: str, recipe: str) -> bool:
        """Say whether a copy stands, made by this recipe from this very source, untouched since."""
        if key not in self.made or self.made[key][0] != recipe:
            return False
        return all(_stamp(Path(name)) == stamp for name, stamp in self.made[key][1].items())

    def may_write(self, path: Path) -> bool:
        """Say whether a file is free, or of our own making and not changed since."""
        now = _stamp(path)
        return now is None or self.stamps.get(str(path)) == now

    def add(self, key: str, recipe: str, files: Iterable[Path]) -> None:
        """Note that a copy stands; raises MikazukiError (`disk-full`, `not-writable`)."""
        stamps = {path: stamp_of(path) for path in files}
        row = {"source": str(self.source), "key": key, "recipe": recipe}
        own = {self._name(path): stamp for path, stamp in stamps.items()}
        line = json.dumps({**row, "files": own}, ensure_ascii=False)
        try:
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(f"{line}\n" if _whole(self.path) else f"\n{line}\n")
        except OSError as error:
            raise disk_error(self.path, error) from error
        self._note(key, recipe, {str(path): stamp for path, stamp in stamps.items()})

    def _name(self, path: Path) -> str:
        """Name a file within the output folder, so that the folder may be moved; masks may lie elsewhere."""
        return path.relative_to(self.output).as_posix() if path.is_relative_to(self.output) else str(path.absolute())

    def remove_others(self, keys: Iterable[str]) -> list[Path]:
        """Remove the files of copies that are no longer asked for, but those that someone changed; return them."""
        wanted = set(keys)
        kept = {name for key in wanted & self.made.keys() for name in self.made[key][1]}
        gone = [
            Path(name)
            for key, (_recipe, files) in self.made.items()
            if key not in wanted
            for name, stamp in files.items()
            if name not in kept and _stamp(Path(name)) == stamp
        ]
        for path in gone:
            with suppress(OSError):
                path.unlink()
                path.parent.rmdir()
        return gone


def _stamp(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        return stamp_of(path)
    return None


def _whole(path: Path) -> bool:
    """Say whether a file is empty or ends with a line's end."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
