"""The record of what was made survives kills and never claims what is someone else's."""

from pathlib import Path

from mikazuki.tools.prepare_ledger import LEDGER_FILE, Ledger


def test_a_line_cut_by_a_kill_is_passed_over_and_the_next_one_whole(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    Ledger.read(tmp_path, tmp_path / "in").add("a", "way", [tmp_path / "a"])
    with (tmp_path / LEDGER_FILE).open("a", encoding="utf-8") as file:
        file.write('{"key": "b", "rec')
    ledger = Ledger.read(tmp_path, tmp_path / "in")
    assert list(ledger.made) == ["a"]
    ledger.add("c", "way", [tmp_path / "c"])
    assert list(Ledger.read(tmp_path, tmp_path / "in").made) == ["a", "c"]


def test_only_untouched_files_of_our_own_count(tmp_path: Path) -> None:
    ours, foreign = tmp_path / "ours", tmp_path / "foreign"
    ours.write_text("a", encoding="utf-8")
    foreign.write_text("b", encoding="utf-8")
    ledger = Ledger.read(tmp_path, tmp_path / "in")
    ledger.add("ours", "way", [ours])
    assert ledger.is_made("ours", "way")
    assert not ledger.is_made("ours", "other way")
    assert [ledger.may_write(path) for path in (ours, foreign, tmp_path / "free")] == [True, False, True]
    ours.write_text("longer", encoding="utf-8")
    assert not ledger.is_made("ours", "way")
    assert not ledger.may_write(ours)
    assert ledger.remove_others([]) == []
    assert ours.exists()


def test_lines_of_another_shape_are_passed_over(tmp_path: Path) -> None:
    lines = [
        "[]",
        "null",
        '{"key": "a"}',
        '{"key": "a", "recipe": "w", "files": {"x": [1]}}',
        '{"key":1,"recipe":2,"files":3}',
    ]
    (tmp_path / LEDGER_FILE).write_text("\n".join(lines), encoding="utf-8")
    assert Ledger.read(tmp_path, tmp_path / "in").made == {}
