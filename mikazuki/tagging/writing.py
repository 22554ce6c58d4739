"""Writes what came of each batch: the old captions into the history first, then the new ones; or differences alone."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mikazuki.data.file_history import Change
from mikazuki.errors import MikazukiError
from mikazuki.events import EventWriter
from mikazuki.files import disk_error
from mikazuki.settings.tagging import TagSettings
from mikazuki.tagging.captions import Plan, as_record, carry_out, changes, difference, plan
from mikazuki.tagging.history import DIFFERENCES, DIFFERENCES_JSON, History
from mikazuki.tagging.pipeline import Seen

GIVE_UP: Final = "disk-full"
"""The problem that is every later picture's as well."""


@dataclass
class Tally:
    """How many pictures came to what."""

    total: int = 0
    done: int = 0
    written: int = 0
    """Pictures whose caption or sidecar was written, or would be."""
    unchanged: int = 0
    failed: int = 0
    skipped: int = 0
    """Left out from the beginning: done by an earlier run, or captioned and to be kept."""


@dataclass
class Writer:
    """Takes batch after batch; used by one thread at a time."""

    settings: TagSettings
    model: str
    folder: Path
    """The job's."""
    events: EventWriter
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        """Go on with the history that the folder has; differences begin anew, for a dry run reads all pictures."""
        self.history = History(self.folder)
        if self.settings.dry_run:
            for name in (DIFFERENCES, DIFFERENCES_JSON):
                (self.folder / name).unlink(missing_ok=True)

    def finish(self, group: Sequence[Seen]) -> None:
        """Write a batch; raises MikazukiError ``disk-full``, and ``not-writable`` of the job's folder."""
        planned = [found for seen in group if (found := self._planned(seen)) is not None]
        if self.settings.dry_run:
            self._show([found for found, _ in planned])
        else:
            self.history.remember([change for _, found in planned for change in found])
            self.history.finish([found.picture for found, files in planned if self._carried_out(found, files)])
        self.tally.done += len(group)

    def _planned(self, seen: Seen) -> tuple[Plan, list[Change]] | None:
        """Plan one picture; None where that cannot be, which is told."""
        if seen.reading is None:
            self._fail(seen.picture, seen.problem)
            return None
        try:
            found = plan(seen.picture, seen.reading, self.settings, self.model)
            files = changes(found)
        except MikazukiError as error:
            self._fail(seen.picture, error)
            return None
        if files:
            self.tally.written += 1
        else:
            self.tally.unchanged += 1
        return found, files

    def _carried_out(self, found: Plan, files: list[Change]) -> bool:
        try:
            carry_out(found, files)
        except MikazukiError as error:
            if error.code == GIVE_UP:
                raise
            self.tally.written -= 1
            self._fail(found.picture, error)
            return False
        return True

    def _fail(self, picture: Path, problem: MikazukiError | None) -> None:
        self.tally.failed += 1
        code = problem.code if problem else "unread"
        self.events.emit("warning", code=code, text=problem.message if problem else str(picture))

    def _show(self, plans: Sequence[Plan]) -> None:
        """Append the differences of a batch."""
        self._append(DIFFERENCES, "".join(map(difference, plans)))
        records = [json.dumps(as_record(found), ensure_ascii=False) for found in plans if found.changes_caption]
        self._append(DIFFERENCES_JSON, "".join(record + "\n" for record in records))

    def _append(self, name: str, text: str) -> None:
        path = self.folder / name
        try:
            with path.open("a", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise disk_error(path, error) from error
