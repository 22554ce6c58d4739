"""Programs over HTTP: forms, checks, start, what came of a job, and taking a tagging back."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mikazuki.jobs.process import State, Status, write_status
from mikazuki.settings.load import load_toml
from mikazuki.tagging.history import DIFFERENCES_JSON, History
from mikazuki.web.studio import Studio
from tests.tagging import world
from tests.web.world import line


@pytest.fixture
def root(studio: Studio) -> Path:
    """The studio's project, with a tagger `own` and two pictures."""
    world.wd(studio.paths.models / "taggers" / "own")
    for name in ("a", "b"):
        world.picture(studio.paths.train / "set" / f"{name}.png", size=(80, 60))
    return studio.paths.root


TAG: dict[str, Any] = {"train_data_dir": "train/set", "model": "own"}
PREPARE: dict[str, Any] = {"image_dir": "train/set", "output_dir": "train/new"}


def start(client: TestClient, name: str, **body: Any) -> Any:
    answer = client.post(f"/api/programs/{name}", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def test_every_program_has_a_form(client: TestClient) -> None:
    rows = client.get("/api/programs").json()
    assert [row["name"] for row in rows] == ["tag", "prepare", "masks", "convert", "build", "fetch"]
    for row in rows:
        form = client.get(f"/api/programs/{row['name']}/form").json()
        names = [field["name"] for section in form["sections"] for field in section["fields"]]
        assert form["method"] == row["name"]
        assert names
        assert not set(names) & set(row["chosen"])
    assert client.get("/api/programs/train/form").status_code == 404


def test_a_check_answers_in_either_case(client: TestClient, root: Path) -> None:
    def check(name: str, *, thorough: bool = False, **values: Any) -> Any:
        answer = client.post(f"/api/programs/{name}/check", params={"thorough": thorough}, json={"values": values})
        assert answer.status_code == 200, answer.text
        return answer.json()

    assert root
    found = check("tag", **TAG)
    assert (found["ok"], found["facts"]["pictures"], found["facts"]["model_here"]) == (True, 2, True)
    refused = check("tag", **TAG, thresh=7, batch_size=0)
    assert not refused["ok"]
    assert [one["message"].split()[0] for one in refused["problems"]] == ["batch_size", "thresh"]
    assert check("prepare", **{**PREPARE, "output_dir": "/elsewhere"})["problems"][0]["code"] == "outside-roots"
    found = check("prepare", **PREPARE, thorough=True)
    assert found["written"] == [{"source": f"{name}.png", "target": f"{name}.png"} for name in ("a", "b")]
    assert "duplicates" in [one["code"] for one in found["findings"]]
    assert found["folder"] == str(root / "train" / "set")
    assert client.post("/api/programs/none/check", json={"values": {}}).status_code == 404


def test_half_a_character_is_refused(client: TestClient, root: Path) -> None:
    assert root
    body = json.dumps({"values": {**PREPARE, "words": "\ud800"}})
    for route in ("prepare/check", "prepare"):
        answer = client.post(f"/api/programs/{route}", content=body, headers={"content-type": "application/json"})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "request-wrong")


def test_a_start_puts_it_into_the_queue_once(client: TestClient, root: Path, studio: Studio) -> None:
    job = studio.queue.find(start(client, "prepare", values=PREPARE, held=True))
    assert load_toml(job.config)["output_dir"] == str(root / "train" / "new")
    row = client.get(f"/api/jobs/{job.id}").json()["row"]
    assert (row["program"], row["state"], row["held"]) == ("prepare", "queued", True)
    again = client.post("/api/programs/prepare", json={"values": PREPARE})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "output-in-use")
    refused = client.post("/api/programs/prepare", json={"values": {"image_dir": "train/set"}})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "settings-wrong")


def test_what_came_of_a_job(client: TestClient, root: Path, studio: Studio) -> None:
    job = studio.queue.find(start(client, "tag", values={**TAG, "dry_run": True}))
    change = {"picture": str(root / "train" / "set" / "a.png"), "caption": "x", "before": None, "after": "red"}
    text = "".join(json.dumps({**change, "after": f"red {number}"}) + "\n" for number in range(3))
    (job.folder / DIFFERENCES_JSON).write_text(text, encoding="utf-8")
    before = client.get(f"/api/jobs/{job.id}/result").json()
    assert (before["differences"], before["numbers"]) == (0, {}), "it has not begun: they are another job's"
    job.events.write_text(line("done", path="x", written=3, failed=0, seconds=1.5), encoding="utf-8")
    write_status(job, Status(State.DONE))
    found = client.get(f"/api/jobs/{job.id}/result").json()
    assert found == {
        "numbers": {"path": "x", "written": 3, "failed": 0, "seconds": 1.5},
        "dry_run": True,
        "differences": 3,
        "can_undo": False,
        "can_go_on": False,
    }
    part = client.get(f"/api/jobs/{job.id}/differences", params={"first": 1, "limit": 1}).json()
    assert (part["total"], [row["after"] for row in part["rows"]]) == (3, ["red 1"])


def test_a_tagging_is_taken_back_and_gone_on_with(client: TestClient, root: Path, studio: Studio) -> None:
    job = studio.queue.find(start(client, "tag", values=TAG))
    assert client.post(f"/api/jobs/{job.id}/undo").status_code == 409
    caption = root / "train" / "set" / "a.txt"
    History(job.folder).remember([change_of(caption, b"red\n")])
    caption.write_bytes(b"red\n")
    write_status(job, Status(State.STOPPED))
    found = client.get(f"/api/jobs/{job.id}/result").json()
    assert (found["can_undo"], found["can_go_on"]) == (True, True)
    next_id = start(client, "tag", go_on=job.id)
    assert load_toml(studio.queue.find(next_id).config)["resume"] == str(job.folder)
    undone = client.post(f"/api/jobs/{job.id}/undo").json()
    assert undone == {"restored": 0, "removed": 1, "left": []}
    assert not caption.exists()


def change_of(path: Path, new: bytes) -> Any:
    from mikazuki.data.file_history import Change

    return Change(path, None, new)


def test_the_taggers(client: TestClient, root: Path) -> None:
    rows = {row["name"]: row for row in client.get("/api/taggers", params={"download_from": "modelscope"}).json()}
    assert rows["own"]["here"]
    assert rows["own"]["folder"] == str(root / "sd-models" / "taggers" / "own")
    assert rows["wd-vit-tagger-v3"]["missing"][0]["address"].startswith("https://modelscope.cn/models/")
    assert client.get("/api/taggers", params={"models_dir": "/"}).status_code == 403
    assert client.get("/api/taggers", params={"download_from": "elsewhere"}).status_code == 422


def test_a_folder_of_pictures_is_no_model(client: TestClient, root: Path, studio: Studio) -> None:
    job = studio.queue.find(start(client, "prepare", values=PREPARE))
    job.events.write_text(line("done", path=str(root / "train" / "set")), encoding="utf-8")
    kinds = {row["name"]: row["kind"] for row in client.get(f"/api/jobs/{job.id}/files").json()}
    assert kinds["set"] == "other"
