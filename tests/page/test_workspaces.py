"""Workspaces as people use them: made, filled in by the form, guarded, looked at, built from, and deleted."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mikazuki.settings.identity import FACTS
from mikazuki.settings.load import load_toml
from tests.page.world import StudioProcess, Visitor, option

pytestmark = pytest.mark.page


def make(page: Page, name: str, source: str) -> None:
    page.get_by_role("button", name="New workspace").first.click()
    box = page.get_by_role("dialog", name="New workspace")
    box.get_by_label("Name").fill(name)
    box.get_by_role("textbox", name="Base model").fill(source)
    box.get_by_role("button", name="Make it").click()


def add_state(studio: StudioProcess, name: str) -> Path:
    folder = studio.root / "output" / "workspaces" / name / f"{name}-state"
    folder.mkdir()
    told = {"version": 2, "current_step": 40, "current_epoch": 2, "batch": 0, "seed": 1, "samples": [], "written": []}
    told |= {"identity": {"train_batch_size": 2, "output_name": name}, "settings": {"ema_decay": 0.9}}
    (folder / FACTS).write_text(json.dumps(told), encoding="utf-8")
    return folder


def test_from_a_base_model_to_the_form_and_back(visitor: Visitor, studio: StudioProcess) -> None:
    model = next((studio.root / "sd-models").iterdir()).name
    page = visitor.open("models")
    page.get_by_role("link", name="Workspaces").click()
    expect(page.get_by_role("heading", name="No workspaces yet")).to_be_visible()
    make(page, "cat", f"sd-models/{model}")
    expect(page.get_by_role("heading", name=re.compile("cat"))).to_be_visible()
    expect(page.get_by_text("epoch 0, 0 pictures").first).to_be_visible()
    page.get_by_role("button", name="Open in the form").first.click()
    page.wait_for_url(re.compile("#/train"))
    expect(option(page, "output_name")).to_have_value("cat")
    option(page, "learning_rate").fill("3e-6")
    visitor.go(page, "models/workspaces/cat")
    page.get_by_role("button", name="Keep the form's settings").click()
    expect(page.get_by_text("The settings of cat are kept.")).to_be_visible()
    params = studio.root / "output" / "workspaces" / "cat" / "params.toml"
    assert {"learning_rate": 3e-6, "model_type": "sd1"}.items() <= load_toml(params).items()
    visitor.go(page, "models/workspaces")
    make(page, "dog", f"sd-models/{model}")
    expect(page.get_by_role("heading", name=re.compile("dog"))).to_be_visible()
    page.get_by_role("button", name="Keep the form's settings").click()
    expect(page.get_by_text("came from the workspace 'cat'")).to_be_visible()
    page.get_by_role("button", name="Keep what is there").click()
    dogs = studio.root / "output" / "workspaces" / "dog" / "params.toml"
    assert "learning_rate" not in load_toml(dogs)
    page.get_by_role("button", name="Keep the form's settings").click()
    page.get_by_role("button", name="Replace them").click()
    expect(page.get_by_text("The settings of dog are kept.")).to_be_visible()
    assert load_toml(dogs)["learning_rate"] == 3e-6


def test_a_snapshot_leads_to_its_checkpoint_and_a_deleted_workspace_comes_back(
    visitor: Visitor, studio: StudioProcess
) -> None:
    model = next((studio.root / "sd-models").iterdir()).name
    page = visitor.open("models/workspaces")
    make(page, "cat", f"sd-models/{model}")
    expect(page.get_by_text("No snapshots yet.")).to_be_visible()
    state = add_state(studio, "cat")
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_text("epoch 2, 80 pictures").first).to_be_visible()
    resume = page.locator(".train .n-base-selection")
    expect(resume).to_contain_text("cat-state")
    resume.click()
    page.get_by_text("from the beginning", exact=True).last.click()
    with page.expect_response("**/api/workspaces/cat"):
        page.get_by_role("button", name="Look again").click()
    expect(resume).not_to_contain_text("cat-state")
    page.get_by_role("button", name="Generate checkpoint").click()
    page.wait_for_url(re.compile("#/tools/build"))
    expect(option(page, "state")).to_have_value(str(state))
    expect(option(page, "output_name")).to_have_value("cat")
    visitor.go(page, "models/workspaces/cat")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="No workspaces yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name=re.compile("cat"))).to_be_visible()
    page.get_by_role("link", name="Workspaces").first.click()
    make(page, "owl", "owner/name")
    expect(page.get_by_text("owner/name is not on this machine yet.")).to_be_visible()
