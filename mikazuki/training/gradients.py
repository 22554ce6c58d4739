"""Averages gradients over processes: one message a step, whatever the number of parameters."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

Reduce = Callable[[Tensor], Tensor]
"""Averages a tensor over all processes, in place or not."""


class GradientExchange:
    """Averages the gradients of ``parameters``, which are the same in the same order in every process.

    A parameter that a process did not use in a step counts as zero there, so that the processes always send the
    same. ``static`` (upstream's ``ddp_static_graph``) leaves out for good those that could have had a gradient in
    the first step and had none; ``view`` (``ddp_gradient_as_bucket_view``) lets the gradients lie in the message
    itself, without a copy.
    """

    def __init__(self, parameters: Sequence[Tensor], *, view: bool, static: bool) -> None:
        """Keep the parameters; memory is taken in the first step."""
        self._parameters = list(parameters)
        self._view = view
        self._static = static
        self._settled = False
        self._messages: dict[torch.dtype, Tensor] = {}

    def average(self, reduce: Reduce) -> None:
        """Replace every gradient by the mean over the processes."""
        if self._static and not self._settled:
            # what only rests now, in every process alike, may learn later
            self._parameters = [p for p in self._parameters if not p.requires_grad or _used_anywhere(p, reduce)]
        self._settled = True
        for dtype in {p.dtype for p in self._parameters}:
            members = [p for p in self._parameters if p.dtype == dtype]
            message = self._message(dtype, members)
            parts = torch.split(message, [p.numel() for p in members])
            if not self._view:
                for parameter, part in zip(members, parts, strict=True):
                    part.copy_(parameter.grad.flatten()) if parameter.grad is not None else part.zero_()
            averaged = reduce(message)
            if averaged is not message:
                message.copy_(averaged)
            for parameter, part in zip(members, parts, strict=True):
                if parameter.grad is None:
                    parameter.grad = part.view_as(parameter).clone()
                elif not self._view:
                    parameter.grad.copy_(part.view_as(parameter))

    def _message(self, dtype: torch.dtype, members: Sequence[Tensor]) -> Tensor:
        if dtype not in self._messages:
            length = sum(p.numel() for p in members)
            self._messages[dtype] = torch.zeros(length, dtype=dtype, device=members[0].device)
        message = self._messages[dtype]
        if self._view:
            for parameter, part in zip(members, torch.split(message, [p.numel() for p in members]), strict=True):
                self._lay(parameter, part)
        return message

    @staticmethod
    def _lay(parameter: Tensor, part: Tensor) -> None:
        """Let a parameter's gradient lie in its part of the message."""
        place = part.view_as(parameter)
        if parameter.grad is None:
            place.zero_()
        elif parameter.grad.data_ptr() != place.data_ptr():
            place.copy_(parameter.grad)
        parameter.grad = place

    def clear(self) -> None:
        """Forget the gradients: set to nothing, or where they lie in the message, to zero."""
        for parameter in self._parameters:
            if not self._view:
                parameter.grad = None
            elif parameter.grad is not None:
                parameter.grad.zero_()


def _used_anywhere(parameter: Tensor, reduce: Reduce) -> bool:
    mine = torch.tensor(float(parameter.grad is not None), device=parameter.device)
    return float(reduce(mine)) > 0
