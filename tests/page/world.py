"""A studio on folders of its own, started, killed and started again as a person's would be."""

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

REPOSITORY = Path(__file__).parents[2]
SHARED = ("train/demo", "train/demo-reg", "sd-models/tiny-sd", "config")
DESK = {"width": 1280, "height": 860}
PHONE = {"width": 375, "height": 740}
SLOW = 45_000
"""Milliseconds that a training may take to get somewhere on a busy machine."""


def make_root(root: Path) -> Path:
    """Copy what comes with the project into ``root``: links would lead out of the folders that may be looked into."""
    for name in SHARED:
        shutil.copytree(REPOSITORY / name, root / name)
    return root


@dataclass
class StudioProcess:
    """A running studio."""

    root: Path
    url: str = ""
    process: subprocess.Popen[str] | None = None
    trees: list[psutil.Process] = field(default_factory=list)

    def start(self, port: int = 0) -> str:
        """Start it and return its address; the old port again after a `kill`."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.page.serve", str(self.root), str(port)],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        assert self.url, "the studio did not start"
        return self.url

    @property
    def port(self) -> int:
        """The port it answers on."""
        return int(self.url.rstrip("/").rpartition(":")[2])

    def kill(self) -> None:
        """End it as a crash would, at once and alone: trainings must not care."""
        assert self.process is not None
        self.trees += psutil.Process(self.process.pid).children(recursive=True)
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def close(self) -> None:
        """End it and everything that it started."""
        assert self.process is not None
        if self.process.poll() is None:
            self.trees += psutil.Process(self.process.pid).children(recursive=True)
            self.process.terminate()
            self.process.wait()
        for process in self.trees:
            if process.is_running():
                process.kill()
        psutil.wait_procs(self.trees, timeout=10)
        if self.process.stdout:
            self.process.stdout.close()


@dataclass
class Visitor:
    """Somebody with a browser: opens pages of a studio, and remembers what their scripts could not do."""

    browser: Browser
    url: str
    contexts: list[BrowserContext] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, where: str = "", **look: Any) -> Page:
        """Open a place in a window of its own; `look` is what Playwright takes for a context."""
        wanted = {"locale": "en-GB", "viewport": DESK, "reduced_motion": "reduce", **look}
        context = self.browser.new_context(**wanted)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.go(page, where)
        return page

    def go(self, page: Page, where: str) -> None:
        """Go to a place, and wait until nothing is loading there."""
        page.evaluate("document.querySelector('main > *')?.setAttribute('data-left', location.hash.split('?')[0])")
        page.goto(f"{self.url}#/{where}")
        if where:
            expect(page.locator(f"main > [data-left]:not([data-left='#/{where.partition('?')[0]}'])")).to_have_count(0)
        settle(page)

    def leave(self) -> None:
        """Close all windows; no script may have failed in any of them."""
        for context in self.contexts:
            context.close()
        assert not self.errors, self.errors


def settle(page: Page) -> None:
    """Wait until a page has drawn itself."""
    page.locator("main h1, main h2, main h3").first.wait_for()
    expect(page.locator("main .n-spin-body")).to_have_count(0)
    expect(page.locator(".n-spin")).to_have_count(0)


def hold(page: Page, pattern: str) -> list[Route]:
    """Let the next request wait for its answer; returns it in a list when it comes."""
    held: list[Route] = []

    def wait(route: Route) -> None:
        held.append(route)

    page.route(pattern, wait, times=1)
    return held


def option(page: Page, name: str) -> Any:
    """Return the control of an option in the form."""
    return page.locator(f'[data-option="{name}"]').locator("input, select, textarea").first


def step_of(text: str) -> int:
    """Read the first whole number out of ``1,234 / 5,678``."""
    found = re.match(r"[\d,\s]+", text)
    return int(re.sub(r"\D", "", found[0])) if found else 0
