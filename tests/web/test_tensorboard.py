"""TensorBoard beside the studio: whose curves, its start and end, its pages through the studio's address."""

import json
import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import pytest
from starlette.testclient import TestClient

from mikazuki.jobs.folder import Job
from mikazuki.jobs.process import read_status
from mikazuki.web import tensorboard
from mikazuki.web.curves import curves_folder
from mikazuki.web.studio import Studio
from mikazuki.web.tensorboard import TensorBoard, free_port
from tests.web import world

STAND_IN = """
import http.server, sys
arguments = dict(zip(sys.argv[1::2], sys.argv[2::2]))
if {fails}:
    sys.exit("no room for curves")
class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        text = (self.path + " " + str(self.headers.get("Cookie")) + " " + str(self.headers.get("X-Asked"))).encode()
        self.send_response(200 if "missing" not in self.path else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.send_header("Set-Cookie", "a=b")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body[::-1])
    def log_message(self, *_): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(arguments["--port"])), Answers).serve_forever()
"""


def curves(studio: Studio, started: float, pid: int, run: str = "20261121000000") -> Path:
    """Make what a training writes for TensorBoard."""
    folder = studio.paths.logs / run / "network_train"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"events.out.tfevents.{int(started)}.box.example.{pid}.0").write_bytes(b"")
    return folder


def started_at(job: Job) -> float:
    started = read_status(job).started
    assert started is not None
    return started


def test_a_jobs_curves_are_those_of_its_process(studio: Studio) -> None:
    job = world.ended_job(studio, [world.line("started", pid=77)])
    began = started_at(job)
    assert curves_folder(job, studio.paths.root) is None
    curves(studio, began - 1000, 77, "long-before")
    assert curves_folder(job, studio.paths.root) is None, "numbers of processes are used again"
    curves(studio, began + 2, 78, "of-another")
    assert curves_folder(job, studio.paths.root) is None, "another job may run at the same time"
    own = curves(studio, began + 1, 77, "its-own")
    assert curves_folder(job, studio.paths.root) == own


def test_upstreams_curves_are_those_of_a_child(studio: Studio) -> None:
    job = world.ended_job(studio, [world.line("started", pid=77)])
    record = json.loads(job.facts_file.read_text(encoding="utf-8"))
    job.facts_file.write_text(json.dumps({**record, "engine": "sd-scripts"}), encoding="utf-8")
    child = curves(studio, started_at(job) + 2, 78)
    assert curves_folder(job, studio.paths.root) == child


def test_a_job_that_never_ran_has_none(studio: Studio) -> None:
    job = world.queued_job(studio)
    curves(studio, time.time(), 1)
    assert curves_folder(job, studio.paths.root) is None


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Start a server of a few lines in place of TensorBoard, which takes seconds."""
    return start_instead(monkeypatch, STAND_IN.replace("{fails}", "False"))


def start_instead(monkeypatch: pytest.MonkeyPatch, code: str) -> list[subprocess.Popen[bytes]]:
    real = subprocess.Popen
    begun: list[subprocess.Popen[bytes]] = []

    def popen(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        begun.append(real([sys.executable, "-c", code, *command[3:]], **options))  # type: ignore[call-overload]
        return begun[-1]

    monkeypatch.setattr("mikazuki.web.tensorboard.subprocess.Popen", popen)
    return begun


@pytest.mark.usefixtures("stand_in")
def test_it_is_started_shown_and_ended(client: TestClient, studio: Studio) -> None:
    job, other = (world.ended_job(studio, [world.line("started", pid=pid)]) for pid in (77, 88))
    own = curves(studio, started_at(job), 77, "a")
    curves(studio, started_at(other), 88, "b")
    assert client.get("/tensorboard/").status_code == 503
    assert client.get("/api/tensorboard").json()["running"] is False
    state = client.post("/api/tensorboard/start", json={"jobs": [job.id]}).json()
    assert (state["running"], state["jobs"], state["url"]) == (True, [job.id], "tensorboard/")
    links = studio.paths.logs / ".tensorboard" / "runs"
    assert [link.name for link in links.iterdir()] == [job.id]
    assert (links / job.id).resolve() == own.resolve()
    process = studio.tensorboard._process
    client.post("/api/tensorboard/start", json={})
    assert {link.name for link in links.iterdir()} == {job.id, other.id}
    assert studio.tensorboard._process is process, "the same one shows other jobs"
    headers = {"cookie": "mikazuki_x=secret", "authorization": "Bearer secret", "x-asked": "yes"}
    page = client.get("/tensorboard/data/runs?tag=a%20b", headers=headers)
    assert page.text == "/tensorboard/data/runs?tag=a%20b None yes", "with its path, without the token"
    assert page.headers["content-security-policy"] == "default-src 'self'"
    assert "set-cookie" not in page.headers
    assert client.get("/tensorboard/missing").status_code == 404
    assert client.post("/tensorboard/data", content=b"abc").text == "cba"
    assert client.post("/api/tensorboard/stop").json()["running"] is False
    assert process is not None
    assert process.poll() is not None
    assert own.is_dir(), "links are removed, never what they point to"


def test_one_that_cannot_start_says_why(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    start_instead(monkeypatch, STAND_IN.replace("{fails}", "True"))
    answer = client.post("/api/tensorboard/start", json={})
    assert answer.status_code == 422
    assert "no room for curves" in answer.json()["errors"][0]["message"]
    assert "no room for curves" in client.get("/api/tensorboard").json()["problem"]


def test_one_that_dies_says_so(client: TestClient, stand_in: list[subprocess.Popen[bytes]]) -> None:
    client.post("/api/tensorboard/start", json={})
    stand_in[0].kill()
    stand_in[0].wait()
    state = client.get("/api/tensorboard").json()
    assert state["running"] is False
    assert "ended by itself" in state["problem"]
    assert client.get("/tensorboard/").status_code == 503
    assert client.post("/api/tensorboard/start", json={}).json()["running"] is True, "and can be started again"
    client.post("/api/tensorboard/stop")


def test_a_port_taken_between_the_look_and_the_start_is_passed_over(
    studio: Studio, stand_in: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        taken = other.server_address[1]
        looks = iter([taken])
        monkeypatch.setattr(tensorboard, "free_port", lambda first: next(looks, None) or free_port(first))
        board = TensorBoard(studio.paths.logs, taken)
        board.start({})
        assert len(stand_in) == 2, "the first found the port taken and ended"
        assert board.running
        assert board.address != f"http://127.0.0.1:{taken}", "what answers there is another program"
        board.stop()
        other.shutdown()


def test_a_missing_package_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensorboard, "find_spec", lambda _name: None)
    answer = client.post("/api/tensorboard/start", json={})
    assert answer.json()["errors"][0]["code"] == "tensorboard-missing"


def test_the_one_of_a_studio_that_was_killed_is_ended(studio: Studio, stand_in: list[subprocess.Popen[bytes]]) -> None:
    TensorBoard(studio.paths.logs, 6006).start({})
    left = stand_in[0]
    second = TensorBoard(studio.paths.logs, 6006)
    second.start({})
    assert left.wait(timeout=10) is not None
    assert second.running
    second.stop()
    record = studio.paths.logs / ".tensorboard" / "process.json"
    record.write_text(json.dumps({"pid": os.getpid(), "create_time": 1.0}), encoding="utf-8")
    second.start({})
    assert psutil.pid_exists(os.getpid()), "another process of that number is left alone"
    second.stop()


def test_a_port_in_use_is_passed_over() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        threading.Thread(target=server.handle_request, daemon=True)
        taken = server.server_address[1]
        assert free_port(taken) > taken


@pytest.mark.slow
def test_the_real_one_shows_a_jobs_curves(client: TestClient, studio: Studio) -> None:
    from torch.utils.tensorboard import SummaryWriter

    job = world.ended_job(studio, [world.line("started", pid=os.getpid())])
    writer = SummaryWriter(str(studio.paths.logs / "run" / "network_train"))
    for step in range(10):
        writer.add_scalar("loss/current", 1 / (step + 1), step)
    writer.close()
    client.post("/api/tensorboard/start", json={"jobs": [job.id]})
    try:
        assert client.get("/tensorboard/").status_code == 200
        end = time.monotonic() + 60
        while job.id not in client.get("/tensorboard/data/runs").json() and time.monotonic() < end:
            time.sleep(0.5)
        assert client.get("/tensorboard/data/runs").json() == [job.id]
        tags = client.get("/tensorboard/data/plugin/scalars/tags").json()
        assert "loss/current" in tags[job.id]
    finally:
        client.post("/api/tensorboard/stop")
