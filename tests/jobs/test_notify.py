import http.server
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from mikazuki.jobs.notify import Hook, News, notify, request_for, tell

NEWS = News("20260101-000000-cat-aaaa", "cat", "failed", "out of memory", 61.0, None)


class Listener(http.server.BaseHTTPRequestHandler):
    """Keeps what was posted."""

    posted: list[tuple[str, dict[str, object]]]
    answer = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.posted.append((self.path, json.loads(body)))
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[tuple[str, type[Listener]]]:
    handler = type("Handler", (Listener,), {"posted": []})
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_address[1]}", handler
        finally:
            listening.shutdown()
            thread.join()


def test_each_kind_in_its_form(server: tuple[str, type[Listener]]) -> None:
    address, handler = server
    hooks = [Hook("json", f"{address}/j"), Hook("discord", f"{address}/d"), Hook("serverchan", f"{address}/s.send")]
    thread = notify(hooks, NEWS)
    assert thread is not None
    thread.join(10)
    posted = dict(handler.posted)
    assert posted["/j"]["state"] == "failed"
    assert posted["/j"]["reason"] == "out of memory"
    assert posted["/j"]["seconds"] == 61.0
    assert "cat failed" in str(posted["/d"]["content"])
    assert posted["/d"]["allowed_mentions"] == {"parse": []}
    assert posted["/s.send"]["title"] == "Mikazuki: cat failed"
    assert "1 min 01 s" in str(posted["/s.send"]["desp"])


@pytest.mark.parametrize(
    ("on", "state", "wants"),
    [
        (("done",), "done", True),
        (("done",), "failed", False),
        (("failed",), "lost", True),
        (("stopped",), "stopped", True),
        ((), "done", False),
    ],
)
def test_only_ends_that_are_asked_for(on: tuple[str, ...], state: str, wants: bool) -> None:  # noqa: FBT001
    hook = Hook("json", "http://127.0.0.1:9/", on)
    assert hook.wants(state) is wants
    sent: list[urllib.request.Request] = []
    thread = notify([hook], News("i", "n", state), sent.append)
    if thread:
        thread.join()
    assert len(sent) == wants


def test_a_failure_is_said_without_the_key(
    server: tuple[str, type[Listener]], caplog: pytest.LogCaptureFixture
) -> None:
    address, handler = server
    handler.answer = 403
    assert "403" in tell(Hook("discord", f"{address}/secret-key"), NEWS)
    refused = Hook("json", "http://127.0.0.1:9/secret-key")

    def refuse(_request: urllib.request.Request) -> None:
        raise urllib.error.URLError("refused")

    assert tell(refused, NEWS, refuse) == "refused"
    assert "127.0.0.1" in caplog.text
    assert "secret-key" not in caplog.text


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/", "no address", "", "http://"])
def test_other_addresses_are_never_opened(url: str) -> None:
    with pytest.raises(ValueError, match="http"):
        request_for(Hook("json", url), NEWS)
    assert tell(Hook("json", url), NEWS)


def test_long_reasons_are_cut() -> None:
    data = request_for(Hook("discord", "https://x/"), News("i", "n", "failed", "x" * 5000)).data
    assert isinstance(data, bytes)
    assert len(json.loads(data)["content"]) < 2000
