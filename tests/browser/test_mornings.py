"""The whole morning of a rep, and of a marketer, who have no mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


def head(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def jump(visitor: Visitor, keys: str, words: str) -> None:
    """To a place by its two keys."""
    visitor.press(*keys.split())
    head(visitor.page, words)
    visitor.look()


def find(visitor: Visitor, name: str) -> None:
    """By the palette."""
    visitor.press("Control+k")
    visitor.page.keyboard.type(name)
    visitor.press("Enter")
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text(name)


def open_by_key(visitor: Visitor, words: str) -> None:
    visitor.reach(words)
    visitor.press("Enter")


def answer_leads(teo: Visitor) -> None:
    """One accepted and talked to, the next one rejected."""
    page, decision = teo.page, teo.page.get_by_label("Your answer")
    jump(teo, "g l", "Leads to answer")
    teo.press("a")
    expect(decision).to_contain_text("to the first response")
    teo.press("l", "3", "Enter")
    expect(decision).to_contain_text("A verdict is still owed")
    jump(teo, "g l", "Leads to answer")
    teo.press("r", "6")
    expect(page.get_by_label("No fit")).to_be_checked()
    teo.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Rejected")


def write_a_note_in_two_goes(teo: Visitor, name: str) -> None:
    page, text = teo.page, teo.page.get_by_label("Text")
    find(teo, name)
    teo.press("n")
    teo.reach("Text")
    page.keyboard.type("Asks for the plan")
    expect(page.locator("[data-draft]")).to_have_text("Draft saved")
    find(teo, "Jonas Weil")
    find(teo, name)
    expect(text).to_have_value("Asks for the plan")
    teo.press("n")
    teo.reach("Text")
    teo.press("End")
    page.keyboard.type(" of the hall @mar")
    expect(page.get_by_role("option", name="Mara")).to_have_attribute("aria-selected", "true")
    teo.look()
    teo.press("Enter")
    expect(text).to_have_value("Asks for the plan of the hall @Mara Boyd ")
    page.keyboard.type("@mar")
    expect(page.get_by_role("option", name="Mara")).to_be_visible()
    teo.press("Escape")
    expect(page.locator("#mentions")).to_have_count(0)
    for _letter in "@mar":
        teo.press("Backspace")
    teo.press("Control+Enter")
    expect(page.locator("#timeline")).to_contain_text("Asks for the plan of the hall @Mara")
    expect(text).to_have_value("")


def open_deal(teo: Visitor, *, buyer: str, name: str) -> None:
    page = teo.page
    teo.press("Control+k")
    page.keyboard.type("new deal")
    teo.press("Enter")
    head(page, "New deal")
    teo.reach("Whom do you sell to?")
    page.keyboard.type(buyer)
    expect(page.locator("#found").get_by_role("link", name=buyer)).to_be_visible()
    open_by_key(teo, buyer)
    teo.reach("Name")
    teo.press("Control+a")
    page.keyboard.type(name)
    teo.press("Enter")
    head(page, name)


def move_through_a_gate(teo: Visitor, company: str) -> None:
    page = teo.page
    jump(teo, "g d", "New business")
    teo.reach(company)
    teo.press("m", "4")
    expect(page.get_by_role("dialog")).to_contain_text("Proposal asks for this")
    teo.look("gate")
    teo.reach("Amount")
    page.keyboard.type("12,000")
    teo.reach("Closes on")
    page.keyboard.type("10032031")
    teo.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("region", name="Proposal")).to_contain_text("Cold store")


def look_into_a_deal_and_go_back(teo: Visitor, company: str) -> None:
    """The board stands there as it was left."""
    page = teo.page
    teo.press("/")
    page.keyboard.type(company[:6])
    page.wait_for_url(f"**q={company[:6]}**")
    cards = page.locator(".board-card")
    expect(cards.filter(has_text="Halden Foods")).to_have_count(0)
    count = cards.count()
    open_by_key(teo, company)
    expect(page.locator("#panel")).to_contain_text(company)
    page.go_back()
    expect(page.locator("#panel")).to_be_empty()
    expect(page.get_by_role("searchbox")).to_have_value(company[:6])
    expect(cards).to_have_count(count)


def test_reps_morning(visit: Visit) -> None:
    teo = visit("teo")
    teo.page.goto("/")
    head(teo.page, "Home")
    teo.look()
    jump(teo, "g i", "Inbox")
    answer_leads(teo)
    write_a_note_in_two_goes(teo, "Sanne Bakker")
    open_deal(teo, buyer="Sanne Bakker", name="Cold store")
    move_through_a_gate(teo, "Solstice Logistics")
    look_into_a_deal_and_go_back(teo, "Solstice Logistics")
    jump(teo, "g t", "Tasks")
    task = teo.page.get_by_role("button", name="Done: Send the proof sheet")
    open_by_key(teo, "Done: Send the proof sheet")
    expect(task).to_have_count(0)


def filter_and_group(mara: Visitor) -> None:
    page = mara.page
    jump(mara, "g p", "People")
    mara.press("f")
    expect(page.get_by_label("Field")).to_be_focused()
    page.keyboard.type("Score")
    expect(page.get_by_label("Comparison of Score")).to_be_visible()
    mara.press("Tab")
    page.keyboard.type("over")
    mara.press("Tab")
    page.keyboard.type("70")
    mara.press("Enter")
    page.wait_for_url("**filter=**")
    mara.look("filtered")
    mara.press("Tab")
    expect(page.get_by_role("link", name="Remove: Score over 70")).to_be_focused()
    mara.reach("Group", key="Shift+Tab")
    mara.press("Enter")
    expect(page.get_by_role("link", name="Lifecycle")).to_be_visible()
    mara.reach("Lifecycle")
    mara.press("Enter")
    page.wait_for_url("**group=stage**")
    mara.look("grouped")


def keep_view(mara: Visitor, name: str) -> None:
    page = mara.page
    open_by_key(mara, "Save as")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type(name)
    mara.press("Enter")
    page.wait_for_url("**saved=**")
    expect(page.get_by_role("link", name=name).first).to_have_attribute("aria-current", "page")


def edit_cell(mara: Visitor, name: str) -> None:
    page = mara.page
    mara.reach(name)
    mara.press("F2")
    expect(page.get_by_label("Job title", exact=True)).to_be_focused()
    mara.press("Control+a")
    page.keyboard.type("Chief of finance")
    mara.press("Enter")
    expect(page.get_by_role("row", name=name)).to_contain_text("Chief of finance")


def hand_over_and_undo(mara: Visitor, name: str) -> None:
    page = mara.page
    mara.reach(f"Select {name}", key="Shift+Tab")
    mara.press("Space")
    expect(page.get_by_text("1 selected")).to_be_visible()
    open_by_key(mara, "Assign owner")
    expect(page.get_by_role("combobox", name="Assign owner")).to_be_focused()
    page.keyboard.type("Mara")
    mara.press("Tab", "Enter")
    expect(page.get_by_role("row", name=name)).to_contain_text("Mara Boyd")
    mara.press("z")
    expect(page.get_by_role("row", name=name)).not_to_contain_text("Mara Boyd")


def add_spend(mara: Visitor, campaign: str) -> None:
    jump(mara, "g m", "Campaigns")
    open_by_key(mara, campaign)
    head(mara.page, campaign)
    open_by_key(mara, "Add a cost")
    mara.reach("Amount")
    mara.page.keyboard.type("512")
    mara.reach("From")
    mara.page.keyboard.type("03082026")
    mara.press("Enter")
    expect(mara.page.locator("#costs")).to_contain_text("€512")
    mara.look("with a cost")


def follow_a_number(mara: Visitor, campaign: str) -> None:
    """Of the closed loop, to the people behind it."""
    page = mara.page
    jump(mara, "g r", "Closed loop")
    open_by_key(mara, "Campaign")
    page.wait_for_url("**by=campaign**")
    figure = page.get_by_role("row", name=campaign).first.get_by_role("link").first
    count = figure.inner_text()
    figure.focus()
    mara.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Closed loop")
    expect(page.get_by_role("main")).to_contain_text(count)
    mara.look()


def test_marketers_morning(visit: Visit) -> None:
    mara = visit("mara")
    mara.page.goto("/")
    head(mara.page, "Home")
    mara.look()
    filter_and_group(mara)
    keep_view(mara, "Hot ones")
    edit_cell(mara, "Carmen Ruiz")
    hand_over_and_undo(mara, "Carmen Ruiz")
    add_spend(mara, "Energy monitoring ads")
    follow_a_number(mara, "Energy monitoring ads")
