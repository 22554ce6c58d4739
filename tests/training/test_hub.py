"""Uploads arrive at a hub on the loopback byte for byte, and no failing one ends a training."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.events import EventWriter
from mikazuki.settings.train import TrainSettings
from mikazuki.training.hub import Hub, Remote, fetch_state, parse_remote
from mikazuki.training.report import Report
from tests.training import making
from tests.training.fake_hub import FakeHub

TOKEN = "hf_very_secret"  # noqa: S105 - it opens nothing


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeHub]:
    with FakeHub() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
        # the other way to send large files, by chunks, needs a server of its own
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True)
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "cache"))
        yield hub


def settings(**more: object) -> TrainSettings:
    values = {"pretrained_model_name_or_path": "m", "train_data_dir": "d", "huggingface_repo_id": "me/cats"}
    return TrainSettings.model_validate({**values, **more})


def hub_of(folder: Path, **more: object) -> Hub:
    return Hub(settings(**more), Report(EventWriter(folder / "events.jsonl")))


def warnings(folder: Path) -> list[str]:
    path = folder / "events.jsonl"
    return [event["text"] for event in making.read_events(folder)] if path.exists() else []


def test_files_and_folders_arrive(tmp_path: Path, server: FakeHub) -> None:
    model = tmp_path / "cat.safetensors"
    model.write_bytes(bytes(range(256)) * 30)
    state = tmp_path / "cat-state"
    state.mkdir()
    (state / "train_state.json").write_text("{}", encoding="utf-8")
    (state / "optimizer.pt").write_bytes(b"weights")
    hub = hub_of(tmp_path, huggingface_path_in_repo="/loras/")
    hub.upload(model)
    hub.upload(state)
    assert server.received.files == {
        "loras/cat.safetensors": model.read_bytes(),
        "loras/cat-state/train_state.json": b"{}",
        "loras/cat-state/optimizer.pt": b"weights",
    }
    hub.close()
    assert server.received.tokens == {f"Bearer {TOKEN}"}
    (made,) = server.received.repositories
    assert (made["organization"], made["name"], made["visibility"]) == ("me", "cats", "private")
    assert not warnings(tmp_path)


def test_a_public_repository(tmp_path: Path, server: FakeHub) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    hub = hub_of(tmp_path, huggingface_repo_visibility="public", huggingface_repo_type="dataset")
    hub.upload(tmp_path / "a.txt")
    hub.close()
    (made,) = server.received.repositories
    assert (made["visibility"], made["type"]) == ("public", "dataset")
    assert server.received.files == {"a.txt": b"a"}


def test_the_training_goes_on_while_a_file_is_uploaded(tmp_path: Path, server: FakeHub) -> None:
    server.received.gate.clear()
    model = tmp_path / "cat.safetensors"
    model.write_bytes(b"weights")
    hub = hub_of(tmp_path, async_upload=True)
    hub.upload(model)
    assert not server.received.files
    opened = threading.Timer(0.2, server.received.gate.set)
    opened.start()
    hub.settle(model)
    assert server.received.files == {"cat.safetensors": b"weights"}
    hub.settle(tmp_path / "another")
    hub.close()
    opened.join()


def test_what_is_under_way_is_waited_for_at_the_end(tmp_path: Path, server: FakeHub) -> None:
    names = [f"{number}.safetensors" for number in range(3)]
    hub = hub_of(tmp_path, async_upload=True)
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
        hub.upload(tmp_path / name)
    hub.close()
    assert set(server.received.files) == set(names)


@pytest.mark.parametrize("later", [False, True])
def test_a_failing_upload_is_told_and_passed_over(tmp_path: Path, server: FakeHub, *, later: bool) -> None:
    server.received.broken = True
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    hub = hub_of(tmp_path, async_upload=later)
    hub.upload(tmp_path / "a.txt")
    hub.close()
    (text,) = warnings(tmp_path)
    assert "a.txt is saved, but its upload failed" in text
    assert TOKEN not in text


def test_a_hub_that_is_not_there_is_told(tmp_path: Path, server: FakeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", server.url.replace("127.0.0.1", "127.0.0.2").rsplit(":", 1)[0] + ":9")
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    hub = hub_of(tmp_path)
    hub.upload(tmp_path / "a.txt")
    hub.close()
    assert len(warnings(tmp_path)) == 1
    with pytest.raises(MikazukiError, match="could not be fetched") as caught:
        fetch_state("me/cats/x-state")
    assert caught.value.code == "hub-failed"


def test_without_a_repository_nothing_happens(tmp_path: Path) -> None:
    hub = hub_of(tmp_path, huggingface_repo_id=None)
    hub.upload(tmp_path / "not there")
    hub.close()
    assert not warnings(tmp_path)


def test_a_state_comes_back_as_it_was_uploaded(server: FakeHub) -> None:
    server.received.files |= {"loras/x-state/model.safetensors": b"weights", "other/file": b"not this"}
    folder = fetch_state("me/cats/loras/x-state")
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {"model.safetensors": b"weights"}
    assert not (folder.parent.parent / "other").exists()


@pytest.mark.parametrize("text", ["me/missing/x-state", "me/cats/no-such-state", "me/cats"])
def test_a_state_that_is_not_there(text: str, server: FakeHub) -> None:
    server.received.files["a"] = b"a"
    with pytest.raises(MikazukiError, match=text) as caught:
        fetch_state(text)
    assert caught.value.code == "state-not-found"


def test_what_resume_names() -> None:
    assert parse_remote("a/b/c/d") == Remote("a/b", "c/d", None, None)
    assert parse_remote("a/b/c:v1") == Remote("a/b", "c", "v1", None)
    assert parse_remote("a/b/c:v1:dataset") == Remote("a/b", "c", "v1", "dataset")
