"""Cells of a list are edited where they stand, without touching the mouse."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from baton.core.ui.tests.slow import SlowLine

pytestmark = pytest.mark.browser
PEN = '<a class="cell-pen" href="{url}" hx-get="{url}" hx-target="closest td" {more}>Edit</a>'
FORM = """
<form class="cell-form" method="post" hx-post="{url}" hx-target="closest td" {more}>
  <input name="value" value="{value}" aria-label="{name}" data-focus><button>Save</button>
  <a href="{url}?shown" hx-get="{url}?shown" hx-target="closest td" data-cancel>Cancel</a>
</form>
"""
FOUND = '<div class="list-wrap" id="list"><p>Nobody is called so</p></div>'


@pytest.fixture
def sent(page: Page) -> list[str]:
    """What is saved; "wrong" is refused. Each cell holds "old" to begin with."""
    saved: list[str] = []

    def answer(route: Route) -> None:
        request, parts = route.request, urlsplit(route.request.url)
        url, name = parts.path, parts.path.split("/")[-2]
        if request.method == "GET" and "shown" not in parts.query:
            return route.fulfill(body=FORM.format(url=url, name=name, value="old", more=""))
        value = parse_qs(request.post_data or "").get("value", ["old"])[0]
        if value == "wrong":
            form = FORM.format(url=url, name=name, value=value, more="data-asks")
            return route.fulfill(status=422, body=form)
        if request.method == "POST":
            saved.append(f"{name}: {value}")
        return route.fulfill(body=value + PEN.format(url=url, more="data-focus"))

    page.route("**/edit/**", answer)
    page.goto("?part=list")
    page.get_by_role("link", name="Lena Fischer").first.focus()
    return saved


def test_tab_saves_a_cell_and_opens_the_next(page, sent):
    page.keyboard.press("F2")
    expect(page.get_by_label("company")).to_be_focused()
    page.get_by_label("company").fill("Halden")
    page.keyboard.press("Tab")

    expect(page.get_by_label("owner")).to_be_focused()
    expect(page.get_by_label("company")).to_have_count(0)
    assert sent == ["company: Halden"]


def test_escape_leaves_a_cell_and_arrows_go_on_to_the_next(page, sent):
    page.keyboard.press("F2")
    page.get_by_label("company").fill("Halden")
    page.keyboard.press("Escape")
    expect(page.locator("td", has_text="old")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    expect(page.get_by_label("owner")).to_be_focused()
    assert sent == []


def test_j_and_k_go_from_row_to_row_and_stay_at_the_ends(page, sent):
    names = page.locator(".list-table tbody .first a")

    page.keyboard.press("k")
    expect(names.first).to_be_focused()
    page.keyboard.press("j")
    expect(names.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(names.first).to_be_focused()
    assert sent == []


def test_refused_text_stays_whoever_goes_elsewhere(page, sent):
    page.locator("td", has_text="Orbis Pharma").first.dblclick()
    page.get_by_label("company").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.locator("[data-asks]")).to_be_visible()
    page.get_by_role("searchbox").focus()
    expect(page.get_by_label("company")).to_have_value("wrong")

    page.get_by_label("company").fill("right")
    page.get_by_role("button", name="Save").click()

    expect(page.locator("td", has_text="right")).to_be_visible()
    assert sent == ["company: right"]


def test_click_elsewhere_saves_what_was_typed(page, sent):
    page.keyboard.press("F2")
    page.get_by_label("company").fill("Halden")
    page.get_by_role("searchbox").focus()

    expect(page.locator("td", has_text="HaldenEdit")).to_be_visible()
    assert sent == ["company: Halden"]


def test_letters_typed_after_tab_are_for_the_next_cell(page, sent):
    page.keyboard.press("F2")
    page.get_by_label("company").fill("Halden")
    line = SlowLine(page, "**/edit/**")
    page.keyboard.press("Tab")
    page.keyboard.type("Ann")

    line.open()

    expect(page.get_by_label("owner")).to_have_value(re.compile("Ann"))
    assert sent == ["company: Halden"]


def test_list_is_not_drawn_anew_under_who_edits_a_cell(page, sent):
    line = SlowLine(page, re.compile("q=berg"))
    page.get_by_role("searchbox").fill("berg")
    page.locator("td", has_text="Orbis Pharma").first.dblclick()
    page.get_by_label("company").fill("Halden")
    with page.expect_response(re.compile("q=berg")):
        line.answer(FOUND)
    expect(page.get_by_label("company")).to_have_value("Halden")
    expect(page.get_by_label("company")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.get_by_text("Nobody is called so")).to_be_visible()
    assert sent == ["company: Halden"]
