"""Steps back and forth, saves and conflicts, on records alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikazuki.data.workbench.draft import Draft, Edit, Record


def edit(*changes: tuple[str, str | None, str | None], **more: object) -> Record:
    return {**Edit({"kind": "edit"}, changes).as_record(), **more}


def test_undo_and_redo_walk_the_same_way() -> None:
    draft = Draft.of([edit(("a", "1", "2")), edit(("a", "2", "3"), ("b", None, "x"))])
    assert draft.texts == {"a": "3", "b": "x"}
    draft.take({"kind": "undo"})
    assert draft.texts == {"a": "2"}
    draft.take({"kind": "undo"})
    assert draft.texts == {}
    for _ in range(3):
        draft.take({"kind": "redo"})
    assert draft.texts == {"a": "3", "b": "x"}
    assert not draft.undone


def test_a_new_edit_ends_what_could_be_done_again() -> None:
    draft = Draft.of([edit(("a", "1", "2")), {"kind": "undo"}, edit(("a", "1", "9")), {"kind": "redo"}])
    assert draft.texts == {"a": "9"}


def test_after_a_save_undo_changes_the_file_anew() -> None:
    draft = Draft.of([edit(("a", "1", "2")), {"kind": "save", "keys": ["a"]}])
    assert not draft.changed("a", "2")
    draft.take({"kind": "undo"})
    assert draft.changed("a", "2")
    assert not draft.conflict("a", "2")
    draft.take({"kind": "redo"})
    assert not draft.changed("a", "2")


def test_a_file_written_by_somebody_else_is_a_conflict_until_one_side_is_kept() -> None:
    draft = Draft.of([edit(("a", "1", "2"))])
    assert not draft.conflict("a", "1")
    assert draft.conflict("a", "theirs")
    assert not draft.conflict("a", "2"), "both wrote the same"
    draft.take({"kind": "keep", "base": {"a": "theirs"}})
    assert draft.changed("a", "theirs")
    assert not draft.conflict("a", "theirs")


def test_undo_past_somebody_elses_change_is_a_conflict() -> None:
    draft = Draft.of([edit(("a", "1", "2")), {"kind": "save", "keys": ["a"]}, {"kind": "undo"}])
    assert draft.conflict("a", "theirs")


def test_taking_theirs_can_be_undone() -> None:
    draft = Draft.of([edit(("a", "1", "2")), edit(("a", "2", "theirs"), base={"a": "theirs"})])
    assert draft.texts == {}
    draft.take({"kind": "undo"})
    assert draft.texts == {"a": "2"}
    assert not draft.conflict("a", "theirs")


@given(st.lists(st.sampled_from(["edit", "undo", "redo", "save"]), max_size=30))
def test_undoing_everything_gives_the_first_text(kinds: list[str]) -> None:
    draft, disk = Draft(), "0"
    for number, kind in enumerate(kinds, 1):
        shown = draft.shown("a", disk)
        if kind == "save":
            disk = shown or ""
            draft.take({"kind": "save", "keys": ["a"]})
        else:
            draft.take(edit(("a", shown, str(number))) if kind == "edit" else {"kind": kind})
        assert not draft.conflict("a", disk)
    while draft.done:
        draft.take({"kind": "undo"})
    assert draft.shown("a", disk) == "0"


def test_a_compact_record_keeps_the_newer_steps() -> None:
    records = [edit(("a", str(n), str(n + 1))) for n in range(10)]
    draft = Draft.of([*records, {"kind": "save", "keys": ["a"]}])
    again = Draft.of([draft.compact()])
    assert (len(again.done), again.revision) == (5, draft.revision)
    again.take({"kind": "undo"})
    assert again.texts == {"a": "9"}


def test_unsaved_changes_are_never_compacted() -> None:
    with pytest.raises(AssertionError):
        Draft.of([edit(("a", "1", "2"))]).compact()
