"""A hub on the loopback that really takes files: enough of Hugging Face's protocol to upload and download."""

import base64
import hashlib
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self

COMMIT: Final = "0123456789abcdef0123456789abcdef01234567"
LARGE: Final = (".safetensors", ".pt")
"""Endings of what is sent as a large file: its bytes first, then a pointer to them."""


@dataclass
class Received:
    """What the hub was given: repositories, files by name, tokens; ``gate`` holds uploads back while it is unset."""

    repositories: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    large: dict[str, bytes] = field(default_factory=dict)
    tokens: set[str | None] = field(default_factory=set)
    broken: bool = False
    gate: threading.Event = field(default_factory=threading.Event)


class FakeHub:
    """The server; use it as a context."""

    def __init__(self) -> None:
        self.received = Received()
        self.received.gate.set()
        handler = type("Handler", (_Handler,), {"received": self.received})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.received.gate.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    received: Received
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.received.tokens.add(self.headers.get("Authorization"))
        if self.received.broken:
            self._answer({"error": "out of order"}, 400)
        elif self.path == "/api/repos/create":
            self.received.repositories.append(json.loads(body))
            self._answer({"url": f"http://{self.headers['Host']}/me/cats"})
        elif "/preupload/" in self.path:
            self._answer({"files": [_mode(file["path"]) for file in json.loads(body)["files"]]})
        elif self.path.endswith("/objects/batch"):
            self._answer({"transfer": "basic", "objects": [self._place(o) for o in json.loads(body)["objects"]]})
        elif "/commit/" in self.path:
            self._commit([json.loads(line) for line in body.splitlines()])
        else:
            self._answer({})

    def do_PUT(self) -> None:
        self.received.gate.wait(10)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.large[hashlib.sha256(body).hexdigest()] = body
        self._answer({})

    def do_HEAD(self) -> None:
        self._file()

    def do_GET(self) -> None:
        files = self.received.files
        if "/resolve/" in self.path:
            self._file()
        elif "/tree/" in self.path:
            self._answer([{"type": "file", "path": n, "size": len(d), "oid": _sha1(d)} for n, d in files.items()])
        elif not files or "/missing" in self.path:
            self.send_response(404)
            self.send_header("X-Error-Code", "RepoNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._answer({"id": "me/cats", "sha": COMMIT, "siblings": [{"rfilename": name} for name in files]})

    def _commit(self, lines: list[dict[str, Any]]) -> None:
        for line in lines:
            value = line["value"]
            if line["key"] == "file":
                self.received.files[value["path"]] = base64.b64decode(value["content"])
            elif line["key"] == "lfsFile":
                self.received.files[value["path"]] = self.received.large[value["oid"]]
        self._answer({"commitUrl": f"http://{self.headers['Host']}/me/cats/commit/{COMMIT}", "commitOid": COMMIT})

    def _place(self, wanted: dict[str, Any]) -> dict[str, Any]:
        href = f"http://{self.headers['Host']}/large/{wanted['oid']}"
        return {**wanted, "actions": {"upload": {"href": href}}}

    def _file(self) -> None:
        name = re.sub(r"^.*/resolve/[^/]+/", "", self.path)
        content = self.received.files[name]
        self.send_response(200)
        self.send_header("ETag", f'"{_sha1(content)}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def _answer(self, value: Any, status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _mode(path: str) -> dict[str, Any]:
    mode = "lfs" if path.endswith(LARGE) else "regular"
    return {"path": path, "uploadMode": mode, "shouldIgnore": False}


def _sha1(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
