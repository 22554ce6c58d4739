"""What the page asks first, the doctor, the studio's log, and a training queued from a form."""

import logging
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mikazuki.log import set_up
from mikazuki.preparing import doctor
from mikazuki.preparing.doctor import Finding
from mikazuki.web.studio import Studio
from tests.cli import world as settings_world


def test_the_page_learns_all_it_needs_at_once(client: TestClient, studio: Studio) -> None:
    studio.language = "en"
    found = client.get("/api/studio").json()
    assert found["language"] == "en"
    assert [engine["name"] for engine in found["engines"]] == ["builtin", "sd-scripts"]
    assert found["engines"][0]["methods"]
    assert found["folders"]["train"] == str(studio.paths.train)
    assert all(root["writable"] for root in found["roots"])
    assert found["tensorboard"] is True


def test_the_machine_is_read(client: TestClient) -> None:
    assert client.get("/api/machine").json()["cpu_count"] >= 1


def test_the_doctor_tells_what_it_finds(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "examine", lambda _paths: iter([Finding("Python", "ok", "3.11")]))
    assert client.get("/api/doctor").json() == [{"name": "Python", "state": "ok", "text": "3.11", "remedy": ""}]


@pytest.fixture
def _logger() -> Iterator[None]:
    logger = logging.getLogger("mikazuki")
    before = (logger.handlers[:], logger.level, logger.propagate)
    yield
    for handler in logger.handlers:
        handler.close()
    logger.handlers, logger.level, logger.propagate = before


@pytest.mark.usefixtures("_logger")
def test_the_studios_log_is_shown(client: TestClient, studio: Studio) -> None:
    assert client.get("/api/log").json()["text"] == ""
    set_up(file=studio.paths.logs / studio.log_name)
    logging.getLogger("mikazuki.web").info("it has begun")
    assert "it has begun" in client.get("/api/log").json()["text"]


def test_a_training_is_queued_from_values(client: TestClient, studio: Studio, tmp_path: Path) -> None:
    config = settings_world.make(tmp_path / "world")
    values = tomllib.loads(config.read_text(encoding="utf-8"))
    flat = {key: value for part in values.values() for key, value in part.items()} if "model" in values else values
    refused = client.post("/api/jobs", json={"values": flat})
    assert {one["code"] for one in refused.json()["errors"]} == {"outside-roots"}
    studio.more_roots.append(tmp_path / "world")
    made = client.post("/api/jobs", json={"values": flat, "held": True})
    assert made.status_code == 201, made.text
    (row,) = client.get("/api/jobs").json()["jobs"]
    assert (row["id"], row["state"], row["held"]) == (made.json()["id"], "queued", True)
    again = client.post("/api/jobs", json={"values": flat})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "output-in-use")
    assert client.post("/api/jobs", json={"values": flat, "colour": 1}).status_code == 422


def test_a_folder_that_can_be_made_can_be_written(client: TestClient, studio: Studio) -> None:
    studio.paths.output.rmdir()
    studio.paths.models.rmdir()
    studio.paths.models.write_text("a file where a folder belongs", encoding="utf-8")
    roots = {root["name"]: root["writable"] for root in client.get("/api/studio").json()["roots"]}
    assert roots["output"]
    assert not roots["sd-models"]
