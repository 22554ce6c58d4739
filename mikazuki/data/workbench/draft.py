"""What a person has changed and not saved, with every step back and forth: made of records alone, without any file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Text = str | None
"""A caption; None where there is no file."""
Key = str
"""A caption file's path below the folder."""
Record = dict[str, Any]
"""A line of the journal."""

STEPS: Final = 1000
"""Edits that can be undone; older ones stay in effect."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: its kind and parameters, and each caption before and after."""

    what: Mapping[str, Any]
    changes: tuple[tuple[Key, Text, Text], ...]

    def as_record(self) -> Record:
        """Return it as a line of the journal."""
        return {"kind": "edit", "what": dict(self.what), "changes": [list(change) for change in self.changes]}

    @classmethod
    def of(cls, record: Record) -> "Edit":
        """Read a line of the journal."""
        return cls(record["what"], tuple((key, old, new) for key, old, new in record["changes"]))


@dataclass
class Draft:
    """The captions that differ from what the person started from.

    `texts` holds each of them as it is in the draft, `base` what its file held when it was changed first: where the
    file holds something else by now, somebody else has written it, and that is a conflict.
    """

    texts: dict[Key, Text] = field(default_factory=dict)
    base: dict[Key, Text] = field(default_factory=dict)
    done: list[Edit] = field(default_factory=list)
    undone: list[Edit] = field(default_factory=list)
    revision: int = 0
    """Grows with every record."""

    @classmethod
    def of(cls, records: Iterable[Record]) -> "Draft":
        """Make the draft that records lead to; KeyError, ValueError or TypeError on those of another form."""
        draft = cls()
        for record in records:
            draft.take(record)
        return draft

    def take(self, record: Record) -> None:
        """Go on by one record."""
        self.revision += 1
        match record["kind"]:
            case "edit":
                self._edit(Edit.of(record), record.get("base", {}))
            case "undo" if self.done:
                edit = self.done.pop()
                self.undone.append(edit)
                self._put((key, new, old) for key, old, new in edit.changes)
            case "redo" if self.undone:
                edit = self.undone.pop()
                self.done.append(edit)
                self._put(edit.changes)
            case "keep":
                self.base.update({key: text for key, text in record["base"].items() if key in self.texts})
            case "save":
                for key in record["keys"]:
                    self.texts.pop(key, None)
                    self.base.pop(key, None)
            case "start":
                self.done = [Edit.of(edit) for edit in record["done"]]
                self.undone = [Edit.of(edit) for edit in record["undone"]]
                self.revision = record["revision"]

    def _edit(self, edit: Edit, base: Mapping[Key, Text]) -> None:
        self.base.update(base)
        self._put(edit.changes)
        self.done.append(edit)
        self.undone.clear()
        del self.done[:-STEPS]

    def _put(self, changes: Iterable[tuple[Key, Text, Text]]) -> None:
        for key, old, new in changes:
            if key not in self.texts:
                self.base[key] = old
            self.texts[key] = new
            if new == self.base[key]:  # as it was: from here on it follows its file again
                del self.texts[key], self.base[key]

    def shown(self, key: Key, on_disk: Text) -> Text:
        """Return a caption as the person sees it."""
        return self.texts.get(key, on_disk)

    def changed(self, key: Key, on_disk: Text) -> bool:
        """Say whether a Save would write this caption."""
        return key in self.texts and self.texts[key] != on_disk

    def conflict(self, key: Key, on_disk: Text) -> bool:
        """Say whether somebody else has written this caption since the person changed it."""
        return self.changed(key, on_disk) and self.base[key] != on_disk

    def compact(self) -> Record:
        """Return one record in place of all, with the newer half of the steps; nothing may be unsaved."""
        assert not self.texts  # noqa: S101 - a programmer's mistake
        return {
            "kind": "start",
            "done": [edit.as_record() for edit in self.done[-len(self.done) // 2 :]],
            "undone": [edit.as_record() for edit in self.undone[-len(self.undone) // 2 :]],
            "revision": self.revision,
        }
