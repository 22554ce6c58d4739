"""Keeps frozen weights in 8 bits: stored as float8 with a scale for every output channel, widened where they are used.

Half the memory of fp16. The scale uses the format's whole range, so that small weights keep their digits too.
"""

from typing import Any, Final, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812
from torch.nn.grad import conv2d_input

FORMAT: Final = torch.float8_e4m3fn
LARGEST: Final = torch.finfo(FORMAT).max


def to_8_bits(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Return a weight [out, ...] in float8 and its scales [out, 1, ...] in the weight's own format."""
    flat = weight.float().flatten(1)
    largest = flat.abs().amax(1).clamp(min=torch.finfo(torch.float32).tiny)
    scale = (largest / LARGEST).view(-1, *[1] * (weight.ndim - 1))
    # the scale is rounded first, so that what is stored fits the scale that is used
    scale = scale.to(weight.dtype)
    return (weight.float() / scale.float()).clamp(-LARGEST, LARGEST).to(FORMAT), scale


def widened(small: Tensor, scale: Tensor, dtype: torch.dtype) -> Tensor:
    """Return the weight in ``dtype``."""
    return small.to(dtype) * scale.to(dtype)


def whole_weight(module: nn.Module) -> Tensor:
    """Return a module's weight to compute with: widened to fp32 where it is kept in 8 bits, else as it is.

    For networks that turn or scale the base's weights themselves, instead of adding to what it makes of them.
    """
    weight = cast("Tensor", module.weight)
    scale = getattr(module, "weight_scale", None)
    return weight if scale is None else widened(weight, scale, torch.float32)


class _Linear(torch.autograd.Function):
    """y = x W^T + b that remembers the small weight only and widens it again on the way back."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, small: Tensor, scale: Tensor, bias: Tensor | None) -> Tensor:
        ctx.save_for_backward(small, scale)
        return F.linear(x, widened(small, scale, x.dtype), None if bias is None else bias.to(x.dtype))

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, None, None, None]:
        small, scale = ctx.saved_tensors
        return grad @ widened(small, scale, grad.dtype), None, None, None


class _Conv(torch.autograd.Function):
    """The same for a convolution; ``module`` says stride, padding, dilation and groups."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, small: Tensor, scale: Tensor, module: nn.Conv2d) -> Tensor:
        ctx.save_for_backward(small, scale)
        ctx.module, ctx.shape = module, x.shape
        bias = None if module.bias is None else module.bias.to(x.dtype)
        weight = widened(small, scale, x.dtype)
        return F.conv2d(x, weight, bias, module.stride, module.padding, module.dilation, module.groups)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, None, None, None]:
        small, scale = ctx.saved_tensors
        m = ctx.module
        back: Tensor = conv2d_input(  # type: ignore[no-untyped-call]
            ctx.shape, widened(small, scale, grad.dtype), grad, m.stride, m.padding, m.dilation, m.groups
        )
        return back, None, None, None


def keep_in_8_bits(model: nn.Module) -> int:
    """Turn the weights of every Linear and convolution of a frozen model to 8 bits; return the bytes saved.

    To be done before a network is attached, which then finds the modules' new ``forward``.
    """
    saved = 0
    for module in model.modules():
        if isinstance(module, (nn.Linear, nn.Conv2d)):
            before = module.weight.element_size()
            small, scale = to_8_bits(module.weight.data)
            module.weight = nn.Parameter(small, requires_grad=False)
            module.register_buffer("weight_scale", scale, persistent=False)
            module.forward = _linear(module) if isinstance(module, nn.Linear) else _conv(module)  # type: ignore[method-assign]
            saved += small.numel() * (before - small.element_size())
    return saved


def _computing(x: Tensor) -> Tensor:
    """Return the input in the format that autocast asks for: it does not look into functions of our own."""
    kind = x.device.type
    return x.to(torch.get_autocast_dtype(kind)) if torch.is_autocast_enabled(kind) else x


def _linear(module: nn.Linear) -> Any:
    def forward(x: Tensor) -> Any:
        return _Linear.apply(_computing(x), module.weight, module.weight_scale, module.bias)  # type: ignore[no-untyped-call]

    return forward


def _conv(module: nn.Conv2d) -> Any:
    def forward(x: Tensor) -> Any:
        return _Conv.apply(_computing(x), module.weight, module.weight_scale, module)  # type: ignore[no-untyped-call]

    return forward
