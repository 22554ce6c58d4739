"""The machine: number formats, and what it does to gradients."""

import pytest
import torch

from mikazuki.settings.options.run import RunSettings
from mikazuki.training.machine import Machine, choose_precision


def test_auto_is_no_lower_precision_without_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_precision("auto") == "no"
    assert choose_precision("bf16") == "bf16"


@pytest.mark.parametrize(("knows_bf16", "chosen"), [(True, "bf16"), (False, "fp16")])
def test_auto_takes_what_the_gpu_does_well(monkeypatch: pytest.MonkeyPatch, *, knows_bf16: bool, chosen: str) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda **_: knows_bf16)
    assert choose_precision("auto") == chosen


def test_one_process_is_the_main_one_and_agrees_with_itself() -> None:
    machine = Machine(RunSettings(mixed_precision="no"))
    assert (machine.is_main, machine.processes, machine.dtype) == (True, 1, torch.float32)
    assert machine.agree(mine=True)
    assert not machine.agree(mine=False)
    assert machine.scaler_state() == {}
    machine.load_scaler_state({})


def test_gradients_are_clipped_to_a_norm_or_left() -> None:
    machine = Machine(RunSettings(mixed_precision="no"))
    weight, unused = (torch.nn.Parameter(torch.zeros(2)) for _ in range(2))
    machine.backward((weight * torch.tensor([3.0, 4.0])).sum())
    machine.finish_gradients([weight, unused], 0)
    assert weight.grad is not None
    assert weight.grad.tolist() == [3, 4]
    machine.finish_gradients([weight, unused], 1.0)
    assert weight.grad.tolist() == pytest.approx([0.6, 0.8], rel=1e-4)
