"""States: all or nothing on disk, and refused when they belong to another run."""

import json
from pathlib import Path

import pytest
import torch

from mikazuki.errors import MikazukiError
from mikazuki.settings.identity import FACTS
from mikazuki.settings.train import TrainSettings
from mikazuki.training.state import Place, State, find_state, load_state, save_state


def settings(folder: Path, **more: object) -> TrainSettings:
    values = {
        "pretrained_model_name_or_path": "m",
        "train_data_dir": "d",
        "output_dir": str(folder),
        "output_name": "x",
    }
    return TrainSettings.model_validate({**values, **more})


def state(step: int) -> State:
    weight = torch.nn.Parameter(torch.ones(2))
    optimizer = torch.optim.AdamW([weight], lr=0.1)
    weight.grad = torch.ones(2)
    optimizer.step()
    samples = ((step, ("a.png",)),)
    return State(Place(step, 1, 2), 7, {"w": torch.arange(3.0)}, optimizer.state_dict(), {}, samples)


def test_round_trip(tmp_path: Path) -> None:
    save_state(tmp_path / "x-state", state(5), settings(tmp_path))
    read = load_state(tmp_path / "x-state", settings(tmp_path))
    assert read.place == Place(5, 1, 2)
    assert (read.seed, read.samples) == (7, ((5, ("a.png",)),))
    assert torch.equal(read.weights["w"], torch.arange(3.0))
    assert torch.equal(read.optimizer["state"][0]["exp_avg"], state(5).optimizer["state"][0]["exp_avg"])


def test_another_run_is_named_option_by_option(tmp_path: Path) -> None:
    save_state(tmp_path / "x-state", state(5), settings(tmp_path, network_dim=8))
    with pytest.raises(MikazukiError, match="network_dim was 8, now 16") as caught:
        load_state(tmp_path / "x-state", settings(tmp_path, network_dim=16))
    assert caught.value.code == "other-run"


def test_a_folder_that_is_no_state(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError, match="no complete state") as caught:
        load_state(tmp_path, settings(tmp_path))
    assert caught.value.code == "state-not-found"


def test_last_is_the_one_with_most_steps_of_this_name(tmp_path: Path) -> None:
    for step in (10, 9):
        save_state(tmp_path / f"x-step{step:08d}-state", state(step), settings(tmp_path))
    save_state(tmp_path / "x2-state", state(99), settings(tmp_path, output_name="x2"))
    assert find_state(settings(tmp_path, resume="last")) == tmp_path / "x-step00000010-state"
    assert find_state(settings(tmp_path / "none", resume="last")) is None
    assert find_state(settings(tmp_path)) is None


def test_a_kill_between_the_renames_loses_nothing(tmp_path: Path) -> None:
    save_state(tmp_path / "x-state", state(5), settings(tmp_path))
    (tmp_path / "x-state").rename(tmp_path / "x-state.old")
    found = find_state(settings(tmp_path, resume="last"))
    assert found is not None
    assert load_state(found, settings(tmp_path)).place.current_step == 5
    assert json.loads((found / FACTS).read_text(encoding="utf-8"))["version"] == 1
