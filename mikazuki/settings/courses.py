"""Courses of the learning rate as arithmetic alone: the share of the rate that holds at a step, without torch.

The shapes are those of ``transformers.get_scheduler`` with the arguments that sd-scripts gives it; steps are optimizer
steps, however many processes there are.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from mikazuki.settings import schedules
from mikazuki.settings.optimizers import is_schedule_free, parse_arguments, sets_own_rate
from mikazuki.settings.values import steps_of

if TYPE_CHECKING:
    from mikazuki.settings.train import TrainSettings

Share = Callable[[int], float]
"""From the optimizer step (from 0) to the share of the learning rate."""


@dataclass(frozen=True, slots=True)
class Course:
    """The numbers a shape is made of; ``warmup``, ``decay`` and ``timescale`` are in steps of ``total``."""

    total: int
    warmup: int = 0
    decay: int = 0
    cycles: int = 1
    power: float = 1.0
    timescale: int | None = None
    min_share: float = 0.0
    rate: float = 1.0
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def span(self) -> int:
        """Steps after the warm-up."""
        return max(1, self.total - self.warmup)


def _constant(_course: Course) -> Share:
    return lambda _step: 1.0


def _linear(course: Course) -> Share:
    return lambda step: max(0.0, 1 - (step - course.warmup) / course.span)


def _wave(done: float, waves: float) -> float:
    """Return a cosine from 1 (``done`` = 0) through ``waves`` full periods at ``done`` = 1, between 0 and 1."""
    return 0.5 * (1 + math.cos(math.pi * waves * 2 * done))


def _cosine(course: Course) -> Share:
    waves = float(course.arguments.get("num_cycles", 0.5))
    if waves != 0.5:
        return lambda step: max(0.0, _wave((step - course.warmup) / course.span, waves))
    # rounded as it always was: the last digit of a rate is enough to bend a loss curve
    return lambda step: max(0.0, 0.5 * (1 + math.cos(math.pi * (step - course.warmup) / course.span)))


def _cosine_with_restarts(course: Course) -> Share:
    def share(step: int) -> float:
        done = (step - course.warmup) / course.span
        return 0.0 if done >= 1 else max(0.0, _wave((course.cycles * done) % 1.0, 0.5))

    return share


def _polynomial(course: Course) -> Share:
    end = float(course.arguments.get("lr_end", schedules.LR_END)) / course.rate

    def share(step: int) -> float:
        left = max(0.0, 1 - (step - course.warmup) / course.span)
        return float((1 - end) * left**course.power + end)

    return share


def _inverse_sqrt(course: Course) -> Share:
    scale = course.timescale or course.warmup or 10_000
    return lambda step: 1 / math.sqrt((step + scale - course.warmup) / scale)


def _down_to(share: float, least: float) -> float:
    """Squeeze a share of 0 to 1 into ``least`` to 1."""
    return max(0.0, share * (1 - least) + least)


def _least(course: Course) -> float:
    """Return the share at the end: the option's, or of ``lr_scheduler_args`` min_lr_rate or min_lr (a rate)."""
    if "min_lr" in course.arguments:
        return float(course.arguments["min_lr"]) / course.rate
    return float(course.arguments.get("min_lr_rate", course.min_share))


def _cosine_with_min_lr(course: Course) -> Share:
    least = _least(course)
    return lambda step: _down_to(_wave((step - course.warmup) / course.span, course.cycles / 2), least)


def _cosine_warmup_with_min_lr(course: Course) -> Share:
    """Rise to 1 at the last step of the warm-up, not after it, and be one step ahead of the plain cosine."""
    least, start = _least(course), course.arguments.get("warmup_lr_rate")

    def share(step: int) -> float:
        if step < course.warmup:
            if start is None:
                return (step + 1) / course.warmup
            return float(start + (1 - start) * step / max(1, course.warmup - 1))
        return _down_to(_wave((step - course.warmup + 1) / course.span, course.cycles / 2), least)

    return share


def _fall(form: str, done: float, waves: float) -> float:
    """Return a fall from 1 to 0 while ``done`` goes from 0 to 1."""
    if form == "linear":
        return 1 - done
    return 1 - math.sqrt(done) if form == "1-sqrt" else _wave(done, waves)


def _warmup_stable_decay(course: Course) -> Share:
    least, waves = course.min_share, course.cycles / 2
    rise, fall = course.arguments.get("warmup_type", "linear"), course.arguments.get("decay_type", "cosine")
    decays_at = course.total - course.decay

    def share(step: int) -> float:
        if step < course.warmup:
            return _down_to(_rise(rise, step / course.warmup), least)
        if step < decays_at:
            return 1.0
        if step < course.total:
            return _down_to(_fall(fall, (step - decays_at) / max(1, course.decay), waves), least)
        return least

    return share


def _rise(form: str, done: float) -> float:
    """Return a rise from 0 to 1 while ``done`` goes from 0 to 1: the fall read backwards, in half a wave."""
    return done if form == "linear" else _fall(form, 1 - done, 0.5)


def _piecewise_constant(course: Course) -> Share:
    rules, last = schedules.parse_step_rules(str(course.arguments["step_rules"]))
    return lambda step: next((factor for until, factor in rules if step < until), last)


_SHAPES: Final[Mapping[str, Callable[[Course], Share]]] = {
    "constant": _constant,
    "constant_with_warmup": _constant,
    "linear": _linear,
    "cosine": _cosine,
    "cosine_with_restarts": _cosine_with_restarts,
    "polynomial": _polynomial,
    "inverse_sqrt": _inverse_sqrt,
    "cosine_with_min_lr": _cosine_with_min_lr,
    "cosine_warmup_with_min_lr": _cosine_warmup_with_min_lr,
    "warmup_stable_decay": _warmup_stable_decay,
    "piecewise_constant": _piecewise_constant,
}

_OWN_START: Final = ("cosine_warmup_with_min_lr", "warmup_stable_decay", "piecewise_constant")
"""Shapes that rise in a way of their own, or not at all."""


def make_share(name: str, course: Course) -> Share:
    """Return the shape ``name`` of ``lr_scheduler``: linear from 0 through the warm-up, then what its name says."""
    shape = _SHAPES[name](course)
    if name in _OWN_START:
        return shape
    return lambda step: step / max(1, course.warmup) if step < course.warmup else shape(step)


def course_of(settings: "TrainSettings", total_steps: int) -> Course:
    """Return the numbers that the settings give the shape of ``lr_scheduler`` in a run of so many optimizer steps."""
    return Course(
        total=total_steps,
        warmup=steps_of(settings.lr_warmup_steps, total_steps),
        decay=steps_of(settings.lr_decay_steps, total_steps),
        cycles=settings.lr_scheduler_num_cycles,
        power=settings.lr_scheduler_power,
        timescale=settings.lr_scheduler_timescale,
        min_share=settings.lr_scheduler_min_lr_ratio or 0.0,
        rate=settings.learning_rate,
        arguments=parse_arguments(settings.lr_scheduler_args),
    )


Unknown = Literal["own", "loss", "class"]
"""Why a course cannot be told beforehand: the optimizer sets it, it follows the loss, or a torch class makes it."""


def unforeseen(settings: "TrainSettings") -> Unknown | None:
    """Say why the rate at a step is no arithmetic of the settings; None where it is."""
    if sets_own_rate(settings.optimizer, settings.optimizer_args):
        return "own"
    if is_schedule_free(settings.optimizer):
        return None
    if schedules.waits_for_losses(settings):
        return "loss"
    return "class" if settings.lr_scheduler_type else None


def share_of(settings: "TrainSettings", total_steps: int) -> Share:
    """Return the share of the rate at each step, where `unforeseen` knows no reason against it."""
    if is_schedule_free(settings.optimizer):
        return lambda _step: 1.0
    return make_share(settings.lr_scheduler, course_of(settings, total_steps))
