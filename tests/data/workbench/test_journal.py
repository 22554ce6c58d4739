"""The journal on disk: what a kill leaves of it, other versions, and its length."""

from pathlib import Path

import pytest

from mikazuki.data.workbench import journal as room
from mikazuki.data.workbench.draft import Edit
from mikazuki.data.workbench.journal import Journal, draft_folder
from mikazuki.errors import MikazukiError


def edit(old: str, new: str) -> dict[str, object]:
    return Edit({"kind": "edit"}, (("a", old, new),)).as_record()


def opened(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "draft.jsonl", tmp_path)


def test_looking_writes_nothing(tmp_path: Path) -> None:
    opened(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", [3, 60, -2])
def test_a_line_cut_short_is_passed_over_and_the_next_one_counts(tmp_path: Path, left: int) -> None:
    journal = opened(tmp_path)
    journal.append(edit("1", "2"))
    whole = journal.file.read_bytes()
    journal.file.write_bytes(whole[:left])
    again = opened(tmp_path)
    assert again.draft.texts == {}
    again.append(edit("1", "3"))
    assert opened(tmp_path).draft.texts == {"a": "3"}


def test_another_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "draft.jsonl").write_text('{"kind": "captions", "version": 99}\n', encoding="utf-8")
    with pytest.raises(MikazukiError) as caught:
        opened(tmp_path)
    assert caught.value.code == "draft-wrong"


def test_what_another_process_wrote_is_followed(tmp_path: Path) -> None:
    one, other = opened(tmp_path), opened(tmp_path)
    one.append(edit("1", "2"))
    other.follow()
    assert other.draft.texts == {"a": "2"}


def test_a_long_journal_is_shortened_once_all_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = opened(tmp_path)
    for number in range(20):
        journal.append(edit(str(number), str(number + 1)))
    long = journal.file.stat().st_size
    monkeypatch.setattr(room, "MOST_BYTES", long - 1)
    journal.append({"kind": "undo"})
    assert journal.file.stat().st_size > long, "something is unsaved"
    journal.append({"kind": "save", "keys": ["a"]})
    assert journal.file.stat().st_size < long
    assert len(opened(tmp_path).draft.done) == 10
    assert opened(tmp_path).draft.revision == journal.draft.revision == 22


def test_folders_have_drafts_of_their_own(tmp_path: Path) -> None:
    assert draft_folder(tmp_path, tmp_path / "a") != draft_folder(tmp_path, tmp_path / "b")
    assert draft_folder(tmp_path, tmp_path / "a" / ".." / "a") == draft_folder(tmp_path, tmp_path / "a")
