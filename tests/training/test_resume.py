"""Stopping and going on: the end is the same, bit for bit, as if nothing had happened."""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.training.checkpoints import Checkpoints
from mikazuki.training.state import Place
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, MakeSettings

pytestmark = pytest.mark.tiny

RANDOM: dict[str, Any] = {
    "network_dropout": 0.3,
    "network_args": "rank_dropout=0.2 module_dropout=0.1",
    "shuffle_caption": True,
    "caption_dropout_rate": 0.2,
    "flip_aug": True,
    "noise_offset": 0.1,
    "lr_scheduler": "cosine_with_restarts",
    "lr_scheduler_num_cycles": 2,
    "lr_warmup_steps": 2,
}
"""Everything that draws numbers or depends on the step. An epoch of the pictures has 4 batches."""

StopAt = Callable[[int], None]


@pytest.fixture
def stop_at(monkeypatch: pytest.MonkeyPatch) -> StopAt:
    """Lay the stop file into the next job as soon as a step is done, as a person would."""

    def arrange(step: int) -> None:
        whole = Checkpoints.after_step
        waiting = [step]

        def after_step(self: Checkpoints, place: Place) -> None:
            whole(self, place)
            if waiting == [place.current_step]:
                waiting.clear()
                self.stop_file.touch()

        monkeypatch.setattr(Checkpoints, "after_step", after_step)

    return arrange


def go_on(settings: Any, tmp_path: Path, resume: str) -> making.Run:
    return making.run(making.set_anew(settings, resume=resume), tmp_path / "again")


@pytest.mark.parametrize(
    ("stop", "options"),
    [
        (2, {}),
        (4, {}),
        (6, {}),
        (1, {"gradient_accumulation_steps": 2}),
        (3, {"gradient_accumulation_steps": 2, "train_batch_size": 2}),
    ],
    ids=["within-an-epoch", "at-its-end", "in-the-second", "accumulating", "accumulating-batches"],
)
def test_a_stopped_run_goes_on(
    train_tiny: MakeRun, stop_at: StopAt, tmp_path: Path, stop: int, options: dict[str, Any]
) -> None:
    options = {**RANDOM, "max_train_epochs": 3, "max_train_steps": 9, **options}
    whole = train_tiny(at="whole", **options)
    stop_at(stop)
    first = train_tiny(at="parts", **options)
    assert not first.finished
    (stopped,) = first.of("stopped")
    folder = Path(first.settings.output_dir) / f"x-step{stop:08d}-state"
    assert (stopped["step"], stopped["state"]) == (stop, str(folder))
    assert not first.of("done")
    assert not first.file.exists()
    second = go_on(first.settings, tmp_path, "last")
    assert second.finished
    assert [event["step"] for event in second.of("metric")] == list(range(stop + 1, len(whole.losses()) + 1))
    assert first.losses() + second.losses() == whole.losses()
    assert making.same(second.weights(), whole.weights())


@pytest.mark.parametrize("family", ["sd2", "sdxl"])
def test_other_families_go_on_too(
    tiny_model: GetModel, train_tiny: MakeRun, stop_at: StopAt, tmp_path: Path, family: str
) -> None:
    model = tiny_model(family)
    whole = train_tiny(model, at="whole", max_train_steps=5, **RANDOM)
    stop_at(3)
    first = train_tiny(model, at="parts", max_train_steps=5, **RANDOM)
    assert making.same(go_on(first.settings, tmp_path, "last").weights(), whole.weights())


def test_a_saved_state_goes_on_from_epoch_and_step(train_tiny: MakeRun, tmp_path: Path) -> None:
    options = {"max_train_epochs": 2, "save_state": True, "save_every_n_epochs": 1, "save_every_n_steps": 3}
    whole = train_tiny(**options, **RANDOM)
    output = Path(whole.settings.output_dir)
    for number, name in enumerate(("x-000001-state", "x-step00000003-state", "x-step00000006-state")):
        settings = making.set_anew(whole.settings, output_dir=str(tmp_path / f"o{number}"), resume=str(output / name))
        assert making.same(making.run(settings, tmp_path / f"j{number}").weights(), whole.weights())


def test_a_stop_asked_at_the_last_step_is_an_end(train_tiny: MakeRun, stop_at: StopAt) -> None:
    stop_at(3)
    done = train_tiny()
    assert done.finished
    assert done.file.exists()
    assert not done.of("stopped")


def test_last_without_a_state_begins_anew(train_tiny: MakeRun) -> None:
    assert making.same(train_tiny(at="a", resume="last").weights(), train_tiny(at="b").weights())


def test_the_seed_that_was_drawn_goes_on(train_tiny: MakeRun, stop_at: StopAt, tmp_path: Path) -> None:
    stop_at(1)
    first = train_tiny(seed=None, **RANDOM)
    second = go_on(first.settings, tmp_path, "last")
    assert second.of("started")[0]["seed"] == first.of("started")[0]["seed"]
    whole = train_tiny(at="whole", seed=first.of("started")[0]["seed"], **RANDOM)
    assert making.same(second.weights(), whole.weights())


def test_a_new_rate_is_taken(train_tiny: MakeRun, stop_at: StopAt, tmp_path: Path) -> None:
    stop_at(1)
    first = train_tiny()
    settings = making.set_anew(first.settings, learning_rate=0.005, resume="last")
    rates = [event["values"]["lr/unet"] for event in making.run(settings, tmp_path / "again").of("metric")]
    assert rates == [0.005, 0.005]


def test_another_run_is_refused(train_tiny: MakeRun, stop_at: StopAt, tmp_path: Path) -> None:
    stop_at(1)
    first = train_tiny()
    with pytest.raises(MikazukiError, match="train_batch_size was 1, now 2") as caught:
        making.run(making.set_anew(first.settings, train_batch_size=2, resume="last"), tmp_path / "again")
    assert caught.value.code == "other-run"


def test_samples_drawn_before_stand_in_the_grid(
    make_settings: MakeSettings, stop_at: StopAt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a cat --s 2 --d 1\na dog --s 2 --d 2\n", encoding="utf-8")
    columns: list[list[str]] = []
    monkeypatch.setattr(
        "mikazuki.training.checkpoints.write_grid", lambda _, found, __: columns.append([title for title, _ in found])
    )
    stop_at(3)
    settings = make_settings(sample_prompts=str(prompts), sample_every_n_steps=2, max_train_steps=5)
    first = making.run(settings, tmp_path / "job")
    assert [event["step"] for event in first.of("sample")] == [2, 2]
    second = go_on(settings, tmp_path, "last")
    assert [event["step"] for event in second.of("sample")] == [4, 4, 5, 5, 0, 0]
    assert columns == [["base model", "step 2", "step 4", "step 5"]]


def test_drawing_samples_does_not_change_what_is_learned(make_settings: MakeSettings, tmp_path: Path) -> None:
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a cat --s 2\n", encoding="utf-8")
    plain = making.run(make_settings(at="plain", **RANDOM), tmp_path / "job")
    options = {"sample_prompts": str(prompts), "sample_every_n_steps": 1, "sample_at_first": True}
    drawn = making.run(make_settings(at="drawn", **options, **RANDOM), tmp_path / "job2")
    assert making.same(plain.weights(), drawn.weights())


@pytest.mark.parametrize("name", ["model.safetensors", "optimizer.pt", "train_state.json"])
def test_a_damaged_state_is_refused(train_tiny: MakeRun, tmp_path: Path, name: str) -> None:
    first = train_tiny(save_state=True, max_train_steps=1)
    state = Path(first.settings.output_dir) / "x-state"
    content = (state / name).read_bytes()
    generator = random.Random(1)
    for number, damaged in enumerate((content[: len(content) // 2], generator.randbytes(200), b"", None)):
        copy = tmp_path / f"damaged{number}-state"
        shutil.copytree(state, copy)
        if damaged is None:
            (copy / name).unlink()
        else:
            (copy / name).write_bytes(damaged)
        with pytest.raises(MikazukiError, match="no complete state") as caught:
            making.run(making.set_anew(first.settings, resume=str(copy)), tmp_path / f"job{number}")
        assert caught.value.code == "state-not-found"


def test_a_state_of_the_other_engine_is_not_taken_for_ours(train_tiny: MakeRun, tmp_path: Path) -> None:
    first = train_tiny(save_state=True, max_train_steps=1)
    theirs = Path(first.settings.output_dir) / "x-000009-state"
    theirs.mkdir()
    (theirs / "train_state.json").write_text(json.dumps({"current_epoch": 9, "current_step": 99}), encoding="utf-8")
    assert go_on(first.settings, tmp_path, "last").finished
    with pytest.raises(MikazukiError, match="builtin engine"):
        go_on(first.settings, tmp_path, str(theirs))
