"""Captions: what is read, what a step makes of it, and what is counted."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikazuki.data.captions import (
    caption_lines,
    caption_path,
    final_caption,
    guess_encoding,
    not_utf8_error,
    other_endings,
    read_captions,
    shuffled,
    tag_frequency,
)
from mikazuki.data.folders import Subset
from mikazuki.settings.train import DatasetSettings

TAGS = "sks dog, red, \u732b, old, wet"


def subset_of(folder: Path, *names: str) -> Subset:
    return Subset(folder, 1, "class words", is_reg=False, pictures=tuple(folder / name for name in names))


def options(**values: Any) -> DatasetSettings:
    return DatasetSettings.model_validate({"train_data_dir": "d", **values})


def test_captions_of_every_kind(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf  a dog \r\nsecond line\r\n")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes("\u4e2d\u6587".encode("gb18030"))
    (tmp_path / "d.e.txt").write_bytes("\u732b, cat".encode())
    found = read_captions(subset_of(tmp_path, "a.png", "b.png", "c.png", "d.e.png", "f.png"), ".txt")
    assert found.texts == ("a dog", "", "class words", "\u732b, cat", "class words")
    assert [path.name for path in found.longer] == ["a.txt"]
    assert [path.name for path in found.empty] == ["b.txt"]
    assert [path.name for path in found.not_utf8] == ["c.txt"]
    assert [path.name for path in found.missing] == ["f.png"]


def test_extension_with_or_without_its_dot() -> None:
    assert caption_path(Path("x/a.b.png"), ".caption") == caption_path(Path("x/a.b.png"), "caption")
    assert caption_path(Path("x/a.b.png"), ".caption").name == "a.b.caption"


@pytest.mark.parametrize("data", [b"a\nb", b"a\r\nb", b"a\rb", b" a \n b\t"])
def test_line_ends(data: bytes) -> None:
    assert caption_lines(data) == ["a", "b"]


def test_not_utf8_names_every_file_and_how_to_convert(tmp_path: Path) -> None:
    files = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path in files:
        path.write_bytes("\u4e00\u53ea\u732b".encode("gb18030"))
    error = not_utf8_error(files)
    assert error.code == "caption-not-utf8"
    assert all(str(path) in error.message for path in files)
    assert "gb18030" in error.message
    assert "UTF-8" in error.hint


def test_guesses() -> None:
    assert guess_encoding("a cat".encode("utf-16")) == "utf-16"
    assert guess_encoding("\u4e2d\u6587".encode("gb18030")) == "gb18030"
    assert guess_encoding(b"\xe9t\xe9") == "cp1252"
    assert guess_encoding(b"\x81\xff\x8f") is None


def test_other_endings_are_counted(tmp_path: Path) -> None:
    for name in ("a.caption", "b.caption", "a.txt"):
        (tmp_path / name).touch()
    assert other_endings([tmp_path / "a.png", tmp_path / "b.png"], ".txt") == {".caption": 2}


def test_untouched_without_options() -> None:
    assert final_caption(" a,b ,, c", options(), Random(1)) == " a,b ,, c"


def test_dropout_is_a_share() -> None:
    rng = Random(3)
    dropped = sum(final_caption("x", options(caption_dropout_rate=0.25), rng) == "" for _ in range(2000))
    assert 430 < dropped < 570
    assert final_caption("x", options(caption_dropout_rate=1), rng) == ""


@given(st.integers(), st.integers(0, 6))
def test_shuffle_keeps_the_first_and_loses_nothing(seed: int, keep: int) -> None:
    result = final_caption(TAGS, options(shuffle_caption=True, keep_tokens=keep), Random(seed)).split(", ")
    assert result[:keep] == TAGS.split(", ")[:keep]
    assert sorted(result) == sorted(TAGS.split(", "))


def test_shuffle_moves_everything_not_kept() -> None:
    settings = options(shuffle_caption=True, keep_tokens=1)
    seen = {tuple(final_caption(TAGS, settings, Random(seed)).split(", ")) for seed in range(400)}
    assert len(seen) == 24


def test_shuffle_never_changes_between_versions() -> None:
    assert shuffled(range(8), Random("order 42 1")) == [2, 4, 7, 3, 6, 5, 1, 0]


def test_tag_frequency_counts_lower_case_tags_a_folder() -> None:
    pairs = [("10_a", "Dog, red,, dog"), ("10_a", "dog"), ("2_b", "")]
    assert tag_frequency(pairs) == {"10_a": {"dog": 3, "red": 1}, "2_b": {}}
