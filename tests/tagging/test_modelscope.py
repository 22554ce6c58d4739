"""Fetching by HTTP from a server of the test's own: breaks, ranges, damage, and names that lead elsewhere."""

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.tagging import modelscope
from mikazuki.tagging.download import fetch
from mikazuki.tagging.hubs import HUBS
from mikazuki.tagging.known import kind_of, source_of
from mikazuki.tagging.modelscope import UNFINISHED, DownloadError, Listed, download

MODEL = bytes(range(256)) * 40
HOME = "/models/fireicewolf/wd-vit-tagger-v3/resolve/master"


@dataclass
class Hub:
    """What the server has, how it behaves, and what it was asked for."""

    files: dict[str, bytes]
    address: str = ""
    breaks_after: int = 0
    """Bytes after which it hangs up; 0: never."""
    knows_ranges: bool = True
    listing: list[dict[str, object]] | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)


def handler(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, wanted = unquote(self.path.partition("?")[0]), self.headers.get("Range", "")
            hub.asked.append((path, wanted))
            if path.startswith("/api/"):
                whole = json.dumps({"Code": 200, "Data": {"Files": hub.listing}}).encode()
            elif path in hub.files:
                whole = hub.files[path]
            else:
                self.send_error(404)
                return
            start = int(wanted.removeprefix("bytes=").rstrip("-") or 0) if hub.knows_ranges else 0
            if start and start >= len(whole):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(whole)}")
                self.end_headers()
                return
            body = whole[start:]
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(whole) - 1}/{len(whole)}")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: hub.breaks_after or None])

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    return Handler


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    found = Hub({f"{HOME}/model.onnx": MODEL, f"{HOME}/selected_tags.csv": b"tag_id,name\n"})
    found.listing = [listed("model.onnx", MODEL), {"Path": "folder", "Type": "tree"}]
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(found))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    found.address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("MODELSCOPE_ENDPOINT", found.address)
    monkeypatch.setattr(modelscope, "SECONDS", 5.0)
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def listed(path: str, data: bytes) -> dict[str, object]:
    return {"Path": path, "Type": "blob", "Size": len(data), "Sha256": hashlib.sha256(data).hexdigest()}


def silent(_share: float) -> None:
    """Take what is told, and tell nobody."""


def test_a_known_model_comes_from_its_place_there_and_says_how_far_it_is(hub: Hub, tmp_path: Path) -> None:
    source = source_of("wd-vit-tagger-v3", tmp_path)
    told: list[tuple[str, float | None]] = []
    fetch(source, "modelscope", lambda name, share: told.append((name, share)))
    assert kind_of(source.folder) == "wd"
    assert (source.folder / "model.onnx").read_bytes() == MODEL
    assert told == [("model.onnx", None), ("model.onnx", 1.0), ("selected_tags.csv", None), ("selected_tags.csv", 1.0)]
    asked = len(hub.asked)
    fetch(source, "modelscope", lambda _name, _share: None)
    assert len(hub.asked) == asked + 1, "what is here is not asked for again"


def test_a_connection_that_breaks_is_taken_up_where_it_broke(hub: Hub, tmp_path: Path) -> None:
    hub.breaks_after = 3000
    place = tmp_path / "model.onnx"
    download(f"{hub.address}{HOME}/model.onnx", place, Listed("model.onnx"), silent)
    assert place.read_bytes() == MODEL
    assert [wanted for _, wanted in hub.asked] == ["", "bytes=3000-", "bytes=6000-", "bytes=9000-"]
    assert list(tmp_path.iterdir()) == [place]


def test_what_an_earlier_process_left_is_gone_on_with(hub: Hub, tmp_path: Path) -> None:
    place = tmp_path / "model.onnx"
    place.with_name(place.name + UNFINISHED).write_bytes(MODEL[:100])
    download(f"{hub.address}{HOME}/model.onnx", place, Listed("model.onnx"), silent)
    assert hub.asked == [(f"{HOME}/model.onnx", "bytes=100-")]
    assert place.read_bytes() == MODEL


@pytest.mark.parametrize("left", [len(MODEL), len(MODEL) + 7])
def test_one_that_was_whole_already_and_one_that_is_another_file(hub: Hub, tmp_path: Path, left: int) -> None:
    place = tmp_path / "model.onnx"
    place.with_name(place.name + UNFINISHED).write_bytes((MODEL + b"another")[:left])
    download(f"{hub.address}{HOME}/model.onnx", place, Listed("model.onnx"), silent)
    assert place.read_bytes() == MODEL


def test_a_server_without_ranges_begins_anew(hub: Hub, tmp_path: Path) -> None:
    hub.knows_ranges = False
    place = tmp_path / "model.onnx"
    place.with_name(place.name + UNFINISHED).write_bytes(b"x" * 100)
    download(f"{hub.address}{HOME}/model.onnx", place, Listed("model.onnx"), silent)
    assert place.read_bytes() == MODEL


def test_one_that_breaks_for_ever_keeps_what_came(hub: Hub, tmp_path: Path) -> None:
    hub.breaks_after = 1
    place = tmp_path / "model.onnx"
    with pytest.raises(DownloadError, match="broke off 5 times"):
        download(f"{hub.address}{HOME}/model.onnx", place, Listed("model.onnx"), silent)
    assert place.with_name(place.name + UNFINISHED).read_bytes() == MODEL[:5]


def test_damage_is_found_by_the_hash_and_not_kept(hub: Hub, tmp_path: Path) -> None:
    hub.files[f"{HOME}/model.onnx"] = MODEL[:-1] + b"?"
    with pytest.raises(MikazukiError, match="came damaged") as error:
        fetch(source_of("wd-vit-tagger-v3", tmp_path), "modelscope", lambda _name, _share: None)
    assert error.value.code == "hub-failed"
    assert list((tmp_path / "wd-vit-tagger-v3").iterdir()) == []


def test_another_repository_gives_the_files_that_fit_and_none_outside(hub: Hub, tmp_path: Path) -> None:
    names = ("model.onnx", "tags.txt", "README.md", "../tags.txt")
    hub.files = {f"/models/owner/name/resolve/master/{name}": b"data" for name in names}
    hub.listing = [{"Path": name, "Type": "blob"} for name in names]
    fetch(source_of("owner/name", tmp_path / "models"), "modelscope", lambda _name, _share: None)
    assert {path.name for path in (tmp_path / "models" / "name").iterdir()} == {"model.onnx", "tags.txt"}
    assert not (tmp_path / "models" / "tags.txt").exists()


def test_without_a_list_a_known_model_comes_all_the_same_and_another_one_not(hub: Hub, tmp_path: Path) -> None:
    hub.listing = None
    fetch(source_of("wd-vit-tagger-v3", tmp_path), "modelscope", lambda _name, _share: None)
    assert kind_of(tmp_path / "wd-vit-tagger-v3") == "wd"
    with pytest.raises(MikazukiError, match="did not answer with a list"):
        fetch(source_of("owner/name", tmp_path), "modelscope", lambda _name, _share: None)


def test_an_address_that_is_no_address_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODELSCOPE_ENDPOINT", "file:///etc")
    assert HUBS["modelscope"].home == "file:///etc"
    with pytest.raises(MikazukiError, match="no address of the web"):
        fetch(source_of("wd-vit-tagger-v3", tmp_path), "modelscope", lambda _name, _share: None)
