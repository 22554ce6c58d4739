"""Datasets, models, settings and TensorBoard, each used as people use it."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.page.conftest import Furnished
from tests.page.world import SLOW, Visitor

pytestmark = pytest.mark.page


def test_a_data_set_is_made_filled_captioned_and_searched(guest: Visitor, furnished: Furnished, tmp_path: Path) -> None:
    for name, colour in (("red.png", "red"), ("blue.png", "blue")):
        Image.new("RGB", (80, 60), colour).save(tmp_path / name)
    page = guest.open("datasets")
    page.get_by_role("button", name="New data set").click()
    page.get_by_label("Name", exact=True).fill("my owl 猫头鹰")
    page.get_by_label("Identifier and class").fill("sks owl")
    page.get_by_role("button", name="Make data set").click()
    page.wait_for_url(re.compile("#/datasets/pictures"))
    page.locator("input[type=file]").first.set_input_files([tmp_path / "red.png", tmp_path / "blue.png"])
    expect(page.get_by_role("button", name=re.compile(r"^10_sks owl\Sred\.png"))).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name=re.compile(r"^10_sks owl\Sred\.png")).click()
    page.get_by_label("Caption", exact=True).fill("sks owl, red sky")
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved · 2 tags")).to_be_visible()
    written = furnished.studio.root / "train" / "my owl 猫头鹰" / "10_sks owl" / "red.txt"
    assert written.read_text(encoding="utf-8") == "sks owl, red sky\n"
    page.get_by_label("Search names and captions").fill("sky")
    expect(page.get_by_role("button", name=re.compile(r"^10_sks owl\Sblue\.png"))).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile(r"^10_sks owl\Sred\.png"))).to_be_visible()


def test_a_model_is_renamed_deleted_and_brought_back(guest: Visitor, furnished: Furnished) -> None:
    output = furnished.studio.root / "output"
    (output / "spare.safetensors").write_bytes((output / "dog.safetensors").read_bytes())
    page = guest.open("models")
    page.get_by_role("button", name="spare.safetensors").click()
    expect(page.get_by_text("sks cat", exact=True)).to_be_visible()
    page.get_by_role("button", name="Rename").click()
    page.get_by_label("New name").fill("other")
    page.get_by_label("New name").press("Enter")
    expect(page.get_by_role("button", name="other.safetensors")).to_be_visible()
    assert (output / "other.safetensors").is_file()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("other.safetensors lies in the bin.")).to_be_visible()
    assert not (output / "other.safetensors").exists()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="other.safetensors")).to_be_visible()
    assert (output / "other.safetensors").is_file()


def test_a_folder_is_added_in_settings(guest: Visitor, furnished: Furnished, tmp_path: Path) -> None:
    page = guest.open("settings")
    root = page.get_by_role("listitem").filter(has_text=str(tmp_path))
    page.get_by_label("Add folder").fill(str(tmp_path))
    page.get_by_role("button", name="Add folder").click()
    expect(root).to_be_visible()
    listing = page.request.get(f"{furnished.studio.url}api/files", params={"path": str(tmp_path), "kind": "any"})
    assert listing.ok
    root.get_by_role("button", name="Remove").click()
    expect(root).to_have_count(0)
    assert page.request.get(listing.url).status == 403


@pytest.mark.slow
def test_tensorboard_is_shown(guest: Visitor) -> None:
    page = guest.open("tensorboard")
    page.get_by_role("button", name="Start").click()
    board = page.frame_locator("iframe[title=TensorBoard]")
    expect(board.locator("tb-webapp, mat-toolbar").first).to_be_attached(timeout=60_000)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("TensorBoard is not running")).to_be_visible()


def test_what_a_long_log_holds_far_above_is_found(guest: Visitor, furnished: Furnished) -> None:
    log = furnished.studio.root / "logs" / "jobs" / furnished.failed / "log.txt"
    lines = [f"line {number} {'.' * 90}" for number in range(30_000)]
    lines[7] = "the needle"
    log.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    page = guest.open(f"jobs/{furnished.failed}?tab=log")
    page.get_by_label("Search the log").fill("needle")
    expect(page.get_by_text("1 line found in it")).to_be_visible()
    page.get_by_role("button", name="Go to the nearest").click()
    expect(page.locator("main .current")).to_contain_text("the needle")
    expect(page.get_by_text("1 of 1")).to_be_visible()
