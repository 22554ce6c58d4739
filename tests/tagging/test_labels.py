import json
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.tagging.known import LABELS, Kind
from mikazuki.tagging.labels import read_labels


def test_wd(tmp_path: Path) -> None:
    text = 'tag_id,name,category,count\r\n1,general,9,5\r\n2,"a,b",0,5\r\n3,x,4,5\r\n4,y,77,5\r\n'
    (tmp_path / LABELS["wd"]).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_labels(tmp_path, "wd") == [("general", "rating"), ("a,b", "general"), ("x", "character"), ("y", "meta")]


@pytest.mark.parametrize(
    "document",
    [
        {"1": {"tag": "x", "category": "Copyright"}, "0": {"tag": "a", "category": "General"}},
        {"idx_to_tag": {"1": "x", "0": "a"}, "tag_to_category": {"x": "Copyright", "a": "General"}},
    ],
)
def test_cl(tmp_path: Path, document: object) -> None:
    (tmp_path / LABELS["cl"]).write_text(json.dumps(document), encoding="utf-8")
    assert read_labels(tmp_path, "cl") == [("a", "general"), ("x", "copyright")]


def test_deepdanbooru(tmp_path: Path) -> None:
    (tmp_path / LABELS["deepdanbooru"]).write_text("1girl\n\nrating:safe\n", encoding="utf-8")
    assert read_labels(tmp_path, "deepdanbooru") == [("1girl", "general"), ("safe", "rating")]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("wd", ""),
        ("wd", "a,b\n1,2\n"),
        ("cl", "{"),
        ("cl", "[]"),
        ("cl", '{"0": {"tag": "a"}}'),
        ("cl", '{"1": {"tag": "a", "category": "General"}}'),
        ("deepdanbooru", "\n"),
    ],
)
def test_files_that_name_no_tags(tmp_path: Path, kind: Kind, text: str) -> None:
    (tmp_path / LABELS[kind]).write_text(text, encoding="utf-8")
    with pytest.raises(MikazukiError, match="names no tags") as error:
        read_labels(tmp_path, kind)
    assert error.value.code == "tagger-labels"
