"""A real Chromium on a real studio."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import Browser, expect, sync_playwright

from tests.page.furnish import failed, finished, running, studio_of
from tests.page.world import StudioProcess, Visitor, make_root

expect.set_options(timeout=20_000)

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium without a window; for this folder alone, since other tests run event loops of their own."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install Debian's chromium, or Chrome")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[StudioProcess]:
    """A studio on folders of its own, with the demo in them; its path has blanks and Chinese in it."""
    running = StudioProcess(make_root(tmp_path / "studio 三日月"))
    running.start()
    yield running
    running.close()


@pytest.fixture
def visitor(browser: Browser, studio: StudioProcess) -> Iterator[Visitor]:
    """Somebody who comes to that studio for the first time."""
    found = Visitor(browser, studio.url)
    yield found
    found.leave()


@dataclass(frozen=True)
class Furnished:
    """A studio that has been worked with."""

    studio: StudioProcess
    done: str
    other: str
    failed: str
    alive: str
    """A job that runs as long as the tests do."""

    @property
    def places(self) -> list[str]:
        """All pages and tabs."""
        tabs = [f"jobs/{self.done}?tab={tab}" for tab in ("samples", "log", "machine", "files", "config")]
        compare = f"jobs/compare?ids={self.done},{self.other}"
        jobs = ["jobs", f"jobs/{self.done}", f"jobs/{self.alive}", f"jobs/{self.failed}", "jobs/none", compare, *tabs]
        pictures = "datasets/pictures?path=train/demo"
        mask = "datasets/mask?path=train/demo&picture=train/demo/10_sks cat/cat_01.png"
        captions = "datasets/captions?path=train/demo"
        programs = ("tag", "prepare", "masks", "convert", "build", "fetch", "none")
        tools = ["tools", *(f"tools/{name}" for name in programs)]
        models = ["models", "models/workspaces"]
        return ["train", *jobs, "datasets", pictures, captions, mask, *models, *tools, "tensorboard", "settings"]


@pytest.fixture(scope="package")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    """One studio for the tests that look, or that change what no other test looks at."""
    root = make_root(tmp_path_factory.mktemp("furnished") / "studio")
    inside = studio_of(root)
    names = (finished(inside, "cat").id, finished(inside, "dog").id, failed(inside, "owl").id)
    alive = running(inside, "fox", 600).id
    process = StudioProcess(root)
    process.start()
    yield Furnished(process, *names, alive)
    process.close()


@pytest.fixture
def guest(browser: Browser, furnished: Furnished) -> Iterator[Visitor]:
    """Somebody who comes to the studio that has been worked with."""
    found = Visitor(browser, furnished.studio.url)
    yield found
    found.leave()
