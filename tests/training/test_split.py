"""The losses of subject and class are told apart, before the class's weight, and change nothing of the training."""

from pathlib import Path

import pytest
import torch
from accelerate.state import AcceleratorState

from mikazuki.training.machine import Machine
from mikazuki.training.split import LossSplit, tagged
from tests.training import making
from tests.training.conftest import MakeRun, MakeSettings

pytestmark = pytest.mark.tiny


def test_means_of_both_kinds(make_settings: MakeSettings) -> None:
    AcceleratorState._reset_state(True)
    split = LossSplit(Machine(make_settings()))
    assert tagged(split.means()) == {}
    split.add(torch.tensor([1.0, 2.0]), torch.tensor([False, False]))
    assert tagged(split.means()) == {"loss/instance": 1.5}
    split.add(torch.tensor([6.0, 9.0]), torch.tensor([False, True]))
    assert tagged(split.means()) == {"loss/instance": 3, "loss/prior": 9}
    split.clear()
    split.add(torch.tensor([5.0]), torch.tensor([True]))
    assert tagged(split.means()) == {"loss/prior": 5}
    assert tagged(None) == {}


def test_a_training_tells_them(train_tiny: MakeRun, tmp_path: Path) -> None:
    others = making.draw_dataset(tmp_path / "class")
    options = {"reg_data_dir": str(others), "prior_loss_weight": 0.25, "max_train_epochs": 1}
    seen = [event["values"] for event in train_tiny(**options).of("metric")]
    told = [("loss/instance" in values, "loss/prior" in values) for values in seen]
    # one picture to a batch: of either kind
    assert sorted(told) == [(False, True)] * 4 + [(True, False)] * 4
    for values in seen:
        weight, tag = (0.25, "loss/prior") if "loss/prior" in values else (1, "loss/instance")
        assert values["loss/current"] == pytest.approx(weight * values[tag], rel=1e-6)
    both = [e["values"] for e in train_tiny(at="both", train_batch_size=2, **options).of("metric")]
    mixed = [values for values in both if {"loss/instance", "loss/prior"} <= values.keys()]
    assert mixed
    for values in mixed:
        mean = (values["loss/instance"] + 0.25 * values["loss/prior"]) / 2
        assert values["loss/current"] == pytest.approx(mean, rel=1e-5)


def test_without_a_class_nothing_is_told(train_tiny: MakeRun) -> None:
    assert not any(
        tag.startswith(("loss/prior", "loss/instance")) for e in train_tiny().of("metric") for tag in e["values"]
    )
