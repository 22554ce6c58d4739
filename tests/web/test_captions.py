"""Routes of the caption workbench: looking, changing the draft, Save and what it gives back, refusals."""

import threading
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from mikazuki.data.workbench.asked import Query
from mikazuki.data.workbench.bench import Workbench
from mikazuki.paths import Paths
from mikazuki.web.app import create_app
from mikazuki.web.studio import Studio

BASE = "/api/datasets/captions"
CAPTIONS = {"1": "sks cat, red sky", "2": "cat, tree, tree", "3": None}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data set of three pictures, the last without a caption."""
    for name in ("train", "sd-models", "output", "logs", "config"):
        (tmp_path / name).mkdir()
    found = tmp_path / "train" / "cats"
    found.mkdir()
    for name, text in CAPTIONS.items():
        Image.new("RGB", (80, 120), "red").save(found / f"{name}.png")
        if text is not None:
            (found / f"{name}.txt").write_text(text + "\n", encoding="utf-8", newline="\n")
    return found


@pytest.fixture
def page(folder: Path) -> TestClient:
    return TestClient(create_app(Studio(Paths(folder.parents[1]))))


def post(page: TestClient, folder: Path, route: str, status: int = 200, **body: Any) -> Any:
    answer = page.post(f"{BASE}/{route}", json={"path": str(folder), **body})
    assert answer.status_code == status, answer.text
    return answer.json()


ADD = {"kind": "add", "tags": ["x"], "where": "front"}


def test_captions_are_listed_with_tags_and_tokens(page: TestClient, folder: Path) -> None:
    found = post(page, folder, "rows", query={"all_tags": ["cat"]})
    assert (found["total"], found["rows"][0]["name"]) == (1, "2.png")
    found = post(page, folder, "rows", order="tags", descending=True, limit=2)
    assert [row["name"] for row in found["rows"]] == ["2.png", "1.png"]
    assert found["rows"][1] | {"path": "", "thumbnail": ""} == {
        "name": "1.png", "path": "", "thumbnail": "", "caption": "sks cat, red sky", "saved": "sks cat, red sky",
        "changed": False, "conflict": False, "encoding": "", "problem": "", "tags": ["sks cat", "red sky"], "tokens": 5,
    }  # fmt: skip
    assert page.get(found["rows"][0]["thumbnail"]).status_code == 200


def test_tags_and_buckets_are_counted(page: TestClient, folder: Path) -> None:
    found = post(page, folder, "tags")
    assert (found["captions"], found["different"]) == (3, 4)
    assert {one["tag"]: one["count"] for one in post(page, folder, "tags", beside="tree")["tags"]} == {"cat": 1}
    assert post(page, folder, "buckets") == [{"bucket": "384x640", "count": 3}]


def test_an_operation_is_previewed_applied_undone_and_redone(page: TestClient, folder: Path) -> None:
    seen = post(page, folder, "preview", operation=ADD)
    assert (seen["asked"], seen["changed"], seen["made"], seen["removed"]) == (3, 3, 1, 0)
    assert seen["differences"][2] | {"thumbnail": ""} == {"name": "3.png", "thumbnail": "", "old": None, "new": "x"}
    done = post(page, folder, "apply", operation=ADD, revision=seen["revision"])
    assert (done["captions"], done["state"]["changed"]) == (3, 3)
    assert done["state"]["undo"] == {"kind": "add", "what": ADD, "captions": 3}
    assert (
        post(page, folder, "apply", 409, operation=ADD, revision=seen["revision"])["errors"][0]["code"]
        == "draft-changed"
    )
    assert post(page, folder, "undo")["state"]["changed"] == 0
    assert post(page, folder, "redo")["state"]["changed"] == 3
    assert post(page, folder, "discard")["state"]["changed"] == 0
    assert (folder / "1.txt").read_text(encoding="utf-8") == "sks cat, red sky\n"


def test_a_save_is_written_listed_and_given_back(page: TestClient, folder: Path) -> None:
    post(page, folder, "apply", operation=ADD, selection={"names": ["1.png", "3.png"]})
    saved = post(page, folder, "save")
    assert (saved["written"], saved["conflicts"], saved["failed"], saved["state"]["changed"]) == (2, 0, [], 0)
    assert (folder / "3.txt").read_text(encoding="utf-8") == "x\n"
    (past,) = page.get(f"{BASE}/history", params={"path": str(folder)}).json()
    assert (past["id"], past["files"], past["kind"]) == (saved["id"], 2, "save")
    assert post(page, folder, "restore", id=past["id"])["files"] == 2
    assert not (folder / "3.txt").exists()
    assert post(page, folder, "restore", 404, id="no")["errors"][0]["code"] == "save-not-found"


def test_one_caption_is_changed_only_as_it_was_seen(page: TestClient, folder: Path) -> None:
    edit = {"path": str(folder), "name": "1.png", "text": "new", "seen": "sks cat, red sky"}
    made = page.put(f"{BASE}/text", json=edit).json()
    assert (made["state"]["changed"], made["row"]["caption"], made["row"]["tokens"]) == (1, "new", 1)
    assert page.put(f"{BASE}/text", json=edit).status_code == 409
    assert page.put(f"{BASE}/text", json={**edit, "name": "9.png"}).status_code == 404


@pytest.mark.parametrize(("keep", "text"), [("mine", "x, sks cat, red sky\n"), ("theirs", "theirs")])
def test_conflicts_are_shown_and_one_side_is_kept(page: TestClient, folder: Path, keep: str, text: str) -> None:
    post(page, folder, "apply", operation=ADD)
    (folder / "1.txt").write_text("theirs", encoding="utf-8")
    assert post(page, folder, "save")["conflicts"] == 1
    (found,) = page.get(f"{BASE}/conflicts", params={"path": str(folder)}).json()
    assert (found["name"], found["base"], found["theirs"]) == ("1.png", "sks cat, red sky", "theirs")
    assert post(page, folder, "resolve", keep=keep)["state"]["conflicts"] == 0
    post(page, folder, "save")
    assert (folder / "1.txt").read_text(encoding="utf-8") == text


def test_tags_are_suggested_from_the_set_and_from_a_list(page: TestClient, folder: Path) -> None:
    lists = folder.parents[1] / "config" / "tags"
    lists.mkdir()
    (lists / "booru.csv").write_text("tree_house,0,70\n", encoding="utf-8")
    (found,) = page.get(f"{BASE}/lists").json()
    answer = page.get(f"{BASE}/suggest", params={"path": str(folder), "text": "tre", "list": found["path"]}).json()
    assert answer == [{"tag": "tree", "own": 1, "listed": 0}, {"tag": "tree house", "own": 0, "listed": 70}]
    assert page.get(f"{BASE}/suggest", params={"path": str(folder), "list": "/etc/passwd"}).status_code == 403


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"path": "/etc"}, 403, "outside-roots"),
        ({"path": "train/none"}, 404, "dataset-not-found"),
        ({"query": {"pattern": "("}}, 422, "pattern-wrong"),
        ({"query": {"colour": "red"}}, 422, "request-wrong"),
    ],
)
def test_what_is_refused(page: TestClient, folder: Path, body: dict[str, Any], status: int, code: str) -> None:
    answer = page.post(f"{BASE}/rows", json={"path": str(folder), **body})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code)


def test_looking_writes_nothing(page: TestClient, folder: Path) -> None:
    assert page.get(BASE, params={"path": str(folder)}).json()["pictures"] == 3
    post(page, folder, "preview", operation=ADD)
    assert list((folder.parents[1] / "logs").rglob("*.jsonl")) == []


def test_a_picture_that_goes_meanwhile_is_listed_or_not(
    page: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another request that looks at the folder anew waits until this one has its rows."""
    real, others = Workbench.places, []

    def places(bench: Workbench, query: Query, separator: str) -> list[int]:
        found = real(bench, query, separator)
        (folder / "3.png").unlink()
        others.append(threading.Thread(target=bench.refresh))
        others[0].start()
        others[0].join(0.1)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Workbench, "places", places)
        assert post(page, folder, "rows")["total"] == 3
    others[0].join()
    assert post(page, folder, "rows")["total"] == 2
