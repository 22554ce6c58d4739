"""Routes of models: found, told, renamed, deleted and brought back."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from mikazuki.paths import Paths
from mikazuki.web.app import create_app
from mikazuki.web.studio import Studio
from tests.models.conftest import fake_safetensors

DOWN = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight"
METADATA = {
    "ss_base_model_version": "sd_v1",
    "ss_network_dim": "4",
    "ss_network_alpha": "2.0",
    "ss_sd_model_name": "base",
    "ss_tag_frequency": json.dumps({"10_sks cat": {"cat": 3}}),
    "ss_dataset_dirs": json.dumps({"10_sks cat": {"n_repeats": 10, "img_count": 3}}),
}


@pytest.fixture
def page(tmp_path: Path) -> TestClient:
    """A studio whose output holds an adapter and a broken file."""
    for name in ("train", "sd-models", "output", "logs", "config"):
        (tmp_path / name).mkdir()
    shapes: dict[str, tuple[int, ...]] = {DOWN: (4, 768), DOWN.replace("down", "up"): (320, 4)}
    fake_safetensors(tmp_path / "output" / "cat.safetensors", shapes, METADATA)
    (tmp_path / "output" / "broken.safetensors").write_text("<html>", encoding="utf-8")
    fake_safetensors(tmp_path / "train" / "not-here.safetensors", {DOWN: (4, 768)})
    return TestClient(create_app(Studio(Paths(tmp_path))))


def test_models_are_listed_and_broken_ones_say_why(page: TestClient) -> None:
    rows = {row["name"]: row for row in page.get("/api/models").json()["models"]}
    assert set(rows) == {"cat.safetensors", "broken.safetensors"}
    assert rows["cat.safetensors"]["kind"] == "lora"
    assert (rows["cat.safetensors"]["family"], rows["cat.safetensors"]["rank"]) == ("sd1", 4)
    assert "web page" in rows["broken.safetensors"]["problem"]


def test_one_tells_its_recipe_tags_and_trigger(page: TestClient, tmp_path: Path) -> None:
    told = page.get("/api/models/detail", params={"path": str(tmp_path / "output" / "cat.safetensors")}).json()
    assert told["recipe"] == {"network_alpha": 2.0, "pretrained_model_name_or_path": "base"}
    assert (told["tags"], told["pictures"], told["trigger"]) == ([["cat", 3]], 3, "sks cat")
    assert len(told["sha256"]) == 64
    assert told["metadata"] == METADATA


def test_one_of_a_job_has_its_settings_and_samples(page: TestClient, tmp_path: Path) -> None:
    job = tmp_path / "logs" / "jobs" / "20260101-000000-cat-0001"
    job.mkdir(parents=True)
    (job / "config.toml").write_text('network_dim = 8\noutput_name = "cat"\n', encoding="utf-8")
    (tmp_path / "output" / "s.png").write_bytes(b"")
    events: list[dict[str, object]] = [
        {"time": 1.0, "kind": "sample", "path": "output/s.png"},
        {"time": 2.0, "kind": "done", "path": "output/cat.safetensors"},
    ]
    (job / "events.jsonl").write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    told = page.get("/api/models/detail", params={"path": str(tmp_path / "output" / "cat.safetensors")}).json()
    assert told["recipe"] == {"network_dim": 8, "output_name": "cat"}
    assert (told["row"]["job"], told["row"]["preview"]) == (job.name, str(tmp_path / "output" / "s.png"))
    assert told["samples"] == [str(tmp_path / "output" / "s.png")]


def test_a_model_is_renamed(page: TestClient, tmp_path: Path) -> None:
    asked = {"path": str(tmp_path / "output" / "cat.safetensors"), "name": "dog"}
    assert page.post("/api/models/rename", json=asked).json()["name"] == "dog.safetensors"
    assert page.post("/api/models/rename", json=asked).status_code == 404
    asked = {"path": str(tmp_path / "output" / "dog.safetensors"), "name": "broken"}
    assert page.post("/api/models/rename", json=asked).status_code == 409
    assert page.post("/api/models/rename", json={**asked, "name": "../../x"}).status_code == 422


def test_a_model_is_deleted_and_comes_back(page: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "output" / "cat.safetensors"
    ids = page.post("/api/models/delete", json={"path": str(path)}).json()["ids"]
    assert not path.exists()
    for one in ids:
        page.post(f"/api/bin/{one}/restore")
    assert path.exists()


def test_nothing_else_than_models(page: TestClient, tmp_path: Path) -> None:
    (tmp_path / "config" / "default.toml").write_text("", encoding="utf-8")
    for name in ("config/default.toml", "output", "output/none.safetensors"):
        path = str(tmp_path / name)
        assert page.post("/api/models/delete", json={"path": path}).status_code == 404
        assert page.get("/api/models/detail", params={"path": path}).status_code == 404
    assert page.post("/api/models/delete", json={"path": "/etc/x.safetensors"}).status_code == 403
