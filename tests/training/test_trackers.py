"""Curves lie where sd-scripts puts them, under its names, and tell no secrets."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from mikazuki.errors import MikazukiError
from mikazuki.settings.train import TrainSettings
from mikazuki.training.trackers import At, TensorBoard, open_trackers, shared_settings

KEY = "not-to-be-told"


def settings(folder: Path, **more: object) -> TrainSettings:
    values = {
        "pretrained_model_name_or_path": "models/base.safetensors",
        "train_data_dir": "pictures-of-mine",
        "logging_dir": str(folder),
        "output_name": "cat",
        "wandb_api_key": KEY,
        "huggingface_token": KEY,
    }
    return TrainSettings.model_validate({**values, **more})


def scalars(folder: Path) -> dict[str, list[tuple[int, float]]]:
    read: Any = EventAccumulator(str(folder))
    read.Reload()
    return {tag: [(one.step, one.value) for one in read.Scalars(tag)] for tag in read.Tags()["scalars"]}


def test_the_run_folder_is_upstreams(tmp_path: Path) -> None:
    (tracker,) = open_trackers(settings(tmp_path))
    assert isinstance(tracker, TensorBoard)
    tracker.log({"loss/current": 0.5}, At(1, 1, 1))
    tracker.log({"loss/epoch_average": 0.25}, At(1, 7, 1))
    tracker.close()
    (run,) = tmp_path.glob("*/network_train")
    assert run.parent.name.isdigit()
    assert len(run.parent.name) == 14
    assert scalars(run) == {"loss/current": [(1, 0.5)], "loss/epoch_average": [(1, 0.25)]}


def test_prefix_and_name(tmp_path: Path) -> None:
    for tracker in open_trackers(settings(tmp_path, log_prefix="cat-", log_tracker_name="mine")):
        tracker.close()
    (run,) = tmp_path.glob("*/mine")
    assert run.parent.name.startswith("cat-2")


def test_settings_are_told_without_secrets_and_places(tmp_path: Path) -> None:
    (tracker,) = open_trackers(settings(tmp_path, log_config=True, network_dim=77))
    tracker.close()
    written = b"".join(file.read_bytes() for file in tmp_path.rglob("events*"))
    assert b'"network_dim": 77' in written
    assert KEY.encode() not in written
    assert b"pictures-of-mine" not in written


def test_without_log_config_nothing_is_told(tmp_path: Path) -> None:
    (tracker,) = open_trackers(settings(tmp_path))
    tracker.close()
    assert b"network_dim" not in b"".join(file.read_bytes() for file in tmp_path.rglob("events*"))


def test_what_is_shared_is_plain(tmp_path: Path) -> None:
    shared = shared_settings(settings(tmp_path))
    json.dumps(shared)
    assert shared["resolution"] == [512, 512]
    assert KEY not in shared.values()
    assert not shared.keys() & {"wandb_api_key", "huggingface_token", "output_dir", "train_data_dir"}


def test_a_config_reaches_the_writer(tmp_path: Path) -> None:
    config = tmp_path / "tracker.toml"
    config.write_text('[tensorboard]\nfilename_suffix = ".mine"\n', encoding="utf-8")
    (tracker,) = open_trackers(settings(tmp_path, log_tracker_config=str(config)))
    tracker.close()
    assert list(tmp_path.rglob("events*.mine"))


@pytest.mark.parametrize("text", ["[", "name = 1\n", "[tensorboard]\nno_such = 1\n", None])
def test_a_wrong_config_is_refused(tmp_path: Path, text: str | None) -> None:
    config = tmp_path / "tracker.toml"
    if text is not None:
        config.write_text(text, encoding="utf-8")
    with pytest.raises(MikazukiError, match="log_tracker_config") as caught:
        open_trackers(settings(tmp_path, log_tracker_config=str(config)))
    assert caught.value.code == "tracker-config"


def test_wandb_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wandb", None)
    with pytest.raises(MikazukiError, match="pip install wandb") as caught:
        open_trackers(settings(tmp_path, log_with="wandb"))
    assert caught.value.code == "wandb-missing"


class FakeRun:
    """Stands in for Weights & Biases: keeps what it is told."""

    def __init__(self) -> None:
        self.options: dict[str, Any] = {}
        self.told: list[tuple[dict[str, Any], bool]] = []
        self.hidden: list[str] = []
        self.finished = False

    class Error(Exception):
        pass

    def init(self, **options: Any) -> "FakeRun":
        if options["project"] == "bad":
            raise self.Error("no key")
        self.options = options
        return self

    def Image(self, path: str, caption: str) -> tuple[str, str]:  # noqa: N802 - the library's name
        return (path, caption)

    def define_metric(self, name: str, *, hidden: bool) -> None:
        assert hidden
        self.hidden.append(name)

    def log(self, values: dict[str, Any], *, commit: bool = True) -> None:
        self.told.append((values, commit))

    def finish(self) -> None:
        self.finished = True


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeRun:
    run = FakeRun()
    monkeypatch.setitem(sys.modules, "wandb", run)
    return run


def test_wandb_is_told_as_upstream_tells_it(tmp_path: Path, fake: FakeRun) -> None:
    (tracker,) = open_trackers(settings(tmp_path, log_with="wandb", wandb_run_name="third", log_config=True))
    tracker.picture(tmp_path / "a.png", 2, "a cat")
    tracker.log({"loss/epoch_average": 0.5}, At(1, 70, 1))
    tracker.close()
    assert (fake.options["project"], fake.options["name"]) == ("network_train", "third")
    assert Path(fake.options["dir"]).parent == tmp_path
    assert KEY not in str(fake.options)
    assert fake.hidden == ["epoch", "global_step"]
    assert fake.told == [
        ({"sample_2": (str(tmp_path / "a.png"), "a cat")}, False),
        ({"loss/epoch_average": 0.5, "global_step": 70, "epoch": 1}, True),
    ]
    assert fake.finished


def test_wandbs_section_beats_the_options(tmp_path: Path, fake: FakeRun) -> None:
    config = tmp_path / "tracker.toml"
    config.write_text('[wandb]\nname = "of the file"\ntags = ["a"]\n', encoding="utf-8")
    found = open_trackers(settings(tmp_path, log_with="all", log_tracker_config=str(config)))
    for tracker in found:
        tracker.close()
    assert len(found) == 2
    assert (fake.options["name"], fake.options["tags"], fake.options["config"]) == ("of the file", ["a"], None)


@pytest.mark.usefixtures("fake")
def test_wandb_that_refuses_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError, match=r"no key.*WANDB_MODE") as caught:
        open_trackers(settings(tmp_path, log_with="wandb", log_tracker_name="bad"))
    assert caught.value.code == "tracker-failed"


def test_wandb_itself_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("wandb")
    monkeypatch.setenv("WANDB_MODE", "offline")
    monkeypatch.setenv("WANDB_SILENT", "true")
    (tracker,) = open_trackers(settings(tmp_path, log_with="wandb", log_config=True))
    tracker.log({"loss/current": 0.5}, At(1, 1, 1))
    tracker.close()
    (kept,) = tmp_path.rglob("*.wandb")
    assert b"loss/current" in kept.read_bytes()
    assert KEY.encode() not in kept.read_bytes()
