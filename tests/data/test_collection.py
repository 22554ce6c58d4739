"""Data sets below a folder: counted as a trainer reads them, made under names that every system takes."""

from pathlib import Path

import pytest

from mikazuki.data.collection import check_name, data_set, data_sets, make_data_set, with_captions
from mikazuki.errors import MikazukiError


def _fill(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"1234")


def test_numbered_folders_are_explained(tmp_path: Path) -> None:
    _fill(tmp_path / "mine" / "10_sks cat", "a.png", "a.txt", "b.png", "c.webp", "c.caption", "x.npz")
    _fill(tmp_path / "mine" / "1_cat")
    _fill(tmp_path / "mine" / "notes", "read.md")
    found = data_set(tmp_path / "mine")
    assert [(one.path.name, one.repeats, one.words, one.pictures, one.captions) for one in found.folders] == [
        ("1_cat", 1, "cat", 0, 0),
        ("10_sks cat", 10, "sks cat", 3, 2),
    ]
    assert (found.pictures, found.captions, found.bytes) == (3, 2, 24)
    assert [path.name for path in found.preview] == ["a.png", "b.png", "c.webp"]


def test_a_plain_folder_is_its_own_only_folder(tmp_path: Path) -> None:
    _fill(tmp_path / "plain", "a.png")
    (only,) = data_set(tmp_path / "plain").folders
    assert (only.path, only.repeats, only.words) == (tmp_path / "plain", 1, "")


def test_previews_come_from_all_folders(tmp_path: Path) -> None:
    for name in ("1_a", "2_b"):
        _fill(tmp_path / "mine" / name, "1.png", "2.png", "3.png")
    assert [path.parent.name for path in data_set(tmp_path / "mine").preview] == ["1_a", "2_b", "1_a", "2_b"]


def test_empty_folders_are_listed_where_asked(tmp_path: Path) -> None:
    _fill(tmp_path / "b", "a.png")
    _fill(tmp_path / "a")
    _fill(tmp_path / ".hidden", "a.png")
    assert [one.path.name for one in data_sets(tmp_path)] == ["a", "b"]
    assert [one.path.name for one in data_sets(tmp_path, empty=False)] == ["b"]
    assert data_sets(tmp_path / "nowhere") == []


def test_masks_are_no_data_set(tmp_path: Path) -> None:
    for name in ("cat", "cat-masks", "dog-masks"):
        (tmp_path / name).mkdir()
    assert [one.path.name for one in data_sets(tmp_path)] == ["cat", "dog-masks"]


def test_a_new_data_set_has_a_folder_that_trains(tmp_path: Path) -> None:
    made = make_data_set(tmp_path / "train", " my cat ", repeats=10, words="sks cat")
    assert made == tmp_path / "train" / "my cat"
    assert (made / "10_sks cat").is_dir()
    with pytest.raises(MikazukiError) as refused:
        make_data_set(tmp_path / "train", "my cat")
    assert refused.value.code == "dataset-exists"


@pytest.mark.parametrize("name", ["", "..", ".x", "a/b", "a\\b", "a:b", "x.", "con", "COM1.txt", "a" * 121, "a\nb"])
def test_names_that_some_system_does_not_take(name: str, tmp_path: Path) -> None:
    with pytest.raises(MikazukiError) as refused:
        check_name(name)
    assert refused.value.code == "name-wrong"
    with pytest.raises(MikazukiError):
        make_data_set(tmp_path, "fine", words=f"a/{name}")
    assert list(tmp_path.iterdir()) == []


def test_repeats_are_one_or_more(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError, match="0 times"):
        make_data_set(tmp_path, "mine", repeats=0, words="cat")


def test_a_shared_caption_stays_with_the_other_picture(tmp_path: Path) -> None:
    _fill(tmp_path, "a.png", "a.txt", "a.caption", "b.png", "b.jpg", "b.txt")
    assert [path.name for path in with_captions(tmp_path / "a.png")] == ["a.png", "a.txt", "a.caption"]
    assert [path.name for path in with_captions(tmp_path / "b.png")] == ["b.png"]
