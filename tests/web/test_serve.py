"""The studio as a process: quick, light, without torch; a training outlives it, and the next one follows on."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest
import uvicorn

from mikazuki.errors import MikazukiError
from mikazuki.paths import Paths
from mikazuki.web import serve
from mikazuki.web.studio import Studio
from tests.web import world

REPOSITORY = Path(__file__).parents[2]

START = """
import sys
from pathlib import Path
from mikazuki.cli import gui
from mikazuki.cli.main import main
from mikazuki.paths import Paths
gui.repository = lambda: Paths(Path(sys.argv[1]))
sys.exit(main(["gui", *sys.argv[2:]]))
"""


class Running:
    """A studio in a process of its own."""

    def __init__(self, root: Path, *flags: str) -> None:
        command = [sys.executable, "-c", START, str(root), "--no-browser", "--port", "0", *flags]
        env = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1", "CUDA_VISIBLE_DEVICES": ""}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env)
        assert self.process.stdout
        self.said = ""
        while "://" not in self.said:
            line = self.process.stdout.readline()
            assert line, f"it ended: {self.said}"
            self.said += line
        self.port = int(self.said.rsplit("http://", 1)[1].split(":")[1].split("/")[0])

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            data = None if body is None else json.dumps(body)
            connection.request(method, path, data, {"Content-Type": "application/json", **headers})
            answer = connection.getresponse()
            text = answer.read().decode()
        return answer.status, json.loads(text) if text.startswith(("{", "[")) else text

    def wait_for(self, path: str, state: str, seconds: float = 20) -> dict[str, Any]:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            _, row = self.ask("GET", path)
            if row["row"]["state"] == state:
                return dict(row["row"])
            time.sleep(0.1)
        raise AssertionError(f"not {state}: {row}")

    def stop(self) -> str:
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=15)
        return str(said)


@pytest.fixture
def started() -> Iterator[list[Running]]:
    found: list[Running] = []
    yield found
    for one in found:
        if one.process.poll() is None:
            one.process.kill()
        one.process.communicate(timeout=10)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_training_outlives_the_studio_and_is_followed_to_its_end(studio: Studio, started: list[Running]) -> None:
    for _ in range(5):
        world.ended_job(studio, world.events_of(3))
    job = world.queued_job(studio, world.worker(45, 0.1))
    started.append(first := Running(studio.paths.root))
    first.wait_for(f"/api/jobs/{job.id}", "running")
    assert psutil.Process(first.process.pid).memory_info().rss < 150_000_000
    first.process.kill()
    first.process.wait(timeout=10)
    started.append(second := Running(studio.paths.root))
    assert second.wait_for(f"/api/jobs/{job.id}", "running")["step"] > 0
    status, text = second.ask("GET", f"/api/jobs/{job.id}/events", **{"Last-Event-ID": "0"})
    assert status == 200
    steps = [json.loads(line[6:])["step"] for line in text.splitlines() if '"kind": "progress"' in line]
    assert steps == list(range(1, 46)), "nothing missing, nothing twice"
    assert text.endswith("event: end\ndata: {}\n\n")
    second.wait_for(f"/api/jobs/{job.id}", "done")
    assert "The studio has ended." in second.stop()
    assert second.process.returncode == 130


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_the_studio_not_the_training(studio: Studio, started: list[Running]) -> None:
    job = world.queued_job(studio, world.worker(500, 0.05))
    started.append(one := Running(studio.paths.root, "--lang", "zh-CN", "--token", "abc"))
    assert "\u5de5\u4f5c\u53f0" in one.said
    assert "/?token=abc" in one.said
    assert one.ask("GET", "/api/jobs")[0] == 401
    bearer = {"Authorization": "Bearer abc"}
    end = time.monotonic() + 15
    while one.ask("GET", "/api/jobs", **bearer)[1]["jobs"][0]["state"] != "running" and time.monotonic() < end:
        time.sleep(0.1)
    listener = socket.create_connection(("127.0.0.1", one.port))
    listener.sendall(b"GET /api/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer abc\r\n\r\n")
    assert b"200 OK" in listener.recv(1000)
    said = one.stop()
    listener.close()
    assert "1" in said
    assert "Traceback" not in said
    assert studio.row(job.id).state == "running"
    studio.queue.stop(job.id, "now")
    assert studio.row(job.id).state == "stopped"


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys, mikazuki.cli.gui, mikazuki.web.serve; from mikazuki.web.app import create_app; create_app();"
        "heavy = {'torch', 'numpy', 'PIL', 'diffusers', 'transformers', 'accelerate', 'httpx2', 'tensorboard'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY, timeout=60
    )
    assert answer.stdout.strip() == "[]"


def test_the_next_free_port_is_taken() -> None:
    with serve.bind("127.0.0.1", 0) as first:
        taken = first.getsockname()[1]
        with serve.bind("127.0.0.1", taken) as second:
            assert taken < second.getsockname()[1] <= taken + serve.PORTS_TRIED


def test_an_address_that_is_not_ours_is_refused() -> None:
    for host in ("192.0.2.1", "no such host"):
        with pytest.raises(MikazukiError) as caught:
            serve.bind(host, 28000)
        assert caught.value.code == "address-wrong"


def test_links() -> None:
    assert serve.link("127.0.0.1", 1, None) == "http://127.0.0.1:1/"
    assert serve.link("::1", 1, "a&b") == "http://[::1]:1/?token=a%26b"
    assert serve.reachable("127.0.0.1") == ["127.0.0.1"]
    assert serve.reachable("0.0.0.0")[0] == "127.0.0.1"  # noqa: S104 - no socket is bound


def test_a_browser_only_where_there_is_a_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(serve, "_open", opened.append)
    monkeypatch.setattr(serve, "has_desktop", lambda: False)
    serve.open_browser("http://x")
    assert opened == []
    monkeypatch.setattr(serve, "has_desktop", lambda: True)
    serve.open_browser("http://x")
    end = time.monotonic() + 5
    while not opened and time.monotonic() < end:
        time.sleep(0.01)
    assert opened == ["http://x"]


@pytest.mark.skipif(sys.platform != "linux", reason="how Linux says it")
def test_what_a_desktop_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_is_wsl", lambda: False)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not serve.has_desktop()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert serve.has_desktop()


class SignalledEvent(threading.Event):
    """An event in the middle of whose setting another signal comes."""

    server: "serve._Server"

    def set(self) -> None:
        with self._cond:  # type: ignore[attr-defined]
            self.server.handle_exit(signal.SIGTERM, None)
        super().set()


def test_two_signals_at_once_end_it(tmp_path: Path) -> None:
    studio = Studio(Paths(tmp_path))
    studio.closing = event = SignalledEvent()
    server = event.server = serve._Server(uvicorn.Config(lambda: None), studio, lambda: None)
    asked = threading.Thread(target=server.handle_exit, args=(signal.SIGTERM, None), daemon=True)
    asked.start()
    asked.join(5)
    assert not asked.is_alive()
    assert studio.closing.is_set()
