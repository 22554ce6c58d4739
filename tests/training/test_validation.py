"""Validation: the same measure every time, of pictures held back, and no trace of it in the training."""

import itertools
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from mikazuki.data.plan import Plan
from mikazuki.settings.datasets import CaptionOptions
from mikazuki.settings.options.dataset import ValidationSettings
from mikazuki.training.batches import Batch, BatchMaker
from mikazuki.training.validation import Validator, due_after_epoch, due_after_step
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, MakeSettings
from tests.training.planning import CPU, encoder_of, plan_of

pytestmark = pytest.mark.tiny


@pytest.fixture
def maker(tiny_model: GetModel, make_settings: MakeSettings, tmp_path: Path) -> Any:
    """Return a function that makes a maker of a plan that trains on nothing and holds all pictures back."""

    def make(plan: Plan | None = None, seed: int = 7, **settings: Any) -> BatchMaker:
        plan = plan or plan_of(tmp_path / "pictures")
        held_back = replace(plan, entries=(), validation=plan.entries)
        return BatchMaker(held_back, make_settings(**settings), seed, encoder_of(tiny_model(), plan), 0.2, False)

    return make


def no_loss(_: Batch) -> Tensor:
    return torch.zeros(())


def numbers(made: BatchMaker) -> list[Tensor]:
    """Return all that is random in a measure."""
    batches = list(Validator(made, no_loss, CPU).batches())
    return [part for batch in batches for part in (batch.latents, batch.noise, batch.timesteps)]


def test_when_it_is_due() -> None:
    plain = ValidationSettings()
    steps = ValidationSettings(validate_every_n_steps=3)
    epochs = ValidationSettings(validate_every_n_epochs=2)
    both = ValidationSettings(validate_every_n_steps=3, validate_every_n_epochs=2)
    for settings, after_steps, after_epochs in (
        (plain, [], [1, 2, 3, 4]),
        (steps, [3, 6], []),
        (epochs, [], [2, 4]),
        (both, [3, 6], [2, 4]),
    ):
        assert [step for step in range(1, 8) if due_after_step(settings, step)] == after_steps
        assert [epoch for epoch in range(1, 5) if due_after_epoch(settings, epoch)] == after_epochs


def test_every_picture_is_measured_at_four_timesteps(maker: Any) -> None:
    batches = list(Validator(maker(), no_loss, CPU).batches())
    # three pictures of one bucket and one of another, two at once
    assert len(batches) == 3 * 4
    assert [int(batch.timesteps[0]) for batch in batches] == [200, 400, 600, 800] * 3
    said = sorted(caption for batch in batches for caption in batch.captions)
    assert said == sorted(entry.caption for entry in maker().plan.validation for _ in range(4))
    few = list(Validator(maker(max_validation_steps=2), no_loss, CPU).batches())
    assert len(few) == 8
    ranged = Validator(maker(min_timestep=100, max_timestep=600), no_loss, CPU).batches()
    assert [int(batch.timesteps[0]) for batch in itertools.islice(ranged, 4)] == [200, 300, 400, 500]


def test_every_measure_is_the_same(maker: Any) -> None:
    found = numbers(maker())
    assert all(torch.equal(one, other) for one, other in zip(found, numbers(maker()), strict=True))
    assert not torch.equal(found[1], numbers(maker(seed=8))[1])
    # a seed of its own, whatever the training's is
    one, other = (numbers(maker(seed=seed, validation_seed=3)) for seed in (7, 8))
    assert all(torch.equal(a, b) for a, b in zip(one, other, strict=True))
    noises = found[1::3]
    assert all(not torch.equal(a, b) for a, b in itertools.combinations(noises, 2) if a.shape == b.shape)


def test_nothing_is_augmented(maker: Any, tmp_path: Path) -> None:
    captions = CaptionOptions(shuffle_caption=True, caption_dropout_rate=1.0, caption_tag_dropout_rate=0.9)
    plan = plan_of(tmp_path / "other", captions=captions, flip_aug=True, color_aug=True, random_crop=True)
    plain = maker(plan_of(tmp_path / "other"))
    for one, other in zip(*(list(Validator(m, no_loss, CPU).batches()) for m in (maker(plan), plain)), strict=True):
        assert torch.equal(one.latents, other.latents)
        assert one.captions == other.captions


def test_the_average_is_over_batches(maker: Any) -> None:
    losses = iter(range(100))
    validator = Validator(maker(), lambda _: torch.tensor(float(next(losses))), CPU)
    assert validator.exists
    assert validator.measure() == 5.5


def test_it_leaves_no_trace(maker: Any) -> None:
    still: list[str] = []

    @contextmanager
    def quiet() -> Iterator[None]:
        still.append("in")
        yield
        still.append("out")

    weight = torch.nn.Parameter(torch.ones(()))

    def loss(batch: Batch) -> Tensor:
        assert still == ["in"]
        assert not torch.is_grad_enabled()
        return (torch.nn.functional.dropout(batch.latents) * weight).mean()

    torch.manual_seed(3)
    random.seed(3)
    states = torch.get_rng_state(), random.getstate()
    validator = Validator(maker(), loss, CPU, quiet)
    first = validator.measure()
    assert torch.equal(states[0], torch.get_rng_state())
    assert states[1] == random.getstate()
    assert still == ["in", "out"]
    assert weight.grad is None
    still.clear()
    torch.manual_seed(4)
    assert validator.measure() == first


def test_a_training_learns_the_same_with_and_without(train_tiny: MakeRun) -> None:
    """What is measured in between draws nothing that the training would have drawn."""
    often, never = (
        train_tiny(
            at=str(steps),
            validation_split=0.5,
            validate_every_n_steps=steps,
            network_dropout=0.5,
            flip_aug=True,
            max_train_steps=4,
        )
        for steps in (1, 1000)
    )
    assert often.losses() == never.losses()
    assert making.same(often.weights(), never.weights())
    counts = [
        sum("loss/validation/step_average" in event["values"] for event in run.of("metric")) for run in (often, never)
    ]
    assert counts == [4, 0]
