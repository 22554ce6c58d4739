"""The guide measures what it suggests: lines appear as they are decided, and the measurement becomes the reason."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.page.world import SLOW, Visitor, option

pytestmark = pytest.mark.page


def suggested(visitor: Visitor) -> Page:
    """Return the guide with its suggestions for the demo."""
    page = visitor.open("train")
    page.get_by_role("button", name="Guided setup").click()
    page.get_by_label("Where are its pictures?").fill("train/demo")
    page.get_by_label("Which base model learns it?").fill("sd-models/tiny-sd")
    page.get_by_role("button", name="Suggest settings").click()
    expect(page.get_by_role("button", name="Measure", exact=True)).to_be_visible(timeout=SLOW)
    return page


def test_what_was_measured_is_the_reason(visitor: Visitor) -> None:
    page = suggested(visitor)
    page.route("**/api/probes/*", lambda route: route.abort(), times=2)  # a moment's silence ends nothing
    page.get_by_role("button", name="Measure", exact=True).click()
    expect(page.get_by_role("button", name="Use these settings")).to_be_disabled()
    line = re.compile(r"^As asked, batch 4: .* a step: it fits\.$")
    # once among the decisions, once as the reason of the batch size
    expect(page.get_by_text(line)).to_have_count(2, timeout=2 * SLOW)
    page.get_by_role("button", name="Use these settings").click()
    expect(option(page, "train_batch_size")).to_have_value("4")


def test_measuring_can_be_stopped_and_ends_where_it_is_given_up(visitor: Visitor) -> None:
    page = suggested(visitor)
    page.get_by_role("button", name="Measure", exact=True).click()
    page.get_by_role("button", name="Stop measuring").click()
    expect(page.get_by_role("button", name="Measure", exact=True)).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("a step: it fits")).to_have_count(0)
    # one that nobody can follow any more is given up, and ended
    page.route("**/api/probes/*", lambda route: route.abort() if route.request.method == "GET" else route.continue_())
    page.get_by_role("button", name="Measure", exact=True).click()
    with page.expect_response(lambda one: one.request.method == "DELETE" and "/api/probes/" in one.url) as ended:
        expect(page.get_by_role("dialog").filter(has_text="does not answer")).to_be_visible()
    assert ended.value.ok
