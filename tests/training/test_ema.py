"""The running mean: its numbers by hand, its swap exact, its state exact."""

from pathlib import Path

import pytest
import torch
from torch import nn

from mikazuki.errors import MikazukiError
from mikazuki.training.checkpoints import Checkpoints
from mikazuki.training.ema import Ema, decay_at
from tests.training import making
from tests.training.conftest import MakeSettings


def parameter(value: float, dtype: torch.dtype = torch.float32) -> nn.Parameter:
    return nn.Parameter(torch.full((2,), value, dtype=dtype))


def test_the_decay_warms_up_to_what_was_asked_for() -> None:
    assert [decay_at(updates, 0.999) for updates in (0, 1, 8)] == [0.1, 2 / 11, 0.5]
    assert decay_at(10**6, 0.999) == 0.999
    assert decay_at(8, 0.4) == 0.4


def test_the_mean_by_hand() -> None:
    weight = parameter(1.0)
    ema = Ema([weight], 0.15)
    weight.data.fill_(3.0)
    ema.update()  # 0.1 * 1 + 0.9 * 3
    with ema.applied():
        assert weight.tolist() == pytest.approx([2.8, 2.8])
    weight.data.fill_(0.8)
    ema.update()  # 0.15 * 2.8 + 0.85 * 0.8
    with ema.applied():
        assert weight.tolist() == pytest.approx([1.1, 1.1])


def test_weights_come_back_exactly_even_after_an_error() -> None:
    weights = [parameter(1 / 3), parameter(1 / 7, torch.bfloat16)]
    ema = Ema(weights, 0.9)
    for weight in weights:
        weight.data.mul_(5)
    before = [weight.detach().clone() for weight in weights]
    ema.update()
    with ema.applied():
        assert not torch.equal(weights[0], before[0])
    with pytest.raises(ZeroDivisionError), ema.applied():
        _ = 1 / 0
    assert all(torch.equal(weight, was) for weight, was in zip(weights, before, strict=True))
    assert all(weight.requires_grad for weight in weights)


def test_the_mean_of_half_precision_weights_is_kept_in_fp32() -> None:
    weight = parameter(1.0, torch.bfloat16)
    ema = Ema([weight], 0.999)
    weight.data.fill_(1.0078125)  # the next bf16 number: a bf16 mean could hold nothing between the two
    ema.update()
    (mean,) = ema.state_dict()["means"]
    assert mean.dtype == torch.float32
    assert mean[0].item() == pytest.approx(1 + 0.9 * 0.0078125)


def test_a_state_goes_on_exactly() -> None:
    generator = torch.Generator().manual_seed(3)
    values = [torch.randn(2, generator=generator) for _ in range(6)]
    whole, halves = parameter(0.5), parameter(0.5)
    one, first = Ema([whole], 0.3), Ema([halves], 0.3)
    second = None
    for number, value in enumerate(values):
        whole.data.copy_(value)
        halves.data.copy_(value)
        one.update()
        if number < 3:
            first.update()
            continue
        if second is None:
            second = Ema([halves], 0.3)
            second.load_state_dict(first.state_dict())
        second.update()
    assert second is not None
    assert torch.equal(one.state_dict()["means"][0], second.state_dict()["means"][0])
    assert one.state_dict()["updates"] == second.state_dict()["updates"] == 6


def test_a_state_without_a_mean_begins_now() -> None:
    weight = parameter(1.0)
    ema = Ema([weight], 0.999)
    weight.data.fill_(4.0)
    ema.load_state_dict({})
    with ema.applied():
        assert weight.tolist() == [4.0, 4.0]


def test_a_state_of_another_network_is_refused() -> None:
    with pytest.raises(MikazukiError, match="another network"):
        Ema([parameter(1.0)], 0.9).load_state_dict({"updates": 1, "means": [torch.zeros(3)]})


@pytest.mark.tiny
def test_a_run_by_hand(make_settings: MakeSettings, tmp_path: Path) -> None:
    """Once for every optimizer step, however many batches it is of; what is saved is that mean."""
    more = {"ema_decay": 0.15, "gradient_accumulation_steps": 2, "max_train_epochs": 2}
    loop = making.prepared(make_settings(**more), tmp_path)
    learned = [[weight.double() for weight in making.trained(loop)]]
    finish = loop.learner.finish

    def finished() -> dict[str, float]:
        values = finish()
        learned.append([weight.double() for weight in making.trained(loop)])
        return values

    loop.learner.finish = finished  # type: ignore[method-assign]
    loop.run()
    means = learned[0]
    assert len(learned) == 1 + 4
    # 0.1 after no update, then what was asked for: (1 + n) / (10 + n) is larger from then on
    for decay, now in zip((0.1, 0.15, 0.15, 0.15), learned[1:], strict=True):
        means = [decay * mean + (1 - decay) * weight for mean, weight in zip(means, now, strict=True)]
    assert loop.learner.ema is not None
    kept = loop.learner.ema.state_dict()
    assert kept["updates"] == 4
    assert all(torch.allclose(a.double(), b, atol=1e-7) for a, b in zip(kept["means"], means, strict=True))
    assert not all(torch.allclose(a, b, atol=1e-7) for a, b in zip(means, learned[-1], strict=True))
    assert isinstance(loop.keeper, Checkpoints)
    with loop.keeper.showing():
        assert all(torch.equal(a, b) for a, b in zip(making.trained(loop), kept["means"], strict=True))
