"""Answers that come late: what was typed meanwhile stays, and so does the focus."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from baton.core.ui.tests.slow import SlowLine

pytestmark = pytest.mark.browser
SHOW = """
(html) => {
  document.querySelector("#body").innerHTML = html;
  htmx.process(document.querySelector("#body"));
}
"""
ASK = '<a href="/late/" hx-get="/late/" hx-target="{at}" hx-swap="{swap}" data-key="y">Further</a>'
NOTE = """
<form id="note" method="post" hx-post="/late/" hx-target="#note" hx-swap="outerHTML">
  <textarea name="body" aria-label="Text">{text}</textarea><button>Send</button>
</form>
"""
STEP = '<form method="post" action="/step/"><input name="step" aria-label="Step"></form>'


@pytest.fixture
def late(page: Page) -> Callable[[str], None]:
    """Says what is answered at ``/late/``; until then nothing is."""
    return SlowLine(page, "**/late/").answer


def show(page: Page, html: str) -> None:
    page.goto("?part=components")
    page.evaluate(SHOW, html)


def test_text_of_another_form_stays_while_its_place_is_drawn_anew(page, late):
    show(page, ASK.format(at="#place", swap="innerHTML") + f'<div id="place">{STEP}</div>')
    page.get_by_role("link", name="Further").click()
    page.get_by_label("Step").press_sequentially("Send the pan")
    page.keyboard.press("ArrowLeft")

    late(f"<p>Here it is</p>{STEP}")
    expect(page.get_by_text("Here it is")).to_be_visible()
    expect(page.get_by_label("Step")).to_be_focused()
    page.keyboard.type("l")

    expect(page.get_by_label("Step")).to_have_value("Send the paln")


def test_what_was_written_behind_a_sent_note_is_the_next_one(page, late):
    show(page, NOTE.format(text=""))
    page.get_by_label("Text").fill("They want it in May.")
    page.keyboard.press("Control+Enter")
    page.get_by_label("Text").press_sequentially(" And a plan")

    late(f"{NOTE.format(text='')}<p>They want it in May.</p>")

    expect(page.locator("#body p")).to_have_count(1)
    expect(page.get_by_label("Text")).to_have_value("And a plan")
    expect(page.get_by_label("Text")).to_be_focused()


def test_sent_note_that_nobody_went_on_with_is_gone(page, late):
    show(page, NOTE.format(text=""))
    page.get_by_label("Text").fill("They want it in May.")
    page.keyboard.press("Control+Enter")

    late(f"{NOTE.format(text='')}<p>They want it in May.</p>")

    expect(page.locator("#body p")).to_have_count(1)
    expect(page.get_by_label("Text")).to_have_value("")


VALUE = '<div class="prop"><dt>Name</dt><dd><a href="/name/">Night presses</a></dd></div>'
OPEN = """
<div class="prop editing"><dt>Name</dt><dd><form method="post" action="/name/">
  <input type="hidden" name="version" value="1"><input name="value" aria-label="Name" value="Night">
</form></dd></div>
"""


def test_value_that_is_edited_stays_open_when_what_is_around_it_is_drawn_anew(page, late):
    show(page, ASK.format(at="#place", swap="innerHTML") + f'<div id="place">{OPEN}</div>')
    page.get_by_role("link", name="Further").click()
    page.get_by_label("Name").fill("Day presses")

    late(f"{VALUE}<p>Here it is</p>")

    expect(page.get_by_text("Here it is")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Day presses")
    expect(page.get_by_label("Name")).to_be_focused()
    expect(page.get_by_text("Night presses")).to_have_count(0)


def test_answer_calls_nobody_away_who_types_elsewhere(page, late):
    show(page, f'{ASK.format(at="#place", swap="innerHTML")}<div id="place"></div>{STEP}')
    page.get_by_role("link", name="Further").click()
    page.get_by_label("Step").focus()

    late('<input aria-label="Amount" aria-invalid="true"><input aria-label="Next" data-focus>')

    expect(page.get_by_label("Next")).to_be_visible()
    expect(page.get_by_label("Step")).to_be_focused()


def test_link_that_is_drawn_anew_keeps_the_focus(page, late):
    place = f'<div id="place">{ASK.format(at="#place", swap="outerHTML")}<p>%s</p></div>'
    show(page, place % "First")
    page.get_by_role("link", name="Further").press("Enter")

    late(place % "Second")

    expect(page.get_by_text("Second")).to_be_visible()
    expect(page.get_by_role("link", name="Further")).to_be_focused()


@pytest.mark.parametrize(
    ("control", "typed"),
    [
        ('<input aria-label="Step" data-focus>', "yes, and y"),
        (
            '<select aria-label="Step" data-focus><option value="no">No<option value="y">'
            "Yes, and yes</select>",
            "y",
        ),
    ],
    ids=["text", "select"],
)
def test_letters_before_the_dialog_is_there_are_for_it_and_no_commands(page, late, control, typed):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    show(page, ASK.format(at="#dialog", swap="innerHTML"))
    page.keyboard.press("y")
    page.keyboard.type("yes, and yy")
    page.keyboard.press("Backspace")

    late(f"<form>{control}</form>")

    expect(page.get_by_label("Step")).to_have_value(typed)
    assert len([url for url in asked if "/late/" in url]) == 1
