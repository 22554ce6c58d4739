"""Every warning: given where it should be, and not where it should not."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from mikazuki.data.buckets import geometry
from mikazuki.data.captions import Captions
from mikazuki.data.checks import (
    bucket_side_warnings,
    caption_warnings,
    count_warnings,
    duplicates,
    fit_warnings,
    picture_warnings,
)
from mikazuki.data.folders import Notice, Subset
from mikazuki.data.pictures import Picture
from mikazuki.data.plan import make_plan
from mikazuki.settings.dataset_lookup import datasets_of
from mikazuki.settings.datasets import SubsetOptions
from tests.data.conftest import MakePicture, MakeSettings


def subset(folder: Path, count: int, tokens: str = "dog", repeats: int = 1) -> Subset:
    return Subset(folder, repeats, tokens, is_reg=False, pictures=tuple(folder / f"{i}.png" for i in range(count)))


def codes(notices: list[Notice]) -> list[str]:
    return [notice.code for notice in notices]


def captioned(folder: Path, tokens: str, missing: int) -> list[Notice]:
    item = subset(folder, 3, tokens)
    return caption_warnings([item], [Captions(("x",) * 3, missing=item.pictures[:missing])])


@pytest.mark.parametrize(
    ("tokens", "missing", "code", "word"),
    [
        ("dog", 0, None, ""),
        ("dog", 1, "captions-missing", "the caption `dog`"),
        ("dog", 3, "captions-none", "the caption `dog`"),
        ("", 3, "captions-none", "an empty caption"),
    ],
)
def test_missing_captions(tmp_path: Path, tokens: str, missing: int, code: str | None, word: str) -> None:
    notices = captioned(tmp_path, tokens, missing)
    assert codes(notices) == ([code] if code else [])
    assert all(word in notice.text for notice in notices)


def test_captions_of_another_ending(tmp_path: Path) -> None:
    for index in range(3):
        (tmp_path / f"{index}.caption").touch()
    (notice,) = captioned(tmp_path, "dog", 3)
    assert notice.code == "captions-other-ending"
    assert 'caption_extension = ".caption"' in notice.text


def test_empty_and_long_captions(tmp_path: Path) -> None:
    item = subset(tmp_path, 1)
    found = Captions(("",), empty=(tmp_path / "0.txt",), longer=(tmp_path / "0.txt",))
    assert codes(caption_warnings([item], [found])) == ["captions-empty", "captions-longer"]


def test_duplicates_are_found_by_content(tmp_path: Path) -> None:
    for name, content in (("a", b"12"), ("b", b"12"), ("c", b"13"), ("d", b"123")):
        (tmp_path / name).write_bytes(content)
    paths = [tmp_path / name for name in "abcd"]
    assert duplicates(paths) == [[tmp_path / "a", tmp_path / "b"]]
    pictures = {path: Picture(path, (8, 8), transparent=path.name == "d") for path in paths}
    item = Subset(tmp_path, 1, "", is_reg=False, pictures=tuple(paths))
    assert codes(picture_warnings([item], pictures)) == ["pictures-transparent", "pictures-duplicate"]
    # the same folder twice, as in datasets of several resolutions, holds no duplicates of itself
    assert len(picture_warnings([item, item], pictures)) == 2
    masked = replace(item, options=SubsetOptions(tmp_path, alpha_mask=True))
    assert codes(picture_warnings([masked], pictures)) == ["pictures-duplicate"]


def test_enlarged_and_cropped(tmp_path: Path) -> None:
    bucket = (512, 512)
    for size, expected in (
        ((512, 512), []),
        ((256, 256), []),
        ((255, 255), ["pictures-enlarged"]),
        ((2000, 1000), ["pictures-cropped"]),
        ((1000, 2000), ["pictures-cropped"]),
        ((1500, 1000), []),
    ):
        assert codes(fit_warnings([(tmp_path, size, bucket, geometry(size, bucket))])) == expected


def test_few_pictures_and_many_repeats(tmp_path: Path) -> None:
    assert codes(count_warnings([subset(tmp_path, 4)], 4)) == ["pictures-few"]
    assert count_warnings([subset(tmp_path, 1)], 1, wants_one=True) == []
    assert codes(count_warnings([subset(tmp_path, 9, repeats=2024)], 9)) == ["repeats-many"]
    assert count_warnings([subset(tmp_path, 5, repeats=500)], 5) == []


def test_rounded_bucket_sides(tmp_path: Path, make_settings: MakeSettings) -> None:
    (notice,) = bucket_side_warnings(datasets_of(make_settings(tmp_path, max_bucket_reso=250))[0])
    assert "64 to 256" in notice.text
    assert bucket_side_warnings(datasets_of(make_settings(tmp_path))[0]) == []


def test_all_reach_the_plan(tmp_path: Path, make_picture: MakePicture, make_settings: MakeSettings) -> None:
    first = make_picture(tmp_path / "1_a" / "a.png", (40, 40), "two\nlines")
    (tmp_path / "1_a" / "b.png").write_bytes(first.read_bytes())
    Image.new("RGBA", (1000, 100)).save(tmp_path / "1_a" / "c.png")
    plan = make_plan(make_settings(tmp_path, max_bucket_reso=200))
    assert sorted(warning.code for warning in plan.warnings) == [
        "bucket-sides-rounded",
        "captions-longer",
        "captions-missing",
        "pictures-cropped",
        "pictures-duplicate",
        "pictures-enlarged",
        "pictures-few",
        "pictures-transparent",
    ]
