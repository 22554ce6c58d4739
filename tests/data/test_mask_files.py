"""Which mask belongs to which picture."""

from pathlib import Path

import pytest

from mikazuki.data.folders import Subset
from mikazuki.data.mask_files import check_sizes, find_masks
from mikazuki.errors import MikazukiError
from mikazuki.settings.datasets import SubsetOptions


def subset(folder: Path, names: str, masks: Path | None) -> Subset:
    options = SubsetOptions(folder, conditioning_data_dir=masks)
    return Subset(folder, 1, "", is_reg=False, pictures=tuple(folder / f"{n}.jpg" for n in names), options=options)


def touch(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).touch()
    return folder


def test_masks_have_the_names_of_their_pictures(tmp_path: Path) -> None:
    masks = touch(tmp_path / "m", "a.png", "b.jpg", "b.png", "c.png", "x.png", "notes.txt")
    touch(masks / "2_two", "a.png")
    found, (notice,) = find_masks(
        [
            subset(tmp_path / "1_one", "abc", masks),
            subset(tmp_path / "2_two", "a", masks),
            subset(tmp_path / "3_none", "z", None),
        ]
    )
    assert [{p.name: m.relative_to(masks).as_posix() for p, m in own.items()} for own in found] == [
        {"a.jpg": "a.png", "b.jpg": "b.jpg", "c.jpg": "c.png"},
        {"a.jpg": "2_two/a.png"},
        {},
    ]
    assert notice.code == "masks-unused"
    assert str(masks / "x.png") in notice.text


def test_missing_masks_are_all_named(tmp_path: Path) -> None:
    masks = touch(tmp_path / "m", "b.png")
    with pytest.raises(MikazukiError) as caught:
        find_masks([subset(tmp_path / "1", "abc", masks)])
    assert caught.value.code == "masks-missing"
    assert "a.jpg" in caught.value.message
    assert "c.jpg" in caught.value.message
    assert "b.jpg" not in caught.value.message
    with pytest.raises(MikazukiError) as caught:
        find_masks([subset(tmp_path, "a", tmp_path / "none")])
    assert caught.value.code == "masks-not-found"


def test_sizes(tmp_path: Path) -> None:
    check_sizes([(tmp_path / "a.png", (3, 4), (3, 4))])
    with pytest.raises(MikazukiError) as caught:
        check_sizes([(tmp_path / "a.png", (3, 4), (4, 3)), (tmp_path / "b.png", (3, 4), (3, 4))])
    assert caught.value.code == "mask-size"
    assert "a.png (3x4, not 4x3)" in caught.value.message
    assert "b.png" not in caught.value.message
