"""Masks are written where a training looks for them, whatever form the data set has."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from mikazuki.data.folders import NO_OPTIONS, Subset
from mikazuki.data.mask_files import find_masks
from mikazuki.data.mask_places import MaskFinder, mask_place, masks_folder
from mikazuki.errors import MikazukiError


def picture(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (8, 8)).save(path)
    return path


@pytest.mark.parametrize("inside", ["", "10_sks cat"])
def test_a_training_finds_what_is_written(tmp_path: Path, inside: str) -> None:
    dataset = tmp_path / "cats"
    one = picture(dataset / inside / "a.b.jpg")
    masks = masks_folder(dataset)
    assert masks == tmp_path / "cats-masks"
    mask = picture(mask_place(one, dataset, masks))
    options = replace(NO_OPTIONS, conditioning_data_dir=masks)
    found, notices = find_masks([Subset(one.parent, 1, "", False, (one,), options)])
    assert (found, notices) == ([{one: mask}], [])


def test_the_mask_is_the_one_that_a_training_takes_of_several(tmp_path: Path) -> None:
    place = picture(tmp_path / "masks" / "a.png")
    other = picture(tmp_path / "masks" / "a.jpg")
    one = picture(tmp_path / "set" / "a.webp")
    options = replace(NO_OPTIONS, conditioning_data_dir=place.parent)
    found, _ = find_masks([Subset(one.parent, 1, "", False, (one,), options)])
    assert MaskFinder().all(place) == [other, place]
    assert MaskFinder().one(place) == found[0][one]
    places = [place, place.with_name("b.png"), tmp_path / "gone" / "a.png"]
    assert MaskFinder().count(places) == 1


def test_a_folder_named_by_a_dot_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert masks_folder(Path()) == tmp_path.with_name(f"{tmp_path.name}-masks")


def test_a_whole_drive_has_no_place_for_masks(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError) as caught:
        masks_folder(Path(tmp_path.anchor))
    assert caught.value.code == "output-in-source"
