"""Boxes are read by picture; whatever is wrong with the file is told."""

import json
from pathlib import Path

import pytest

from mikazuki.data.crop_boxes import read_boxes
from mikazuki.errors import MikazukiError

BOX = {"picture": "a.png", "left": 1, "top": 2, "width": 3, "height": 4}


def test_boxes_are_grouped_by_picture_and_lie_within_it(tmp_path: Path) -> None:
    path = tmp_path / "boxes.json"
    path.write_text(json.dumps([BOX, {**BOX, "left": 5}, {**BOX, "picture": "sub/b.png"}]), encoding="utf-8")
    boxes = read_boxes(path)
    assert [box.corners((10, 10)) for box in boxes["a.png"]] == [(1, 2, 4, 6), (5, 2, 8, 6)]
    assert list(boxes) == ["a.png", "sub/b.png"]
    with pytest.raises(MikazukiError, match=r"reaches beyond a\.png, which is 3x9"):
        boxes["a.png"][0].corners((3, 9))


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "no JSON"), ('{"a": 1}', "the file"), (json.dumps([{**BOX, "width": 0}]), "0.width"), ("[{}]", "0.picture")],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "boxes.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MikazukiError, match=said):
        read_boxes(path)
    with pytest.raises(MikazukiError, match="cannot be read"):
        read_boxes(tmp_path / "gone.json")
