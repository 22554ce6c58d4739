"""Writes captions file by file, remembers what they were, and gives a whole Save back."""

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from mikazuki.data.caption_files import caption_bytes
from mikazuki.data.file_history import Change, append_records, changes_back, content, remember
from mikazuki.data.workbench.draft import Key, Text
from mikazuki.data.workbench.index import OnDisk, read_file
from mikazuki.data.workbench.together import stamp_of, write_together
from mikazuki.errors import MikazukiError

KEPT: Final = 100
"""Saves that can be given back; the oldest goes when there are more."""
FOLDER: Final = "saves"
_ENDING: Final = ".jsonl"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A caption to write: its file, what it will hold (None: no file), and how it is now."""

    key: Key
    path: Path
    text: Text
    now: OnDisk


@dataclass(frozen=True, slots=True)
class Failed:
    """A caption that was not written, and why."""

    key: Key
    problem: MikazukiError


@dataclass(frozen=True, slots=True)
class Saved:
    """What a Save came to: its id (empty where there was nothing to write), what was written, and what was not."""

    id: str
    written: Mapping[Key, OnDisk]
    failed: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class PastSave:
    """A Save that can be given back; `time` in unix seconds, `of` the save that a restore gave back."""

    id: str
    time: float
    kind: Literal["save", "restore"]
    files: int
    of: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    """What giving a Save back came to: the new save that it makes, files written, and those left alone as changed."""

    id: str
    files: int
    left: tuple[str, ...]


def save(folder: Path, wanted: Sequence[Wanted]) -> Saved:
    """Write captions, each in one piece, after what they were has been kept below ``folder``.

    A file that was changed since it was read is left alone and named in the answer, as is one that cannot be written.

    Raises:
        MikazukiError: `disk-full`, or `not-writable` of the history: then nothing, or nothing more, is written.
    """
    if not wanted:
        return Saved("", {}, ())
    history = _new_history(folder, "save", len(wanted))
    changes = [
        Change(one.path, content(one.path), None if one.text is None else caption_bytes(one.text)) for one in wanted
    ]
    remember(history, changes)
    problems = write_together([(change, one.now.stamp) for change, one in zip(changes, wanted, strict=True)])
    _forget_old(folder)
    failed = [Failed(one.key, problems[one.path]) for one in wanted if one.path in problems]
    written = {one.key: read_file(one.path) for one in wanted if one.path not in problems}
    return Saved(history.stem, written, tuple(failed))


def past_saves(folder: Path) -> list[PastSave]:
    """Return the Saves that can be given back, the newest first."""
    found = []
    for file in sorted((folder / FOLDER).glob(f"*{_ENDING}"), reverse=True):
        # one that another program has just forgotten, or is only beginning, is none
        with suppress(OSError, ValueError, KeyError), file.open(encoding="utf-8", errors="surrogateescape") as lines:
            head = json.loads(lines.readline())
            found.append(PastSave(file.stem, head["time"], head["kind"], head["files"], head.get("of", "")))
    return found


def restore(folder: Path, save_id: str) -> Restored:
    """Give all captions of a Save back as they were before it; those changed since stay as they are.

    Giving back is a Save too, and can itself be given back.

    Raises:
        MikazukiError: `save-not-found`; `disk-full`, `not-writable`.
    """
    if save_id not in {one.id for one in past_saves(folder)}:
        raise MikazukiError("save-not-found", f"There is no save {save_id}.", "Choose one from the history.")
    found = [(*row, stamp_of(row[0].path)) for row in changes_back(folder / FOLDER / f"{save_id}{_ENDING}")]
    changes = [(change, stamp) for change, allowed, stamp in found if allowed]
    left = [str(change.path) for change, allowed, _ in found if not allowed]
    if not changes:
        return Restored("", 0, tuple(left))
    history = _new_history(folder, "restore", len(changes), of=save_id)
    remember(history, [change for change, _ in changes])
    problems = write_together(changes)
    _forget_old(folder)
    return Restored(history.stem, len(changes) - len(problems), (*left, *map(str, problems)))


def _new_history(folder: Path, kind: str, files: int, **more: Any) -> Path:
    """Begin the history of a Save; its name sorts by time."""
    now = time.time()
    moment = time.strftime("%Y%m%d-%H%M%S", time.gmtime(now))
    file = folder / FOLDER / f"{moment}-{int(now * 1e6) % 1_000_000:06d}{_ENDING}"
    append_records(file, [{"kind": kind, "time": now, "files": files, **more}])
    return file


def _forget_old(folder: Path) -> None:
    files = sorted((folder / FOLDER).glob(f"*{_ENDING}"))
    for file in files[:-KEPT]:
        file.unlink(missing_ok=True)
