"""What gives an optimizer its rates: at a step they are a function of the step, so that resuming needs no state.

The shapes themselves are arithmetic (`settings.courses`). Only the course that follows the loss keeps a state.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mikazuki.errors import MikazukiError
from mikazuki.settings import schedules
from mikazuki.settings.courses import Share, share_of, unforeseen
from mikazuki.settings.optimizers import is_schedule_free, parse_arguments
from mikazuki.settings.train import TrainSettings

Group = Mapping[str, Any]
"""A parameter group of an optimizer; ``base_lr`` is its rate at share 1."""


class Schedule:
    """The course of one training: a share of every group's ``base_lr`` at each step."""

    needs_loss = False
    """Whether `observe` must be told the loss of every step, before the next one's rates are set."""

    def __init__(self, share: Share) -> None:
        """Take the share as a function of the step."""
        self._share = share

    def share(self, step: int) -> float:
        """Return the share of the learning rate for optimizer step ``step`` (from 0)."""
        return self._share(step)

    def apply(self, groups: Iterable[dict[str, Any]], step: int) -> None:
        """Give every group of the optimizer its ``lr`` for optimizer step ``step`` (from 0)."""
        share = self.share(step)
        for group in groups:
            group["lr"] = group["base_lr"] * share

    def observe(self, loss: float) -> None:
        """Take the loss of a step, the mean over all processes; only a course with ``needs_loss`` looks at it."""

    def state_dict(self) -> dict[str, Any]:
        """Return what a resumed run cannot compute, as values JSON can hold; empty for a function of the step."""
        return {}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Go on from what `state_dict` gave."""


class OwnRates(Schedule):
    """No course: the optimizer sets its rates itself."""

    def __init__(self) -> None:
        """Take nothing."""
        super().__init__(lambda _step: 1.0)

    def apply(self, groups: Iterable[dict[str, Any]], step: int) -> None:
        """Leave the groups as they are."""


def make_schedule(settings: TrainSettings, total_steps: int, groups: Sequence[Group]) -> Schedule:
    """Build the course that the settings ask for.

    Args:
        settings: ``lr_scheduler`` and what belongs to it; with an optimizer that needs no course it is not used.
        total_steps: Optimizer steps of the whole run.
        groups: The built optimizer's ``param_groups`` with their ``base_lr``.

    Raises:
        MikazukiError: ``lr-scheduler``, for options that do not go together.
    """
    unknown = unforeseen(settings)
    if unknown == "own":
        return OwnRates()
    if not is_schedule_free(settings.optimizer):
        found = list(schedules.problems(settings))
        if found:
            raise MikazukiError("lr-scheduler", found[0], "")
    if unknown is None:
        return Schedule(share_of(settings, total_steps))
    from mikazuki.training.schedules_torch import Plateau, Replayed

    arguments = parse_arguments(settings.lr_scheduler_args)
    if unknown == "loss":
        return Plateau(groups, arguments)
    return Replayed(str(settings.lr_scheduler_type), groups, arguments, total_steps)
