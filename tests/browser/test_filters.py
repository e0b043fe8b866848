"""Filters and groups by keyboard: what is typed is counted, the focus stays where it was."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser


def test_filter_is_put_together_by_keyboard(visit: Callable[..., Visitor]) -> None:
    olga = visit("olga")
    page, press, write = olga.page, olga.page.keyboard.press, olga.page.keyboard.type
    page.goto("/people/")
    page.wait_for_load_state("networkidle")
    press("f")
    expect(page.get_by_label("Field")).to_be_focused()
    write("Score")
    expect(page.get_by_label("Comparison of Score")).to_be_visible()
    expect(page.get_by_label("Field")).to_be_focused()  # drawn anew around it
    press("Tab")
    write("over")
    press("Tab")
    everybody = page.locator("#filter-count").inner_text()
    write("70")
    expect(page.locator("#filter-count")).not_to_have_text(everybody)
    expect(page.get_by_label("Value of Score")).to_be_focused()
    found = page.locator("#filter-count").inner_text()
    page.get_by_role("dialog").get_by_role("button", name="Group").click()
    expect(page.get_by_label("Field").nth(1)).to_be_focused()
    page.get_by_label("Value of Score").focus()
    press("Enter")
    page.wait_for_url("**filter=**")

    expect(page.locator("#count")).to_have_text(found.partition(" ")[0])
    olga.look("filtered")
    press("Tab")
    chip = page.get_by_role("link", name="Remove: Score over 70")
    expect(chip).to_be_focused()
    press("Enter")
    page.wait_for_url(lambda address: "filter=" not in address)
    expect(chip).to_have_count(0)


def test_group_is_closed_by_keyboard_and_keeps_the_focus(visit: Callable[..., Visitor]) -> None:
    olga = visit("olga")
    page = olga.page
    page.goto("/people/?group=stage")
    page.wait_for_load_state("networkidle")
    head = page.locator("#group-0")
    expect(head).to_have_attribute("aria-expanded", "true")
    olga.look("grouped")

    head.focus()
    page.keyboard.press("Enter")

    expect(head).to_have_attribute("aria-expanded", "false")
    expect(head).to_be_focused()
    page.wait_for_url("**closed=lead**")
