"""The fused backward pass: each weight is updated as soon as its gradient is known, and the gradient is freed."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

from torch import Tensor
from torch.utils.hooks import RemovableHandle

from mikazuki.errors import MikazukiError
from mikazuki.training.optimizers import innermost
from mikazuki.training.rounding import in_fp32


def fuse_backward(
    optimizer: Any, finish: Callable[[Tensor], None], *, scaled: bool = False, rounds: bool = False
) -> list[RemovableHandle]:
    """Let every parameter of the optimizer be updated within the backward pass (upstream: ``fused_backward_pass``).

    At most one gradient is in memory at a time, and the optimizer's own step afterwards finds nothing left to do. The
    rates of a step must be set before its backward pass.

    Args:
        optimizer: An Adafactor, which updates each weight by itself, so that the order does not matter.
        finish: Called with each parameter before its update: averages its gradient over processes and clips it. The
            norm is that one gradient's, as upstream's, since no other one is known yet.
        scaled: Whether gradients are scaled, as fp16 needs.
        rounds: Whether steps of bf16 weights are done in fp32 and rounded by chance (`rounding`).

    Returns:
        The hooks; removing them ends it.

    Raises:
        MikazukiError: ``fused-fp16``, where gradients are scaled: whether one of them overflows is known too late.
    """
    if scaled:
        raise MikazukiError(
            "fused-fp16",
            "fused_backward_pass cannot scale gradients as mixed_precision fp16 needs.",
            "Use mixed_precision bf16 or no, or leave fused_backward_pass off.",
        )
    own = innermost(optimizer)
    return [
        parameter.register_post_accumulate_grad_hook(_updater(_Steps(own, rounds), number, finish))
        for number, group in enumerate(own.param_groups)
        for parameter in group["params"]
    ]


def _updater(steps: "_Steps", number: int, finish: Callable[[Tensor], None]) -> Callable[[Tensor], None]:
    """Return what updates a single parameter of the group ``number``: a step on that one alone."""

    def update(parameter: Tensor) -> None:
        finish(parameter)
        steps.do(number, [parameter])

    return update


def fuse_groups(
    optimizer: Any, finish: Callable[[Tensor], None], groups: int, *, rounds: bool = False
) -> Callable[[], None]:
    """Let parameters be updated within the backward pass, about 1 / ``groups`` of them at once.

    Upstream's ``fused_optimizer_groups``: a part of them is updated as soon as all its gradients are known, and these
    are freed; so about as much of all gradients is in memory at a time. The rates of a step must be set before its
    backward pass, and no gradient may be scaled.

    Args:
        optimizer: One that updates each weight by itself, so that the order does not matter.
        finish: Called with each parameter as soon as its gradient is known, as in `fuse_backward`.
        groups: How many parts to make; parts never hold parameters of two of the optimizer's own groups.
        rounds: As in `fuse_backward`.

    Returns:
        What to call after the backward pass: it updates parts of which some parameters had no gradient.
    """
    own = innermost(optimizer)
    total = sum(len(group["params"]) for group in own.param_groups)
    steps = _Steps(own, rounds)
    parts = [_Part(steps, number, part, finish) for number, part in _in_parts(own, -(-total // groups))]

    def complete() -> None:
        for part in parts:
            part.update()

    return complete


def step_in_parts(optimizer: Any, size: int = 32) -> None:
    """Do an optimizer's step ``size`` parameters at a time, those in bf16 by `rounding`; gradients are freed.

    The optimizer must be one that updates each weight by itself, and no gradient may be scaled.
    """
    own = innermost(optimizer)
    steps = _Steps(own, rounds=True)
    for number, part in _in_parts(own, size):
        steps.do(number, part)


def _in_parts(optimizer: Any, size: int) -> list[tuple[int, list[Tensor]]]:
    """Return the parameters ``size`` at a time, with the numbers of their groups."""
    return [
        (number, group["params"][start : start + size])
        for number, group in enumerate(optimizer.param_groups)
        for start in range(0, len(group["params"]), size)
    ]


class _Part:
    """Parameters that are updated together once the gradient of each is known."""

    def __init__(
        self, steps: "_Steps", number: int, parameters: Sequence[Tensor], finish: Callable[[Tensor], None]
    ) -> None:
        self._steps = steps
        self._number = number
        self._parameters = parameters
        self._finish = finish
        self._known = 0
        for parameter in parameters:
            parameter.register_post_accumulate_grad_hook(self._count)  # type: ignore[no-untyped-call]

    def _count(self, parameter: Tensor) -> None:
        self._finish(parameter)
        self._known += 1
        if self._known == len(self._parameters):
            self.update()

    def update(self) -> None:
        """Update what has a gradient, and forget it; do nothing where all is done."""
        if self._known:
            self._steps.do(self._number, self._parameters)
        self._known = 0


class _Steps:
    """Does an optimizer's step on some of its parameters at a time."""

    def __init__(self, optimizer: Any, rounds: bool) -> None:  # noqa: FBT001 - what its two makers are asked
        self._optimizer = optimizer
        self._around = in_fp32 if rounds else nullcontext

    def do(self, number: int, parameters: Sequence[Tensor]) -> None:
        """Do the step on parameters of group ``number`` alone, and free their gradients."""
        optimizer, groups = self._optimizer, self._optimizer.param_groups
        optimizer.param_groups = [{**groups[number], "params": list(parameters)}]
        try:
            with self._around(parameters):
                optimizer.step()
        finally:
            optimizer.param_groups = groups
        for parameter in parameters:
            parameter.grad = None
