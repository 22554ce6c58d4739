"""From the first look to a finished LoRA by clicking, whatever happens to page and studio on the way."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.page.world import SLOW, StudioProcess, Visitor, option, settle, step_of

pytestmark = [pytest.mark.page, pytest.mark.tiny]

STEPS = 40
START = re.compile("^Start$")


def shorten(page: Page, steps: int) -> None:
    """Ask for so many steps instead of the demo's epochs, as a person does who is in a hurry."""
    page.get_by_label("Search options").fill("max_train_steps")
    option(page, "max_train_steps").fill(str(steps))
    page.get_by_label("Search options").fill("max_train_epochs")
    page.get_by_role("button", name=re.compile("^max_train_epochs: default")).click()
    page.get_by_label("Search options").fill("reg_data_dir")
    page.get_by_role("button", name=re.compile("^reg_data_dir: default")).click()


def start(page: Page) -> str:
    """Press Start and return the id of the job whose page opens."""
    button = page.get_by_role("button", name=START)
    expect(button).to_be_enabled(timeout=SLOW)
    button.click()
    page.wait_for_url("**/#/jobs/*")
    return page.url.rpartition("/")[2]


def number_of(page: Page, name: str) -> str:
    """Return the text of one of the numbers in a job's head."""
    return page.locator("main dl div", has=page.get_by_text(name, exact=True)).locator("dd").first.inner_text()


def wait_for_step(page: Page, least: int) -> None:
    """Wait until a training has done so many steps."""
    page.wait_for_function(
        """(least) => [...document.querySelectorAll('main dl div')].some((row) =>
             row.querySelector('dt')?.innerText === 'Step' && parseInt(row.querySelector('dd').innerText) >= least)""",
        arg=least,
        timeout=SLOW,
    )


def wait_for_state(page: Page, state: str) -> None:
    """Wait until a job's head says how it stands."""
    expect(page.locator("main header").get_by_text(state, exact=True)).to_be_visible(timeout=SLOW)


def log_of(page: Page) -> list[str]:
    """Return the lines of a job's log as its copy button puts them onto the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("tab", name="Log").click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied.").wait_for()
    return str(page.evaluate("navigator.clipboard.readText()")).splitlines()


def test_a_new_person_gets_a_lora_whatever_comes_between(visitor: Visitor, studio: StudioProcess) -> None:
    page = visitor.open()
    shorten(page, STEPS)
    first = start(page)
    wait_for_step(page, 2)
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Save, then stop").click()
    wait_for_state(page, "Stopped")
    reached = step_of(number_of(page, "Step"))
    assert 2 <= reached < STEPS

    page.get_by_role("button", name="Resume").click()
    page.wait_for_function("(first) => !location.href.includes(first)", arg=first)
    job = page.url.rpartition("/")[2]
    wait_for_step(page, reached + 1)
    page.reload()
    settle(page)
    wait_for_step(page, reached + 1)
    studio.kill()
    expect(page.get_by_text("The studio does not answer.")).to_be_visible(timeout=SLOW)
    studio.start(studio.port)
    wait_for_state(page, "Done")
    assert page.url.rpartition("/")[2] == job, "the page went on by itself"
    assert step_of(number_of(page, "Step")) == STEPS
    expect(page.locator("main canvas").first).to_be_visible()
    nothing_is_missing(page, studio, job, reached)

    page.get_by_role("tab", name="Samples").click()
    expect(page.locator("main figure:not(.sheet) img")).to_have_count(4)
    expect(page.locator("main figure.sheet img")).to_have_count(1)
    page.get_by_role("tab", name="Files").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="demo.safetensors", exact=True).click()
    made = studio.root / "output" / "demo.safetensors"
    assert Path(download.value.path()).read_bytes() == made.read_bytes()
    visitor.go(page, "models")
    expect(page.get_by_role("button", name="demo.safetensors")).to_be_visible()


def nothing_is_missing(page: Page, studio: StudioProcess, job: str, reached: int) -> None:
    """Hold curves and log of the page against what the training wrote."""
    curves = page.request.get(f"{studio.url}api/jobs/{job}/metrics?tags=loss/current").json()
    assert curves["series"]["loss/current"]["steps"] == list(range(reached + 1, STEPS + 1))
    log = (studio.root / "logs" / "jobs" / job / "log.txt").read_text(encoding="utf-8")
    assert log_of(page) == re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", log).splitlines()
