"""The fused backward pass: the same numbers as a step after it, and no gradient left."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from mikazuki.errors import MikazukiError
from mikazuki.training.fused import fuse_backward, fuse_groups
from mikazuki.training.optimizers import build_optimizer


def leave(_parameter: Tensor) -> None:
    """Do nothing to a gradient."""


def world(*arguments: str, rate: float = 0.01) -> tuple[nn.Module, Any, Callable[[], Tensor]]:
    """Return a model with shared weights, its optimizer with two groups, and its loss."""
    torch.manual_seed(5)
    first, shared, last = nn.Linear(6, 8), nn.Linear(8, 8), nn.Linear(8, 2)
    model = nn.Sequential(first, nn.Tanh(), shared, nn.Tanh(), shared, last)
    groups = [
        {"name": "textencoder", "params": [*first.parameters()], "lr": rate},
        {"name": "unet", "params": [*shared.parameters(), *last.parameters()], "lr": rate / 2},
    ]
    pictures, target = torch.randn(16, 6), torch.randn(16, 2)
    return (
        model,
        build_optimizer("Adafactor", arguments, groups),
        lambda: nn.functional.mse_loss(model(pictures), target),
    )


def run(model: nn.Module, optimizer: Any, loss: Callable[[], Tensor], steps: int) -> list[Tensor]:
    for _ in range(steps):
        loss().backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        optimizer.zero_grad()
    return [parameter.detach().clone() for parameter in model.parameters()]


@pytest.mark.parametrize("arguments", [(), ("relative_step=False", "beta1=0.9", "weight_decay=0.1")])
def test_same_bits_as_a_step_after_the_pass(arguments: tuple[str, ...]) -> None:
    plain = run(*world(*arguments), 5)
    model, optimizer, loss = world(*arguments)
    fuse_backward(optimizer, leave)
    fused = run(model, optimizer, loss, 5)
    assert all(torch.equal(a, b) for a, b in zip(plain, fused, strict=True))
    assert len(optimizer.param_groups) == 2


def test_gradients_are_freed_one_by_one() -> None:
    model, optimizer, loss = world()
    held = []

    def count(_parameter: Tensor) -> None:
        held.append(sum(parameter.grad is not None for parameter in model.parameters()))

    fuse_backward(optimizer, count)
    loss().backward()  # type: ignore[no-untyped-call]
    assert held == [1] * 6
    assert all(parameter.grad is None for parameter in model.parameters())


def test_each_gradient_is_clipped_by_itself() -> None:
    weight = nn.Parameter(torch.ones(2, 2))
    optimizer = build_optimizer("Adafactor", [], [{"name": "unet", "params": [weight], "lr": 1.0}])
    seen: list[float] = []

    def clip(parameter: Tensor) -> None:
        nn.utils.clip_grad_norm_([parameter], 0.5)
        assert parameter.grad is not None
        seen.append(float(parameter.grad.norm()))

    fuse_backward(optimizer, clip)
    (weight.sum() * 3).backward()  # type: ignore[no-untyped-call]
    assert seen == pytest.approx([0.5], rel=1e-4)


def test_hooks_can_be_taken_off() -> None:
    model, optimizer, loss = world()
    for hook in fuse_backward(optimizer, leave):
        hook.remove()
    before = [parameter.detach().clone() for parameter in model.parameters()]
    loss().backward()  # type: ignore[no-untyped-call]
    assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))


def test_scaled_gradients_are_refused() -> None:
    with pytest.raises(MikazukiError, match="fp16") as caught:
        fuse_backward(world()[1], leave, scaled=True)
    assert caught.value.code == "fused-fp16"


@pytest.mark.parametrize("groups", [1, 2, 100])
def test_groups_are_updated_within_the_pass(groups: int) -> None:
    """One part holds all gradients until the end of the pass, many parts free them on the way; the numbers are same."""
    plain = run(*world("relative_step=False"), 3)
    model, optimizer, loss = world("relative_step=False")
    left = []

    def count(_parameter: Tensor) -> None:
        left.append(sum(parameter.grad is not None for parameter in model.parameters()))

    complete = fuse_groups(optimizer, count, groups)
    for _ in range(3):
        loss().backward()  # type: ignore[no-untyped-call]
        complete()
    assert all(torch.equal(a, b.detach()) for a, b in zip(plain, model.parameters(), strict=True))
    assert max(left) == {1: 4, 2: 3, 100: 1}[groups]
    assert all(parameter.grad is None for parameter in model.parameters())


def test_a_part_with_a_resting_weight_is_updated_after_the_pass() -> None:
    model, optimizer, loss = world("relative_step=False")
    first = next(model.parameters())
    complete = fuse_groups(optimizer, leave, 1)
    first.requires_grad = False
    before = [parameter.detach().clone() for parameter in model.parameters()]
    loss().backward()  # type: ignore[no-untyped-call]
    complete()
    moved = [not torch.equal(a, b.detach()) for a, b in zip(before, model.parameters(), strict=True)]
    assert moved == [False, *[True] * (len(before) - 1)]
