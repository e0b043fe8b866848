"""A score is changed as it is agreed: drafted, tried on the past, put to use; and it says why."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


def read_the_matrix(olga: Visitor) -> None:
    """Of the main model; each number opens its people."""
    page = olga.page
    page.goto("/score/")
    page.get_by_role("row", name="Everybody Main").get_by_role("link").first.click()
    olga.look("in use")
    cell = page.get_by_role("region", name="Grades by fit and engagement").get_by_role("link").first
    count = cell.inner_text()
    cell.click()
    expect(page.locator(".top")).to_contain_text(count)
    page.go_back()


def draft_a_rule(olga: Visitor, *, rule: str, points: str) -> None:
    """By keys: what it gives is tried on a person, then kept."""
    page = olga.page
    olga.reach("Draft a change")
    olga.press("Enter")
    expect(page.locator(".key-line")).to_contain_text("Draft")
    olga.reach(rule)
    olga.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(rule)
    olga.reach("Points")
    olga.press("Control+a")
    page.keyboard.type(points)
    olga.reach("Person")
    page.keyboard.type("Sanne Bakker")
    olga.reach("Try")
    olga.press("Enter")
    expect(page.locator(".hint")).to_contain_text("Sanne Bakker would get")
    page.get_by_role("button", name="Save rule").click()
    expect(page.get_by_role("row", name=rule)).to_contain_text(f"+{points}")


def try_on_the_past(olga: Visitor, *, changed: str) -> None:
    """The worker reads the log; the page tells what it found, and who that is."""
    page = olga.page
    page.get_by_role("button", name="Try", exact=True).click()
    expect(page.get_by_text("What became of them")).to_be_visible()
    page.get_by_text("The draft’s other rules").click()
    expect(page.get_by_role("main")).to_contain_text(changed)
    olga.look("tried")
    cell = page.get_by_role("region", name="Grades before and after").get_by_role("link").last
    count = cell.inner_text()
    cell.click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("tried on the past")
    expect(page.locator(".top")).to_contain_text(count)
    page.get_by_role("link", name="The trial").click()
    page.get_by_role("link", name="The draft", exact=True).click()


def put_to_use(page: Page, *, why: str) -> None:
    page.get_by_label("Why").fill(why)
    page.get_by_role("button", name="Put to use").click()
    expect(page.locator(".key-line")).to_contain_text("In use")


def test_draft_is_tried_on_the_past_put_to_use_and_taken_back(visit: Visit) -> None:
    olga = visit("olga")
    page = olga.page

    read_the_matrix(olga)
    draft_a_rule(olga, rule="Sent a form", points="40")
    try_on_the_past(olga, changed="“Sent a form”: points 25 → 40")
    put_to_use(page, why="Forms say more than visits")
    versions = page.get_by_role("listitem").filter(has_text=re.compile("Version [12]"))
    expect(versions.filter(has_text="Forms say more")).to_contain_text("Olga Brandt")
    page.get_by_role("link", name="Version 1").click()
    put_to_use(page, why="As it was")

    expect(page.get_by_role("row", name="Sent a form")).to_contain_text("+25")


def test_person_says_why_the_score_is_what_it_is_and_what_moved_it(visit: Visit) -> None:
    teo = visit("teo")
    page = teo.page
    page.goto("/people/?sort=-score")
    page.locator("tbody .first a").first.click()
    page.wait_for_url("**/people/*/")

    page.get_by_text(re.compile(r"Why \d+")).click()
    points = page.locator(".points").first
    expect(points).to_contain_text("today, gone by")
    page.get_by_role("link", name="Over time, and what moved it").click()

    expect(page.get_by_role("region", name="Steps of the score")).to_contain_text("engagement +")
    teo.look()


def test_foresight_refuses_what_is_too_thin_with_its_reason(visit: Visit) -> None:
    olga = visit("olga")
    page = olga.page
    page.goto("/score/foresight/")

    page.get_by_label("Days after the handoff").select_option("180")
    page.get_by_role("button", name="Learn", exact=True).click()

    expect(page.get_by_text("Until then the rules alone give points.")).to_be_visible()
    olga.look("refused")
