"""Fetching, with a hub of the test's own in place of the library's calls."""

from pathlib import Path
from typing import Any

import huggingface_hub
import pytest

from mikazuki.errors import MikazukiError
from mikazuki.tagging.download import fetch
from mikazuki.tagging.known import kind_of, source_of


def silent(_name: str, _share: float | None) -> None:
    """Take what is told, and tell nobody."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    calls: list[tuple[Any, ...]] = []

    def one(repository: str, file: str, *, local_dir: Path, endpoint: str | None, token: str | None) -> str:
        calls.append((repository, file, endpoint, token))
        path = local_dir / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        return str(path)

    def all_of(repository: str, *, allow_patterns: list[str], local_dir: Path, **_: Any) -> str:
        calls.append((repository, *allow_patterns))
        return str(local_dir)

    monkeypatch.setattr(huggingface_hub, "hf_hub_download", one)
    monkeypatch.setattr(huggingface_hub, "snapshot_download", all_of)
    monkeypatch.setenv("HF_ENDPOINT", "https://mirror")
    monkeypatch.delenv("HF_TOKEN", raising=False)
    return calls


def test_what_is_missing_alone_is_fetched_and_lies_side_by_side(tmp_path: Path, asked: list[Any]) -> None:
    source = source_of("cl_tagger_1_01", tmp_path)
    said: list[str] = []
    fetch(source, "huggingface", lambda name, _share: said.append(name))
    assert said == ["model.onnx", "tag_mapping.json"]
    assert asked[0] == ("cella110n/cl_tagger", "cl_tagger_1_01/model.onnx", "https://mirror", None)
    assert kind_of(source.folder) == "cl"
    (source.folder / "model.onnx").unlink()
    fetch(source, "hf-mirror", lambda name, _share: said.append(name))
    assert len(asked) == 3
    assert asked[-1][1:3] == ("cl_tagger_1_01/model.onnx", "https://hf-mirror.com")


def test_another_repository_is_fetched_by_patterns(tmp_path: Path, asked: list[Any]) -> None:
    fetch(source_of("owner/name", tmp_path), "huggingface", silent)
    assert asked[0][0] == "owner/name"
    assert {"model.onnx", "selected_tags.csv", "*.safetensors"} <= set(asked[0])


def test_without_a_network_the_way_by_hand_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise ConnectionError("no route")

    monkeypatch.setattr(huggingface_hub, "hf_hub_download", gone)
    with pytest.raises(MikazukiError, match=r"no route.*--where wd-vit-tagger-v3") as error:
        fetch(source_of("wd-vit-tagger-v3", tmp_path), "huggingface", silent)
    assert error.value.code == "hub-failed"


def test_the_real_library_refuses_offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(MikazukiError) as error:
        fetch(source_of("wd-vit-tagger-v3", tmp_path), "huggingface", silent)
    assert error.value.code == "hub-failed"


def test_the_mirror_may_be_a_third_place(tmp_path: Path, asked: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_ENDPOINT")
    fetch(source_of("wd-vit-tagger-v3", tmp_path), "huggingface", silent)
    assert {call[2] for call in asked} == {None}, "the library's own address"


def test_what_a_place_does_not_have_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError, match="not at modelscope") as error:
        fetch(source_of("cl_tagger_1_01", tmp_path), "modelscope", silent)
    assert error.value.code == "hub-lacks"
    assert list(tmp_path.iterdir()) == []
