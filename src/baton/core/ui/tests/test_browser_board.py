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


def answered(page: Page, stage: str):
    """The request for that stage was sent, and answered."""
    return page.expect_response(lambda answer: answer.request.post_data == f"stage={stage}")


def stage_of(page: Page) -> str:
    stage = page.locator(CARD).evaluate("card => card.closest('[data-stage]').dataset.stage")
    return str(stage)


def test_shift_and_arrow_move_a_card_and_keep_the_focus(page, moves):
    page.locator(TITLE).focus()

    with answered(page, "qualified"):
        page.keyboard.press("Shift+ArrowRight")

    expect(page.locator(f"[data-stage=qualified] {CARD}")).to_be_visible()
    expect(page.locator(TITLE)).to_be_focused()
    assert moves == [("stage=qualified", True)]


def test_card_of_somebody_else_stays_and_says_so(page, moves):
    page.locator(CARD).evaluate("card => card.removeAttribute('data-move-url')")
    page.locator(TITLE).focus()

    page.keyboard.press("Shift+ArrowRight")

    expect(page.locator("#alert")).to_have_text("This card is not yours to move.")
    assert moves == []


def test_menu_moves_by_digit(page, moves):
    page.locator(TITLE).focus()

    with answered(page, "meeting"):
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
    with answered(page, "proposal"):
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
    expect(page.locator(f"[data-stage=new] {CARD}")).to_be_visible()


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

    expect(page.locator(f"[data-stage=new] {CARD}")).to_be_visible()
    expect(page.locator(TITLE)).to_be_focused()


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


def test_space_picks_a_card_up_arrows_carry_it_and_space_drops_it(page, moves):
    live = page.locator("#live")
    page.locator(TITLE).focus()

    page.keyboard.press("Space")
    expect(live).to_contain_text("picked up")
    page.keyboard.press("ArrowRight")
    expect(live).to_have_text("Over Qualified.")
    page.keyboard.press("ArrowRight")
    expect(page.locator(TITLE)).to_be_focused()
    assert moves == []
    with answered(page, "meeting"):
        page.keyboard.press("Space")

    expect(page.locator(f"[data-stage=meeting] {CARD}")).to_be_visible()
    expect(page.locator(TITLE)).to_be_focused()
    assert moves == [("stage=meeting", True)]


def test_escape_puts_a_carried_card_back(page, moves):
    page.locator(TITLE).focus()

    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")

    expect(page.locator("#live")).to_have_text("Back where it was.")
    assert (stage_of(page), moves) == ("new", [])


def test_second_move_waits_for_the_answer_to_the_first(page, moves):
    """It brings the version that the second one must name."""
    page.locator(TITLE).focus()

    with answered(page, "meeting"):
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Shift+ArrowRight")

    assert stage_of(page) == "meeting"
    assert [stage for stage, _ in moves] == ["stage=qualified", "stage=meeting"]


def test_board_scrolls_while_a_card_is_held_at_its_edge(page, moves):
    page.set_viewport_size({"width": 700, "height": 600})
    start = page.locator(CARD).bounding_box()
    board = page.locator(".board").bounding_box()

    page.mouse.move(start["x"] + 40, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(board["x"] + board["width"] - 4, start["y"] + 60, steps=4)

    expect(page.locator("[data-stage=proposal]")).to_be_in_viewport(ratio=0.9)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert moves == []


def test_long_press_drags_and_a_swipe_does_not(page, moves):
    start = page.locator(CARD).bounding_box()
    end = page.locator("[data-stage=qualified]").bounding_box()
    cdp = page.context.new_cdp_session(page)
    cdp.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    here = {"x": start["x"] + 40, "y": start["y"] + 20}
    there = {"x": end["x"] + 60, "y": end["y"] + 120}

    def touch(kind, *points):
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", here)
    expect(page.locator(".ghost")).to_be_visible()
    touch("touchMove", there)
    with answered(page, "qualified"):
        touch("touchEnd")
    expect(page.locator(f"[data-stage=qualified] {CARD}")).to_be_visible()

    touch("touchStart", there)
    touch("touchMove", there | {"y": there["y"] + 90})
    touch("touchEnd")
    assert page.locator(".ghost").count() == 0
    assert moves == [("stage=qualified", True)]
