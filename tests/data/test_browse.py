"""Lists of pictures: in the order people count, searched in names and captions."""

from pathlib import Path

import pytest

from mikazuki.data.browse import Wanted, WithCaptions, caption_of, find_pictures
from mikazuki.errors import MikazukiError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures by name alone: a list opens none of them."""
    for name in ("cat 10.png", "cat 2.PNG", "sub/dog.jpg", ".hidden/x.png", "note.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    (tmp_path / "cat 2.txt").write_text("Sitting, RED hat", encoding="utf-8")
    (tmp_path / "sub" / "dog.caption").write_text("running", encoding="utf-8")
    return tmp_path


def _names(folder: Path, wanted: Wanted) -> list[str]:
    return [picture.name for picture in find_pictures(folder, wanted)]


def test_pictures_come_in_the_order_that_people_count(folder: Path) -> None:
    assert _names(folder, Wanted()) == ["cat 2.PNG", "cat 10.png", "sub/dog.jpg"]
    assert _names(folder, Wanted(recursive=False)) == ["cat 2.PNG", "cat 10.png"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("red", ["cat 2.PNG"]),
        ("CAT hat", ["cat 2.PNG"]),
        ("cat", ["cat 2.PNG", "cat 10.png"]),
        ("running", ["sub/dog.jpg"]),
        ("sub/", ["sub/dog.jpg"]),
        ("bird", []),
    ],
)
def test_every_word_is_looked_for_in_name_and_caption(folder: Path, text: str, found: list[str]) -> None:
    assert _names(folder, Wanted(text=text)) == found


@pytest.mark.parametrize(("which", "found"), [("with", ["cat 2.PNG", "sub/dog.jpg"]), ("without", ["cat 10.png"])])
def test_pictures_with_and_without_captions(folder: Path, which: WithCaptions, found: list[str]) -> None:
    assert _names(folder, Wanted(captions=which)) == found


def test_a_picture_knows_its_caption(folder: Path) -> None:
    first, second, _ = find_pictures(folder, Wanted())
    caption = caption_of(first)
    assert caption
    assert caption.text == "Sitting, RED hat"
    assert caption_of(second) is None
    assert second.caption == folder / "cat 10.txt"


def test_links_in_a_circle_end(folder: Path) -> None:
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    assert len(find_pictures(folder, Wanted())) == 3


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError) as refused:
        find_pictures(tmp_path / "nowhere", Wanted())
    assert refused.value.code == "dataset-not-found"
