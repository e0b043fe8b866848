"""Filters and groups by keyboard: what is typed is counted, the focus stays where it was."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from baton.core.ui.tests.slow import SlowLine
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser


def open_form(visitor: Visitor) -> None:
    visitor.page.goto("/people/")
    visitor.press("f")
    expect(visitor.page.get_by_label("Field")).to_be_focused()


def mark(control: Locator) -> None:
    """So that another one in its place is told from it."""
    control.evaluate("one => { one.isStillHere = true; }")


def what_stands(control: Locator) -> tuple[str, bool]:
    """What is chosen there, and whether it is the marked one."""
    here = control.evaluate("one => Boolean(one.isStillHere)")
    return control.locator("option:checked").inner_text(), here


def choose_while_a_condition_is_added(page: Page) -> None:
    """In the first one, while the second is on its way."""
    page.get_by_role("dialog").get_by_role("button", name="Condition").click()
    page.get_by_label("Field").focus()
    page.keyboard.type("Job")


def test_typing_ahead_of_slow_answers_loses_nothing(visit: Callable[..., Visitor]) -> None:
    olga = visit("olga")
    page, press, write = olga.page, olga.press, olga.page.keyboard.type
    open_form(olga)
    field, comparison = page.get_by_label("Field"), page.get_by_label("Comparison of Score")
    value, count = page.get_by_label("Value of Score"), page.locator("#filter-count")
    everybody = count.inner_text()
    mark(field)
    line = SlowLine(page, "**/filter/**")

    write("Score")
    press("Tab")  # to what is not there yet
    line.open()
    expect(comparison).to_be_focused()
    mark(comparison)
    line.close()
    write("over")
    press("Tab")
    write("70")
    line.open()

    expect(count).not_to_have_text(everybody)
    expect(value).to_be_focused()
    expect(value).to_have_value("70")
    assert [what_stands(field), what_stands(comparison)] == [("Score", True), ("over", True)]

    line.close()
    choose_while_a_condition_is_added(page)
    line.open()
    expect(page.get_by_label("Comparison of Job title")).to_be_visible()
    expect(field).to_have_count(2)
    expect(field.first).to_be_focused()
    assert what_stands(field.first)[0] == "Job title"


def test_group_is_closed_by_keyboard_and_keeps_the_focus(visit: Callable[..., Visitor]) -> None:
    olga = visit("olga")
    page = olga.page
    page.goto("/people/?group=stage")
    head = page.locator("#group-0")
    expect(head).to_have_attribute("aria-expanded", "true")
    olga.look("grouped")

    head.focus()
    olga.press("Enter")

    expect(head).to_have_attribute("aria-expanded", "false")
    expect(head).to_be_focused()
    page.wait_for_url("**closed=lead**")
