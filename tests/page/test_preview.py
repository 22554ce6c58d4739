"""What the training will see, in the Train page: real crops, epoch by epoch, and what differs between them."""

import pytest
from playwright.sync_api import expect

from tests.page.world import SLOW, Visitor, option

pytestmark = pytest.mark.page


def test_the_preview_shows_each_epoch_and_follows_the_form(guest: Visitor) -> None:
    page = guest.open("train")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_enabled(timeout=SLOW)
    page.get_by_role("tab", name="Preview").click()
    pane = page.locator(".preview")
    first = pane.locator("section.batch").first
    expect(first).to_contain_text("Batch 1, step 1", timeout=SLOW)
    expect(pane).to_contain_text("Learning rate")
    picture = first.locator("img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())
    pane.get_by_label("Epoch", exact=True).fill("2")
    pane.get_by_label("Epoch", exact=True).press("Enter")
    expect(first).not_to_contain_text("step 1", timeout=SLOW)
    pane.get_by_role("button", name="Later batches").click()
    expect(first).to_contain_text("Batch 9,", timeout=SLOW)
    expect(pane.locator("mark")).to_have_count(1)
    page.get_by_role("button", name="All", exact=True).click()
    option(page, "caption_prefix").fill("moonlit")
    expect(first).to_contain_text("moonlit", timeout=SLOW)
