"""Workspaces: made of a model, their settings kept and guarded, trained on, told by their jobs, put into the bin."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mikazuki.bin import Bin
from mikazuki.errors import MikazukiError
from mikazuki.jobs.folder import Job, create
from mikazuki.jobs.queue import Queue
from mikazuki.models.families import FamilyName
from mikazuki.preparing import workspaces
from mikazuki.preparing.queueing import OUTPUT_KEY, Wish
from mikazuki.preparing.workspace_files import Workspace, Workspaces, check_name, load_params, save_params
from mikazuki.preparing.workspaces import Reached, Trainings
from mikazuki.settings.identity import FACTS
from mikazuki.settings.load import load_toml
from tests.models import tiny
from tests.training.making import draw_dataset

SMALL = {"min_bucket_reso": 32, "max_bucket_reso": 128, "bucket_reso_steps": 16}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.make("sd1", tmp_path_factory.mktemp("model"))


@pytest.fixture
def made(tmp_path: Path, model: Path) -> Workspace:
    return Workspaces(tmp_path / "workspaces").create("cat", model)


def add_state(made: Workspace, name: str, step: int, epoch: int, **told: Any) -> Path:
    folder = made.folder / name
    folder.mkdir(parents=True)
    identity = {"train_batch_size": 2, "gradient_accumulation_steps": 3, "output_name": made.name}
    facts = {"version": 2, "current_step": step, "current_epoch": epoch, "batch": 0, "seed": 1, "identity": identity}
    (folder / FACTS).write_text(json.dumps({**facts, **told}), encoding="utf-8")
    return folder


def add_job(jobs: Path, made: Workspace, number: int, values: Mapping[str, Any], saved: list[tuple[int, int]]) -> Job:
    text = "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items())
    facts = {"program": "train", OUTPUT_KEY: str(made.folder / made.name)}
    job = create(jobs, "cat", {"config.toml": text}, facts, own_id=f"2026010{number}-000000-cat-0000")
    lines = [{"kind": "checkpoint", "what": "model", "path": "x", "step": step, "epoch": at} for step, at in saved]
    job.events.write_text("".join(json.dumps({"time": 1, **line}) + "\n" for line in lines), encoding="utf-8")
    return job


@pytest.mark.parametrize("name", ["a cat", "猫_2.0-b", "x"])
def test_names_that_are_taken(name: str) -> None:
    assert check_name(f" {name} ") == name


@pytest.mark.parametrize(("name", "near"), [("a/b", ""), ("a!b", "ab would do"), ("", ""), ("con", ""), ("..", "")])
def test_names_that_are_not(name: str, near: str) -> None:
    with pytest.raises(MikazukiError) as caught:
        check_name(name)
    assert caught.value.code == "name-wrong"
    assert near in caught.value.message


@pytest.mark.parametrize(
    ("family", "options", "wanted"),
    [
        ("sd1", {}, {}),
        ("sd2", {"v_parameterization": True}, {"resolution": "768,768", "v_parameterization": True}),
        ("sdxl", {}, {"resolution": "1024,1024"}),
    ],
)
def test_settings_to_begin_with_fit_the_model(
    tmp_path: Path, family: FamilyName, options: dict[str, Any], wanted: dict[str, Any]
) -> None:
    shelf = Workspaces(tmp_path / "workspaces")
    made = shelf.create("new", tiny.make(family, tmp_path), **options)
    found = load_params(made)
    usual = {"model_type": family, "save_state_on_train_end": True, **made.own}
    assert found.values | {"method": "dreambooth"} == {"method": "dreambooth", **usual, **wanted}
    assert (found.method, found.family) == ("dreambooth", family)
    assert shelf.get("new") == made
    assert shelf.all() == [made]


def test_a_model_that_is_none_leaves_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "text.safetensors").write_text("no model", encoding="utf-8")
    shelf = Workspaces(tmp_path / "workspaces")
    with pytest.raises(MikazukiError):
        shelf.create("new", tmp_path / "text.safetensors")
    assert not shelf.folder.exists()
    with pytest.raises(MikazukiError) as caught:
        shelf.get("new")
    assert caught.value.code == "workspace-not-found"


def test_a_name_is_given_once(made: Workspace, model: Path) -> None:
    with pytest.raises(MikazukiError) as caught:
        Workspaces(made.folder.parent).create("cat", model)
    assert caught.value.code == "workspace-exists"


def test_settings_of_another_workspace_are_kept_only_when_confirmed(made: Workspace, model: Path) -> None:
    other = Workspaces(made.folder.parent).create("dog", model)
    save_params(other, {"method": "lora", "network_dim": 7, "output_name": "else"}, loaded_from="dog")
    theirs = load_params(other, made)
    assert theirs.values["output_name"] == "cat"
    for origin in ("dog", None):
        with pytest.raises(MikazukiError, match="take the place") as caught:
            save_params(made, theirs.values, loaded_from=origin)
        assert caught.value.code == "params-conflict"
        assert load_params(made).method == "dreambooth"
    save_params(made, theirs.values, loaded_from="dog", confirmed=True)
    assert load_params(made).values == {"network_dim": 7, **made.own}
    assert not {"output_name", "output_dir", "pretrained_model_name_or_path"} & load_toml(made.params).keys()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", []),
        # names an option of the workspace in passing
        ('mixed_precision = "output_dir"', ["mixed_precision = 'output_dir' is none of"]),
        # several options that exclude one another are only looked at when none lacks
        ("lowram = true\nhighvram = true", ["lowram and highvram exclude each other"]),
    ],
)
def test_problems_are_those_with_what_the_workspace_says(made: Workspace, text: str, said: list[str]) -> None:
    made.params.write_text(f'method = "dreambooth"\ntrain_data_dir = "x"\n{text}\n', encoding="utf-8")
    problems = load_params(made).problems
    assert len(problems) == len(said)
    assert all(one.message.startswith(words) for one, words in zip(problems, said, strict=True))


def test_how_far_it_is_comes_from_jobs_then_from_states(tmp_path: Path, made: Workspace) -> None:
    jobs = tmp_path / "jobs"
    assert workspaces.reached(made, Trainings(jobs)) == Reached()
    add_state(made, "cat-000001-state", 4, 1)
    assert workspaces.reached(made, Trainings(jobs)) == Reached(4, 1, 24)
    add_job(jobs, made, 1, {"train_batch_size": 2}, [(4, 1), (8, 2)])
    add_job(jobs, made, 2, {"train_batch_size": 5}, [(6, 3)])
    add_job(jobs, made, 3, {"train_batch_size": 5}, [])
    assert workspaces.reached(made, Trainings(jobs)) == Reached(6, 3, 30)


def test_a_training_that_saves_into_a_folder_of_its_own_counts_too(tmp_path: Path, made: Workspace) -> None:
    jobs = tmp_path / "jobs"
    within = replace(made, folder=made.folder / made.name)
    first = add_job(jobs, within, 1, {"train_batch_size": 2}, [(4, 1)])
    second = add_job(jobs, made, 2, {"train_batch_size": 2}, [(8, 2)])
    third = add_job(jobs, within, 3, {"train_batch_size": 2}, [(9, 3)])
    assert Trainings(jobs).of(made) == [third, second, first]
    assert workspaces.reached(made, Trainings(jobs)) == Reached(9, 3, 18)
    (within.folder / "sample").mkdir(parents=True)
    (within.folder / "sample" / "a.png").write_bytes(b"png")
    assert workspaces.samples_of(made) == [within.folder / "sample" / "a.png"]


def test_snapshots_are_states_of_this_workspace(made: Workspace) -> None:
    add_state(made, "cat-000001-state", 4, 1)
    add_state(made, "cat-state", 8, 2, settings={"ema_decay": 0.9})
    (made.folder / "broken-state").mkdir()
    found = workspaces.snapshots(made)
    assert [(one.name, one.reached, one.has_ema) for one in found] == [
        ("cat-state", Reached(8, 2, 48), True),
        ("cat-000001-state", Reached(4, 1, 24), False),
    ]
    assert workspaces.snapshot(made, "last").name == "cat-state"
    with pytest.raises(MikazukiError, match=r"There is cat-state, cat-000001-state\.$") as caught:
        workspaces.snapshot(made, "none")
    assert caught.value.code == "state-not-found"


def test_more_epochs_are_counted_from_the_snapshot(made: Workspace) -> None:
    state = add_state(made, "cat-000002-state", 8, 2)
    values = workspaces.training_values(made, "last", 5)
    assert (values["resume"], values["max_train_epochs"]) == (str(state), 7)
    values = workspaces.training_values(made, None, 5)
    assert ("resume" in values, values["max_train_epochs"]) == (False, 5)
    assert "max_train_epochs" not in workspaces.training_values(made, "last")


def test_history_says_what_changed(tmp_path: Path, made: Workspace) -> None:
    jobs = tmp_path / "jobs"
    base = {"method": "dreambooth", "train_data_dir": "d", **made.own}
    first = add_job(jobs, made, 1, {**base, "seed": 1}, [(4, 1)])
    second = add_job(jobs, made, 2, {**base, "seed": 2, "learning_rate": 1e-5}, [(8, 2)])
    found = workspaces.history(made, Trainings(jobs))
    assert [one.job for one in found] == [second, first]
    assert [one[0] for one in found[0].changes] == ["learning_rate"]
    assert found[1].changes == ()
    assert [one.reached.epoch for one in found] == [2, 1]


def test_a_training_is_queued_with_a_copy_of_its_settings(tmp_path: Path, made: Workspace) -> None:
    pictures = draw_dataset(tmp_path / "pictures")
    given = {
        "method": "dreambooth",
        "train_data_dir": str(pictures),
        "resolution": "64,64",
        "max_train_epochs": 1,
        **SMALL,
    }
    save_params(made, {**given, "logging_dir": str(tmp_path / "logs")}, loaded_from="cat")
    queue = Queue(tmp_path / "logs" / "jobs")
    job = workspaces.start(queue, made, workspaces.training_values(made), Wish(held=True))
    frozen = load_toml(job.config)
    assert (frozen["output_dir"], frozen["output_name"]) == (str(made.folder), "cat")
    assert load_toml(made.backup(job.id))["max_train_epochs"] == 1
    assert Trainings(queue.jobs_dir).of(made) == [job]
    bin_ = Bin(tmp_path / "bin")
    with pytest.raises(MikazukiError) as caught:
        workspaces.delete(made, bin_, queue)
    assert caught.value.code == "workspace-in-use"
    queue.stop(job.id, "save")
    item = workspaces.delete(made, bin_, queue)
    assert Workspaces(made.folder.parent).all() == []
    bin_.restore(item)
    assert Workspaces(made.folder.parent).all() == [made]


def test_models_and_samples_lie_in_it(made: Workspace, model: Path) -> None:
    target = made.folder / "cat.safetensors"
    target.write_bytes(model.read_bytes())
    (made.folder / "sample").mkdir()
    (made.folder / "sample" / "a.png").write_bytes(b"png")
    add_state(made, "cat-state", 1, 1)
    assert workspaces.models_of(made) == [target]
    assert [path.name for path in workspaces.samples_of(made)] == ["a.png"]
