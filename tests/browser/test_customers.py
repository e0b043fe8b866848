"""A customer after the win: taken over, onboarded, asked, renewed and sold to again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
PAUSE = 2100  # ms; who sends a form sooner is taken for a machine
TODAY = timezone.now().date()


def opened(page: Page, part: str) -> Page:
    """A part of the customer's page, unfolded."""
    page.locator("details").filter(has=page.get_by_text(part, exact=True)).locator(
        "summary"
    ).click()
    return page


def take_over(cora: Visitor) -> None:
    """By keys: A takes over, L says that they were called; the brief tells what was promised."""
    page = cora.page
    page.goto("/customers/?view=waiting")
    page.get_by_role("link", name="Pinehurst Dairy").first.click()
    expect(page.get_by_role("region", name="Brief")).to_contain_text("Need")
    cora.look()
    cora.press("a")
    expect(page.get_by_role("button", name="First call made")).to_be_visible()
    cora.press("l")
    expect(page.get_by_role("button", name="First call made")).to_have_count(0)
    expect(page.get_by_role("region", name="Check-in")).to_contain_text("latest word today")


def onboard(cora: Visitor) -> None:
    """A step is done, the first value is known."""
    page = cora.page
    step = page.get_by_role("button", name="Done: ").first
    name = str(step.get_attribute("aria-label")).removeprefix("Done: ")
    step.focus()
    cora.press("Enter")
    expect(page.get_by_role("button", name=f"Open again: {name}")).to_be_visible()
    opened(page, "Set the day of the first value").get_by_label("First value on").fill(
        TODAY.isoformat()
    )
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("Not yet")).to_have_count(0)


def ask(cora: Visitor, buyer: Page) -> None:
    """NPS by a link, without an account; who is content is proposed to be asked for a review."""
    page = cora.page
    opened(page, "Ask how content they are").get_by_role("button", name="Ask", exact=True).click()
    link = page.locator(".customer-link a")
    buyer.goto(str(link.get_attribute("href")))
    buyer.get_by_role("radio", name="10", exact=True).check(force=True)
    buyer.wait_for_timeout(PAUSE)
    buyer.get_by_role("button", name="Send my answer").click()
    expect(buyer.get_by_role("heading", name="Thank you")).to_be_visible()
    page.reload()
    expect(page.get_by_role("region", name="Surveys")).to_contain_text("10")
    expect(page.locator("#favours")).to_contain_text("Very content")


def renew(cora: Visitor) -> None:
    """A contract that ends soon is listed, and goes on."""
    page = cora.page
    part = opened(page, "End, amount, next step")
    part.get_by_label("Ends on").fill((TODAY + timedelta(days=30)).isoformat())
    part.get_by_label("Amount").first.fill("9,000")
    page.get_by_role("region", name="Contract").get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Contract")).to_contain_text("€9,000")
    page.goto("/customers/renewals/")
    page.get_by_role("link", name="Pinehurst Dairy").first.click()
    opened(page, "They go on").get_by_label("Until").fill("2031-03-01")
    page.get_by_role("button", name="Keep the renewal").click()
    expect(page.get_by_role("region", name="Contract")).to_contain_text("2031")


def test_customer_is_taken_over_onboarded_asked_renewed_and_sold_to_again(visit: Visit) -> None:
    cora, stranger = visit("cora"), visit()
    page = cora.page

    take_over(cora)
    onboard(cora)
    ask(cora, stranger.page)
    stranger.look("thanked")
    renew(cora)
    page.get_by_role("button", name="Next deal").click()

    expect(page.get_by_role("main")).to_contain_text("Pinehurst Dairy")
    assert "/deals/" in page.url
