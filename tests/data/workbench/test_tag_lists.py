"""Lists of tags in the forms that are about."""

from pathlib import Path

import pytest

from mikazuki.data.workbench.tag_lists import read_tag_list, tag_lists
from mikazuki.errors import MikazukiError

BOORU = '1girl,0,5000,"1girls,sole_female"\nlong_hair,0,4000,\nthe_"quoted",5,3,\n'
TAGGER = "tag_id,name,category,count\n9,long_hair,0,40\n8,1girl,0,50\n"
PLAIN = "tree\nflower,12\n\n"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        (BOORU, (("1girl", 5000), ("long_hair", 4000), ('the_"quoted"', 3))),
        (TAGGER, (("1girl", 50), ("long_hair", 40))),
        (PLAIN, (("flower", 12), ("tree", 0))),
        ("", ()),
        ("name\na\n", (("a", 0),)),
    ],
)
def test_forms(tmp_path: Path, text: str, tags: tuple[tuple[str, int], ...]) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    assert read_tag_list(path).tags == tags


def test_a_list_that_changes_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    for tag in ("a", "longer"):
        path.write_text(tag, encoding="utf-8")
        assert read_tag_list(path).tags == ((tag, 0),)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("no.csv", "tag-list-not-found"),
        ("a.png", "tag-list-wrong"),
        ("b.csv", "tag-list-wrong"),
        ("c.csv", "tag-list-wrong"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "c.csv").write_bytes(b"a," + b"9" * 5000)
    with pytest.raises(MikazukiError) as caught:
        read_tag_list(tmp_path / name)
    assert caught.value.code == code


def test_the_folder_of_lists(tmp_path: Path) -> None:
    assert tag_lists(tmp_path) == []
    (tmp_path / "tags").mkdir()
    for name in ("b.csv", "a.TXT", "c.md"):
        (tmp_path / "tags" / name).write_text("", encoding="utf-8")
    assert [path.name for path in tag_lists(tmp_path)] == ["a.TXT", "b.csv"]
