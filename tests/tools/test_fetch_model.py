"""A base model is fetched file by file, goes on where it was broken off, and comes from the cache offline."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import huggingface_hub
import pytest

from mikazuki.errors import MikazukiError
from mikazuki.events import EventWriter
from mikazuki.models.identify import identify
from mikazuki.settings.fetch import FetchSettings
from mikazuki.tools.fetch_model import fetch, wanted
from tests.models import tiny
from tests.training.fake_hub import FakeHub

NAME = "me/cats"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeHub]:
    with FakeHub() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True)
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "cache"))
        yield hub


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.make("sd1", tmp_path_factory.mktemp("model"), "diffusers")


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(folder: Path, stop: Path | None = None) -> Path:
    settings = FetchSettings(repository=NAME, models_dir=str(folder))
    found: dict[str, Any] = fetch(settings, EventWriter(None), stop)
    path: Path = found["path"]
    return path


def test_what_belongs_to_a_model() -> None:
    weights = ("diffusion_pytorch_model.bin", "diffusion_pytorch_model.safetensors", "model.fp16.safetensors")
    names = [f"{part}/{name}" for part in ("unet", "vae", "text_encoder") for name in (*weights, "config.json")]
    names += ["model_index.json", "scheduler/scheduler_config.json", "tokenizer/vocab.json", "pruned.ckpt", "README.md"]
    found = wanted([*names, "safety_checker/model.safetensors", "tokenizer/../../vocab.json"], NAME)
    assert not [name for name in found if ".." in name]
    assert [name for name in found if name.startswith("unet/")] == ["unet/config.json", f"unet/{weights[1]}"]
    assert {"model_index.json", "scheduler/scheduler_config.json", "tokenizer/vocab.json"} < set(found)
    assert not {"pruned.ckpt", "README.md", "safety_checker/model.safetensors"} & set(found)
    shards = [f"unet/model-0000{n}-of-00002.safetensors" for n in (1, 2)]
    assert set(shards) < set(wanted(["model_index.json", "unet/config.json", *shards], NAME))
    with pytest.raises(MikazukiError) as caught:
        wanted(["model.safetensors"], NAME)
    assert caught.value.code == "hub-lacks-model"


def test_a_broken_off_download_goes_on(server: FakeHub, model: Path, tmp_path: Path) -> None:
    server.received.files = {**files_of(model), "extra.ckpt": b"large"}
    (tmp_path / "stop").touch()
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "models", tmp_path / "stop")
    (part,) = (tmp_path / "models").iterdir()
    first = {path: path.stat().st_mtime_ns for path in part.rglob("*.json") if ".cache" not in path.parts}
    assert len(first) == 1
    path = run(tmp_path / "models")
    assert path == tmp_path / "models" / "me--cats"
    assert files_of(path) == files_of(model)
    assert identify(path).family == "sd1"
    assert [one.name for one in (tmp_path / "models").iterdir()] == ["me--cats"]
    kept = path / next(iter(first)).relative_to(part)
    assert kept.stat().st_mtime_ns == next(iter(first.values()))
    with pytest.raises(MikazukiError) as caught:
        run(tmp_path / "models")
    assert caught.value.code == "output-exists"


def test_a_model_in_the_cache_needs_no_network(
    monkeypatch: pytest.MonkeyPatch, server: FakeHub, model: Path, tmp_path: Path
) -> None:
    server.received.files = files_of(model)
    huggingface_hub.snapshot_download(NAME, endpoint=server.url)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    assert files_of(run(tmp_path / "models")) == files_of(model)
    shutil.rmtree(tmp_path / "models")
    shutil.rmtree(tmp_path / "cache")
    with pytest.raises(MikazukiError, match="could not be fetched") as caught:
        run(tmp_path / "models")
    assert caught.value.code == "hub-failed"


def test_a_name_that_no_hub_allows(server: FakeHub, tmp_path: Path) -> None:
    assert server.url
    with pytest.raises(MikazukiError) as caught:
        fetch(FetchSettings(repository="me/my--cat", models_dir=str(tmp_path)), EventWriter(None))
    assert caught.value.code == "hub-failed"


def test_what_the_hub_does_not_have(server: FakeHub, tmp_path: Path) -> None:
    assert server.url
    with pytest.raises(MikazukiError) as caught:
        run(tmp_path / "models")
    assert caught.value.code == "hub-lacks-model"
