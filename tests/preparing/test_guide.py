"""The guided mode as a whole: what it fills in passes the check and has its reasons in both languages."""

import json
import string
from importlib.resources import files
from pathlib import Path

import pytest

from mikazuki.paths import repository
from mikazuki.preparing import guide as guided
from mikazuki.preparing.configs import check
from mikazuki.preparing.guide import Wish, guide, with_prompts
from mikazuki.preparing.guide_facts import Goal
from mikazuki.settings.form import form_of
from tests.cli import world

GOALS: tuple[Goal, ...] = ("character", "style", "concept")
GB = 10**9


def catalogue(language: str) -> dict[str, dict[str, str]]:
    text = files("mikazuki.preparing").joinpath("guide_texts", f"{language}.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


def test_both_catalogues_say_the_same_things() -> None:
    english, chinese = catalogue("en"), catalogue("zh-CN")
    for group, texts in english.items():
        assert texts.keys() == chinese[group].keys()
        for name, text in texts.items():
            told = [
                {part[1] for part in string.Formatter().parse(one) if part[1]} for one in (text, chinese[group][name])
            ]
            assert told[1] <= told[0], name
            assert text.isascii()
            assert not chinese[group][name].isascii()


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("memory", [None, 4 * GB, 24 * GB])
def test_what_it_fills_in_passes_the_check(goal: Goal, memory: int | None, root: Path) -> None:
    found = guide(Wish(goal, repository().train / "demo", repository().models / "tiny-sd", memory), output=root)
    found = with_prompts(found, root / "prompts.txt")
    answer = check(found.settings | {"output_dir": str(root), "logging_dir": str(root)})
    assert answer["problems"] == []
    assert found.settings["sample_prompts"] == (root / "prompts.txt").as_posix()
    assert list(found.settings) == [name for name in form_of("lora", "sd1").fields if name in found.settings]
    assert all(len(one.why.en) > 10 and not one.why.zh.isascii() for one in found.values)


def test_the_demo_is_filled_in_as_it_comes(root: Path) -> None:
    found = guide(Wish("character", repository().train / "demo", repository().models / "tiny-sd"), output=root)
    values = found.settings
    assert (values["train_batch_size"], values["network_dim"], values["learning_rate"]) == (4, 16, 1e-3)
    assert values["reg_data_dir"].endswith("demo-reg")
    assert (found.pictures, found.captions, found.family, values["output_name"]) == (14, 14, "sd1", "demo")
    assert check(values)["totals"]["max_train_steps"] == 560


@pytest.mark.parametrize("shapes", [world.SD1, world.SDXL])
def test_a_larger_model_is_planned_for_the_card(
    shapes: world.Shapes, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mikazuki.preparing.guide_facts.TINY_NUMBERS", 0)
    model = world.safetensors(root / "model.safetensors", shapes)
    folder = world.pictures(root / "aki", 12)
    needs = iter(range(100))
    monkeypatch.setattr(guided, "memory_bytes", lambda *_arguments: 9 * GB - next(needs))
    found = guide(Wish("character", folder, model, 8 * GB), output=root)
    values = found.settings
    assert (values["train_batch_size"], values["gradient_checkpointing"]) == (1, True)
    assert "memory-short" in [code for code, _ in found.warnings]
    assert check(values | {"output_dir": str(root), "logging_dir": str(root)})["problems"] == []
    monkeypatch.setattr(guided, "memory_bytes", lambda *_arguments: GB)
    assert guide(Wish("style", folder, model, 8 * GB), output=root).settings["train_batch_size"] == 2


def test_prompts_are_never_written_over(root: Path) -> None:
    found = guide(Wish("concept", repository().train / "demo", repository().models / "tiny-sd"), output=root)
    path = root / "p" / "cat.txt"
    first = with_prompts(found, path).settings["sample_prompts"]
    assert with_prompts(found, path).settings["sample_prompts"] == first
    path.write_text("my own", encoding="utf-8")
    assert with_prompts(found, path).settings["sample_prompts"] == (root / "p" / "cat-2.txt").as_posix()
    assert path.read_text(encoding="utf-8") == "my own"
