"""Weights in bf16: small steps are not lost, and an optimizer sees fp32."""

from importlib.util import find_spec
from weakref import ref

import pytest
import torch
from torch import nn

from mikazuki.settings.optimizers import requirement
from mikazuki.training.fused import step_in_parts
from mikazuki.training.optimizers import build_optimizer
from mikazuki.training.rounding import in_fp32, rounded

BETWEEN = 1 + 2**-10
"""An eighth of the way from 1 to the next number of bf16."""


def test_rounding_is_right_on_average() -> None:
    torch.manual_seed(1)
    for sign in (1, -1):
        found = rounded(torch.full((40_000,), sign * BETWEEN))
        assert found.dtype == torch.bfloat16
        assert set(found.float().tolist()) == {sign * 1.0, sign * (1 + 2**-7)}
        assert float(found.double().mean()) == pytest.approx(sign * BETWEEN, abs=1e-4)


def test_what_bf16_can_say_stays() -> None:
    values = torch.randn(1000).bfloat16().float()
    assert torch.equal(rounded(values).float(), values)


def test_a_step_sees_fp32() -> None:
    weight = nn.Parameter(torch.ones(4, dtype=torch.bfloat16))
    other = nn.Parameter(torch.ones(4))
    still = nn.Parameter(torch.ones(4, dtype=torch.bfloat16))
    weight.grad, other.grad = torch.ones_like(weight), torch.ones_like(other)
    home = weight.data_ptr()
    with in_fp32([weight, other, still]):
        assert weight.grad is not None
        assert [one.dtype for one in (weight, weight.grad, other)] == [torch.float32] * 3
        assert still.dtype == torch.bfloat16
        weight.data -= 0.25
    assert weight.dtype == torch.bfloat16
    assert weight.data_ptr() == home
    assert weight.tolist() == [0.75] * 4
    assert weight.grad is None
    assert other.grad is not None


def test_small_gradients_do_not_stay_beside_large_ones() -> None:
    weight = nn.Parameter(torch.ones(4, dtype=torch.bfloat16))
    weight.grad = torch.ones_like(weight)
    storage = ref(weight.grad.untyped_storage())
    with in_fp32([weight]):
        assert storage() is None


@pytest.mark.parametrize("name", ["AdamW", "Lion", "AdamW8bit"])
def test_steps_too_small_for_bf16_add_up(name: str) -> None:
    """A hundred steps of a thousandth each of the last digit's size move a bf16 weight about as far as an fp32 one."""
    needed = requirement(name)
    if needed and not find_spec(needed.package):
        pytest.skip(f"{needed.pip} is not installed")
    torch.manual_seed(2)
    weight = nn.Parameter(torch.ones(5000, dtype=torch.bfloat16))
    optimizer = build_optimizer(name, ["weight_decay=0"], [{"params": [weight], "lr": 1e-4, "name": "x"}])
    for _ in range(100):
        weight.grad = torch.ones_like(weight)
        step_in_parts(optimizer)
    assert weight.dtype == torch.bfloat16
    assert float(weight.detach().double().mean()) == pytest.approx(1 - 0.01, abs=1e-3)
