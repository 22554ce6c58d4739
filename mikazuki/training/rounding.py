"""Steps of weights that are kept in bf16: done in fp32, and rounded up or down by chance, so that none is lost.

bf16 has eight binary digits. A step of a whole model is often less than half of the last one, and rounded to the
nearest number such a step is no step at all. Rounded up as often as it is near the upper one, it is right on average.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import torch
from torch import Tensor

_DROPPED: Final = 16
"""Binary digits of fp32 that bf16 lacks; the others are the same."""


def rounded(values: Tensor) -> Tensor:
    """Return fp32 values in bf16, each rounded up with the probability of how near it is; by torch's own generator."""
    bits = values.contiguous().view(torch.int32)
    kept = torch.randint(0, 1 << _DROPPED, bits.shape, dtype=torch.int32, device=bits.device)
    # the digits that are dropped, and chance, carry over where they are more than one together; in place, since the
    # largest weight of SDXL is 118 MB here
    kept.add_(bits).bitwise_and_(-(1 << _DROPPED))
    return kept.view(torch.float32).to(torch.bfloat16)


@contextmanager
def in_fp32(parameters: Sequence[Tensor]) -> Iterator[None]:
    """Let the bf16 ones among parameters with gradients be fp32 for an optimizer's step; afterwards they have none."""
    small = [one for one in parameters if one.dtype == torch.bfloat16 and one.grad is not None]
    for parameter in small:
        _enlarge(parameter)
    yield
    for parameter in small:
        parameter.grad = None
        parameter.data = rounded(parameter.data)


def _enlarge(parameter: Tensor) -> None:
    """Turn a parameter with its gradient into fp32; a function of its own, so that nothing small stays beside it."""
    gradient, parameter.grad = parameter.grad, None
    parameter.data = parameter.data.float()
    parameter.grad = None if gradient is None else gradient.float()
