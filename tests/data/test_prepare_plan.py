"""Folders, repeats, names, captions, masks, boxes and what is left out."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mikazuki.data.prepare_plan import Plan, find_sources, make_plan, sources_of
from mikazuki.errors import MikazukiError
from mikazuki.settings.preparing_pictures import PrepareSettings


def plan(root: Path, **options: Any) -> Plan:
    settings = PrepareSettings.model_validate({"image_dir": str(root), "output_dir": "out", **options})
    found = find_sources(settings)
    return make_plan(settings, sources_of(found), found)


def pictures(root: Path, *names: str) -> None:
    for number, name in enumerate(names):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8), (number, 0, 0)).save(root / name)


def keys(found: Plan) -> list[str]:
    return [item.key for item in found.items]


def test_names_never_collide_also_where_case_is_ignored(tmp_path: Path) -> None:
    pictures(tmp_path, "a.jpg", "a.png", "A.bmp", "a-2.png", "sub/a.png")
    assert keys(plan(tmp_path, recursive=True)) == ["A", "a-2", "a-3", "a-4", "sub/a"]
    assert keys(plan(tmp_path, recursive=True, words="sks cat", repeats=4)) == [
        f"4_sks cat/{name}" for name in ("A", "a-2", "a-3", "a-4", "a-5")
    ]
    pictures(tmp_path / "m", "x.png", "x-mirrored.png")
    assert keys(plan(tmp_path / "m", mirror=True)) == ["x-mirrored", "x-2"]


def test_smaller_folders_are_repeated_more_often(tmp_path: Path) -> None:
    pictures(tmp_path, *(f"10_sks cat/{number}.png" for number in range(6)), "toy/a.png", "toy/deep/b.png")
    folders = {item.folder for item in plan(tmp_path, by_folder=True, repeats=5).items}
    assert folders == {"5_sks cat", "15_toy"}
    assert {item.folder for item in plan(tmp_path, by_folder=True).items} == {"33_sks cat", "99_toy"}


def test_pictures_beside_the_folders_take_the_words(tmp_path: Path) -> None:
    pictures(tmp_path, "a.png", "toy/b.png")
    assert {item.folder for item in plan(tmp_path, by_folder=True, words="sks", repeats=2).items} == {"2_sks", "2_toy"}
    assert "2_" + tmp_path.name in {item.folder for item in plan(tmp_path, by_folder=True, repeats=2).items}


def test_a_face_in_the_name_is_left_behind_and_the_caption_shared(tmp_path: Path) -> None:
    pictures(tmp_path, "cat_10_20_30_40.png", "cat_50_60_30_30.png", "cat_1_2_3.png")
    (tmp_path / "cat.txt").write_text("a cat", encoding="utf-8")
    items = {item.key: [path.name for path in item.captions] for item in plan(tmp_path).items}
    assert items == {"cat": ["cat.txt"], "cat-2": ["cat.txt"], "cat_1_2_3": []}
    assert all(item.captions == () for item in plan(tmp_path, copy_captions=False).items)


def test_surplus_and_equal_files_are_left_out(tmp_path: Path) -> None:
    pictures(tmp_path, "a.png", "b.png", "c.png")
    (tmp_path / "d.png").write_bytes((tmp_path / "b.png").read_bytes())
    found = plan(tmp_path, skip_duplicates=True, leave_out=["c.png", "gone.png"])
    assert keys(found) == ["a", "b"]
    assert [notice.code for notice in found.notices] == ["leave-out", "duplicate-skipped"]
    assert "d.png is the same file as b.png" in found.notices[1].text


def test_several_boxes_give_several_copies(tmp_path: Path) -> None:
    pictures(tmp_path / "in", "a.png", "b.png")
    box = {"picture": "a.png", "left": 0, "top": 0, "width": 4, "height": 4}
    (tmp_path / "boxes.json").write_text(json.dumps([box, {**box, "left": 4}, {**box, "picture": "z.png"}]))
    found = plan(tmp_path / "in", crop="boxes", crop_boxes=str(tmp_path / "boxes.json"))
    assert [(item.key, item.box and item.box.left) for item in found.items] == [("a", 0), ("a-2", 4), ("b", None)]
    assert "z.png" in found.notices[0].text


def test_masks_are_found_by_name(tmp_path: Path) -> None:
    pictures(tmp_path, "in/a.png", "in/sub/b.png", "in/c.png", "masks/a.jpg", "masks/sub/b.png")
    found = plan(tmp_path / "in", recursive=True, conditioning_data_dir=str(tmp_path / "masks"))
    assert [item.mask and item.mask.name for item in found.items] == ["a.jpg", None, "b.png"]
    assert "c.png" in found.notices[0].text


def test_an_empty_folder_is_refused_with_what_was_seen(tmp_path: Path) -> None:
    (tmp_path / "a.heic").touch()
    with pytest.raises(MikazukiError, match="HEIC"):
        plan(tmp_path)
