import json
import os
from pathlib import Path

import pytest

from mikazuki.engines.machine import Gpu
from mikazuki.errors import MikazukiError, MikazukiErrors
from mikazuki.jobs.folder import Job
from mikazuki.jobs.place import read_place
from mikazuki.jobs.process import State, Status, read_status, write_status
from mikazuki.jobs.queue import Queue
from mikazuki.jobs.runner import Runner
from mikazuki.preparing import queueing, training
from mikazuki.preparing.queueing import Wish, check, machine_slots, put
from mikazuki.settings.identity import identity
from mikazuki.settings.load import load_toml, parse
from mikazuki.settings.train import TrainSettings
from tests.cli import world
from tests.cli.stand_in import StandIn
from tests.jobs.world import state, tell, wait_for


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "engines_for", lambda _settings: (StandIn(),))
    monkeypatch.delenv("WANDB_API_KEY", raising=False)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return world.make(tmp_path)


@pytest.fixture
def queue(tmp_path: Path) -> Queue:
    return Queue(tmp_path / "logs" / "jobs")


def make(queue: Queue, config: Path, wish: Wish | None = None, **given: object) -> Job:
    return put(queue, check(config, given).start, wish or Wish())


def end(job: Job) -> None:
    write_status(job, Status(State.DONE))


def test_a_checked_training_waits_with_all_that_starts_it(queue: Queue, config: Path) -> None:
    job = make(queue, config, Wish(gpus=("1",), not_before=9e9, held=True), network_dim=4)
    assert queue.order() == [job.id]
    text = job.config.read_text(encoding="utf-8")
    assert "network_dim = 4" in text
    assert "seed = " in text
    facts = job.facts()
    assert (facts["program"], facts["name"], facts["method"], facts["family"]) == ("train", "demo", "lora", "sd1")
    assert facts["start"]["command"][3] == str(job.folder)
    assert facts["start"]["cwd"] == str(Path.cwd())
    assert facts["output"] == str(config.parent / "output" / "demo")
    place = read_place(job)
    assert place is not None
    assert (place.gpus, place.not_before, place.held, place.needs) == (("1",), 9e9, True, 1)


def test_it_is_started_from_its_folder_alone(queue: Queue, config: Path) -> None:
    job = make(queue, config)
    config.unlink()
    runner = Runner(queue, ("cpu",))
    wait_for(lambda: runner.tick() and state(job) is State.DONE and read_status(job).ended)
    runner.close()


def test_gpus_of_the_settings_are_slots(queue: Queue, config: Path) -> None:
    place = read_place(make(queue, config, gpu_ids="0, 2"))
    assert place is not None
    assert (place.gpus, place.needs) == (("0", "2"), 2)


def test_files_are_not_replaced_unless_that_is_wanted(queue: Queue, config: Path) -> None:
    (config.parent / "output").mkdir()
    (config.parent / "output" / "demo.safetensors").touch()
    with pytest.raises(MikazukiError) as caught:
        make(queue, config)
    assert caught.value.code == "output-exists"
    assert queue.order() == []
    end(make(queue, config, Wish(overwrite=True)))
    make(queue, config, output_name="other")


def test_two_jobs_never_write_the_same(queue: Queue, config: Path) -> None:
    first = make(queue, config)
    for wish in (Wish(), Wish(overwrite=True)):
        with pytest.raises(MikazukiError, match=first.id) as caught:
            make(queue, config, wish)
        assert caught.value.code == "output-in-use"
    with pytest.raises(MikazukiError):
        queueing.retry(queue, first.id)
    # one that another process started, without the queue
    facts = json.loads(first.facts_file.read_text(encoding="utf-8"))
    del facts["output"]
    first.facts_file.write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(MikazukiError, match=first.id):
        make(queue, config)
    end(first)
    assert queueing.retry(queue, first.id).id in queue.order()


def test_everything_that_is_wrong_is_said_at_once(queue: Queue, config: Path) -> None:
    (config.parent / "model.safetensors").unlink()
    with pytest.raises(MikazukiErrors) as caught:
        make(queue, config, train_data_dir=str(config.parent / "none"))
    assert len(caught.value.errors) >= 2
    assert not queue.jobs_dir.exists()


def test_secrets_reach_the_training_and_no_file(queue: Queue, config: Path) -> None:
    job = make(queue, config, wandb_api_key="very-secret-key")
    assert os.environ["WANDB_API_KEY"] == "very-secret-key"
    for file in job.folder.iterdir():
        assert "very-secret-key" not in file.read_text(encoding="utf-8")


def test_going_on_from_the_newest_state(queue: Queue, config: Path) -> None:
    job = make(queue, config, Wish(gpus=("1",)), seed=77)
    with pytest.raises(MikazukiError) as caught:
        queueing.resume(queue, job.id)
    assert caught.value.code == "state-not-found"
    settings = parse(TrainSettings, load_toml(job.config), "x")
    folder = world.save_state(config.parent / "output" / "demo-step00000003-state", 3, identity(settings))
    tell(job, kind="stopped", step=3, state=str(folder))
    write_status(job, Status(State.STOPPED))
    other = queueing.resume(queue, job.id)
    values = load_toml(other.config)
    assert values["resume"] == str(folder)
    assert values["seed"] == 77
    place = read_place(other)
    assert place is not None
    assert place.gpus == ("1",)


def test_jobs_of_earlier_versions_are_checked_anew(queue: Queue, config: Path) -> None:
    job = make(queue, config, network_dim=4)
    facts = json.loads(job.facts_file.read_text(encoding="utf-8"))
    del facts["start"]
    job.facts_file.write_text(json.dumps(facts), encoding="utf-8")
    end(job)
    other = queueing.retry(queue, job.id)
    assert "network_dim = 4" in other.config.read_text(encoding="utf-8")
    assert "start" in other.facts()


def test_relative_paths_begin_where_they_did(
    queue: Queue, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make(queue, config)
    (tmp_path / "s").mkdir()
    tell(job, kind="stopped", step=3, state=str(tmp_path / "s"))
    end(job)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MikazukiError) as caught:
        queueing.resume(queue, job.id)
    assert caught.value.code == "other-folder"


def test_slots_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    monkeypatch.setattr(queueing, "gpus", list)
    assert machine_slots() == ("cpu",)
    monkeypatch.setattr(queueing, "gpus", lambda: [Gpu(number, "x", 1, 1, "y") for number in range(3)])
    assert machine_slots() == ("0", "1", "2")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1, 2")
    assert machine_slots() == ("1", "2")


def test_what_may_be_asked_of_whom(queue: Queue, config: Path) -> None:
    prompts = config.parent / "prompts.txt"
    prompts.write_text("a cat\n", encoding="utf-8")
    plain = make(queue, config).facts()
    assert (plain["saves_on_stop"], plain["sample_now"], plain["save_now"]) == (True, False, True)
    drawing = make(queue, config, output_name="b", sample_prompts=str(prompts)).facts()
    assert drawing["sample_now"]
