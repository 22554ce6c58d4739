"""Courses by scheduler classes: the class's own rates, and a state only where losses decide."""

import json
import math
from typing import Any

import pytest
import torch
from torch.optim import lr_scheduler

from mikazuki.errors import MikazukiError
from mikazuki.training.schedulers import make_schedule
from tests.training.test_schedulers import groups_for, settings_for

CASES: list[tuple[str, list[str]]] = [
    ("CosineAnnealingLR", ["T_max=20", "eta_min=0.001"]),
    ("CosineAnnealingWarmRestarts", ["T_0=5", "T_mult=2"]),
    ("OneCycleLR", ["max_lr=0.5", "total_steps=25"]),
    ("CyclicLR", ["base_lr=0.01", "max_lr=0.1", "step_size_up=4"]),
    ("MultiStepLR", ["milestones=[4, 9]", "gamma=0.3"]),
    ("torch.optim.lr_scheduler.ExponentialLR", ["gamma=0.9"]),
    ("transformers.optimization.get_linear_schedule_with_warmup", ["num_warmup_steps=3", "num_training_steps=25"]),
]


def real(name: str, arguments: dict[str, Any], rates: tuple[float, ...]) -> Any:
    groups = [{"params": [torch.nn.Parameter(torch.zeros(1))], "lr": rate} for rate in rates]
    optimizer = torch.optim.SGD(groups, momentum=0.9)
    if name.startswith("transformers"):
        from transformers import optimization

        return optimization.get_linear_schedule_with_warmup(optimizer, **arguments)
    return getattr(lr_scheduler, name.rpartition(".")[2])(optimizer, **arguments)


@pytest.mark.tiny
@pytest.mark.parametrize(("name", "said"), CASES)
def test_equals_the_class_beside_a_training(name: str, said: list[str]) -> None:
    rates, total = (0.02, 0.3), 25
    groups = groups_for(rates)
    schedule = make_schedule(settings_for(lr_scheduler_type=name, lr_scheduler_args=said), total, groups)
    arguments = {key: eval(value) for key, value in (pair.split("=") for pair in said)}  # noqa: S307 - written above
    expected = real(name, arguments, rates)
    seen = []
    for _ in range(total):
        seen.append([(group["lr"], group["momentum"]) for group in expected.optimizer.param_groups])
        expected.optimizer.step()
        expected.step()
    for step in (*range(total), 7, 0):
        schedule.apply(groups, step)
        assert [(group["lr"], group["momentum"]) for group in groups] == seen[step]
    assert schedule.share(3) == seen[3][0][0] / 0.02


@pytest.mark.parametrize(
    ("name", "said", "text"),
    [
        ("CosineAnnealingLR", [], "T_max.*It takes: T_max, eta_min"),
        ("CosineAnnealingLR", ["Tmax=3"], "Tmax=3"),
        ("OneCycleLR", ["max_lr=1.0", "total_steps=10"], "total_steps=10.*step 1[01]"),
        ("CosineAnealingLR", [], r"Did you mean CosineAnnealingLR\?"),
        ("os.path.join", [], r"a path may begin with torch\.optim\.lr_scheduler"),
        ("transformers.optimization.NoSuch", [], "cannot be found"),
        ("transformers.optimization.AdafactorSchedule", [], "only tells"),
    ],
)
def test_what_does_not_fit_fails_before_the_training(name: str, said: list[str], text: str) -> None:
    options = settings_for(lr_scheduler_type=name, lr_scheduler_args=said)
    with pytest.raises(MikazukiError, match=text) as caught:
        make_schedule(options, 25, groups_for())
    assert caught.value.code == "lr-scheduler"


LOSSES = [1.0, 0.9, 0.95, 0.96, 0.97, 0.98, 0.5, 0.6, 0.6, 0.6, 0.6]
PLATEAU = ["patience=2", "factor=0.5", "cooldown=1"]


@pytest.mark.parametrize(
    "option", [{"lr_scheduler": "reduce_lr_on_plateau"}, {"lr_scheduler_type": "ReduceLROnPlateau"}]
)
def test_falls_where_the_loss_stays(option: dict[str, str]) -> None:
    groups = groups_for((0.02, 0.4))
    schedule = make_schedule(settings_for(lr_scheduler_args=PLATEAU, **option), 100, groups)
    assert schedule.needs_loss
    seen = []
    for step, loss in enumerate(LOSSES):
        schedule.apply(groups, step)
        seen.append(groups[1]["lr"])
        schedule.observe(loss)
    # worse than 0.9 three times: halved; one step of rest; 0.5 is the best; three times worse again: halved
    assert seen == [0.4, 0.4, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.2, 0.2, 0.1]


@pytest.mark.parametrize("done", range(len(LOSSES)))
def test_a_plateau_goes_on_exactly_from_its_state(done: int) -> None:
    groups = groups_for((0.02, 0.3))
    options = settings_for(lr_scheduler="reduce_lr_on_plateau", lr_scheduler_args=[*PLATEAU, "factor=0.7"])
    straight, resumed = (make_schedule(options, 100, groups) for _ in range(2))
    for loss in LOSSES[:done]:
        straight.observe(loss)
    resumed.load_state_dict(json.loads(json.dumps(straight.state_dict(), allow_nan=False)))
    for loss in LOSSES[done:]:
        assert resumed.share(0) == straight.share(0)
        straight.observe(loss)
        resumed.observe(loss)
    assert resumed.state_dict() == straight.state_dict()


def test_a_plateau_goes_on_from_the_rate_the_settings_name_now() -> None:
    options = settings_for(lr_scheduler="reduce_lr_on_plateau", lr_scheduler_args=["patience=0", "factor=0.5"])
    before, after = make_schedule(options, 9, groups_for((0.2,))), make_schedule(options, 9, groups_for((0.6,)))
    for loss in (1.0, 2.0):
        before.observe(loss)
    after.load_state_dict(before.state_dict())
    groups = groups_for((0.6,))
    after.apply(groups, 2)
    assert math.isclose(groups[0]["lr"], 0.3)
