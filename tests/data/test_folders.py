"""Which folders and files count as pictures to train on."""

from pathlib import Path

import pytest

from mikazuki.data.folders import find_subsets, listed, parse_name
from mikazuki.errors import MikazukiError


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def codes(root: Path) -> list[str]:
    return [note.code for note in find_subsets(root, repeats_default=1, is_reg=False)[1]]


@pytest.mark.parametrize(
    ("name", "parsed"),
    [
        ("10_sks dog", (10, "sks dog")),
        ("3_a_b_c", (3, "a_b_c")),
        ("2_", (2, "")),
        ("-1_x", (-1, "x")),
        ("x_10", None),
        ("2024", None),
        ("1.5_x", None),
        ("5_\u732b", (5, "\u732b")),
    ],
)
def test_name_is_split_at_the_first_underscore(name: str, parsed: tuple[int, str] | None) -> None:
    assert parse_name(name) == parsed


def test_numbered_children_sorted_with_their_pictures(tmp_path: Path) -> None:
    root = tmp_path / "my \u732b pictures"
    touch(root / "2_b cat" / "z.PNG", root / "2_b cat" / "a.Jpg", root / "10_sks dog" / "x.webp")
    touch(root / "2_b cat" / "a.txt", root / "2_b cat" / ".hidden.png", root / ".3_hidden" / "a.png")
    subsets, notes = find_subsets(root, repeats_default=7, is_reg=True)
    assert [(s.name, s.repeats, s.class_tokens, s.is_reg) for s in subsets] == [
        ("10_sks dog", 10, "sks dog", True),
        ("2_b cat", 2, "b cat", True),
    ]
    assert [path.name for path in subsets[1].pictures] == ["a.Jpg", "z.PNG"]
    assert notes == []


def test_everything_left_out_is_noted(tmp_path: Path) -> None:
    touch(tmp_path / "1_a" / "x.png", tmp_path / "1_a" / "inner" / "y.png", tmp_path / "1_a" / "z.gif")
    touch(tmp_path / "loose.png", tmp_path / "no number" / "y.png", tmp_path / "0_never" / "y.png")
    (tmp_path / "3_empty").mkdir()
    (tmp_path / "notes").mkdir()
    subsets, notes = find_subsets(tmp_path, repeats_default=1, is_reg=False)
    assert [subset.name for subset in subsets] == ["1_a"]
    text = " ".join(note.text for note in notes)
    for left_out in ("inner", "z.gif", "no number", "0_never", "3_empty", "1 picture directly in"):
        assert left_out in text
    assert "notes" not in text
    assert "`1_no number`" in text


def test_plain_folder_takes_the_given_repeats_and_its_own_name(tmp_path: Path) -> None:
    touch(tmp_path / "my dog" / "a.png", tmp_path / "my dog" / "old" / "b.png")
    subsets, notes = find_subsets(tmp_path / "my dog", repeats_default=7, is_reg=False)
    assert [(s.repeats, s.class_tokens, len(s.pictures)) for s in subsets] == [(7, "my dog", 1)]
    assert "old" in notes[0].text


def test_a_numbered_folder_named_itself_keeps_its_number(tmp_path: Path) -> None:
    touch(tmp_path / "10_sks dog" / "a.png")
    (subset,), _ = find_subsets(tmp_path / "10_sks dog", repeats_default=1, is_reg=False)
    assert (subset.repeats, subset.class_tokens) == (10, "sks dog")


def test_current_folder_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path / "4_red fox" / "a.png")
    monkeypatch.chdir(tmp_path / "4_red fox")
    (subset,), _ = find_subsets(".", repeats_default=1, is_reg=False)
    assert (subset.name, subset.repeats, subset.class_tokens) == ("4_red fox", 4, "red fox")


@pytest.mark.parametrize("is_reg", [False, True])
def test_no_such_folder(tmp_path: Path, *, is_reg: bool) -> None:
    with pytest.raises(MikazukiError) as caught:
        find_subsets(tmp_path / "gone", repeats_default=1, is_reg=is_reg)
    assert caught.value.code == "dataset-not-found"
    assert str(tmp_path / "gone") in caught.value.message
    assert ("reg_data_dir" if is_reg else "train_data_dir") in caught.value.hint
    assert caught.value.exit_code == 2


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    touch(tmp_path / "a.png")
    with pytest.raises(MikazukiError, match="is a file"):
        find_subsets(tmp_path / "a.png", repeats_default=1, is_reg=False)


def test_nothing_to_train_on_says_what_was_seen(tmp_path: Path) -> None:
    touch(tmp_path / "dog" / "a.png", tmp_path / "dog" / "b.png", tmp_path / "c.tiff")
    with pytest.raises(MikazukiError) as caught:
        find_subsets(tmp_path, repeats_default=1, is_reg=False)
    assert caught.value.code == "dataset-empty"
    for part in (str(tmp_path), "2 pictures", "`1_dog`", "c.tiff"):
        assert part in caught.value.message
    assert ".jpg" in caught.value.hint


def test_nothing_is_written(tmp_path: Path) -> None:
    touch(tmp_path / "1_a" / "x.png", tmp_path / "b" / "y.png")
    before = sorted(tmp_path.rglob("*"))
    assert codes(tmp_path) == ["folder-skipped"]
    assert sorted(tmp_path.rglob("*")) == before


def test_long_lists_are_cut() -> None:
    assert listed(range(3)) == "0, 1, 2"
    assert listed(range(12)).endswith("8, 9 and 2 more")
