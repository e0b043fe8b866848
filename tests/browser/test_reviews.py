"""What both teams want to reach, plan and promise: goals, the quarter's plan, the weekly review."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
SOON = f"{timezone.now() + timedelta(days=2):%Y-%m-%d}"


def write_down(nora: Visitor, text: str, *, kind: str) -> None:
    """Who takes it, and until when, is asked of a task alone."""
    page = nora.page
    owner, until = page.get_by_label("Who takes it"), page.get_by_label("Until")
    page.get_by_label("What was said").fill(text)
    expect(owner).to_be_hidden()
    page.get_by_label("As", exact=True).select_option(kind)
    if kind == "task":
        owner.select_option("Teo Nilsson")
        until.fill(SOON)
    else:
        expect(until).to_be_hidden()
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#said")).to_contain_text(text)


def follow_a_line(page: Page) -> None:
    """Of the agenda, to the records that it counts."""
    line = page.locator(".review-item .end a").filter(has_text=re.compile(r"^\d+$")).first
    count = line.inner_text()
    line.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Weekly review")
    expect(page.locator(".top")).to_contain_text(count)
    page.go_back()


def log_what_changes(nora: Visitor) -> None:
    """From the decision; figure, way and weeks are chosen, and nothing is judged too soon."""
    page = nora.page
    page.get_by_role("link", name="Log as improvement").click()
    expect(page.get_by_role("main")).to_contain_text("From the decision: Call within the hour")
    page.get_by_label("Figure that should move").select_option("Speed to lead")
    page.get_by_label("Which way").select_option("down")
    page.get_by_label("From", exact=True).fill(SOON)
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Call within the hour")
    nora.look("logged")


def test_week_is_talked_through_written_down_and_ended(visit: Visit) -> None:
    nora, mara = visit("nora"), visit("mara")
    page = nora.page
    mara.page.goto("/insight/reviews/")
    page.goto("/insight/reviews/")

    follow_a_line(page)
    write_down(nora, "Call within the hour", kind="decision")
    expect(mara.page.locator("#said")).to_contain_text("Call within the hour")
    write_down(nora, "Ring up the guide's readers", kind="task")
    log_what_changes(nora)
    page.goto("/insight/reviews/")
    page.get_by_role("button", name="End the review").click()
    page.get_by_role("dialog").get_by_role("button", name="End the review").click()
    expect(page.get_by_text("Ended by Nora Ellis")).to_be_visible()
    nora.look("ended")
    with page.expect_download() as paper:
        page.get_by_role("link", name="Download as PDF").first.click()

    assert paper.value.suggested_filename.endswith(".pdf")
    teo = visit("teo")
    teo.page.goto("/")
    teo.press("g", "t")
    expect(teo.page.get_by_role("main")).to_contain_text("Ring up the guide's readers")


def set_a_goal(ines: Visitor) -> None:
    """By keys, for the quarter to come."""
    page = ines.page
    page.goto("/insight/goals/")
    page.get_by_role("link", name="Later").click()
    page.get_by_role("link", name="New goal").click()
    ines.reach("Figure")
    page.keyboard.type("MQLs")
    ines.reach("Target")
    page.keyboard.type("60")
    ines.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("MQLs, Company")
    expect(page.get_by_text("of 60")).to_be_visible()


def read_a_goal(ines: Visitor) -> None:
    """Of this quarter: the pace, why, and the records behind the figure."""
    page = ines.page
    page.goto("/insight/goals/")
    page.get_by_role("link", name="MQLs Company").click()
    expect(page.get_by_role("region", name="Why this pace")).to_contain_text("Working days")
    ines.look("why")
    figure = page.locator(".kpi").filter(has_text="So far").get_by_role("link")
    count = figure.inner_text()
    figure.click()
    expect(page.locator(".top")).to_contain_text(count)


def test_goal_is_set_planned_for_and_signed_by_both_heads(visit: Visit) -> None:
    ines, nora = visit("ines"), visit("nora")
    page = ines.page

    read_a_goal(ines)
    set_a_goal(ines)
    page.goto("/insight/plans/")
    page.get_by_role("link", name="Later").click()
    page.get_by_role("link", name="Propose a change").click()
    page.get_by_label("Channel or campaign").first.select_option("Paid search")
    page.get_by_role("spinbutton", name="Budget").first.fill("4000")
    page.get_by_label("MQLs in the quarter").fill("60")
    ines.look("to write")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("row", name="MQLs")).to_contain_text("60")
    ines.reach("Sign for marketing")
    ines.press("Enter")
    expect(page.get_by_text("Marketing: Ines Duarte").first).to_be_visible()
    ines.look("to sign")
    nora.page.goto(page.url)
    nora.page.get_by_role("button", name="Sign for sales").click()

    expect(nora.page.get_by_text("Signed by both, today")).to_be_visible()
    expect(nora.page.get_by_role("main")).to_contain_text("unknown of €4,000")
