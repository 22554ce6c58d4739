"""What a training will see, page by page, and the crops that its addresses name."""

import io
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from mikazuki.paths import Paths
from mikazuki.web.app import create_app
from mikazuki.web.studio import Studio
from tests.cli import world


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A studio with four upright pictures, and a wide one: red, green and blue from left to right."""
    for name in ("sd-models", "output", "logs", "config"):
        (tmp_path / name).mkdir()
    world.pictures(tmp_path / "train" / "aki" / "2_aki", 4, caption="aki, on grass, at night")
    wide = Image.new("RGB", (256, 128), (200, 0, 0))
    wide.paste((0, 200, 0), (128, 0, 192, 128))
    wide.paste((0, 0, 200), (192, 0, 256, 128))
    wide.save(tmp_path / "train" / "aki" / "2_aki" / "wide.png")
    world.safetensors(tmp_path / "sd-models" / "model.safetensors", world.SD1)
    return TestClient(create_app(Studio(Paths(tmp_path))))


@pytest.fixture
def values(client: TestClient, tmp_path: Path) -> dict[str, Any]:
    """Settings that nothing stops, with things that change from epoch to epoch."""
    assert client
    return {
        "pretrained_model_name_or_path": str(tmp_path / "sd-models" / "model.safetensors"),
        "train_data_dir": str(tmp_path / "train" / "aki"),
        "output_dir": str(tmp_path / "output"),
        "logging_dir": str(tmp_path / "logs"),
        "resolution": "64,64",
        "min_bucket_reso": 32,
        "bucket_reso_steps": 16,
        "max_train_epochs": 3,
        "shuffle_caption": True,
        "seed": 4,
    }


def seen(client: TestClient, values: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = client.post("/api/preview", json={"values": values, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_an_epoch_page_by_page(client: TestClient, values: dict[str, Any]) -> None:
    first = seen(client, values, limit=7)["preview"]
    assert first["epoch"]["buckets"] == [
        {"size": [48, 80], "shown": 8, "batches": 8}, {"size": [80, 48], "shown": 2, "batches": 2}
    ]  # fmt: skip
    assert (first["total"], len(first["batches"]), first["seed"], first["max_train_steps"]) == (10, 7, 4, 30)
    second = seen(client, values, limit=7, start=7, fresh=False)["preview"]
    assert [batch["batch"] for batch in first["batches"] + second["batches"]] == list(range(1, 11))
    (row,) = second["batches"][0]["pictures"]
    assert sorted(row["caption"].split(", ")) == sorted(row["before"].split(", "))
    assert first["rates"]["rates"].keys() == {"unet", "text_encoder"}
    wide = seen(client, values, bucket=[80, 48])["preview"]
    assert wide["total"] == len(wide["batches"]) == 2
    beyond = seen(client, values, epoch=9)["preview"]
    assert (beyond["epoch"]["epoch"], beyond["epoch"]["first_step"]) == (3, 21)
    assert beyond["batches"] != first["batches"]


def test_pages_are_turned_without_looking_anew(client: TestClient, values: dict[str, Any], tmp_path: Path) -> None:
    before = seen(client, values)
    (tmp_path / "train" / "aki" / "2_aki" / "0.txt").write_text("new", encoding="utf-8")
    assert seen(client, values, fresh=False) == before
    after = seen(client, values, limit=50)
    told = [row["caption"] for batch in after["preview"]["batches"] for row in batch["pictures"]]
    assert told.count("new") == 2
    other = seen(client, {**values, "seed": 5}, fresh=False)
    assert other["preview"]["seed"] == 5


def test_what_is_in_the_way_is_an_answer(client: TestClient, values: dict[str, Any], tmp_path: Path) -> None:
    for change, code in (
        ({"network_dim": 0}, "settings-wrong"),
        ({"train_data_dir": str(tmp_path / "train" / "none")}, "dataset-not-found"),
        ({"pretrained_model_name_or_path": str(tmp_path / "sd-models" / "none")}, "nothing-to-foresee"),
        ({"train_data_dir": "/"}, "outside-roots"),
        ({"method": "full"}, "preview-ours-only"),
    ):
        answer = seen(client, {**values, **change})
        assert ([one["code"] for one in answer["problems"]], answer["preview"]) == ([code], None)


def picture(client: TestClient, url: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
    answer = client.get("/" + url)
    assert answer.status_code == 200, answer.text
    assert "immutable" in answer.headers["cache-control"]
    with Image.open(io.BytesIO(answer.content)) as opened:
        return np.asarray(opened.convert("RGB"))


def wide_url(client: TestClient, values: dict[str, Any], **options: Any) -> str:
    found = seen(client, {**values, **options}, bucket=[80, 48])["preview"]
    url: str = found["batches"][0]["pictures"][0]["url"]
    return url


def test_a_crop_is_what_is_cut_out(client: TestClient, values: dict[str, Any], tmp_path: Path) -> None:
    url = wide_url(client, values)
    shown = picture(client, url).astype(int)
    assert shown.shape == (48, 80, 3)
    # of 256 pixels the middle 213 are left: red to 128, green to 192, then blue
    assert np.argmax(shown[24, [2, 36, 44, 60, 68, 78]], axis=1).tolist() == [0, 0, 1, 1, 2, 2]
    mirrored = picture(client, url + "&flip=true").astype(int)
    assert np.abs(mirrored[:, ::-1] - shown).mean() < 12
    darker = picture(client, url + "&gamma=2").astype(int)
    assert 140 < darker[24, 5, 0] < 170
    kept = list((tmp_path / "logs" / ".thumbnails").rglob("*.webp"))
    assert len(kept) == 3
    picture(client, url)
    assert len(list((tmp_path / "logs" / ".thumbnails").rglob("*.webp"))) == 3


def test_a_mask_lies_over_the_crop(client: TestClient, values: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "train" / "aki" / "2_aki"
    with Image.open(folder / "wide.png") as opened:
        clear = opened.convert("RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 128, 128))
    clear.save(folder / "wide.png")
    url = wide_url(client, values, alpha_mask=True)
    assert parse_qs(urlsplit(url).query)["clear"] == ["True"]
    shown = picture(client, url).astype(int)
    assert np.abs(shown[24, 5] - (154, 0, 84)).max() < 12
    assert np.abs(shown[24, 50] - (0, 200, 0)).max() < 25


def test_crops_stay_within_the_folders_and_the_picture(client: TestClient, tmp_path: Path) -> None:
    path = str(tmp_path / "train" / "aki" / "2_aki" / "wide.png")
    whole = {"path": path, "size": "256,128", "crop": "0,0,256,128", "bucket": "80,48"}
    assert client.get("/api/preview/picture", params=whole).status_code == 200
    assert "no-cache" in client.get("/api/preview/picture", params=whole).headers["cache-control"]
    for change, status in (
        ({"path": "/etc/hostname"}, 403),
        ({"mask": "/etc/hostname"}, 403),
        ({"path": str(tmp_path / "train" / "none.png")}, 404),
        ({"crop": "0,0,900,128"}, 422),
        ({"crop": "5,0,5,128"}, 422),
        ({"crop": "nan,0,5,128"}, 422),
        ({"bucket": "0,48"}, 422),
        ({"bucket": "99999,1"}, 422),
        ({"gamma": "1000"}, 422),
        ({"path": str(tmp_path / "train" / "aki" / "2_aki" / "0.txt")}, 422),
    ):
        answer = client.get("/api/preview/picture", params={**whole, **change})
        assert answer.status_code == status, change
        assert answer.json()["errors"]
