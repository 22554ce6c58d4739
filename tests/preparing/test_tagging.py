"""From a request to tag pictures to a job: checks, what is frozen, the queue, taking back."""

import os
import subprocess
import sys
from importlib import util
from pathlib import Path
from typing import Any

import psutil
import pytest

from mikazuki.data.file_history import Change
from mikazuki.errors import MikazukiError, MikazukiErrors
from mikazuki.jobs.process import State, Status, write_status
from mikazuki.jobs.queue import Queue, frozen_start
from mikazuki.paths import repository
from mikazuki.preparing import tagging as preparing
from mikazuki.preparing.tagging import check, environment, make_job, put, read_settings, take_back
from mikazuki.settings.load import load_toml
from mikazuki.tagging.history import History
from tests.tagging import world


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The present folder, with a tagger `wd` and two pictures in `set`."""
    world.wd(tmp_path / "wd")
    for name in ("a", "b"):
        world.picture(tmp_path / "set" / f"{name}.png")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def request(**given: Any) -> preparing.Tagging:
    return check(read_settings(None, {"train_data_dir": "set", "model": "wd", **given}))


def test_paths_are_absolute_and_the_model_is_known(root: Path) -> None:
    found = request()
    assert found.settings.train_data_dir == str(root / "set")
    assert found.settings.model == str(root / "wd")
    assert (found.kind, found.name, len(found.found.pictures)) == ("wd", "tag-set", 2)
    assert environment(found)["HF_HUB_OFFLINE"] == "1"


def test_a_model_that_is_to_be_fetched_may_use_the_network(root: Path) -> None:
    found = request(model="wd-vit-v3")
    assert (found.kind, found.settings.model, found.source.folder.parent) == (
        None,
        "wd-vit-v3",
        root / "sd-models" / "taggers",
    )
    assert not {"HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"} & set(environment(found))


def test_everything_wrong_is_said_at_once(root: Path) -> None:
    with pytest.raises(MikazukiErrors) as error:
        request(train_data_dir="nowhere", model="wd-vit-v3", download=False)
    assert [one.code for one in error.value.errors] == ["dataset-not-found", "tagger-incomplete"]
    assert str(root / "nowhere") in str(error.value)


@pytest.mark.parametrize("model", ["wd", "wd-vit-v3"])
def test_a_missing_package_is_named(root: Path, monkeypatch: pytest.MonkeyPatch, model: str) -> None:
    assert root
    monkeypatch.setattr(preparing, "find_spec", lambda name: None if name == "onnxruntime" else util.find_spec(name))
    with pytest.raises(MikazukiError, match="--with tagging") as error:
        request(model=model)
    assert error.value.code == "package-missing"


def test_a_folder_that_may_not_be_written_to_stops_all_but_a_dry_run(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != root / "set")
    with pytest.raises(MikazukiError, match="No caption can be written"):
        request()
    assert request(dry_run=True)


def test_a_queued_job_says_what_starts_it_and_can_be_retried(root: Path) -> None:
    queue = Queue(root / "logs" / "jobs")
    job = put(queue, request(thresh=0.5))
    start = frozen_start(job.facts(), job.id)
    assert start["command"][1:] == ["-m", "mikazuki.tagging", "--config_file", str(job.config)]
    assert load_toml(job.config)["thresh"] == 0.5
    assert (job.facts()["program"], queue.order()) == ("tag", [job.id])
    with pytest.raises(MikazukiError) as error:
        put(queue, request())
    assert error.value.code == "dataset-in-use"
    put(queue, request(dry_run=True))
    History(job.folder).finish([root / "set" / "a.png"])
    queue.stop(job.id)
    again = queue.retry(job.id)
    assert frozen_start(again.facts(), again.id)["command"][-1] == str(again.config)
    assert not list(again.folder.glob(".*.jsonl"))


def test_going_on_takes_over_the_settings(root: Path) -> None:
    job = make_job(request(thresh=0.5, dry_run=True))
    settings = read_settings(None, {"resume": job.id[-4:], "batch_size": 3})
    assert (settings.resume, settings.thresh, settings.batch_size) == (str(job.folder), 0.5, 3)
    assert settings.train_data_dir == str(root / "set")
    assert not settings.dry_run
    assert read_settings(None, {"resume": str(job.folder)}).resume == str(job.folder)
    with pytest.raises(MikazukiError, match="no job 'nothing'"):
        read_settings(None, {"resume": "nothing"})


def test_taking_back(root: Path) -> None:
    job, caption = make_job(request()), root / "set" / "a.txt"
    History(job.folder).remember([Change(caption, None, b"a\n")])
    caption.write_bytes(b"a\n")
    write_status(job, Status(State.RUNNING, os.getpid(), psutil.Process().create_time()))
    with pytest.raises(MikazukiError) as error:
        take_back(job.id, job.folder.parent)
    assert error.value.code == "job-running"
    write_status(job, Status(State.DONE))
    assert take_back(job.id, job.folder.parent)[1].removed == 1
    assert not caption.exists()


def test_nothing_heavy_is_imported() -> None:
    program = (
        "import sys, mikazuki.cli.tag, mikazuki.preparing.tagging; "
        "print([name for name in ('torch', 'onnxruntime', 'transformers', 'huggingface_hub') if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=repository().root, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"
