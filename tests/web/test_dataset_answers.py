"""Routes of data sets: from listing to undo, and what is refused with which status."""

import io
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from mikazuki.paths import Paths
from mikazuki.web.app import create_app
from mikazuki.web.studio import Studio


def _png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def page(tmp_path: Path) -> TestClient:
    """A studio of an empty repository; `more` is a folder that a person added."""
    for name in ("train", "sd-models", "output", "logs", "config", "more"):
        (tmp_path / name).mkdir()
    return TestClient(create_app(Studio(Paths(tmp_path), more_roots=[tmp_path / "more"])))


@pytest.fixture
def cats(page: TestClient, tmp_path: Path) -> Path:
    """A data set with two pictures, the first captioned."""
    made = page.post("/api/datasets", json={"name": "cats", "repeats": 10, "words": "sks cat"})
    assert made.status_code == 201
    folder = tmp_path / "train" / "cats" / "10_sks cat"
    files = [("files", ("1.png", _png())), ("files", ("2.png", _png())), ("files", ("1.txt", b"sks cat, red"))]
    answer = page.post("/api/datasets/upload", params={"path": str(folder)}, files=files)
    assert answer.json()["skipped"] == []
    return folder


def test_a_data_set_is_made_filled_and_listed(page: TestClient, cats: Path) -> None:
    (found,) = page.get("/api/datasets").json()
    assert (found["name"], found["pictures"], found["captions"]) == ("cats", 2, 1)
    assert found["folders"][0] | {"path": ""} == {
        "name": "10_sks cat",
        "path": "",
        "repeats": 10,
        "words": "sks cat",
        "pictures": 2,
        "captions": 1,
    }
    assert found["preview"] == [str(cats / "1.png"), str(cats / "2.png")]
    assert page.get("/api/datasets/one", params={"path": str(cats.parent)}).json() == found
    assert page.post("/api/datasets", json={"name": "cats"}).status_code == 409


def test_folders_of_a_persons_own_are_listed_where_they_hold_pictures(page: TestClient, tmp_path: Path) -> None:
    for name in ("more/dogs", "more/papers", "output/sample"):
        (tmp_path / name).mkdir()
    for name in ("more/dogs/a.png", "output/sample/a.png"):
        (tmp_path / name).write_bytes(_png())
    assert [one["name"] for one in page.get("/api/datasets").json()] == ["dogs"]


def test_a_page_of_pictures(page: TestClient, cats: Path) -> None:
    asked = {"path": str(cats.parent)}
    whole = page.get("/api/datasets/pictures", params=asked).json()
    assert (whole["total"], [row["name"] for row in whole["pictures"]]) == (2, ["10_sks cat/1.png", "10_sks cat/2.png"])
    assert [row["caption"] for row in whole["pictures"]] == ["sks cat, red", None]
    second = page.get("/api/datasets/pictures", params={**asked, "start": 1, "limit": 1}).json()
    assert (second["total"], second["start"], second["pictures"]) == (2, 1, whole["pictures"][1:])
    assert page.get("/api/datasets/pictures", params={**asked, "text": "RED"}).json()["total"] == 1
    assert page.get("/api/datasets/pictures", params={**asked, "captions": "without"}).json()["total"] == 1
    assert page.get("/api/datasets/pictures", params={**asked, "recursive": False}).json()["total"] == 0
    assert page.get("/api/datasets/pictures", params={**asked, "limit": 0}).status_code == 422


def test_a_caption_is_edited_and_a_conflict_is_told(page: TestClient, cats: Path) -> None:
    row = page.get("/api/datasets/pictures", params={"path": str(cats)}).json()["pictures"][0]
    edit = {"picture": row["path"], "text": "new", "seen": row["caption_modified"]}
    made = page.put("/api/datasets/caption", json=edit)
    assert made.json()["caption"] == "new"
    (cats / "1.txt").write_text("theirs", encoding="utf-8")
    again = page.put("/api/datasets/caption", json={**edit, "seen": 1.0})
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "caption-changed")
    assert (cats / "1.txt").read_text(encoding="utf-8") == "theirs"
    assert page.put("/api/datasets/caption", json={"picture": str(cats / "1.txt"), "text": "x"}).status_code == 404


def test_a_caption_is_removed(page: TestClient, cats: Path) -> None:
    row = page.get("/api/datasets/pictures", params={"path": str(cats)}).json()["pictures"][0]
    edit = {"picture": row["path"], "text": "", "remove": True, "seen": row["caption_modified"]}
    assert page.put("/api/datasets/caption", json=edit).json() == {"caption": None, "caption_modified": None}
    assert not (cats / "1.txt").exists()


def test_names_of_an_upload_keep_their_folders(page: TestClient, tmp_path: Path) -> None:
    (tmp_path / "train" / "mine").mkdir()
    files = [("files", ("5_ohwx dog/a.png", _png())), ("files", ("../out.png", _png())), ("files", ("a.zip", b"no"))]
    answer = page.post("/api/datasets/upload", params={"path": str(tmp_path / "train" / "mine")}, files=files).json()
    assert answer["added"] == [str(tmp_path / "train" / "mine" / "5_ohwx dog" / "a.png")]
    assert {one["name"]: one["code"] for one in answer["skipped"]} == {"../out.png": "outside", "a.zip": "zip"}


def test_deleted_pictures_and_data_sets_come_back(page: TestClient, cats: Path) -> None:
    before = sorted(cats.iterdir())
    ids = page.post("/api/datasets/delete", json={"path": str(cats / "1.png")}).json()["ids"]
    assert [path.name for path in cats.iterdir()] == ["2.png"]
    for one in ids:
        assert page.post(f"/api/bin/{one}/restore").status_code == 200
    assert sorted(cats.iterdir()) == before
    assert page.post("/api/datasets/delete", json={"path": str(cats.parent)}).status_code == 200
    assert page.get("/api/datasets").json() == []


def test_nothing_outside_the_allowed_folders(page: TestClient, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.png").write_bytes(_png())
    (tmp_path / "train" / "link").symlink_to(tmp_path / "secret", target_is_directory=True)
    for path in (tmp_path / "secret", tmp_path / "train" / ".." / "secret", tmp_path / "train" / "link"):
        params = {"path": str(path)}
        asked = [
            page.get("/api/datasets/pictures", params=params),
            page.get("/api/datasets/one", params=params),
            page.post("/api/datasets/upload", params=params, files=[("files", ("a.txt", b"x"))]),
            page.post("/api/datasets/delete", json=params),
            page.put("/api/datasets/caption", json={"picture": str(path / "a.png"), "text": "x"}),
        ]
        assert [answer.status_code for answer in asked] == [403] * 5
    assert [path.name for path in (tmp_path / "secret").iterdir()] == ["a.png"]
