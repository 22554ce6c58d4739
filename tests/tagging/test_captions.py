import json
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.tagging.captions import as_record, carry_out, changes, difference, is_captioned, plan
from mikazuki.tagging.reader import Reading
from tests.tagging import world
from tests.tagging.world import settings, tag

SEEN = Reading((tag("long_b", 0.5), tag("a", 0.9)))


def test_a_new_caption_and_its_sidecar(tmp_path: Path) -> None:
    path = world.picture(tmp_path / "x.y.png")
    planned = plan(path, SEEN, settings(json_sidecar=True), "wd")
    files = changes(planned)
    assert [(change.path.name, change.old) for change in files] == [("x.y.txt", None), ("x.y.json", None)]
    carry_out(planned, files)
    assert (tmp_path / "x.y.txt").read_bytes() == b"a, long b\n" == files[0].new
    document = json.loads((tmp_path / "x.y.json").read_text(encoding="utf-8"))
    assert document["caption"] == "a, long b"
    assert [(one["name"], one["confidence"]) for one in document["tags"]] == [("a", 0.9), ("long_b", 0.5)]
    assert changes(plan(path, SEEN, settings(json_sidecar=True, on_conflict="overwrite"), "wd")) == []


def test_a_strangers_sidecar_is_not_written_over(tmp_path: Path) -> None:
    path = world.picture(tmp_path / "x.png")
    for text in ('{"tags": []}', "[1]", "{"):
        (tmp_path / "x.json").write_text(text, encoding="utf-8")
        with pytest.raises(MikazukiError) as error:
            plan(path, SEEN, settings(json_sidecar=True), "wd")
        assert error.value.code == "sidecar-not-ours"


def test_the_old_bytes_are_kept_whatever_their_encoding(tmp_path: Path) -> None:
    path, old = world.picture(tmp_path / "x.png"), "\u6807\u7b7e\u4e00, \u4e8c\u4e09".encode("gb18030")
    (tmp_path / "x.txt").write_bytes(old)
    planned = plan(path, SEEN, settings(on_conflict="append"), "wd")
    (change,) = changes(planned)
    assert change.old == old
    assert planned.text.startswith("\u6807\u7b7e\u4e00, \u4e8c\u4e09, a")


def test_somebody_elses_edit_wins(tmp_path: Path) -> None:
    path = world.picture(tmp_path / "x.png")
    planned = plan(path, SEEN, settings(), "wd")
    files = changes(planned)
    (tmp_path / "x.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(MikazukiError) as error:
        carry_out(planned, files)
    assert error.value.code == "caption-changed"
    assert (tmp_path / "x.txt").read_text(encoding="utf-8") == "mine"


def test_a_captioners_text_is_one_line(tmp_path: Path) -> None:
    path = world.picture(tmp_path / "x.png")
    reading = Reading(text=" A cat,\n on a mat. ")
    assert plan(path, reading, settings(additional_tags="sks"), "blip").text == "sks, A cat, on a mat."
    assert plan(path, Reading(), settings(), "blip").text == ""


def test_differences(tmp_path: Path) -> None:
    path = world.picture(tmp_path / "x.png")
    (tmp_path / "x.txt").write_text("old\nlines\n", encoding="utf-8")
    planned = plan(path, SEEN, settings(on_conflict="overwrite"), "wd")
    text = difference(planned).splitlines()
    assert text[0] == f"--- {tmp_path / 'x.txt'}"
    assert text[-3:] == ["-old", "-lines", "+a, long b"]
    assert as_record(planned)["before"] == "old\nlines"
    assert difference(plan(path, SEEN, settings(on_conflict="keep"), "wd")) == ""
    new = plan(world.picture(tmp_path / "y.png"), SEEN, settings(), "wd")
    assert as_record(new)["before"] is None
    assert difference(new).splitlines()[-1] == "+a, long b"


def test_an_empty_caption_is_none(tmp_path: Path) -> None:
    path = world.picture(tmp_path / "x.png")
    assert not is_captioned(path, ".txt")
    (tmp_path / "x.txt").write_text(" \n", encoding="utf-8")
    assert not is_captioned(path, ".txt")
    (tmp_path / "x.txt").write_text("a\n", encoding="utf-8")
    assert is_captioned(path, ".txt")
