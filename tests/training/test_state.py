"""States: all or nothing on disk, and refused when they belong to another run."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from mikazuki.errors import MikazukiError
from mikazuki.settings.identity import FACTS
from mikazuki.settings.saved_state import read_saved
from mikazuki.settings.train import TrainSettings
from mikazuki.training.state import OPTIMIZER, VERSION, Place, State, find_state, load_state, save_state


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
    return State(
        place=Place(step, 1, 2),
        seed=7,
        weights={"w": torch.arange(3.0)},
        optimizer=optimizer.state_dict(),
        scaler={"scale": 1024.0},
        samples=((step, ("a.png",)),),
        scheduler={"last_epoch": 5, "best": np.float64(0.5)},
        ema={"updates": 5, "means": [torch.ones(2)]},
        report={"losses": torch.tensor([0.1], dtype=torch.float64)},
        written=(("epoch", 1, "x-000001.safetensors"),),
    )


def test_round_trip(tmp_path: Path) -> None:
    save_state(tmp_path / "x-state", state(5), settings(tmp_path))
    read = load_state(tmp_path / "x-state", settings(tmp_path))
    assert read.place == Place(5, 1, 2)
    assert (read.seed, read.samples) == (7, ((5, ("a.png",)),))
    assert (read.scaler, read.scheduler) == ({"scale": 1024.0}, {"last_epoch": 5, "best": 0.5})
    assert read.ema["updates"] == 5
    assert torch.equal(read.ema["means"][0], torch.ones(2))
    assert read.report["losses"].tolist() == [0.1]
    assert read.written == (("epoch", 1, "x-000001.safetensors"),)
    assert torch.equal(read.weights["w"], torch.arange(3.0))
    assert torch.equal(read.optimizer["state"][0]["exp_avg"], state(5).optimizer["state"][0]["exp_avg"])


def test_another_run_is_named_option_by_option(tmp_path: Path) -> None:
    save_state(tmp_path / "x-state", state(5), settings(tmp_path, network_dim=8))
    with pytest.raises(MikazukiError, match="network_dim was 8, now 16") as caught:
        load_state(tmp_path / "x-state", settings(tmp_path, network_dim=16))
    assert caught.value.code == "other-run"


def test_a_part_more_or_less_is_said_in_words(tmp_path: Path) -> None:
    save_state(tmp_path / "x-state", state(5), settings(tmp_path, text_encoder_lr=0))
    said = r"trained parts was \['UNet'\], now \['UNet', 'text encoder', 'second text encoder'\].*above 0"
    with pytest.raises(MikazukiError, match=said):
        load_state(tmp_path / "x-state", settings(tmp_path, text_encoder_lr=1e-5))
    assert load_state(tmp_path / "x-state", settings(tmp_path, text_encoder_lr=0, unet_lr=3e-4))


@pytest.mark.parametrize(
    "options",
    [
        {"dataset_repeats": 2},
        {"bucket_reso_steps": 128},
        {"reg_data_dir": "r"},
        {"optimizer_args": "weight_decay=0.1"},
        {"base_weights": "a.safetensors"},
        {"num_processes": 2},
        {"validation_split": 0.1},
    ],
    ids=str,
)
def test_options_that_make_another_run(tmp_path: Path, options: dict[str, object]) -> None:
    save_state(tmp_path / "x-state", state(5), settings(tmp_path))
    with pytest.raises(MikazukiError, match=next(iter(options))):
        load_state(tmp_path / "x-state", settings(tmp_path, **options))


def test_the_same_optimizer_by_another_option(tmp_path: Path) -> None:
    save_state(tmp_path / "x-state", state(5), settings(tmp_path, optimizer_type="Lion"))
    assert load_state(tmp_path / "x-state", settings(tmp_path, use_lion_optimizer=True))


def test_a_dataset_config_counts_by_its_contents(tmp_path: Path) -> None:
    for name, text in (("a", "x = 1"), ("b", "x = 1"), ("c", "x = 2")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    options = {name: settings(tmp_path, train_data_dir=None, dataset_config=str(tmp_path / name)) for name in "abc"}
    save_state(tmp_path / "x-state", state(5), options["a"])
    assert load_state(tmp_path / "x-state", options["b"])
    with pytest.raises(MikazukiError, match="dataset_config was 'contents"):
        load_state(tmp_path / "x-state", options["c"])


def test_a_state_of_the_first_format_is_read(tmp_path: Path) -> None:
    whole = state(5)
    save_state(tmp_path / "x-state", whole, settings(tmp_path))
    facts = json.loads((tmp_path / "x-state" / FACTS).read_text(encoding="utf-8"))
    known = ("output_name", "network_dim", "train_data_dir", "optimizer_type")
    old = {key: value for key, value in facts.items() if key != "written"} | {
        "version": 1,
        "identity": {name: facts["identity"][name] for name in known},
    }
    (tmp_path / "x-state" / FACTS).write_text(json.dumps(old), encoding="utf-8")
    torch.save({"optimizer": whole.optimizer, "scaler": {}}, tmp_path / "x-state" / OPTIMIZER)
    read = load_state(tmp_path / "x-state", settings(tmp_path))
    assert read.place == Place(5, 1, 2)
    assert (read.scheduler, read.ema, read.report, read.written) == ({}, {}, {}, ())


def test_a_state_of_a_later_format_is_refused(tmp_path: Path) -> None:
    save_state(tmp_path / "x-state", state(5), settings(tmp_path))
    facts = json.loads((tmp_path / "x-state" / FACTS).read_text(encoding="utf-8"))
    (tmp_path / "x-state" / FACTS).write_text(json.dumps(facts | {"version": 99}), encoding="utf-8")
    with pytest.raises(MikazukiError, match="newer version") as caught:
        load_state(tmp_path / "x-state", settings(tmp_path))
    assert caught.value.code == "state-too-new"


def test_what_could_not_be_read_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"scheduler.fn\[0\]"):
        save_state(tmp_path / "x-state", replace(state(5), scheduler={"fn": [print]}), settings(tmp_path))
    assert not (tmp_path / "x-state").exists()


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


def test_a_state_at_the_hub_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mikazuki.training.state.fetch_state", lambda text: tmp_path / text)
    wanted = settings(tmp_path, resume="me/cats/x-state", resume_from_huggingface=True)
    assert find_state(wanted) == tmp_path / "me/cats/x-state"


def test_a_kill_between_the_renames_loses_nothing(tmp_path: Path) -> None:
    save_state(tmp_path / "x-state", state(5), settings(tmp_path))
    (tmp_path / "x-state").rename(tmp_path / "x-state.old")
    found = find_state(settings(tmp_path, resume="last"))
    assert found is not None
    assert load_state(found, settings(tmp_path)).place.current_step == 5
    assert json.loads((found / FACTS).read_text(encoding="utf-8"))["version"] == VERSION


@pytest.mark.skipif(os.name == "nt", reason="limits of this kind are POSIX'")
@pytest.mark.parametrize("large", ["weights", "optimizer"])
def test_a_full_disk_is_said_and_leaves_the_old_state(tmp_path: Path, large: str) -> None:
    import resource
    import signal

    more: dict[str, Any] = {large: {"w": torch.ones(100_000)}}
    save_state(tmp_path / "x-state", state(5), settings(tmp_path))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    try:
        with pytest.raises(MikazukiError, match="could not be written") as caught:
            save_state(tmp_path / "x-state", replace(state(6), **more), settings(tmp_path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert caught.value.code == "not-writable"
    assert load_state(tmp_path / "x-state", settings(tmp_path)).place.current_step == 5
    assert [path.name for path in tmp_path.iterdir()] == ["x-state"]


def test_a_state_tells_its_settings_but_no_secrets(tmp_path: Path) -> None:
    one = settings(tmp_path, method="dreambooth", learning_rate=1e-4, ema_decay=0.9, wandb_api_key="secret")
    save_state(tmp_path / "x-state", state(5), one)
    read = read_saved(tmp_path / "x-state")
    assert read.settings == one.model_copy(update={"wandb_api_key": None})
    assert (read.step, read.epoch, read.seed, read.images) == (5, 1, 7, 5)
    assert "secret" not in (tmp_path / "x-state" / FACTS).read_text(encoding="utf-8")
