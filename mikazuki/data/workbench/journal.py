"""A draft's journal: a line of JSON a step, outside the person's folder; a kill loses the step under way at most."""

import hashlib
import json
from pathlib import Path
from typing import Final

from mikazuki.data.file_history import append_records, read_records
from mikazuki.data.workbench.draft import Draft, Record
from mikazuki.errors import MikazukiError
from mikazuki.files import write_text

VERSION: Final = 1
MOST_BYTES: Final = 64_000_000
"""A journal longer than this is shortened when nothing is unsaved: its older half of steps can no longer be undone."""


def draft_folder(drafts: Path, folder: Path) -> Path:
    """Name the folder, below that of all drafts, that belongs to a folder of pictures."""
    name = hashlib.blake2b(str(folder.resolve()).encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
    return drafts / name


class Journal:
    """The journal of one folder of pictures, and the draft that it leads to."""

    def __init__(self, file: Path, folder: Path) -> None:
        """Read it; where there is none the first step makes it.

        Raises:
            MikazukiError: `draft-wrong` where another version wrote it.
        """
        self.file = file
        self._folder = folder
        self._bytes = -1
        self._headed = False
        self.draft = Draft()
        self.follow()

    def follow(self) -> None:
        """Read the journal again where another process has written it."""
        size = self.file.stat().st_size if self.file.exists() else 0
        if size == self._bytes:
            return
        records = list(read_records(self.file))
        try:
            self.draft = _draft_of(records)
        except (KeyError, ValueError, TypeError) as error:
            raise MikazukiError(
                "draft-wrong",
                f"The draft {self.file} of {self._folder} was not written by this version: {error!r}.",
                "Move that file away to begin a new draft; captions that were saved are not touched.",
            ) from error
        self._bytes, self._headed = size, bool(records)

    def append(self, record: Record) -> None:
        """Go on by one step, on the disk first; raises `disk-full`, `not-writable`."""
        head = [] if self._headed else [self._head()]
        self._bytes = append_records(self.file, [*head, record])
        self._headed = True
        self.draft.take(record)
        if self._bytes > MOST_BYTES and not self.draft.texts:
            self.shorten()

    def shorten(self) -> None:
        """Write the journal anew with the newer half of its steps; nothing may be unsaved."""
        lines = [self._head(), self.draft.compact()]
        write_text(self.file, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
        self._bytes = -1
        self.follow()

    def _head(self) -> Record:
        return {"kind": "captions", "version": VERSION, "folder": str(self._folder)}


def _draft_of(records: list[Record]) -> Draft:
    """Make a draft of a journal's lines; raises KeyError, ValueError or TypeError where they are none of ours."""
    if records and records[0]["version"] != VERSION:
        raise ValueError(records[0]["version"])
    return Draft.of(records[1:])
