import pytest
import torch
from torch import Tensor, nn

from mikazuki.training.gradients import GradientExchange


def parameters() -> list[nn.Parameter]:
    return [nn.Parameter(torch.zeros(2)), nn.Parameter(torch.zeros(1, 3)), nn.Parameter(torch.zeros(2).bfloat16())]


def halved(tensor: Tensor) -> Tensor:
    """The mean with a process whose gradients are all zero."""
    return tensor / 2


@pytest.mark.parametrize("view", [False, True])
def test_every_gradient_becomes_the_mean(*, view: bool) -> None:
    mine = parameters()
    exchange = GradientExchange(mine, view=view, static=False)
    for _ in range(2):
        mine[0].grad = torch.tensor([2.0, 4.0]) if mine[0].grad is None else mine[0].grad.add_(torch.tensor([2.0, 4.0]))
        exchange.average(halved)
        assert mine[0].grad.tolist() == [1, 2]
        # one that this process did not use takes what the others found
        assert mine[1].grad is not None
        assert mine[1].grad.tolist() == [[0, 0, 0]]
        assert mine[2].grad is not None
        assert mine[2].grad.dtype == torch.bfloat16
        exchange.clear()


def test_a_view_lies_in_the_message_from_the_first_step_on() -> None:
    mine = parameters()[:2]
    exchange = GradientExchange(mine, view=True, static=False)
    mine[0].grad, mine[1].grad = torch.ones(2), torch.ones(1, 3)
    exchange.average(halved)
    places = [p.grad.untyped_storage().data_ptr() for p in mine if p.grad is not None]
    assert places[0] == places[1]
    exchange.clear()
    torch.autograd.backward(mine[0].sum() + mine[1].sum())
    assert [p.grad.untyped_storage().data_ptr() for p in mine if p.grad is not None] == places
    exchange.average(halved)
    assert mine[1].grad is not None
    assert mine[1].grad.tolist() == [[0.5, 0.5, 0.5]]


def test_static_leaves_out_what_nobody_used() -> None:
    mine = parameters()[:2]
    exchange = GradientExchange(mine, view=False, static=True)
    mine[0].grad = torch.ones(2)
    exchange.average(halved)
    assert mine[1].grad is None


def test_static_keeps_what_only_rests() -> None:
    """What learns later, as the model does after its sentence, is averaged then and forgotten after each step."""
    mine = parameters()[:2]
    mine[1].requires_grad_(False)
    exchange = GradientExchange(mine, view=False, static=True)
    mine[0].grad = torch.ones(2)
    exchange.average(halved)
    exchange.clear()
    mine[1].requires_grad_(True)
    mine[1].grad = torch.ones(1, 3)
    exchange.average(halved)
    assert mine[1].grad.tolist() == [[0.5, 0.5, 0.5]]
    exchange.clear()
    assert mine[1].grad is None
