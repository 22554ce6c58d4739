"""Metadata files: both forms, where names lead, and what becomes of captions and tags."""

import json
from pathlib import Path
from typing import Any

import pytest

from mikazuki.data.fine_tune import joined, read_metadata_file
from mikazuki.errors import MikazukiError
from mikazuki.settings.datasets import CaptionOptions, SubsetOptions


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Four empty files that count as pictures."""
    for name in ("a.png", "b.jpg", "b.png", "sub/c.d.webp"):
        (tmp_path / "p" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "p" / name).touch()
    return tmp_path / "p"


def written(folder: Path, content: object, name: str = "m.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_names_are_found_with_and_without_their_ending(pictures: Path) -> None:
    document: dict[str, Any] = {
        "sub/c.d": {"tags": "x, y"},
        "b": {"caption": "two have this name"},
        "a.png": {"caption": "whole", "train_resolution": [64, 64], "image_size": [3, 4]},
        "gone": {},
        str(pictures / "b.png"): {"caption": "absolute", "tags": None},
    }
    found = read_metadata_file(written(pictures, document), SubsetOptions(pictures))
    assert {path.relative_to(pictures).as_posix(): text for path, text in found.captions.items()} == {
        "a.png": "whole",
        "b.jpg": "two have this name",
        "b.png": "absolute",
        "sub/c.d.webp": "x, y",
    }
    assert list(found.captions) == sorted(found.captions, key=str)
    assert (found.missing, found.tags) == (("gone",), ("x, y",))


def test_one_object_a_line(pictures: Path) -> None:
    lines = '{"image_path": "a.png", "caption": "one", "tags": "t"}\n\n{"image_path": "b.jpg"}\n'
    found = read_metadata_file(written(pictures, lines, "m.jsonl"), SubsetOptions(pictures))
    assert list(found.captions.values()) == ["one,t", ""]


@pytest.mark.parametrize(
    ("caption", "tags", "wildcard", "expected"),
    [
        ("a dog", "red, old", False, "a dog;red, old"),
        ("a dog", "", False, "a dog"),
        ("", "red", False, "red"),
        ("", "red", True, "red"),
        ("", "", True, ""),
        (" one \n\ntwo", "red", True, "one;red\ntwo;red"),
        ("one\ntwo", "", True, "one\ntwo"),
        ("one\ntwo", "red", False, "one;red"),
        ("one", "red\nold", False, "one;red;old"),
    ],
)
def test_captions_and_tags(caption: str, tags: str, *, wildcard: bool, expected: str) -> None:
    options = CaptionOptions(caption_separator=";", enable_wildcard=wildcard)
    assert joined(caption, tags, options) == expected


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("m.json", "{", "not valid JSON"),
        ("m.json", "[]", "not a JSON object"),
        ("m.json", '{"a": 3, "b": {}}', "no object with caption and tags: a"),
        ("m.json", '{"a": {"tags": ["x"]}}', "tags of a is not text"),
        ("m.jsonl", '{"image_path": "a.png"}\n{', "line 2 is not valid JSON"),
        ("m.jsonl", '{"caption": "x"}', "line 1 has no image_path"),
    ],
)
def test_files_that_are_wrong(pictures: Path, name: str, content: str, said: str) -> None:
    with pytest.raises(MikazukiError) as caught:
        read_metadata_file(written(pictures, content, name), SubsetOptions(pictures))
    assert caught.value.code == "metadata-file-wrong"
    assert said in caught.value.message


def test_relative_names_need_a_folder(pictures: Path) -> None:
    path = written(pictures, {"a.png": {}})
    with pytest.raises(MikazukiError, match="no image_dir"):
        read_metadata_file(path, SubsetOptions(None))
    with pytest.raises(MikazukiError) as caught:
        read_metadata_file(pictures / "none.json", SubsetOptions(None))
    assert caught.value.code == "metadata-file-not-found"
    path.write_bytes(b"\xff")
    with pytest.raises(MikazukiError, match="not UTF-8"):
        read_metadata_file(path, SubsetOptions(None))
