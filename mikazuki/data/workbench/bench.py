"""The workbench of one folder: its captions in the draft, every change to them, Save, and giving a Save back."""

import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from mikazuki.data.workbench import saving
from mikazuki.data.workbench.asked import Query, Selection
from mikazuki.data.workbench.draft import Draft, Edit, Key, Text
from mikazuki.data.workbench.index import Entry, Index
from mikazuki.data.workbench.journal import Journal, draft_folder
from mikazuki.data.workbench.operations import Delete, Operation, ReplacePattern, SetText
from mikazuki.data.workbench.patterns import substituted
from mikazuki.data.workbench.queries import Row, found_places, frequencies
from mikazuki.data.workbench.tags import FREE_TEXT, guessed_separator
from mikazuki.data.workbench.transforms import transform_of
from mikazuki.errors import MikazukiError
from mikazuki.files import disk_error

FRESH_SECONDS: Final = 2.0
"""How long the folder counts as looked at; a Save always looks again."""
LOCK_SECONDS: Final = 20.0

Change = tuple[Key, Text, Text]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an operation would change: how many captions it was asked of, and each that would become another one."""

    revision: int
    asked: int
    changes: tuple[tuple[Entry, Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step that can be undone or done again: its kind and parameters, and how many captions it changes."""

    what: Mapping[str, Any]
    captions: int


@dataclass(frozen=True, slots=True)
class State:
    """Where a draft stands: pictures, caption files, captions not saved, those of them in conflict, the next steps."""

    revision: int
    pictures: int
    captions: int
    changed: int
    conflicts: int
    undo: Step | None
    redo: Step | None
    separator: str
    folders: tuple[str, ...]
    unreadable: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A caption that was changed in the draft and, since, in its file."""

    entry: Entry
    base: Text
    mine: Text
    theirs: Text


class Workbench:
    """The captions of one folder. All methods may be called from several threads; they take turns."""

    def __init__(self, folder: Path, drafts: Path) -> None:
        """Read the folder and its draft, kept below ``drafts``; nothing is written.

        Raises:
            MikazukiError: `dataset-not-found`, `dataset-not-readable`, `draft-wrong`.
        """
        self.folder = folder
        self._place = draft_folder(drafts, folder)
        self._journal = Journal(self._place / "draft.jsonl", folder)
        self.index = Index(folder)
        self._looked = time.monotonic()
        self._lock = threading.RLock()
        self._rows: tuple[Row, ...] | None = None
        self._counted: dict[str, Counter[str]] = {}

    @property
    def draft(self) -> Draft:
        """What was changed."""
        return self._journal.draft

    def refresh(self, *, at_once: bool = True) -> None:
        """Look at the folder and the journal again, unless that was done a moment ago."""
        with self._lock:
            if not at_once and time.monotonic() - self._looked < FRESH_SECONDS:
                return
            before = self.draft.revision
            self._journal.follow()
            if self.index.refresh() or self.draft.revision != before:
                self._forget()
            self._looked = time.monotonic()

    # ---- looking

    @contextmanager
    def still(self) -> Iterator[None]:
        """Let no other thread change anything, so that several looks are at the same captions."""
        with self._lock:
            yield

    def rows(self) -> tuple[Row, ...]:
        """Return all captions as they are in the draft, in the order of the pictures' names."""
        with self._lock:
            if self._rows is None:
                self._rows = tuple(self._row(entry) for entry in self.index.entries)
            return self._rows

    def places(self, query: Query, separator: str) -> list[int]:
        """Return the places in `rows` that a query finds; raises `pattern-wrong`, `pattern-too-slow`."""
        with self._lock:
            return found_places(self.rows(), query, separator, self.index.sizes)

    def frequencies(self, separator: str) -> Counter[str]:
        """Count in how many captions of the folder each tag stands."""
        with self._lock:
            if separator not in self._counted:
                self._counted[separator] = frequencies((row.text for row in self.rows()), separator)
            return self._counted[separator]

    def state(self) -> State:
        """Say where the draft stands."""
        with self._lock:
            self.refresh(at_once=False)
            draft, disk = self.draft, self.index.disk
            texts = [found.text for found in disk.values() if found.text is not None]
            return State(
                revision=draft.revision,
                pictures=len(self.index.entries),
                captions=len(texts),
                changed=len(self._changed()),
                conflicts=len(self.conflicts()),
                undo=_step(draft.done),
                redo=_step(draft.undone),
                separator=guessed_separator(texts),
                folders=tuple(dict.fromkeys(entry.folder for entry in self.index.entries)),
                unreadable=sum(bool(found.problem) for found in disk.values()),
            )

    def conflicts(self) -> list[Conflict]:
        """Return the captions that were changed here and in their files."""
        with self._lock:
            draft, entries = self.draft, self._entries()
            return [
                Conflict(entries[key], draft.base[key], draft.texts[key], self.index.disk[key].text)
                for key in self._changed()
                if draft.conflict(key, self.index.disk[key].text)
            ]

    def preview(self, selection: Selection, operation: Operation, separator: str) -> Preview:
        """Return what an operation would change; raises `picture-not-found`, `pattern-wrong`, `pattern-too-slow`."""
        with self._lock:
            entries = self._selected(selection, separator)
            old = [self._text(entry.key) for entry in entries]
            new = self._transformed(old, operation, separator)
            changes = tuple(row for row in zip(entries, old, new, strict=True) if row[1] != row[2])
            return Preview(self.draft.revision, len(entries), changes)

    # ---- changing the draft

    def apply(self, selection: Selection, operation: Operation, separator: str, revision: int | None = None) -> int:
        """Carry an operation out in the draft; return how many captions it changed.

        Args:
            selection: Which captions.
            operation: What to do to them.
            separator: What stands between tags.
            revision: That of the preview that the person saw; None: whatever the draft is.

        Raises:
            MikazukiError: `draft-changed` where the draft is another one by now; else as `preview`, `disk-full`,
                `not-writable`.
        """
        with self._changing():
            if revision is not None and revision != self.draft.revision:
                raise MikazukiError(
                    "draft-changed", "The draft has changed since the preview.", "Look at the preview again."
                )
            found = self.preview(selection, operation, separator)
            what = {**operation.model_dump(exclude_defaults=True), "kind": operation.kind}
            return self._edit(what, [(entry.key, old, new) for entry, old, new in found.changes])

    def edit(self, name: str, text: Text, seen: Text) -> None:
        """Change one caption, provided that it still is what the person saw.

        Raises:
            MikazukiError: `picture-not-found`, `caption-changed`, `caption-not-readable`.
        """
        with self._changing():
            readable = self._selected(Selection(names=[name]), FREE_TEXT)
            if not readable:
                hint = "Make it a readable text file, or remove it."
                raise MikazukiError("caption-not-readable", f"The caption of {name} cannot be read.", hint)
            key = readable[0].key
            now = self._text(key)
            if now != seen:
                raise MikazukiError(
                    "caption-changed",
                    f"The caption of {name} is another one by now.",
                    "Look at it again and edit that.",
                )
            if normal(text) != now:
                self._edit({"kind": "edit", "name": name}, [(key, now, normal(text))])

    def undo(self) -> Step | None:
        """Take the last step back; None where there is none."""
        return self._turn("undo")

    def redo(self) -> Step | None:
        """Do a step again that was taken back; None where there is none."""
        return self._turn("redo")

    def discard(self, keys: Iterable[Key] | None = None) -> int:
        """Let captions be as their files are, which is a step that can be undone; return how many."""
        with self._changing():
            self.index.refresh()
            wanted = self._changed() if keys is None else [key for key in keys if key in self.draft.texts]
            disk = {key: self.index.disk[key].text for key in wanted if key in self.index.disk}
            return self._edit({"kind": "discard"}, [(key, self.draft.texts[key], disk[key]) for key in disk], disk)

    def keep_mine(self, keys: Iterable[Key]) -> None:
        """Let the draft win over what somebody else has written into these files."""
        with self._changing():
            base = {key: self.index.disk[key].text for key in keys if key in self.draft.texts}
            if base:
                self._append({"kind": "keep", "base": base})

    # ---- writing files

    def save(self) -> saving.Saved:
        """Write all changed captions but those in conflict.

        Raises:
            MikazukiError: `disk-full`, `not-writable`; what was written until then is in the history.
        """
        with self._changing():
            self.index.refresh()
            conflicts = {conflict.entry.key for conflict in self.conflicts()}
            disk, texts = self.index.disk, self.draft.texts
            keys = [key for key in self._changed() if key not in conflicts]
            wanted = [saving.Wanted(key, self.index.files[key], texts[key], disk[key]) for key in keys]
            try:
                saved = saving.save(self._place, wanted)
            finally:
                self._forget()
            self.index.written(dict(saved.written))
            self._settle()
            return saved

    def history(self) -> list[saving.PastSave]:
        """Return the Saves that can be given back, the newest first."""
        return saving.past_saves(self._place)

    def restore(self, save_id: str) -> saving.Restored:
        """Give all captions of a Save back; raises `save-not-found`, `disk-full`, `not-writable`."""
        with self._changing():
            found = saving.restore(self._place, save_id)
            self.index.refresh()
            self._forget()
            return found

    # ---- inside

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Let one thread of one process change the draft."""
        with self._lock, self._alone():
            before = self.draft.revision
            self._journal.follow()
            if self.draft.revision != before:
                self._forget()
            self._settle()
            yield

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other programs from the draft; raises `draft-busy`, `disk-full`, `not-writable`."""
        lock = FileLock(self._place / "lock", timeout=LOCK_SECONDS)
        try:
            self._place.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout as error:
            raise MikazukiError(
                "draft-busy", f"Another program is changing the captions of {self.folder}.", "Try again in a moment."
            ) from error
        except OSError as error:
            raise disk_error(self._place, error) from error
        try:
            yield
        finally:
            lock.release()

    def _settle(self) -> None:
        """Count captions as saved that their files hold, also where a kill came before a Save could say so."""
        disk, texts = self.index.disk, self.draft.texts
        if same := [key for key, text in texts.items() if key in disk and disk[key].text == text]:
            self._append({"kind": "save", "keys": same})

    def _turn(self, kind: str) -> Step | None:
        with self._changing():
            step = _step(self.draft.done if kind == "undo" else self.draft.undone)
            if step is not None:
                self._append({"kind": kind})
            return step

    def _edit(self, what: Mapping[str, Any], changes: list[Change], base: Mapping[Key, Text] | None = None) -> int:
        if changes:
            self._append({**Edit(what, tuple(changes)).as_record(), **({"base": dict(base)} if base else {})})
        return len(changes)

    def _append(self, record: dict[str, Any]) -> None:
        self._journal.append(record)
        self._forget()

    def _forget(self) -> None:
        self._rows = None
        self._counted = {}

    def _row(self, entry: Entry) -> Row:
        on_disk = self.index.disk[entry.key].text
        changed = self.draft.changed(entry.key, on_disk)
        return Row(entry.name, entry.folder, self.draft.shown(entry.key, on_disk), changed)

    def _text(self, key: Key) -> Text:
        return self.draft.shown(key, self.index.disk[key].text)

    def _changed(self) -> list[Key]:
        """Return the keys that a Save would write; captions whose pictures are gone wait for them."""
        disk = self.index.disk
        return [key for key in self.draft.texts if key in disk and self.draft.changed(key, disk[key].text)]

    def _entries(self) -> dict[Key, Entry]:
        return {entry.key: entry for entry in reversed(self.index.entries)}

    def _selected(self, selection: Selection, separator: str) -> list[Entry]:
        """Return one picture for each caption that was selected and can be read."""
        index = self.index
        if selection.names is not None:
            if missing := [name for name in selection.names if name not in index.places]:
                raise MikazukiError(
                    "picture-not-found",
                    f"There is no picture {missing[0]} in {self.folder}.",
                    "Look at the folder again.",
                )
            places: Iterable[int] = sorted({index.places[name] for name in selection.names})
        elif selection.query is not None:
            places = self.places(selection.query, separator)
        else:
            places = range(len(index.entries))
        chosen = {index.entries[place].key: index.entries[place] for place in places}
        return [entry for key, entry in chosen.items() if not index.disk[key].problem]

    def _transformed(self, old: Sequence[Text], operation: Operation, separator: str) -> list[Text]:
        """Return what becomes of captions; one without a file gets one only where it gets words."""
        words = [text or "" for text in old]
        if isinstance(operation, ReplacePattern):
            new: list[Text] = [*substituted(operation.pattern, operation.by, words, match_case=operation.match_case)]
        else:
            transform = transform_of(operation, separator, self.frequencies(separator))
            new = [transform(text) for text in words]
        new = [normal(text) for text in new]
        if isinstance(operation, SetText | Delete):
            return new
        return [None if before is None and not after else after for before, after in zip(old, new, strict=True)]


def normal(text: Text) -> Text:
    """Return a caption as its file will give it back: line ends of one kind, none at the end."""
    return None if text is None else text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\r\n")


def _step(edits: Sequence[Edit]) -> Step | None:
    return Step(edits[-1].what, len(edits[-1].changes)) if edits else None
