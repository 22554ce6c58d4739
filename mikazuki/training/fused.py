"""The fused backward pass: each weight is updated as soon as its gradient is known, and the gradient is freed."""

from collections.abc import Callable
from typing import Any

from torch import Tensor
from torch.utils.hooks import RemovableHandle

from mikazuki.errors import MikazukiError
from mikazuki.training.optimizers import innermost


def fuse_backward(optimizer: Any, finish: Callable[[Tensor], None], *, scaled: bool = False) -> list[RemovableHandle]:
    """Let every parameter of the optimizer be updated within the backward pass (upstream: ``fused_backward_pass``).

    At most one gradient is in memory at a time, and the optimizer's own step afterwards finds nothing left to do. The
    rates of a step must be set before its backward pass.

    Args:
        optimizer: An Adafactor, which updates each weight by itself, so that the order does not matter.
        finish: Called with each parameter before its update: averages its gradient over processes and clips it. The
            norm is that one gradient's, as upstream's, since no other one is known yet.
        scaled: Whether gradients are scaled, as fp16 needs.

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
        parameter.register_post_accumulate_grad_hook(_updater(own, number, finish))
        for number, group in enumerate(own.param_groups)
        for parameter in group["params"]
    ]


def _updater(optimizer: Any, number: int, finish: Callable[[Tensor], None]) -> Callable[[Tensor], None]:
    """Return what updates a single parameter of the group ``number``: a step on that one alone."""

    def update(parameter: Tensor) -> None:
        finish(parameter)
        groups = optimizer.param_groups
        optimizer.param_groups = [{**groups[number], "params": [parameter]}]
        try:
            optimizer.step()
        finally:
            optimizer.param_groups = groups
        parameter.grad = None

    return update
