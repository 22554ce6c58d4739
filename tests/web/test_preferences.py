"""What a person chose is kept, checked, and holds at once."""

import json
import os
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mikazuki.web.answers.studio import Preferences
from mikazuki.web.preferences import PreferenceStore
from mikazuki.web.studio import Studio


@pytest.fixture(autouse=True)
def _mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://before.example")


def test_what_was_chosen_is_kept(client: TestClient, studio: Studio) -> None:
    assert client.get("/api/preferences").json()["theme"] == "system"
    hook = {"kind": "discord", "url": "https://hook.example/x", "on": ["failed"]}
    wanted = {"language": "zh-CN", "theme": "dark", "webhooks": [hook]}
    assert client.put("/api/preferences", json=wanted).status_code == 200
    kept = json.loads((studio.paths.config / "studio.json").read_text(encoding="utf-8"))
    assert kept["theme"] == "dark"
    assert client.get("/api/preferences").json()["webhooks"] == [hook]
    assert client.get("/api/studio").json()["language"] == "zh-CN"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"theme": "pink"}'])
def test_a_broken_file_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "studio.json").write_text(text, encoding="utf-8")
    assert PreferenceStore(tmp_path).load() == Preferences()


def test_every_wrong_value_is_named_and_nothing_is_kept(client: TestClient, studio: Studio) -> None:
    wanted = {
        "mirror": "not an address",
        "roots": ["relative", str(studio.paths.root / "none")],
        "webhooks": [{"kind": "json", "url": "file:///etc/passwd"}],
    }
    answer = client.put("/api/preferences", json=wanted)
    assert answer.status_code == 422
    codes = [one["code"] for one in answer.json()["errors"]]
    assert codes == ["mirror-wrong", "root-wrong", "root-wrong", "webhook-wrong"]
    assert not (studio.paths.config / "studio.json").exists()
    assert client.put("/api/preferences", json={"theme": "pink"}).status_code == 422


def test_a_mirror_reaches_the_jobs_and_goes_again(tmp_path: Path) -> None:
    store = PreferenceStore(tmp_path)
    store.save(Preferences(mirror="https://mirror.example/"))
    assert os.environ["HF_ENDPOINT"] == "https://mirror.example"
    store.save(Preferences())
    assert os.environ["HF_ENDPOINT"] == "https://before.example"


def test_a_webhook_that_cannot_be_told_is_a_failure(client: TestClient) -> None:
    answer = client.post("/api/preferences/webhook-test", json={"kind": "json", "url": "http://127.0.0.1:1/x"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "webhook-failed"
    wrong = client.post("/api/preferences/webhook-test", json={"kind": "json", "url": "ftp://x"})
    assert wrong.json()["errors"][0]["code"] == "webhook-wrong"
