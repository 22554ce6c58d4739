"""Routes of measuring: begun, followed, ended; one at a time, and never beside a running job."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from mikazuki.errors import MikazukiError
from mikazuki.jobs.process import State, Status
from mikazuki.preparing.probe import Line, Probed, Watcher
from mikazuki.preparing.probe_choices import Decision, Measured, Way
from mikazuki.settings.form_words import Words
from mikazuki.settings.train import TrainSettings
from mikazuki.web import probes
from tests.web.test_form_routes import codes, page, values

__all__ = ["page", "values"]

LINE = Line(
    Decision(Way({"train_batch_size": 1}, "batch", 1), "fits", Measured(5, 10, 1.0)),
    Words("fits", "\u653e\u5f97\u4e0b"),
)
FOUND = Probed((LINE,), {"train_batch_size": 1}, (("spills", Words("slow", "\u6162")),))


@pytest.fixture
def go(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let a measurement wait for this event, or for its end."""
    event = threading.Event()

    def measured(settings: TrainSettings, memory: int | None, watcher: Watcher) -> Probed:
        watcher.show(LINE)
        while not event.is_set():
            if watcher.stop():
                raise KeyboardInterrupt
            time.sleep(0.01)
        if memory == 1:
            raise MikazukiError("probe-failed", "It broke.", "Look.")
        if memory == 2:
            raise ValueError(settings.output_name)
        return FOUND

    monkeypatch.setattr(probes, "probe", measured)
    return event


def ended(page: TestClient, probe_id: str) -> dict[str, Any]:
    """Wait for the end of a measurement and return its answer."""
    while (told := page.get(f"/api/probes/{probe_id}").json())["state"] == "running":
        time.sleep(0.01)
    found: dict[str, Any] = told
    return found


def begun(page: TestClient, values: dict[str, Any], **more: Any) -> str:
    answer = page.post("/api/probes", json={"values": values, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_it_is_begun_and_followed(page: TestClient, values: dict[str, Any], go: threading.Event) -> None:
    first = begun(page, values, language="zh-CN")
    assert page.get(f"/api/probes/{first}").json()["state"] == "running"
    second = page.post("/api/probes", json={"values": values})
    assert (second.status_code, codes(second)) == (409, ["probe-in-use"])
    go.set()
    told = ended(page, first)
    assert told["lines"] == [{"verdict": "fits", "why": {"en": "fits", "zh": "\u653e\u5f97\u4e0b"}}]
    assert (told["state"], told["fits"], told["changes"]) == ("done", True, {"train_batch_size": 1})
    assert told["warnings"] == [{"code": "spills", "text": "\u6162"}]
    assert codes(page.get("/api/probes/none")) == ["probe-not-found"]


@pytest.mark.usefixtures("go")
def test_it_can_be_ended(page: TestClient, values: dict[str, Any]) -> None:
    first = begun(page, values)
    assert page.delete(f"/api/probes/{first}").json() == {"ok": True}
    assert page.get(f"/api/probes/{first}").json()["state"] == "stopped"


def test_what_broke_it_is_told(page: TestClient, values: dict[str, Any], go: threading.Event) -> None:
    go.set()
    failed = ended(page, begun(page, values, memory=1))
    assert (failed["state"], failed["problems"][0]["code"], failed["fits"]) == ("failed", "probe-failed", False)
    assert ended(page, begun(page, values, memory=2))["problems"][0]["code"] == "internal"


def test_what_stops_the_training_stops_it(
    page: TestClient, values: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(**more: Any) -> Any:
        return page.post("/api/probes", json={"values": values | more})

    outside = refused(train_data_dir="/")
    assert codes(outside) == ["outside-roots"]
    assert codes(refused(train_data_dir=str(tmp_path / "train" / "gone"))) == ["dataset-not-found"]
    assert codes(refused(network_dimm=1)) == ["settings-wrong"]
    job = tmp_path / "logs" / "jobs" / "20260101-000000-x-0001"
    job.mkdir(parents=True)
    monkeypatch.setattr("mikazuki.jobs.queue.Queue.status", lambda *_: Status(State.RUNNING, pid=1))
    answer = refused()
    assert (answer.status_code, codes(answer)) == (409, ["machine-in-use"])


def test_an_end_that_comes_while_it_is_told_is_told_the_next_time() -> None:
    """Never done without what was found."""

    class Ending(probes.Running):
        def __getattribute__(self, name: str) -> Any:
            found = super().__getattribute__(name)
            if name == "found":
                self.found, self.state = FOUND, "done"
            return found

    one = Ending("a", "en")
    assert probes.answer(one).state == "running"
    again = probes.answer(one)
    assert (again.state, again.fits) == ("done", True)
