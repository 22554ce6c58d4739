"""Workspaces over HTTP: made, kept, guarded, trained, told and deleted."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mikazuki.settings.load import load_toml
from mikazuki.web.studio import Studio
from tests.models import tiny
from tests.training.making import draw_dataset

SMALL = {"resolution": "64,64", "min_bucket_reso": 32, "max_bucket_reso": 128, "bucket_reso_steps": 16}
URL = "/api/workspaces"


@pytest.fixture
def model(studio: Studio) -> Path:
    return tiny.make("sd1", studio.paths.models)


@pytest.fixture
def made(client: TestClient, model: Path) -> Any:
    answer = client.post(URL, json={"name": "cat", "source": f"sd-models/{model.name}"})
    assert answer.status_code == 201, answer.text
    return answer.json()


def code(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.text
    found: str = answer.json()["errors"][0]["code"]
    return found


def test_one_is_made_listed_and_shown(client: TestClient, made: Any, studio: Studio) -> None:
    assert (made["name"], made["family"], made["epoch"], made["images"]) == ("cat", "sd1", 0, 0)
    assert client.get(URL).json() == [made]
    found = client.get(f"{URL}/cat").json()
    assert found == {"row": made, "snapshots": [], "trainings": [], "models": [], "samples": []}
    params = client.get(f"{URL}/cat/params").json()
    assert (params["method"], params["family"]) == ("dreambooth", "sd1")
    assert params["values"]["output_dir"] == str(studio.paths.workspaces / "cat")


def test_what_cannot_be_made(client: TestClient, made: Any, tmp_path: Path) -> None:
    def refused(status: int, **wanted: str) -> str:
        return code(client.post(URL, json={"name": "dog", "source": made["model"], **wanted}), status)

    assert refused(409, name="cat") == "workspace-exists"
    assert refused(422, name="a/b") == "name-wrong"
    assert refused(403, source=str(tiny.make("sd1", tmp_path))) == "outside-roots"
    assert refused(404, source="sd-models/none.safetensors") == "model-not-found"
    assert refused(422, source="owner/name") == "model-not-fetched"
    assert refused(422, source="") == "path-wrong"
    assert code(client.get(f"{URL}/dog"), 404) == "workspace-not-found"


def test_a_model_that_was_fetched_is_known_by_its_repository(client: TestClient, studio: Studio) -> None:
    tiny.make("sd1", studio.paths.models, "diffusers").rename(studio.paths.models / "owner--name")
    row = client.post(URL, json={"name": "dog", "source": "owner/name"}).json()
    assert (row["source"], row["model"]) == ("owner/name", str(studio.paths.models / "owner--name"))


def test_settings_of_another_origin_need_a_word(client: TestClient, made: Any, studio: Studio) -> None:
    client.post(URL, json={"name": "dog", "source": made["model"]})
    values = {"method": "dreambooth", "learning_rate": 1e-5, "pretrained_model_name_or_path": made["model"]}

    def put(**more: Any) -> Any:
        return client.put(f"{URL}/dog/params", json={"values": values, **more})

    assert code(put(loaded_from="cat"), 409) == "params-conflict"
    assert code(put(), 409) == "params-conflict"
    assert put(loaded_from="cat", confirmed=True).status_code == 200
    assert put(loaded_from="dog").status_code == 200
    assert load_toml(studio.paths.workspaces / "dog" / "params.toml")["learning_rate"] == 1e-5
    copied = client.get(f"{URL}/dog/params", params={"into": "cat"}).json()["values"]
    assert (copied["output_name"], copied["learning_rate"]) == ("cat", 1e-5)
    values["train_data_dir"] = "/"
    assert code(put(loaded_from="dog"), 422) == "outside-roots"


def test_old_settings_are_read_for_the_form(client: TestClient, made: Any) -> None:
    old = {"num_train_epochs": 7, "concepts_list": [], "optimizer": "8bit AdamW", "tomesd": 0.5}
    found = client.post(f"{URL}/cat/import", json={"text": json.dumps(old)}).json()
    assert (found["values"]["max_train_epochs"], found["values"]["output_name"]) == (7, "cat")
    assert any("tomesd" in note for note in found["notes"])
    assert made["name"] == "cat"
    assert code(client.post(f"{URL}/cat/import", json={"text": "no"}), 422) == "old-file-unreadable"


def test_a_training_is_queued_told_and_guards_its_workspace(client: TestClient, made: Any, studio: Studio) -> None:
    draw_dataset(studio.paths.train / "set")
    values = {"method": "dreambooth", "train_data_dir": str(studio.paths.train / "set"), "max_train_epochs": 2}
    values |= {**SMALL, "logging_dir": str(studio.paths.logs)}
    assert client.put(f"{URL}/cat/params", json={"values": values, "loaded_from": "cat"}).status_code == 200
    assert code(client.post(f"{URL}/cat/train", json={"resume": "last"}), 404) == "state-not-found"
    answer = client.post(f"{URL}/cat/train", json={"more_epochs": 3, "held": True})
    assert answer.status_code == 201, answer.text
    job = studio.queue.find(answer.json()["id"])
    assert load_toml(job.config)["max_train_epochs"] == 3
    found = client.get(f"{URL}/cat").json()
    assert found["row"]["running"] == job.id
    assert [(one["job"], one["state"]) for one in found["trainings"]] == [(job.id, "queued")]
    assert code(client.delete(f"{URL}/cat"), 409) == "workspace-in-use"
    client.post(f"/api/jobs/{job.id}/stop", json={"how": "save"})
    (item,) = client.delete(f"{URL}/cat").json()["ids"]
    assert client.get(URL).json() == []
    client.post(f"/api/bin/{item}/restore")
    assert [row["name"] for row in client.get(URL).json()] == [made["name"]]
