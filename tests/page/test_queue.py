"""Three jobs in the queue: their order is changed, one is held, one taken out, and the rest runs in its turn."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page.furnish import studio_of
from tests.page.world import SLOW, StudioProcess, Visitor
from tests.web.world import queued_job, worker

pytestmark = pytest.mark.page


def waiting(page: Page, name: str) -> Locator:
    """Return the line of a job that waits."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("link", name=name, exact=True))


def ended(page: Page, name: str) -> Locator:
    """Return the line of a job in the history."""
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))


def test_a_queue_of_three(browser: Browser, tmp_path: Path) -> None:
    root = tmp_path / "studio"
    inside = studio_of(root)
    inside.queue.pause()
    for name in ("one", "two", "three"):
        queued_job(inside, worker(3, 0.1), name=name)
    studio = StudioProcess(root)
    visitor = Visitor(browser, studio.start())
    try:
        look_at_the_queue(visitor)
    finally:
        studio.close()
    visitor.leave()


def look_at_the_queue(visitor: Visitor) -> None:
    page = visitor.open("jobs")
    expect(page.locator("main ol li a")).to_have_text(["one", "two", "three"])
    page.get_by_role("button", name="Move three up").click()
    expect(page.locator("main ol li a")).to_have_text(["one", "three", "two"])
    waiting(page, "one").get_by_role("button", name="Hold").click()
    expect(waiting(page, "one")).to_contain_text("Held")
    waiting(page, "two").get_by_role("button", name="Take out").click()
    expect(page.locator("main ol li a")).to_have_text(["one", "three"])
    page.get_by_role("button", name="Go on").click()
    expect(ended(page, "three")).to_contain_text("Done", timeout=SLOW)
    expect(page.locator("main ol li a")).to_have_text(["one"])
    page.get_by_role("button", name="Release").click()
    expect(ended(page, "one")).to_contain_text("Done", timeout=SLOW)
    expect(ended(page, "two")).to_contain_text("Stopped")
    expect(page.locator("main ol li a")).to_have_count(0)
