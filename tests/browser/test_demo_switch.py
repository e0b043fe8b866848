"""Being Mara, then Teo, by one press each; and what stands before the end of the demo."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.running import Running
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser


def test_visitor_is_mara_then_teo_and_is_asked_before_the_demo_goes(
    visit: Callable[..., Visitor], baton: Running
) -> None:
    olga = visit()
    olga.sign_in("olga", baton.password())
    page = olga.page
    page.goto("/people/")
    page.get_by_role("button", name="Be somebody else").click()
    expect(page.get_by_role("button", name="Nora Ellis, Sales manager")).to_be_visible()
    olga.look("demo cast")

    page.keyboard.press("Escape")
    page.get_by_role("link", name="Remove the demo").click()
    expect(page.get_by_text("61 people")).to_be_visible()
    olga.look("demo ends")

    page.get_by_role("button", name="Be Mara (marketing)").click()
    expect(page.get_by_role("heading", name="What sales said")).to_be_visible()
    page.get_by_role("button", name="Be Teo (sales)").click()
    expect(page.get_by_role("heading", name="Deals that need you")).to_be_visible()
    teo = page.get_by_role("button", name="Be Teo (sales)")
    expect(teo).to_have_attribute("aria-pressed", "true")
    olga.look("demo as teo")
    page.get_by_role("button", name="Be somebody else").click()
    page.get_by_role("button", name="Olga Brandt, Owner").click()
    expect(page.get_by_role("link", name="Remove the demo")).to_be_visible()
