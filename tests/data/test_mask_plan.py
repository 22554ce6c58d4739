"""Which masks a run would make, and why not of others."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mikazuki.data.mask_plan import MaskPlan, make_plan
from mikazuki.errors import MikazukiError
from mikazuki.settings.masking import MaskSettings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.png", "10_sks cat/b.jpg", "10_sks cat/b.webp", "10_sks cat/c.png"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8)).save(tmp_path / "in" / name)
    return tmp_path / "in"


def plan(folder: Path, **options: Any) -> MaskPlan:
    return make_plan(MaskSettings(image_dir=str(folder), source="alpha", **options))


def test_masks_lie_beside_in_the_same_folders(folder: Path) -> None:
    there = folder.with_name("in-masks") / "10_sks cat" / "c.bmp"
    there.parent.mkdir(parents=True)
    Image.new("L", (8, 8)).save(there)
    found = plan(folder)
    assert [(item.name, item.place.relative_to(found.output).as_posix(), item.there) for item in found.items] == [
        ("10_sks cat/b.jpg", "10_sks cat/b.png", None),
        ("10_sks cat/c.png", "10_sks cat/c.png", there),
        ("a.png", "a.png", None),
    ]
    assert [item.name for item in found.wanted] == ["10_sks cat/b.jpg", "a.png"]
    assert [(note.code, "b.webp would have the same mask" in note.text) for note in found.notices] == [
        ("mask-shared", True)
    ]


def test_single_pictures_can_be_asked_for(folder: Path) -> None:
    found = plan(folder, only=["a.png", "gone.png"], mask_output_dir=str(folder.with_name("m")))
    assert [item.place for item in found.items] == [folder.with_name("m") / "a.png"]
    assert "gone.png" in found.notices[0].text
    assert [item.name for item in plan(folder, recursive=False).items] == ["a.png"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"mask_output_dir": "in/masks"}, "output-in-source"),
        ({"mask_output_dir": "."}, "output-in-source"),
        ({"only": ["gone.png"]}, "dataset-empty"),
        ({"image_dir": "gone"}, "folder-not-found"),
        ({"source": "model", "model": "u2net"}, "model-not-found"),
    ],
)
def test_what_stops_a_run_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], code: str
) -> None:
    monkeypatch.chdir(folder.parent)
    with pytest.raises(MikazukiError) as caught:
        make_plan(MaskSettings.model_validate({"image_dir": "in", "source": "alpha", **options}))
    assert caught.value.code == code


def test_a_model_must_be_named(folder: Path) -> None:
    with pytest.raises(ValueError, match="needs model"):
        MaskSettings(image_dir=str(folder))
