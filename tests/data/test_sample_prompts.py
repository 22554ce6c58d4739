"""The prompts drawn on the way: of a file, else of the concepts with their own captions, sizes and seeds; sanity."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mikazuki.data.plan import make_plan
from mikazuki.data.prompts import Prompt
from mikazuki.data.sample_prompts import sample_prompts
from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings

SIZES = ((64, 64), (96, 48), (64, 64))
CAPTIONS = ("a man in a hat", "portrait, studio", "zxy man smiling")
FILLED = {"zxy in a hat", "zxy, portrait, studio", "zxy man smiling"}

Make = Callable[..., list[Prompt]]


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures" / "1_zxy"
    folder.mkdir(parents=True)
    for number, (size, caption) in enumerate(zip(SIZES, CAPTIONS, strict=True)):
        Image.new("RGB", size, (40 * number, 80, 120)).save(folder / f"{number}.png")
        (folder / f"{number}.txt").write_text(caption, encoding="utf-8")
    return folder


@pytest.fixture
def prompts(pictures: Path, tmp_path: Path) -> Make:
    """Return the prompts of concepts that differ from plain ones in these keys."""

    def make(*concepts: dict[str, Any], seed: int = 1, planned: bool = True, **more: Any) -> list[Prompt]:
        plain = {"instance_data_dir": str(pictures), "instance_token": "zxy", "class_token": "man"}
        listed = json.dumps([plain | concept for concept in concepts]) if concepts else None
        values = {
            "pretrained_model_name_or_path": "base.safetensors",
            "train_data_dir": None if listed else str(pictures.parent),
            "concepts_list": listed,
            "output_dir": str(tmp_path / "output"),
            "output_name": "x",
            "network_dim": 2,
            "resolution": 64,
            "min_bucket_reso": 32,
            "max_bucket_reso": 128,
            "bucket_reso_steps": 16,
        }
        settings = TrainSettings.model_validate(values | more)
        plan = make_plan(settings, family_step=16, verify=False) if planned else None
        return sample_prompts(settings, plan, seed)

    return make


def test_a_concept_is_drawn_as_its_pictures_are_told(prompts: Make) -> None:
    found = prompts({"n_save_sample": 9, "sample_seed": 4, "save_sample_negative_prompt": "ugly"})
    assert {one.text for one in found} == FILLED
    sizes = {one.text: (one.width, one.height) for one in found}
    assert sizes["zxy in a hat"] == (64, 64)
    assert sizes["zxy, portrait, studio"][0] > sizes["zxy, portrait, studio"][1]
    assert [one.seed for one in found] == [4, 5, 6]
    assert {(one.negative, one.steps, one.scale, one.sanity) for one in found} == {("ugly", 20, 7.5, False)}


def test_which_pictures_is_a_function_of_the_seed(prompts: Make) -> None:
    chosen = [[one.text for one in prompts({"n_save_sample": 1}, seed=seed)] for seed in (1, 1, *range(2, 12))]
    assert chosen[0] == chosen[1]
    assert {text for texts in chosen for text in texts} == FILLED


def test_a_prompt_around_the_caption(prompts: Make) -> None:
    found = prompts({"n_save_sample": 3, "save_sample_prompt": "[filewords], on the moon"})
    assert {one.text for one in found} == {f"{text}, on the moon" for text in FILLED}


def test_a_literal_prompt_has_the_size_of_the_run(prompts: Make) -> None:
    found = prompts(
        {"n_save_sample": 2, "save_sample_prompt": "zxy on a bench", "save_infer_steps": 7, "save_guidance_scale": 3},
        {"n_save_sample": 1, "save_sample_prompt": "abc", "sample_seed": 2**32 - 1},
        {"n_save_sample": 0},
        resolution="80,64",
    )
    bench = Prompt("zxy on a bench", 80, 64, None, 7, 3)
    assert found == [bench, bench, Prompt("abc", 80, 64, 2**32 - 1, 20, 7.5)]


def test_a_template_has_a_prompt_a_line(prompts: Make, tmp_path: Path) -> None:
    template = tmp_path / "lines.txt"
    template.write_text("a painting of [name]\n\n[filewords] at sea\na cat\n", encoding="utf-8")
    found = prompts({"save_sample_template": str(template), "save_sample_prompt": "not this"})
    assert [one.text for one in found] == ["a painting of zxy man", "zxy man at sea", "a cat"]
    assert {(one.width, one.height) for one in found} == {(64, 64)}


@pytest.mark.parametrize(("content", "code"), [(None, "prompts-not-found"), (b"\xff\xfe\xff", "prompts-not-utf8")])
def test_a_template_that_cannot_be_read(prompts: Make, tmp_path: Path, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / "lines.txt").write_bytes(content)
    with pytest.raises(MikazukiError, match=r"lines\.txt") as caught:
        prompts({"save_sample_template": str(tmp_path / "lines.txt")})
    assert caught.value.code == code


def test_a_file_of_prompts_goes_before_the_concepts(prompts: Make, tmp_path: Path) -> None:
    file = tmp_path / "prompts.txt"
    file.write_text("a dog\n", encoding="utf-8")
    assert prompts({}, sample_prompts=str(file)) == [Prompt("a dog", 64, 64)]


def test_the_sanity_prompt_comes_last(prompts: Make) -> None:
    assert prompts(sanity_prompt="a house") == [Prompt("a house", 64, 64, 420420, sanity=True)]
    first = {"save_sample_negative_prompt": "ugly", "save_sample_prompt": "zxy"}
    *_, last = prompts(first, {"save_sample_negative_prompt": "dull"}, sanity_prompt="a house", sanity_seed=3)
    assert last == Prompt("a house", 64, 64, 3, negative="ugly", sanity=True)


def test_without_a_plan_only_what_needs_none(prompts: Make) -> None:
    found = prompts({"save_sample_prompt": "zxy"}, {}, planned=False)
    assert [one.text for one in found] == ["zxy"]


def test_nothing_is_drawn_unasked(prompts: Make) -> None:
    assert prompts() == []
