"""Prompt lines: options, sizes that fit, and clear words for what is wrong."""

from pathlib import Path

import pytest

from mikazuki.data.prompts import Prompt, parse_line, read_prompts
from mikazuki.errors import MikazukiError

SIZE = (64, 96)


def test_plain_text_takes_the_training_size() -> None:
    assert parse_line("a cat", SIZE) == Prompt("a cat", 64, 96)


def test_every_option() -> None:
    line = "a cat, in the snow --w 515 --h 768 --d 7 --s 2000 --l 4.5 --n ugly, bad"
    assert parse_line(line, SIZE) == Prompt("a cat, in the snow", 512, 768, 7, 1000, 4.5, "ugly, bad")


def test_options_in_capitals_and_tiny_sizes() -> None:
    assert parse_line("x --W 8", SIZE).width == 64


@pytest.mark.parametrize("line", ["a --q 1", "a --w wide"])
def test_wrong_options_name_the_place(line: str, tmp_path: Path) -> None:
    file = tmp_path / "prompts.txt"
    file.write_text(f"fine\n{line}\n", encoding="utf-8")
    with pytest.raises(MikazukiError, match="line 2") as caught:
        read_prompts(file, SIZE)
    assert caught.value.code == "prompt-wrong"


def test_comments_and_empty_lines_are_skipped(tmp_path: Path) -> None:
    file = tmp_path / "prompts.txt"
    file.write_text("\ufeff# note\n\n一只猫 --d 1\n", encoding="utf-8")
    assert [p.text for p in read_prompts(file, SIZE)] == ["一只猫"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "prompts-not-found"), (b"# only\n", "prompts-empty"), (b"\xb0\xa1", "prompts-not-utf8")],
)
def test_unusable_files(content: bytes | None, code: str, tmp_path: Path) -> None:
    file = tmp_path / "p.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(MikazukiError) as caught:
        read_prompts(file, SIZE)
    assert caught.value.code == code
