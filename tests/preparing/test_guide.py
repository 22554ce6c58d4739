"""The guided mode as a whole: what it fills in passes the check and has its reasons in both languages."""

import json
import shutil
import string
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.paths import repository
from mikazuki.preparing import guide as guided
from mikazuki.preparing.configs import check
from mikazuki.preparing.guide import Wish, guide, with_prompts
from mikazuki.preparing.guide_facts import Goal
from mikazuki.preparing.guide_parts import GB
from mikazuki.settings.form import form_of
from mikazuki.settings.load import parse
from mikazuki.settings.options.network import Method
from mikazuki.settings.train import TrainSettings
from tests.cli import world
from tests.training import making

GOALS: tuple[Goal, ...] = get_args(Goal)
METHODS: tuple[Method, ...] = get_args(Method)
SD2: world.Shapes = {
    **{name: shape for name, shape in world.SD1.items() if not name.startswith("cond_stage") and "proj_in" not in name},
    "model.diffusion_model.middle_block.1.proj_in.weight": (8, 8),
    "cond_stage_model.model.transformer.resblocks.0.mlp.c_fc.weight": (8, 4),
}
FAMILIES = {"sd1": world.SD1, "sd2": SD2, "sdxl": world.SDXL}
TINY_SD, DEMO = repository().models / "tiny-sd", repository().train / "demo"


def checked(values: dict[str, Any], root: Path) -> dict[str, Any]:
    """Return the page's check of values, with everything they would write below ``root``."""
    return check(values | {"output_dir": str(root), "logging_dir": str(root)})


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
    found = guide(Wish(goal, DEMO, TINY_SD, memory), output=root)
    found = with_prompts(found, root / "prompts.txt")
    assert checked(found.settings, root)["problems"] == []
    assert found.settings["sample_prompts"] == (root / "prompts.txt").as_posix()
    fields = ("method", *form_of("lora", "sd1").fields)
    assert list(found.settings) == [name for name in fields if name in found.settings]
    assert all(len(one.why.en) > 10 and not one.why.zh.isascii() for one in found.values)


def test_the_demo_is_filled_in_as_it_comes(root: Path) -> None:
    found = guide(Wish("character", DEMO, TINY_SD), output=root)
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
    monkeypatch.setattr(guided, "estimate", lambda *_arguments: SimpleNamespace(memory=9 * GB))
    found = guide(Wish("character", folder, model, 8 * GB), output=root)
    values = found.settings
    assert (values["train_batch_size"], values["gradient_checkpointing"]) == (1, True)
    assert "memory-short" in [code for code, _ in found.warnings]
    assert checked(values, root)["problems"] == []
    monkeypatch.setattr(guided, "estimate", lambda *_arguments: SimpleNamespace(memory=GB))
    assert guide(Wish("style", folder, model, 8 * GB), output=root).settings["train_batch_size"] == 2


@pytest.mark.parametrize("memory", [None, 4 * GB, 80 * GB])
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("method", METHODS)
def test_every_method_s_values_pass_the_check(
    method: Method, family: str, memory: int | None, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a tiny model and as one of full size: options that the method has, none twice, nothing left to put right."""
    model = world.safetensors(root / "model.safetensors", FAMILIES[family])
    folder = root / "train"
    world.pictures(folder / "1_sks cat", 1 if method == "imagic" else 6, "sks cat, on grass, sitting, day")
    shutil.copytree(folder, root / "train-reg")
    for number, goal in enumerate(GOALS):
        monkeypatch.setattr("mikazuki.preparing.guide_facts.TINY_NUMBERS", 0 if number else 100e6)
        found = guide(Wish(goal, folder, model, memory, method), output=root / "output")
        found = with_prompts(found, root / "prompts" / f"{goal}.txt")
        options = [one.option for one in found.values]
        assert len(options) == len(set(options))
        assert set(options) - {"method", "model_type"} <= form_of(method, family).fields.keys()
        answer = checked(found.settings, root)
        assert answer["problems"] == []
        assert (found.method, found.family, found.settings["method"]) == (method, family, method)
        assert all(len(one.why.en) > 10 and not one.why.zh.isascii() for one in found.values)


def test_imagic_takes_one_picture_alone(root: Path) -> None:
    model = world.safetensors(root / "model.safetensors", world.SD1)
    folder = world.pictures(root / "aki", 2)
    with pytest.raises(MikazukiError) as found:
        guide(Wish("concept", folder, model, None, "imagic"), output=root)
    assert found.value.code == "imagic-pictures"
    assert "one picture" in found.value.hint
    (folder / "1.png").unlink()
    assert guide(Wish("concept", folder, model), output=root).method == "imagic"
    (folder / "0.txt").unlink()
    alone = guide(Wish("concept", folder, model), output=root)
    assert alone.method == "lora"
    assert "method-imagic" in [code for code, _ in alone.warnings]


def test_a_whole_model_that_does_not_fit_is_taught_frugally(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The estimate is asked with all that decides: method, optimizer, number formats, batch."""
    monkeypatch.setattr("mikazuki.preparing.guide_facts.TINY_NUMBERS", 0)
    asked: list[TrainSettings] = []

    def needs(_info: object, settings: TrainSettings, _plan: object) -> SimpleNamespace:
        asked.append(settings)
        return SimpleNamespace(memory=GB if settings.full_bf16 else 20 * GB)

    monkeypatch.setattr(guided, "estimate", needs)
    model = world.safetensors(root / "model.safetensors", world.SD1)
    folder = world.pictures(root / "aki", 12)
    plain, frugal = (
        guide(Wish("character", folder, model, memory, "dreambooth"), output=root).settings
        for memory in (80 * GB, 8 * GB)
    )
    assert "fused_backward_pass" not in plain
    assert (frugal["optimizer_type"], frugal["full_bf16"], frugal["train_batch_size"]) == ("Adafactor", True, 1)
    assert {one.method for one in asked} == {"dreambooth"}
    assert [one.optimizer for one in asked][-1] == "Adafactor"
    assert asked[-1].fused_backward_pass


@pytest.mark.tiny
@pytest.mark.parametrize("method", ["dreambooth", "pivotal_tuning"])
def test_what_it_fills_in_trains(method: Method, root: Path) -> None:
    pictures = making.draw_dataset(root / "train")
    found = guide(Wish("character", pictures, TINY_SD, None, method), output=root)
    short = {"max_train_epochs": None, "max_train_steps": 2, "save_every_n_epochs": None, "sample_grid": False}
    folders = {"output_dir": str(root), "logging_dir": str(root / "logs")}
    run = making.run(parse(TrainSettings, found.settings | short | folders, "the guided mode"), root / "job")
    assert run.finished
    assert len(run.losses()) == 2
    assert run.file.is_file()


def test_prompts_are_never_written_over(root: Path) -> None:
    found = guide(Wish("concept", DEMO, TINY_SD), output=root)
    path = root / "p" / "cat.txt"
    first = with_prompts(found, path).settings["sample_prompts"]
    assert with_prompts(found, path).settings["sample_prompts"] == first
    path.write_text("my own", encoding="utf-8")
    assert with_prompts(found, path).settings["sample_prompts"] == (root / "p" / "cat-2.txt").as_posix()
    assert path.read_text(encoding="utf-8") == "my own"
