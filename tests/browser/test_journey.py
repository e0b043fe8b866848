"""The buyer's journey as one map: where nothing is shown, something is; each number is people."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser


def test_gap_of_the_map_is_filled_and_numbers_open_people(visit: Callable[..., Visitor]) -> None:
    ines = visit("ines")
    page = ines.page
    page.goto("/insight/journey/")
    decides = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Decides"))
    gap = decides.get_by_text("Nothing is shown here to Sustainability lead.")
    expect(gap).to_be_visible()

    here = decides.get_by_role("link").first
    count = here.inner_text()
    here.click()
    expect(page.locator(".top")).to_contain_text(count)
    ines.look()
    page.go_back()
    decides.get_by_role("link", name="Show something").click()
    ines.reach("What we show")
    page.keyboard.type("What it costs")
    page.get_by_role("button", name="Show it").click()
    expect(gap).to_have_count(0)
    decides.get_by_role("button", name="Do not show What it costs here").click()
    expect(gap).to_be_visible()
    page.get_by_role("link", name="Sustainability lead").click()
    expect(page.get_by_role("heading", name="Decides")).to_be_visible()
