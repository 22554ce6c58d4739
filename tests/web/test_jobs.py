"""Jobs and the queue through the API: rows, orders, logs, curves, files, the bin."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mikazuki.jobs.process import State
from mikazuki.web.studio import Studio
from tests.web import world


def rows(client: TestClient, **asked: str) -> list[str]:
    return [row["id"] for row in client.get("/api/jobs", params=asked).json()["jobs"]]


def test_the_queue_is_listed_before_what_has_ended(client: TestClient, studio: Studio) -> None:
    old = world.ended_job(studio, [*world.events_of(3), world.line("done", path="output/cat.safetensors", steps=3)])
    first, second = world.queued_job(studio), world.queued_job(studio)
    answer = client.get("/api/jobs").json()
    assert [row["id"] for row in answer["jobs"]] == [first.id, second.id, old.id]
    assert [row["position"] for row in answer["jobs"]] == [0, 1, None]
    assert answer["total"] == 3
    done = answer["jobs"][2]
    assert (done["state"], done["step"], done["total"]) == ("done", 3, 3)
    assert rows(client, state="queued") == [first.id, second.id]
    assert rows(client, text="CAT", limit="1", start="1") == [second.id]
    assert client.get("/api/jobs", params={"state": "asleep"}).status_code == 422


def test_queued_jobs_are_moved_held_and_taken_out(client: TestClient, studio: Studio) -> None:
    first, second = world.queued_job(studio), world.queued_job(studio)
    moved = client.post(f"/api/jobs/{second.id}/move", json={"position": 0})
    assert moved.json()["position"] == 0
    assert rows(client) == [second.id, first.id]
    held = client.post(f"/api/jobs/{first.id}/schedule", json={"held": True, "gpus": ["1"], "not_before": 2e9}).json()
    assert (held["held"], held["gpus"], held["not_before"]) == (True, ["1"], 2e9)
    assert client.post(f"/api/jobs/{first.id}/stop", json={}).json()["state"] == "stopped"
    again = client.post(f"/api/jobs/{first.id}/stop", json={"how": "now"})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "job-ended")
    assert client.post(f"/api/jobs/{first.id}/move", json={"position": 0}).status_code == 409


def test_the_queue_is_paused_and_goes_on(client: TestClient) -> None:
    client.post("/api/queue/pause")
    assert client.get("/api/jobs").json()["paused"] is True
    assert client.get("/api/studio").json()["queue_paused"] is True
    client.post("/api/queue/resume")
    assert client.get("/api/jobs").json()["paused"] is False


@pytest.mark.parametrize(
    "path", ["", "/log", "/metrics", "/samples", "/files", "/events", "/diff/x", "/log/search?text=a"]
)
def test_a_job_that_is_not_there(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/jobs/none{path}")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["code"] == "job-not-found"


def test_wrong_settings_are_refused_one_by_one_and_nothing_is_queued(client: TestClient, studio: Studio) -> None:
    values = {"output_name": "x", "network_dim": -1, "learning_rate": "fast"}
    answer = client.post("/api/jobs", json={"values": values})
    assert answer.status_code == 422
    said = [one["message"] for one in answer.json()["errors"]]
    assert any("network_dim" in text for text in said)
    assert any("learning_rate" in text for text in said)
    assert len(said) >= 2
    assert rows(client) == []
    assert not studio.paths.jobs.exists() or not [one for one in studio.paths.jobs.iterdir() if one.is_dir()]


def test_one_job_whole(client: TestClient, studio: Studio) -> None:
    job = world.ended_job(studio, world.events_of(2), sample_now=True)
    found = client.get(f"/api/jobs/{job.id}").json()
    assert found["values"]["learning_rate"] == 0.0001
    assert found["config"] == world.CONFIG
    assert found["can"] == {"saves_on_stop": True, "sample_now": True, "save_now": False}
    assert found["shell"].endswith("-c ''")
    assert found["log_bytes"] == job.log.stat().st_size
    assert found["failure"] is None
    assert client.get(f"/api/jobs/{job.id[-4:]}").json()["row"]["id"] == job.id, "a unique part will do"


def test_a_failed_job_says_why(client: TestClient, studio: Studio) -> None:
    last = world.line("failed", code="data-gone", message="The pictures are gone.", hint="Bring them back.")
    job = world.ended_job(studio, [*world.events_of(1), last], State.FAILED)
    found = client.get(f"/api/jobs/{job.id}").json()
    assert found["failure"] == {"code": "data-gone", "message": "The pictures are gone.", "hint": "Bring them back."}
    assert found["lines"][-1] == "second line"
    silent = world.ended_job(studio, [], State.FAILED)
    silent.log.write_text("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB\n", encoding="utf-8")
    assert "memory" in client.get(f"/api/jobs/{silent.id}").json()["failure"]["message"]


def test_a_key_in_the_settings_is_not_told(client: TestClient, studio: Studio) -> None:
    job = world.ended_job(studio, [])
    job.config.write_text(world.CONFIG + 'huggingface_token = "hf_secret"\n', encoding="utf-8")
    assert "huggingface_token" not in client.get(f"/api/jobs/{job.id}").json()["values"]


def test_the_log_in_parts_and_by_search(client: TestClient, studio: Studio) -> None:
    job = world.ended_job(studio, [])
    part = client.get(f"/api/jobs/{job.id}/log", params={"start": 0, "limit": 11}).json()
    assert part == {"text": "first line\n", "start": 0, "next": 11, "size": job.log.stat().st_size}
    hits = client.get(f"/api/jobs/{job.id}/log/search", params={"text": "SECOND"}).json()
    assert (hits["total"], hits["hits"][0]["offset"], hits["hits"][0]["line"]) == (1, 11, 2)


def test_curves_thinned_and_bounded(client: TestClient, studio: Studio) -> None:
    job = world.ended_job(studio, world.events_of(50))
    found = client.get(f"/api/jobs/{job.id}/metrics", params={"tags": "loss/current", "points": 10}).json()
    series = found["series"]["loss/current"]
    assert series["count"] == 50
    assert len(series["steps"]) <= 10
    assert (series["steps"][0], series["steps"][-1], found["last_step"]) == (1, 50, 50)
    part = client.get(f"/api/jobs/{job.id}/metrics", params={"first": 10, "last": 12}).json()
    assert part["series"]["loss/current"]["steps"] == [10, 11, 12]
    with job.events.open("a", encoding="utf-8") as file:
        file.write(world.line("metric", step=51, values={"loss/current": 0.5}))
    assert client.get(f"/api/jobs/{job.id}/metrics").json()["last_step"] == 51, "read on"


def test_samples_and_files(client: TestClient, studio: Studio) -> None:
    made = studio.paths.output / "sample" / "cat_1.png"
    made.parent.mkdir()
    made.write_bytes(b"png")
    (studio.paths.output / "cat.safetensors").write_bytes(b"12345")
    events = [
        world.line("sample", path="output/sample/cat_1.png", step=2, epoch=1, index=0, prompt="a cat", seed=7),
        world.line("sample", path="output/sample/gone.png", step=3, epoch=1, index=0, prompt="a cat", seed=7),
        world.line("checkpoint", what="model", path="output/old.safetensors", step=2),
        world.line("checkpoint", what="removed", path="output/old.safetensors", step=2),
        world.line("done", path="output/cat.safetensors", steps=3),
    ]
    job = world.ended_job(studio, events)
    samples = client.get(f"/api/jobs/{job.id}/samples").json()
    assert [(one["path"], one["step"], one["seed"]) for one in samples] == [(str(made), 2, 7)]
    assert client.get("/" + samples[0]["url"]).content == b"png"
    files = client.get(f"/api/jobs/{job.id}/files").json()
    assert [(one["name"], one["kind"]) for one in files][:2] == [("cat.safetensors", "model"), ("cat_1.png", "sample")]
    kinds = {one["name"]: one["kind"] for one in files}
    assert kinds["config.toml"] == "config"
    assert kinds["log.txt"] == "log"


def test_two_jobs_compared(client: TestClient, studio: Studio) -> None:
    one, other = world.ended_job(studio, []), world.ended_job(studio, [])
    other.config.write_text(world.CONFIG.replace("0.0001", "0.5"), encoding="utf-8")
    found = client.get(f"/api/jobs/{one.id}/diff/{other.id}").json()
    assert found == [{"option": "learning_rate", "left": 0.0001, "right": 0.5}]


def test_what_is_deleted_can_be_brought_back(client: TestClient, studio: Studio) -> None:
    job = world.ended_job(studio, [])
    assert client.delete(f"/api/jobs/{job.id}").json() == {"ok": True}
    assert rows(client) == []
    (row,) = client.get("/api/bin").json()
    assert (row["kind"], Path(row["path"])) == ("job", job.folder)
    client.post(f"/api/bin/{row['id']}/restore")
    assert rows(client) == [job.id]
    client.delete(f"/api/jobs/{job.id}")
    (row,) = client.get("/api/bin").json()
    client.delete(f"/api/bin/{row['id']}")
    assert client.get("/api/bin").json() == []
    assert client.delete(f"/api/bin/{row['id']}").status_code == 404


def test_orders_need_a_job_that_runs(client: TestClient, studio: Studio) -> None:
    job = world.ended_job(studio, [])
    for order in ("sample", "save"):
        answer = client.post(f"/api/jobs/{job.id}/{order}")
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "job-not-running")


def test_a_job_is_queued_again(client: TestClient, studio: Studio) -> None:
    job = world.ended_job(studio, [])
    made = client.post(f"/api/jobs/{job.id}/retry")
    assert made.status_code == 201
    assert rows(client, state="queued") == [made.json()["id"]]
    answer = client.post(f"/api/jobs/{job.id}/resume")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "state-not-found")
