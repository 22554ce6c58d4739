"""Routes of masks: what is there, painting, conflicts, former versions, models, and what lies outside."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from mikazuki.web import mask_answers
from mikazuki.web.studio import Studio
from tests.tools.saliency import bright_model
from tests.tools.test_masks import by_hand, picture

BASE = "/api/datasets/mask"


@pytest.fixture
def dataset(studio: Studio) -> Path:
    """A data set of three pictures, the last one half transparent."""
    folder = studio.paths.train / "cats"
    for name in ("a.png", "b.png"):
        picture(folder / "10_sks cat" / name)
    half = Image.new("RGBA", (8, 8), "red")
    half.paste((0, 0, 0, 0), (0, 0, 8, 4))
    half.save(folder / "10_sks cat" / "c.png")
    return folder


def named(dataset: Path, name: str = "a.png", **more: Any) -> dict[str, Any]:
    return {"dataset": "train/cats", "picture": str(dataset / "10_sks cat" / name), **more}


def sheet(client: TestClient, dataset: Path, name: str = "a.png") -> dict[str, Any]:
    answer = client.get(BASE, params=named(dataset, name))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def png(value: int, size: tuple[int, int] = (8, 8), mode: str = "RGBA") -> bytes:
    out = BytesIO()
    Image.new("L", size, value).convert(mode).save(out, "PNG")
    return out.getvalue()


def put(client: TestClient, dataset: Path, data: bytes, status: int = 200, **more: Any) -> Any:
    answer = client.put(BASE, params=named(dataset, **more), content=data, headers={"content-type": "image/png"})
    assert answer.status_code == status, answer.text
    return answer.json() if status == 200 else answer.json()["errors"][0]["code"]


def pixels(data: bytes) -> Any:
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.mode) == ("PNG", "L")
        return np.asarray(image)


def test_a_picture_is_told_with_its_neighbours_and_what_a_training_needs(client: TestClient, dataset: Path) -> None:
    found = sheet(client, dataset, "b.png")
    assert (found["name"], found["width"], found["working_height"]) == ("10_sks cat/b.png", 8, 8)
    assert [Path(found[key]).name for key in ("before", "after")] == ["a.png", "c.png"]
    assert (found["modified"], found["remarks"], found["former"], found["models"]) == (None, [], [], [])
    assert (found["folder"], found["pictures"], found["masked"]) == ("train/cats-masks", 3, 0)
    assert found["models_dir"] == "sd-models/masks"
    assert client.get(found["url"]).status_code == 200
    assert (sheet(client, dataset)["before"], sheet(client, dataset, "c.png")["after"]) == (None, None)


def test_a_mask_is_saved_replaced_brought_back_and_deleted(client: TestClient, dataset: Path) -> None:
    place = dataset.with_name("cats-masks") / "10_sks cat" / "a.png"
    first = put(client, dataset, png(200))
    assert (first["place"], first["masked"], first["modified"]) == (str(place), 1, place.stat().st_mtime)
    assert put(client, dataset, png(1), 409) == "mask-changed"
    second = put(client, dataset, png(100), seen=first["modified"])
    assert (pixels(place.read_bytes()) == 100).all()
    (former,) = second["former"]
    layer = client.get(f"{BASE}/layer", params=named(dataset, kind=former["version"]))
    assert (pixels(layer.content) == 200).all()
    assert (pixels(client.get(f"{BASE}/layer", params=named(dataset)).content) == 100).all()
    assert client.delete(BASE, params=named(dataset, seen=first["modified"])).status_code == 409
    gone = client.delete(BASE, params=named(dataset, seen=second["modified"])).json()
    assert (gone["modified"], len(gone["former"]), place.exists()) == (None, 2, False)
    assert client.get(f"{BASE}/layer", params=named(dataset)).status_code == 404


def test_a_large_picture_is_painted_small_and_saved_whole(client: TestClient, dataset: Path) -> None:
    Image.new("RGB", (3000, 2000)).save(dataset / "10_sks cat" / "large.jpg")
    found = sheet(client, dataset, "large.jpg")
    small = (found["working_width"], found["working_height"])
    assert small == (2449, 1632)
    put(client, dataset, png(255, small), name="large.jpg")
    with Image.open(dataset.with_name("cats-masks") / "10_sks cat" / "large.png") as image:
        assert image.size == (3000, 2000)
    layer = client.get(f"{BASE}/layer", params=named(dataset, "large.jpg"))
    assert pixels(layer.content).shape == small[::-1]


def test_transparency_and_odd_masks_are_layers_too(client: TestClient, dataset: Path) -> None:
    alpha = client.get(f"{BASE}/layer", params=named(dataset, "c.png", kind="alpha"))
    assert pixels(alpha.content).tolist() == [[0] * 8] * 4 + [[255] * 8] * 4
    assert client.get(f"{BASE}/layer", params=named(dataset, kind="alpha")).status_code == 404
    place = dataset.with_name("cats-masks") / "10_sks cat" / "a.bmp"
    place.parent.mkdir(parents=True)
    Image.new("L", (4, 4), 9).save(place)
    found = sheet(client, dataset)
    assert (found["place"], [one["code"] for one in found["remarks"]]) == (str(place), ["mask-size"])
    assert (pixels(client.get(f"{BASE}/layer", params=named(dataset)).content) == np.full((8, 8), 9)).all()
    place.write_bytes(b"broken")
    assert [one["code"] for one in sheet(client, dataset)["remarks"]] == ["mask-unreadable"]
    assert client.get(f"{BASE}/layer", params=named(dataset)).status_code == 422
    put(client, dataset, png(5), seen=place.stat().st_mtime)
    assert [path.name for path in place.parent.iterdir() if path.is_file()] == ["a.png"]


def test_a_model_is_asked_and_nothing_is_saved(client: TestClient, dataset: Path, studio: Studio) -> None:
    bright_model(studio.paths.root / "sd-models" / "masks" / "bright.onnx")
    assert sheet(client, dataset)["models"] == ["bright"]
    answer = client.post(f"{BASE}/guess", json=named(dataset, model="bright", threshold=0.5))
    assert np.array_equal(pixels(answer.content), by_hand(0))
    assert not dataset.with_name("cats-masks").exists()
    asked = named(dataset, model="../masks/bright")
    assert client.post(f"{BASE}/guess", json=asked).status_code == 404


def test_what_is_sent_is_bounded_and_checked(
    client: TestClient, dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert put(client, dataset, b"", 422) == "mask-wrong"
    assert put(client, dataset, png(1, mode="P"), 422) == "mask-wrong"
    assert put(client, dataset, png(1, (7, 3)), 422) == "mask-size"
    monkeypatch.setattr(mask_answers, "MOST_BYTES", 50)
    assert put(client, dataset, png(1), 422) == "mask-wrong"
    assert not dataset.with_name("cats-masks").exists()


def test_nothing_outside_the_folders_is_looked_at_or_written(client: TestClient, dataset: Path, tmp_path: Path) -> None:
    outside = picture(tmp_path / "elsewhere" / "a.png")
    linked = dataset / "linked.png"
    linked.symlink_to(outside)
    for asked, status in (
        ({"dataset": str(outside.parent), "picture": str(outside)}, 403),
        ({"dataset": "train/cats", "picture": str(outside)}, 403),
        ({"dataset": "train/cats", "picture": str(linked)}, 403),
        ({"dataset": "train/cats/../../output", "picture": str(dataset / "10_sks cat" / "a.png")}, 404),
        ({"dataset": "train", "picture": str(dataset / "10_sks cat" / "a.png")}, 403),
        ({"dataset": "train/cats", "picture": "train/cats"}, 404),
    ):
        assert client.get(BASE, params=asked).status_code == status, asked
        assert client.put(BASE, params=asked, content=png(1)).status_code == status
    masks = dataset.with_name("cats-masks")
    masks.symlink_to(outside.parent)
    assert put(client, dataset, png(1), 403) == "outside-roots"
    assert [path.name for path in outside.parent.iterdir()] == ["a.png"]
