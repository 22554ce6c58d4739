from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mikazuki.paths import Paths
from mikazuki.web.app import create_app
from mikazuki.web.studio import Studio


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A studio on an empty project."""
    root = tmp_path / "project"
    for name in ("train", "sd-models", "output", "logs", "config"):
        (root / name).mkdir(parents=True)
    return Studio(Paths(root))


@pytest.fixture
def client(studio: Studio, tmp_path: Path) -> Iterator[TestClient]:
    """What asks it, without a guard between them."""
    page = tmp_path / "page"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<!doctype html><title>page</title>", encoding="utf-8")
    (page / "assets" / "main-abc123.js").write_text("let moon = 'young'\n" * 200, encoding="utf-8")
    found = TestClient(create_app(studio, page), raise_server_exceptions=False)
    yield found
    studio.closing.set()
    found.close()
