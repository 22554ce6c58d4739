"""Courses of the learning rate by scheduler classes, run beside the training on an optimizer that moves nothing."""

import inspect
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, Final

import torch
from torch.optim import Optimizer
from torch.optim.lr_scheduler import ReduceLROnPlateau

from mikazuki.errors import MikazukiError
from mikazuki.settings import schedules
from mikazuki.training.schedulers import Group, Schedule

_MOMENTA: Final = ("betas", "momentum")
"""What OneCycleLR and CyclicLR turn beside the rate."""

_REFUSALS: Final = (TypeError, ValueError, KeyError, AttributeError, AssertionError, RuntimeError)
"""What a scheduler raises where its arguments do not fit."""


class _Still(Optimizer):
    """An optimizer with the groups of another one that moves nothing."""

    def __init__(self, groups: Sequence[Group]) -> None:
        own = [key for key in _MOMENTA if key in groups[0]]
        self.keys = ("lr", *own)
        values = [{"lr": group["base_lr"], **{key: group[key] for key in own}} for group in groups]
        super().__init__([{"params": [torch.zeros(1)], **value} for value in values], values[0])

    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Move nothing; schedulers warn when they are stepped without it."""

    def values(self) -> tuple[tuple[Any, ...], ...]:
        """Return what a scheduler may have changed, group by group, in the order of ``keys``."""
        return tuple(tuple(group[key] for key in self.keys) for group in self.param_groups)


def _scheduler_class(name: str) -> Callable[..., Any]:
    """Return what ``lr_scheduler_type`` names; raises MikazukiError ``lr-scheduler``."""
    module, _, own = name.rpartition(".")
    try:
        found: Callable[..., Any] = getattr(import_module(module or schedules.TORCH), own)
    except (ImportError, AttributeError) as error:
        raise MikazukiError(
            "lr-scheduler",
            f"lr_scheduler_type {name} cannot be found: {error}.",
            "Correct it, or use lr_scheduler instead.",
        ) from error
    return found


def _refused(name: str, arguments: Mapping[str, Any], error: Exception, kind: Callable[..., Any]) -> MikazukiError:
    said = " ".join(f"{key}={value}" for key, value in arguments.items())
    takes = [key for key in inspect.signature(kind).parameters if key not in {"optimizer", "last_epoch"}]
    return MikazukiError(
        "lr-scheduler",
        f"lr_scheduler_type {name} cannot work with lr_scheduler_args {said or '(none)'}: {error}.",
        f"It takes: {', '.join(takes)}.",
    )


class Replayed(Schedule):
    """A scheduler class's rates, a function of the step: the class is run to the end beforehand, its rates are kept."""

    def __init__(self, name: str, groups: Sequence[Group], arguments: Mapping[str, Any], total_steps: int) -> None:
        """Run the class ``name`` (of torch.optim.lr_scheduler, or a dotted path) for ``total_steps``.

        Raises:
            MikazukiError: ``lr-scheduler``, where there is none of that name, or it cannot work with the arguments
                for so many steps.
        """
        kind, still = _scheduler_class(name), _Still(groups)
        try:
            scheduler = kind(still, **arguments)
            self._table = [still.values()]
            for _ in range(total_steps - 1):
                still.step()
                scheduler.step()
                self._table.append(still.values())
        except _REFUSALS as error:
            raise _refused(name, arguments, error, kind) from error
        self._keys = still.keys
        first = float(groups[0]["base_lr"])
        super().__init__(lambda step: float(self._table[step][0][0]) / first)

    def apply(self, groups: Iterable[dict[str, Any]], step: int) -> None:
        """Give every group its own rate, and momentum where the class turns it, for optimizer step ``step``."""
        for group, values in zip(groups, self._table[step], strict=True):
            group.update(zip(self._keys, values, strict=True))


class Plateau(Schedule):
    """Torch's ReduceLROnPlateau over the losses of single steps: ``patience`` counts optimizer steps."""

    needs_loss = True

    def __init__(self, groups: Sequence[Group], arguments: Mapping[str, Any]) -> None:
        """Build it; raises MikazukiError ``lr-scheduler`` where it does not take the arguments."""
        self._still = _Still(groups)
        self._rates = [float(group["base_lr"]) for group in groups]
        try:
            self._scheduler = ReduceLROnPlateau(self._still, **arguments)
        except _REFUSALS as error:
            raise _refused("ReduceLROnPlateau", arguments, error, ReduceLROnPlateau) from error
        super().__init__(lambda _step: float(self._still.param_groups[0]["lr"]) / self._rates[0])

    def apply(self, groups: Iterable[dict[str, Any]], step: int) -> None:  # noqa: ARG002 - the losses tell
        """Give every group the rate that the losses so far have left."""
        for group, still in zip(groups, self._still.param_groups, strict=True):
            group["lr"] = still["lr"]

    def observe(self, loss: float) -> None:
        """Take the loss of a step, the mean over all processes."""
        self._scheduler.step(loss)

    def state_dict(self) -> dict[str, Any]:
        """Return each group's ``base_lr`` and rate, and what was counted; ``best`` is None before the first loss."""
        best = float(self._scheduler.best)
        return {
            "rates": [[rate, still["lr"]] for still, rate in zip(self._still.param_groups, self._rates, strict=True)],
            "best": best if math.isfinite(best) else None,
            "bad": self._scheduler.num_bad_epochs,
            "cooldown": self._scheduler.cooldown_counter,
            "seen": self._scheduler.last_epoch,
        }

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Go on from what `state_dict` gave; where the settings name another rate now, with as much of that."""
        for still, rate, (before, left) in zip(self._still.param_groups, self._rates, state["rates"], strict=True):
            still["lr"] = left if rate == before else rate * left / before
        if state["best"] is not None:
            self._scheduler.best = state["best"]
        self._scheduler.num_bad_epochs = state["bad"]
        self._scheduler.cooldown_counter = state["cooldown"]
        self._scheduler.last_epoch = state["seen"]
