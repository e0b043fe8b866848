"""A view is kept, changed and deleted, and columns are moved, without touching the mouse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser


def keep(olga: Visitor, name: str) -> None:
    """Filter, save as, pin."""
    page, press = olga.page, olga.press
    page.goto("/people/?sort=-score")
    press("/")
    box = page.get_by_role("searchbox", name="Filter this list")
    expect(box).to_be_focused()
    page.keyboard.type("an")
    expect(box).to_have_value("an")
    page.wait_for_url("**q=an**")
    olga.reach("Save as", key="Shift+Tab")
    press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    olga.look("save as")
    page.keyboard.type(name)
    olga.reach("Only me")
    press("Tab")
    press("Space")  # pinned
    press("Enter")
    page.wait_for_url("**saved=**")


def move_company_to_the_left(olga: Visitor) -> None:
    page, press = olga.page, olga.press
    olga.reach("Columns and row height")
    press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    olga.look("columns")
    olga.reach("Move Company left")
    press("Enter")
    expect(page.locator("#live")).to_have_text("Company: place 1 of 22")
    expect(page.get_by_role("button", name="Move Company right")).to_be_focused()
    olga.reach("Show the list")
    press("Enter")
    page.wait_for_url("**cols=name%2Ccompany%2Cjob_title**")
    expect(page.get_by_role("columnheader").nth(1)).to_have_text("Company")
    olga.look("a changed view")


def test_n_makes_a_new_one_beside_a_list_and_notes_on_a_record(
    visit: Callable[..., Visitor],
) -> None:
    olga = visit("olga")
    page, press = olga.page, olga.press
    for place, made in (("/deals/", "**/deals/new/"), ("/campaigns/", "**/campaigns/new/")):
        page.goto(place)
        press("n")
        page.wait_for_url(made)
    page.goto("/people/")
    page.locator("tbody .first a").first.click()
    page.wait_for_url("**/people/*/")

    press("n")

    expect(page.get_by_role("radio", name="Note")).to_be_checked()


def test_view_is_kept_changed_and_deleted_by_keyboard(visit: Callable[..., Visitor]) -> None:
    olga = visit("olga")
    page, press = olga.page, olga.press

    keep(olga, "An by score")
    for place in ("Views", "Main"):
        link = page.get_by_role("navigation", name=place).get_by_role("link", name="An by score")
        expect(link).to_have_attribute("aria-current", "page")
    olga.look("a view")
    move_company_to_the_left(olga)
    olga.reach("Save")
    press("Enter")
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    olga.reach("View An by score")
    press("Enter")
    olga.look("the menu of a view")
    olga.reach("Delete")
    press("Enter")
    page.wait_for_url(re.compile("/people/$"))

    expect(page.get_by_role("link", name="An by score")).to_have_count(0)


def test_columns_are_chosen_without_script(visit: Callable[..., Visitor]) -> None:
    page = visit("olga", has_script=False).page
    page.goto("/people/companies/?q=a")

    page.get_by_role("link", name="Columns and row height").click()
    page.get_by_role("button", name="Move City left").click()
    page.get_by_role("checkbox", name="Industry").uncheck()
    page.get_by_label("Relaxed").check()
    page.get_by_role("button", name="Show the list").click()

    rest = ["City", "Employees", "Country", "Owner", "Tags"]
    heads = page.get_by_role("columnheader").all_inner_texts()
    assert heads == ["Name", "Lifecycle", "People", *rest]
    assert "density=relaxed" in page.url
