"""Learning rate schedules: the same numbers as the library that upstream uses."""

import pytest
import torch

from mikazuki.training.schedulers import rate_share

CASES = [
    ("constant", 0, 1, 1.0),
    ("constant_with_warmup", 10, 1, 1.0),
    ("linear", 10, 1, 1.0),
    ("cosine", 10, 1, 1.0),
    ("cosine_with_restarts", 10, 3, 1.0),
    ("polynomial", 10, 1, 2.0),
]


@pytest.mark.tiny
@pytest.mark.parametrize(("name", "warmup", "cycles", "power"), CASES)
def test_equals_transformers(name: str, warmup: int, cycles: int, power: float) -> None:
    from transformers import optimization

    total = 100
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    build = {
        "constant": lambda: optimization.get_constant_schedule(optimizer),
        "constant_with_warmup": lambda: optimization.get_constant_schedule_with_warmup(optimizer, warmup),
        "linear": lambda: optimization.get_linear_schedule_with_warmup(optimizer, warmup, total),
        "cosine": lambda: optimization.get_cosine_schedule_with_warmup(optimizer, warmup, total),
        "cosine_with_restarts": lambda: optimization.get_cosine_with_hard_restarts_schedule_with_warmup(
            optimizer, warmup, total, num_cycles=cycles
        ),
        "polynomial": lambda: optimization.get_polynomial_decay_schedule_with_warmup(
            optimizer, warmup, total, lr_end=0.0, power=power
        ),
    }
    schedule = build[name]()
    for step in range(total):
        expected = schedule.get_last_lr()[0]
        assert rate_share(name, step, total, warmup=warmup, cycles=cycles, power=power) == pytest.approx(
            expected, abs=1e-9
        )
        optimizer.step()
        schedule.step()


def test_rises_from_zero() -> None:
    assert [rate_share("linear", step, 10, warmup=2) for step in (0, 1, 2, 6)] == pytest.approx([0, 0.5, 1, 0.5])
