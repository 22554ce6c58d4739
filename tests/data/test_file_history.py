"""Records of writes: whole lines alone count, and what was written is taken back byte by byte."""

from pathlib import Path

from mikazuki.data.file_history import (
    Change,
    append_records,
    carry_out,
    changes_back,
    read_records,
    remember,
    take_back,
)


def test_a_removal_is_taken_back_too(tmp_path: Path) -> None:
    path, history = tmp_path / "a.txt", tmp_path / "logs" / "h.jsonl"
    path.write_bytes(b"\xff old")
    removal = Change(path, b"\xff old", None)
    remember(history, [removal])
    carry_out(removal)
    assert not path.exists()
    assert take_back(history).restored == 1
    assert path.read_bytes() == b"\xff old"


def test_what_was_changed_since_may_not_be_taken_back(tmp_path: Path) -> None:
    paths, history = [tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "h.jsonl"
    changes = [Change(path, None, b"new") for path in paths]
    remember(history, changes)
    for change in changes:
        carry_out(change)
    paths[0].write_bytes(b"by hand")
    assert [(change.path.name, allowed) for change, allowed in changes_back(history)] == [
        ("b.txt", True),
        ("a.txt", False),
    ]


def test_part_of_a_line_is_no_record_and_spoils_none(tmp_path: Path) -> None:
    path = tmp_path / "h.jsonl"
    append_records(path, [{"n": 1}, {"n": 2}])
    path.write_bytes(path.read_bytes()[:-4])
    length = append_records(path, [{"n": 3}])
    assert [record["n"] for record in read_records(path)] == [1, 3]
    assert length == path.stat().st_size
