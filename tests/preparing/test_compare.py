"""What a comparison trains, and what stops it before anything has been written."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mikazuki.engines.machine import Gpu
from mikazuki.engines.sd_scripts_place import Place
from mikazuki.preparing import compare
from mikazuki.preparing.compare import OVERRIDES, Comparison, plan_comparison, settings_of
from mikazuki.preparing.training import read_settings
from mikazuki.settings.train import TrainSettings
from tests.cli import world
from tests.engines import stand_in_upstream

STEPS = 5


@pytest.fixture(autouse=True)
def checkout(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS", str(stand_in_upstream.checkout(root / "up")))
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS_PYTHON", sys.executable)
    monkeypatch.setattr(Place, "missing", lambda _self: [])


def read(root: Path, **changes: object) -> TrainSettings:
    return read_settings(world.make(root, bucket_reso_steps=64, **changes), {})


def plan(root: Path, steps: int = STEPS, **changes: object) -> tuple[Comparison | None, list[str]]:
    task, problems = plan_comparison(read(root, **changes), steps, root / "compared")
    return task, [f"{problem.code}: {problem}" for problem in problems]


def test_both_engines_train_the_same_for_as_many_steps(root: Path) -> None:
    before = world.everything_in(root)
    task, problems = plan(root, max_train_epochs=7, save_every_n_steps=1)
    assert problems == []
    assert task is not None
    assert (task.upstream.engine.name, task.builtin.engine.name) == ("sd-scripts", "builtin")
    assert task.steps == STEPS == task.upstream.plan.max_train_steps
    assert task.upstream.settings.seed == task.builtin.settings.seed
    other = {"engine", "output_dir", "logging_dir", "model_type", "v_parameterization"}
    ours, theirs = (one.settings.model_dump(exclude=other) for one in (task.builtin, task.upstream))
    assert ours == theirs
    made = {name.partition("/")[0] for name in world.everything_in(root).keys() - before.keys()}
    assert made == {"my cat.toml", "model.safetensors", "train"}, "the world alone"


def test_each_engine_writes_into_the_comparison_s_folder_alone(root: Path) -> None:
    given = read(root, cache_latents=False, cache_latents_to_disk=True, sample_prompts="p.txt", seed=7)
    found = settings_of(given, "builtin", STEPS, root / "here")
    assert Path(found.output_dir).is_relative_to(root / "here")
    assert Path(found.logging_dir).is_relative_to(root / "here")
    assert (found.cache_latents, found.cache_latents_to_disk, found.sample_prompts) == (True, False, None)
    assert (found.seed, found.max_train_steps) == (7, STEPS)


def test_every_override_is_an_option_and_a_value_it_takes() -> None:
    base = {"pretrained_model_name_or_path": "m", "train_data_dir": "d"}
    checked = TrainSettings.model_validate({**base, **OVERRIDES})
    assert {name: getattr(checked, name) for name in OVERRIDES} == dict(OVERRIDES)


def test_everything_that_cannot_be_replayed_is_told_at_once(root: Path) -> None:
    task, problems = plan(
        root, 1, network_dropout=0.1, network_args=["rank_dropout=0.2", "conv_dim=4", "module_dropout=0"],
        ip_noise_gamma=0.1, alpha_mask=True,
    )  # fmt: skip
    assert task is None
    steps, options, data = problems
    assert "--steps is 1" in steps
    for named in ("network_dropout 0.1", "rank_dropout=0.2", "ip_noise_gamma", "alpha_mask"):
        assert named in options
    assert "conv_dim" not in options
    assert "module_dropout" not in options
    assert data.startswith("not-comparable: The data uses alpha_mask")


def test_what_upstream_cannot_do_stops_it_with_its_own_words(root: Path) -> None:
    _, (problem,) = plan(root, ema_decay=0.9)
    assert problem.startswith("engine-cannot")


def test_without_upstream_it_says_how_to_get_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIKAZUKI_SD_SCRIPTS", str(root / "nowhere"))
    task, problems = plan(root)
    assert task is None
    assert [problem.partition(":")[0] for problem in problems] == ["engine-not-available"]
    assert "install.sh --with-sd-scripts" in problems[0]


def test_a_fault_of_the_data_is_told_once(root: Path) -> None:
    _, problems = plan(root, train_data_dir=str(root / "nowhere"))
    assert len(problems) == 1


@pytest.mark.parametrize("on", ["cpu", "gpu"])
def test_too_little_memory_stops_it(root: Path, on: str, monkeypatch: pytest.MonkeyPatch) -> None:
    card = [Gpu(0, "a small card", 10**9, 10**8, "1")] if on == "gpu" else []
    monkeypatch.setattr("mikazuki.preparing.training.gpus", lambda: card)
    monkeypatch.setattr(compare, "memory_available", lambda: 10**8)
    task, (problem,) = plan(root)
    assert task is None
    assert problem.startswith("memory-short")
    assert ("a small card has 100 MB free" in problem) is (on == "gpu")


def test_a_dataset_file_that_validates_is_not_compared(root: Path) -> None:
    task, _ = plan(root)
    assert task is not None
    held = replace(task.builtin.plan, validation=task.builtin.plan.entries[:1])
    (problem,) = compare._data_problems(held)
    assert "validation_split" in problem.message
