"""Courses of the learning rate: the numbers of the library that upstream uses, at every step."""

from collections.abc import Iterator
from typing import Any

import pytest
import torch

from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings
from mikazuki.training.schedulers import Schedule, make_schedule

RATE = 0.02


def settings_for(**more: Any) -> TrainSettings:
    values = {"pretrained_model_name_or_path": "m", "train_data_dir": "d", "learning_rate": RATE}
    return TrainSettings.model_validate({**values, **more})


def groups_for(rates: tuple[float, ...] = (RATE,)) -> list[dict[str, Any]]:
    parameters = [torch.nn.Parameter(torch.zeros(1)) for _ in rates]
    groups = [{"params": [parameter], "lr": rate} for parameter, rate in zip(parameters, rates, strict=True)]
    built = torch.optim.SGD(groups, momentum=0.9)
    return [{**group, "base_lr": group["lr"]} for group in built.param_groups]


def schedule_for(total: int, **more: Any) -> Schedule:
    return make_schedule(settings_for(**more), total, groups_for())


def upstream(total: int, **more: Any) -> Any:
    """Return the scheduler that sd-scripts builds for these options, over a rate of RATE."""
    from diffusers import optimization as piecewise
    from transformers import optimization as named

    settings = settings_for(**more)
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=RATE)
    warmup, decay = (
        int(value * total) if isinstance(value, float) else value
        for value in (settings.lr_warmup_steps, settings.lr_decay_steps)
    )
    cycles, least = settings.lr_scheduler_num_cycles, settings.lr_scheduler_min_lr_ratio
    numbers: dict[str, Any] = {"num_warmup_steps": warmup}
    if settings.lr_scheduler not in {"constant_with_warmup", "inverse_sqrt"}:
        numbers["num_training_steps"] = total
    more_numbers: dict[str, dict[str, Any]] = {
        "cosine_with_restarts": {"num_cycles": cycles},
        "polynomial": {"power": settings.lr_scheduler_power},
        "inverse_sqrt": {"timescale": settings.lr_scheduler_timescale},
        "cosine_with_min_lr": {"num_cycles": cycles / 2, "min_lr_rate": least},
        "cosine_warmup_with_min_lr": {"num_cycles": cycles / 2, "min_lr_rate": least},
        "warmup_stable_decay": {"num_decay_steps": decay, "num_cycles": cycles / 2, "min_lr_ratio": least or 0.0},
    }
    said = dict(pair.split("=") for pair in settings.lr_scheduler_args)
    if settings.lr_scheduler == "constant":
        return named.get_constant_schedule(optimizer)
    if settings.lr_scheduler == "piecewise_constant":
        return piecewise.get_piecewise_constant_schedule(optimizer, said["step_rules"])
    build = named.TYPE_TO_SCHEDULER_FUNCTION[named.SchedulerType(settings.lr_scheduler)]
    words = {key: value if value[0].isalpha() or "-" in value else float(value) for key, value in said.items()}
    return build(optimizer, **numbers, **more_numbers.get(settings.lr_scheduler, {}), **words)


def rates(scheduler: Any, total: int) -> Iterator[float]:
    for _ in range(total):
        yield float(scheduler.get_last_lr()[0])
        scheduler.optimizer.step()
        scheduler.step()


SHAPES: dict[str, list[dict[str, Any]]] = {
    "constant_with_warmup": [{}],
    "linear": [{}],
    "cosine": [{}, {"lr_scheduler_args": ["num_cycles=1.5"]}],
    "cosine_with_restarts": [{}, {"lr_scheduler_num_cycles": 3}],
    "polynomial": [{}, {"lr_scheduler_power": 2.0}, {"lr_scheduler_args": ["lr_end=0.005"]}],
    "inverse_sqrt": [{}, {"lr_scheduler_timescale": 7}],
    "cosine_with_min_lr": [{"lr_scheduler_min_lr_ratio": 0.1, "lr_scheduler_num_cycles": 3}],
    "cosine_warmup_with_min_lr": [
        {"lr_scheduler_min_lr_ratio": 0.1},
        {"lr_scheduler_min_lr_ratio": 0.1, "lr_scheduler_args": ["warmup_lr_rate=0.3"]},
    ],
    "warmup_stable_decay": [
        {"lr_decay_steps": 0.3},
        {"lr_decay_steps": 12, "lr_scheduler_num_cycles": 3, "lr_scheduler_min_lr_ratio": 0.2},
        *(
            {"lr_decay_steps": 12, "lr_scheduler_args": [f"warmup_type={form}", f"decay_type={form}"]}
            for form in ("linear", "cosine", "1-sqrt")
        ),
    ],
}
CASES = [
    (total, {"lr_scheduler": name, "lr_warmup_steps": warmup, **more})
    for name, variants in SHAPES.items()
    for more in variants
    for total, warmup in ((40, 0), (40, 1), (97, 10), (97, 0.15), (200, 150))
] + [
    (30, {"lr_scheduler": "constant"}),
    (30, {"lr_scheduler": "piecewise_constant", "lr_scheduler_args": ["step_rules=1:10,0.1:20,0.01:25,0.005"]}),
    (30, {"lr_scheduler": "piecewise_constant", "lr_scheduler_args": ["step_rules=0.5"]}),
]


@pytest.mark.tiny
def test_every_shape_equals_the_librarys_at_every_step() -> None:
    for total, options in CASES:
        schedule, groups = schedule_for(total, **options), groups_for()
        for step, expected in enumerate(rates(upstream(total, **options), total)):
            schedule.apply(groups, step)
            assert groups[0]["lr"] == pytest.approx(expected, rel=1e-9, abs=1e-15), (total, options, step)


def test_linear_rises_from_zero_and_falls_to_zero() -> None:
    schedule = schedule_for(10, lr_scheduler="linear", lr_warmup_steps=2)
    assert [schedule.share(step) for step in (0, 1, 2, 6, 10)] == pytest.approx([0, 0.5, 1, 0.5, 0])


def test_every_group_has_its_own_rate() -> None:
    groups = groups_for((0.1, 0.4))
    make_schedule(settings_for(lr_scheduler="linear"), 4, groups).apply(groups, 3)
    assert [group["lr"] for group in groups] == pytest.approx([0.025, 0.1])


@pytest.mark.parametrize("name", ["AdamWScheduleFree", "prodigyplus.ProdigyPlusScheduleFree"])
def test_schedule_free_optimizers_have_no_course(name: str) -> None:
    schedule = schedule_for(10, optimizer_type=name, lr_scheduler="linear", lr_warmup_steps=5)
    assert [schedule.share(step) for step in range(10)] == [1.0] * 10


def test_a_relative_adafactor_is_left_alone() -> None:
    groups = [{**groups_for()[0], "lr": None}]
    make_schedule(settings_for(optimizer_type="Adafactor", lr_scheduler="linear"), 10, groups).apply(groups, 5)
    assert groups[0]["lr"] is None


def test_an_adafactor_with_a_rate_follows_the_course() -> None:
    groups = groups_for()
    options = settings_for(optimizer_type="Adafactor", optimizer_args=["relative_step=False"], lr_scheduler="linear")
    make_schedule(options, 10, groups).apply(groups, 5)
    assert groups[0]["lr"] == pytest.approx(RATE / 2)


def test_functions_of_the_step_have_no_state() -> None:
    schedule = schedule_for(10, lr_scheduler="cosine")
    schedule.observe(1.0)
    schedule.load_state_dict(schedule.state_dict())
    assert (schedule.needs_loss, schedule.state_dict()) == (False, {})


def test_what_does_not_fit_is_one_clear_paragraph() -> None:
    with pytest.raises(MikazukiError, match="needs lr_scheduler_min_lr_ratio") as caught:
        schedule_for(10, lr_scheduler="cosine_with_min_lr")
    assert caught.value.code == "lr-scheduler"
