"""Moving cards: by keys, by the menu, by dragging; and what happens when the server says no."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser
CARD = "#card-new-0"
TITLE = f"{CARD} .card-title"


@pytest.fixture
def moves(page: Page) -> list[tuple[str, bool]]:
    """The stages that were asked for, and whether the request was guarded; answers with nothing."""
    asked: list[tuple[str, bool]] = []

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            return route.fallback()
        asked.append((route.request.post_data or "", "x-csrftoken" in route.request.headers))
        return route.fulfill(status=204)

    page.route("**/styleguide/?part=board", answer)
    page.goto("?part=board")
    return asked


def stage_of(page: Page) -> str:
    stage = page.locator(CARD).evaluate("card => card.closest('[data-stage]').dataset.stage")
    return str(stage)


def test_shift_and_arrow_move_a_card_and_keep_the_focus(page, moves):
    page.locator(TITLE).focus()

    page.keyboard.press("Shift+ArrowRight")

    expect(page.locator(f"[data-stage=qualified] {CARD}")).to_be_visible()
    expect(page.locator(TITLE)).to_be_focused()
    assert moves == [("stage=qualified", True)]


def test_menu_moves_by_digit(page, moves):
    page.locator(TITLE).focus()

    page.keyboard.press("m")
    page.keyboard.press("3")

    expect(page.locator(f"[data-stage=meeting] {CARD}")).to_be_visible()
    assert moves == [("stage=meeting", True)]


def test_drag_moves_a_card_and_opens_nothing(page, moves):
    start = page.locator(CARD).bounding_box()
    end = page.locator("[data-stage=proposal]").bounding_box()

    page.mouse.move(start["x"] + 40, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 200, steps=5)
    page.mouse.up()

    expect(page.locator(f"[data-stage=proposal] {CARD}")).to_be_visible()
    assert moves == [("stage=proposal", True)]
    assert "#card" not in page.url


def test_short_movement_is_a_click(page, moves):
    start = page.locator(CARD).bounding_box()

    page.mouse.move(start["x"] + 40, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 43, start["y"] + 21)
    page.mouse.up()

    expect(page).to_have_url(re.compile("#card$"))
    assert moves == []


def test_arrows_walk_through_the_board(page, moves):
    page.locator(TITLE).focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")

    expect(page.locator("#card-qualified-0 .card-title")).to_be_focused()


def test_card_goes_back_when_the_server_refuses(page, moves):
    page.unroute("**/styleguide/?part=board")
    page.route("**/styleguide/?part=board", lambda route: route.fulfill(status=500))
    page.locator(TITLE).focus()

    page.keyboard.press("Shift+ArrowRight")

    expect(page.locator("#alert")).to_contain_text("Nothing was saved")
    assert stage_of(page) == "new"


def test_card_goes_back_when_the_question_is_left_open(page, moves):
    """Lost asks why; Esc is no answer."""
    field = '<input aria-label="Why" data-focus>'
    form = f'<hx-partial hx-target="#dialog"><form>{field}</form></hx-partial>'
    page.unroute("**/styleguide/?part=board")
    page.route(
        "**/styleguide/?part=board",
        lambda route: route.fulfill(body=form, content_type="text/html"),
    )
    page.locator(TITLE).focus()

    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_label("Why")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator(TITLE)).to_be_focused()
    assert stage_of(page) == "new"


def test_card_stays_where_the_answer_put_it(page, moves):
    """The reason was given: the form's answer draws the board anew, and the dialog closes."""
    form = '<form hx-post="/reason/" hx-target="#dialog"><button>Save reason</button></form>'
    page.unroute("**/styleguide/?part=board")
    page.route(
        "**/styleguide/?part=board",
        lambda route: route.fulfill(
            body=f'<hx-partial hx-target="#dialog">{form}</hx-partial>', content_type="text/html"
        ),
    )
    page.route(
        "**/reason/",
        lambda route: route.fulfill(
            body='<hx-partial hx-target=".board">Lost, with a reason</hx-partial>',
            content_type="text/html",
        ),
    )
    page.locator(TITLE).focus()

    page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="Save reason").click()

    expect(page.locator("#dialog")).to_be_hidden()
    expect(page.locator(".board")).to_have_text("Lost, with a reason")


def test_panel_marks_its_card_and_gives_the_focus_back(page, moves):
    page.route(
        "**/panel/",
        lambda route: route.fulfill(
            body='<a href="?part=board" data-closes-panel>Close</a>'
            '<h2 data-focus tabindex="-1">X</h2>',
            content_type="text/html",
        ),
    )
    page.locator(TITLE).evaluate(
        """title => {
          title.setAttribute("hx-get", "/panel/");
          title.setAttribute("hx-target", "#panel");
          htmx.process(title);
        }"""
    )
    page.locator(TITLE).click()
    expect(page.locator("#panel h2")).to_be_focused()
    expect(page.locator(CARD)).to_have_attribute("data-shown", "")

    page.keyboard.press("Escape")

    expect(page.locator("#panel")).to_be_empty()
    expect(page.locator(TITLE)).to_be_focused()
