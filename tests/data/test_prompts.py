"""Prompt lines: options, sizes that fit, and clear words for what is wrong."""

import json
from dataclasses import replace
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
    assert parse_line("x --W 8 --SS Euler_A", SIZE) == Prompt("x", 64, 96, sampler="euler_a")


def test_a_negative_seed_is_a_random_one() -> None:
    assert parse_line("x --d -1", SIZE).seed is None
    assert parse_line(f"x --d {2**64 - 1}", SIZE).seed == 2**64 - 1


def test_options_of_other_models_are_told_to_have_no_effect() -> None:
    prompt = parse_line("x --g 3.5 --cn pose.png --ctr 0.5 --rcfg 1 --fs 3 --s 4", SIZE, "p.txt, line 2")
    assert (prompt.text, prompt.steps) == ("x", 4)
    assert [note.split(" has ")[0] for note in prompt.notes] == [
        f"p.txt, line 2: --{letter}" for letter in ("g", "cn", "ctr", "rcfg", "fs")
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a --q 1", "--q is not an option"),
        ("a --w wide", "--w is 'wide', which is not a whole number"),
        ("a --l nan", "--l is 'nan', which is not a number"),
        (f"a --d {2**64}", "below 2\\^64"),
        ("a --ss best", "--ss is 'best', which is not one of ddim, pndm"),
    ],
)
def test_wrong_options_name_the_place(line: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "prompts.txt"
    file.write_text(f"fine\n{line}\n", encoding="utf-8")
    with pytest.raises(MikazukiError, match=rf"prompts.txt, line 2: .*{said}") as caught:
        read_prompts(file, SIZE)
    assert caught.value.code == "prompt-wrong"


def test_toml_shares_what_stands_above_its_subsets(tmp_path: Path) -> None:
    file = tmp_path / "prompts.toml"
    file.write_text(
        """
        [prompt]
        width = 515
        negative_prompt = "ugly"
        sample_steps = 12
        guidance_scale = 3.5
        [[prompt.subset]]
        prompt = "a cat"
        seed = 3
        scale = 5
        [[prompt.subset]]
        prompt = "a dog"
        width = 640
        sample_sampler = "heun"
        """,
        encoding="utf-8",
    )
    cat, dog = read_prompts(file, SIZE)
    note = f"{file}, prompt 1: guidance_scale"
    assert [one.split(" has ")[0] for one in cat.notes] == [note]
    assert replace(cat, notes=()) == Prompt("a cat", 512, 96, 3, 12, 5.0, "ugly")
    assert replace(dog, notes=()) == Prompt("a dog", 640, 96, None, 12, 7.5, "ugly", "heun")


def test_toml_without_subsets_is_one_prompt(tmp_path: Path) -> None:
    file = tmp_path / "prompts.toml"
    file.write_text('[prompt]\nprompt = "a cat"\n', encoding="utf-8")
    assert read_prompts(file, SIZE) == [Prompt("a cat", *SIZE)]


def test_json_is_a_list_of_tables_and_lines(tmp_path: Path) -> None:
    file = tmp_path / "prompts.json"
    entries = [{"prompt": "a cat", "height": 128, "seed": 1, "negative_prompt": None}, "a dog --s 2000"]
    file.write_text(json.dumps(entries), encoding="utf-8")
    assert read_prompts(file, SIZE) == [Prompt("a cat", 64, 128, 1), Prompt("a dog", 64, 96, steps=1000)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("p.toml", "prompt = [", "is not TOML"),
        ("p.toml", 'prompt = "a"', r"has no \[prompt\]"),
        ("p.toml", "[prompt]\nsubset = [1]", "no list of tables"),
        ("p.toml", "[[prompt.subset]]\nstep = 3", "prompt 1: step is not a key of a prompt. Keys are"),
        ("p.toml", "[[prompt.subset]]\nsample_step = 3", "Did you mean sample_steps?"),
        ("p.json", "[", "is not JSON"),
        ("p.json", '{"prompt": "a"}', "is not a list"),
        ("p.json", '["a", 3]', "prompt 2 is 3"),
        ("p.json", '[{"prompt": 3}]', "prompt 1: prompt is 3, which is not a text"),
        ("p.json", '[{"prompt": "a", "width": [1]}]', r"width is \[1\], which is not a whole number"),
        ("p.json", '[{"prompt": "a", "scale": Infinity}]', "scale is inf, which is not a number"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(name: str, content: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    with pytest.raises(MikazukiError, match=said) as caught:
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
