"""The page's files and the pages that the server writes itself."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mikazuki.web.app import create_app
from mikazuki.web.studio import Studio


def test_the_page_is_asked_for_anew_and_its_parts_are_kept(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "<title>page</title>" in page.text
    assert page.headers["cache-control"] == "no-cache"
    part = client.get("/assets/main-abc123.js")
    assert part.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert part.headers["content-type"].startswith("text/javascript")
    assert part.headers["content-encoding"] == "gzip"
    again = client.get("/", headers={"if-none-match": page.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/nothing", "/assets/none.js", "/..%2f..%2fconfig/studio.json", "/assets"])
def test_what_is_not_there(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["code"] == "route-not-found"


def test_a_page_that_was_not_built_says_what_to_do(studio: Studio, tmp_path: Path) -> None:
    answer = TestClient(create_app(studio, tmp_path / "none")).get("/")
    assert answer.status_code == 503
    assert "git checkout mikazuki/web/static" in answer.text


def test_the_routes_are_shown_without_anything_from_elsewhere(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    page = client.get("/api/docs").text
    for path in document["paths"]:
        assert path in page
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page


def test_json_is_compressed(client: TestClient) -> None:
    assert client.get("/api/openapi.json").headers["content-encoding"] == "gzip"
