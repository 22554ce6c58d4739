from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.tagging.found import find_pictures
from tests.tagging import world


def test_one_folder_or_all_inside(tmp_path: Path) -> None:
    paths = [world.picture(tmp_path / name) for name in ("b.PNG", "a [1].jpg", "2/c.webp", "2/3/d.bmp")]
    (tmp_path / "2" / "3" / "up").symlink_to(tmp_path)
    assert find_pictures(tmp_path, recursive=False, extension=".txt").pictures == (paths[1], paths[0])
    assert set(find_pictures(tmp_path, recursive=True, extension=".txt").pictures) == set(paths)


def test_one_picture(tmp_path: Path) -> None:
    path = world.picture(tmp_path / "a.png")
    assert find_pictures(path, recursive=False, extension=".txt").pictures == (path,)


def test_pictures_that_share_a_caption_are_told_of(tmp_path: Path) -> None:
    for name in ("a.png", "a.jpg", "b.png"):
        world.picture(tmp_path / name)
    (tmp_path / "c.gif").write_bytes(b"")
    found = find_pictures(tmp_path, recursive=False, extension=".txt")
    assert [path.name for path in found.pictures] == ["a.jpg", "b.png"]
    assert {notice.code: notice.text for notice in found.notices}.keys() == {"unsupported-pictures", "caption-shared"}
    assert "a.png" in found.notices[1].text


@pytest.mark.parametrize(("name", "code"), [("", "dataset-empty"), ("nowhere", "dataset-not-found")])
def test_nothing_there(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(MikazukiError) as error:
        find_pictures(tmp_path / name, recursive=False, extension=".txt")
    assert error.value.code == code
