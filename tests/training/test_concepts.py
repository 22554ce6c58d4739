"""Trainings of concepts: each with its own text and number of pictures, going on from any step, with a class or not."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.training.run import first_place, read_task
from tests.training import making
from tests.training.conftest import MakeRun, MakeSettings

pytestmark = pytest.mark.tiny


@pytest.fixture
def concepts(dataset: Path, tmp_path: Path) -> str:
    """Two concepts: four pictures that are shown for two epochs, and two pictures without an end."""
    other = making.draw_dataset(tmp_path / "other", shapes=making.SHAPES[:2]) / "1_sks thing"
    return json.dumps(
        [
            {
                "instance_data_dir": str(dataset / "1_sks thing"),
                "instance_token": "sks",
                "class_token": "square",
                "max_steps": 5,
            },
            {"instance_data_dir": str(other), "instance_prompt": "ohwx", "class_prompt": "thing"},
        ]
    )


def of_concepts(concepts: str, **more: Any) -> dict[str, Any]:
    return {"train_data_dir": None, "concepts_list": concepts, **more}


def test_concepts_end_and_a_run_goes_on_where_it_stopped(train_tiny: MakeRun, concepts: str, tmp_path: Path) -> None:
    options = of_concepts(
        concepts, max_train_epochs=3, gradient_accumulation_steps=2, save_state=True, save_every_n_steps=4,
        lr_scheduler="cosine", caption_dropout_rate=0.3,
    )  # fmt: skip
    whole = train_tiny(**options)
    # of six pictures in pairs three steps an epoch, twice; then two pictures, one step an epoch
    assert [event["step"] for event in whole.of("metric")] == list(range(1, 3 + 3 + 1 + 1))
    state = Path(whole.settings.output_dir) / "x-step00000004-state"
    settings = making.set_anew(whole.settings, output_dir=str(tmp_path / "other"), resume=str(state))
    again = making.run(settings, tmp_path / "job")
    assert again.losses() == whole.losses()[4:]
    assert making.same(again.weights(), whole.weights())


def test_steps_are_counted_over_epochs_of_unequal_length(
    make_settings: MakeSettings, concepts: str, tmp_path: Path
) -> None:
    settings = make_settings(**of_concepts(concepts, max_train_epochs=5, gradient_accumulation_steps=4))
    loop = making.prepared(settings, tmp_path / "job")
    assert [loop.plan.steps_in(epoch) for epoch in range(5)] == [2, 2, 1, 1, 1]
    assert loop.maker.drawing.steps_before(1, 5) == 2 + 1
    assert loop.maker.drawing.steps_before(4, 1) == 2 + 2 + 1 + 1
    for options, place in {
        ("initial_epoch", 4): (5, 3, 0),
        ("initial_step", 3): (3, 1, 4),
        ("initial_step", 6): (6, 4, 0),
    }.items():
        found = first_place(making.set_anew(settings, **dict([options])), loop.plan)
        assert (found.current_step, found.current_epoch, found.batch) == place
    with pytest.raises(MikazukiError, match="nothing to train"):
        first_place(making.set_anew(settings, initial_step=7), loop.plan)


def test_the_base_model_stands_for_the_class(make_settings: MakeSettings, concepts: str, tmp_path: Path) -> None:
    """The target of the class is what the base model says: before anything is learned its loss is nothing."""
    loop = making.prepared(make_settings(**of_concepts(concepts, prior_preservation="base_model")), tmp_path / "job")
    told = set()
    for row, entry in enumerate(loop.plan.entries):
        batch = loop.maker.make((0, 0, [row]))
        told.add((entry.dataset, entry.is_reg, *batch.captions))
        assert (float(loop.loss(batch).detach()) < 1e-9) == entry.is_reg
    assert told == {
        (0, False, "a red sks, left"),
        (0, False, "a green sks, right"),
        (0, False, "sks, a wide thing, flat"),
        (0, False, "a blue sks, left"),
        (0, True, "a red square, left"),
        (0, True, "a green square, right"),
        (0, True, "square, a wide thing, flat"),
        (0, True, "a blue square, left"),
        (1, False, "ohwx"),
        (1, True, "thing"),
    }


def test_a_list_of_concepts_is_the_same_as_a_folder(
    train_tiny: MakeRun, make_settings: MakeSettings, dataset: Path, tmp_path: Path
) -> None:
    """One concept without tokens is a folder with its captions: the same training, bit for bit."""
    alone = json.dumps([{"instance_data_dir": str(dataset / "1_sks thing")}])
    folder = train_tiny(at="folder", train_data_dir=str(dataset))
    assert making.same(train_tiny(at="concept", **of_concepts(alone)).weights(), folder.weights())
    task = read_task(make_settings(**of_concepts(alone)), tmp_path / "job")
    plain = read_task(make_settings(train_data_dir=str(dataset)), tmp_path / "job")
    assert replace(task.plan, concepts=(), subsets=(), datasets=()) == replace(plain.plan, subsets=(), datasets=())
