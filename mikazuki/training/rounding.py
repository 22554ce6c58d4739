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
    return _by_chance(values).to(torch.bfloat16)


def _by_chance(values: Tensor) -> Tensor:
    """Return fp32 values as `rounded` chooses them, still in fp32; takes the memory of its result alone."""
    bits = values.contiguous().view(torch.int32)
    kept = torch.randint(0, 1 << _DROPPED, bits.shape, dtype=torch.int32, device=bits.device)
    # the digits that are dropped, and chance, carry over where they are more than one together
    return kept.add_(bits).bitwise_and_(-(1 << _DROPPED)).view(torch.float32)


@contextmanager
def in_fp32(parameters: Sequence[Tensor]) -> Iterator[None]:
    """Let the bf16 ones among parameters with gradients be fp32 for an optimizer's step; afterwards they have none.

    The weights go back to where they lay: laid anew at every step, they would leave gaps in a GPU's memory.
    """
    small = [one for one in parameters if one.dtype == torch.bfloat16 and one.grad is not None]
    homes = [_enlarged(parameter) for parameter in small]
    yield
    for parameter, home in zip(small, homes, strict=True):
        parameter.grad = None
        parameter.data = home.copy_(_by_chance(parameter.data))


def _enlarged(parameter: Tensor) -> Tensor:
    """Turn a parameter with its gradient into fp32 and return its bf16 weights; the small gradient is freed."""
    home, gradient, parameter.grad = parameter.data, parameter.grad, None
    parameter.data = home.float()
    parameter.grad = None if gradient is None else gradient.float()
    return home
