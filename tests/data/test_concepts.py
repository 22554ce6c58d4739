"""What a concept is taught from: its pictures wherever they lie, with what they are told, and those of its class."""

from pathlib import Path

import pytest
from PIL import Image

from mikazuki.data.concepts import class_pictures, class_prompt, instance_pictures
from mikazuki.errors import MikazukiError
from mikazuki.settings.concepts import Concept
from mikazuki.settings.datasets import CaptionOptions
from tests.data.conftest import MakePicture

PLAIN = CaptionOptions()
WILD = CaptionOptions(enable_wildcard=True)


def concept(folder: Path, **values: object) -> Concept:
    tokens = {"instance_token": "sks", "class_token": "dog"}
    return Concept.model_validate({"instance_data_dir": str(folder), **tokens, **values})


def test_pictures_are_told_what_their_captions_say(tmp_path: Path, make_picture: MakePicture) -> None:
    make_picture(tmp_path / "1.png", caption="a dog on grass")
    make_picture(tmp_path / "02 a dog asleep.png")
    make_picture(tmp_path / "in" / "side.jpg", caption="outdoors,\n  sunny\n")
    told = instance_pictures(concept(tmp_path), PLAIN, [])
    assert [(path.name, told.captions[path], told.class_prompts[path]) for path in told.pictures] == [
        ("02 a dog asleep.png", "sks asleep", "a dog asleep"),
        ("1.png", "sks on grass", "a dog on grass"),
        ("side.jpg", "sks, outdoors, sunny", "dog, outdoors, sunny"),
    ]


def test_prompts_without_the_caption_are_for_all(tmp_path: Path, make_picture: MakePicture) -> None:
    make_picture(tmp_path / "1.png", caption="red")
    one = concept(tmp_path, instance_prompt="photo of sks dog", class_prompt="photo of a dog")
    told = instance_pictures(one, PLAIN, [])
    assert list(told.captions.values()) == ["photo of sks dog"]
    assert list(told.class_prompts.values()) == ["photo of a dog"]


def test_every_kind_that_can_be_read_is_taken(tmp_path: Path) -> None:
    for ending in ("gif", "tif", "jfif", "bmp", "webp"):
        form = {"tif": "TIFF", "jfif": "JPEG"}.get(ending, ending.upper())
        Image.new("RGB", (8, 8), "red").save(tmp_path / f"{ending}.{ending}", form)
    (tmp_path / "raw.heic").write_bytes(b"x")
    told = instance_pictures(concept(tmp_path), PLAIN, [])
    assert len(told.pictures) == 5
    assert [notice.code for notice in told.notices] == ["file-skipped"]


def test_lines_are_variants_only_with_wildcards(tmp_path: Path, make_picture: MakePicture) -> None:
    picture = make_picture(tmp_path / "1.png", caption="a dog\nthe {big|small} dog")
    one = concept(tmp_path)
    assert instance_pictures(one, PLAIN, []).captions[picture] == "sks the {big|small} sks"
    told = instance_pictures(one, WILD, [])
    assert told.captions[picture] == "sks\nthe {big|small} sks"
    assert told.class_prompts[picture] == "a dog"
    picture.with_suffix(".txt").write_text("a {big|small} dog", "utf-8")
    assert instance_pictures(one, WILD, []).class_prompts[picture] == "a big dog"


def test_class_pictures_within_are_no_pictures_of_the_concept(tmp_path: Path, make_picture: MakePicture) -> None:
    own = make_picture(tmp_path / "own.png")
    other = make_picture(tmp_path / "class" / "other.png")
    inner = concept(tmp_path, class_data_dir=str(tmp_path / "class"))
    assert instance_pictures(inner, PLAIN, [tmp_path / "class"]).pictures == (own,)
    assert class_pictures(tmp_path / "class", inner, PLAIN).pictures == (other,)
    outer = concept(tmp_path / "class", class_data_dir=str(tmp_path))
    assert instance_pictures(outer, PLAIN, [tmp_path]).pictures == (other,)
    assert class_pictures(tmp_path, outer, PLAIN).pictures == (own,)


def test_class_pictures_have_their_captions_as_they_stand(tmp_path: Path, make_picture: MakePicture) -> None:
    written = make_picture(tmp_path / "c" / "1.png", caption="a sks cat,  red\n")
    bare = make_picture(tmp_path / "c" / "2.png")
    found = class_pictures(tmp_path / "c", concept(tmp_path / "none"), PLAIN)
    assert found.captions == {written: "a sks cat, red", bare: "dog"}
    one = concept(tmp_path / "none", class_prompt="photo of [filewords]")
    assert class_pictures(tmp_path / "c", one, PLAIN).captions[bare] == class_prompt(one, "")
    assert class_pictures(tmp_path / "nowhere", one, PLAIN).pictures == ()


def test_what_cannot_be_taken(tmp_path: Path, make_picture: MakePicture) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(MikazukiError, match="instance_data_dir of a concept") as caught:
        instance_pictures(concept(tmp_path / "empty"), PLAIN, [])
    assert caught.value.code == "dataset-empty"
    picture = make_picture(tmp_path / "a" / "1.png")
    picture.with_suffix(".txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MikazukiError) as caught:
        instance_pictures(concept(tmp_path / "a"), PLAIN, [])
    assert caught.value.code == "caption-not-utf8"
