"""The sidebar's groups fold by keyboard, keep what is late in sight, and move nothing else."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_group_folds_and_opens_by_its_heading(page: Page):
    page.goto("")
    heading = page.get_by_role("button", name="Relations")
    expect(heading).to_have_attribute("aria-expanded", "true")
    page.evaluate("document.querySelector('#side-relations a').removeAttribute('aria-current')")
    with page.expect_request("**/styleguide/") as sent:
        heading.press("Enter")

    expect(heading).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("link", name="People", exact=True)).to_be_hidden()
    expect(heading).to_be_focused()
    assert (sent.value.method, sent.value.post_data) == ("POST", "fold=relations")

    heading.press("Enter")
    expect(page.get_by_role("link", name="People", exact=True)).to_be_visible()


def test_what_is_late_stays_in_sight(page: Page):
    page.goto("")

    page.get_by_role("button", name="Handoff").click()

    expect(page.locator("#side-handoff").get_by_role("link")).to_be_visible()


def test_a_phone_keeps_its_five_places(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("")
    page.evaluate("document.querySelector('[value=relations]').click()")

    expect(page.locator("#side-relations").get_by_role("link")).to_be_visible()
    first = page.locator(".side-link").first.bounding_box()
    assert first is not None
    assert first["x"] < 10  # nothing unseen stands before it


def test_ones_own_name_is_in_sight_on_a_low_screen(page: Page):
    page.set_viewport_size({"width": 1280, "height": 420})
    page.goto("")

    expect(page.locator(".me")).to_be_in_viewport()


def test_a_phone_reaches_every_action_of_a_page(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("?part=components")
    actions = page.locator("header.top").get_by_role("button")

    expect(actions.filter(has_text="New person")).to_be_in_viewport(ratio=1)
    expect(actions.filter(has_text="Import")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Import", exact=True).first).to_be_in_viewport(ratio=1)


def test_enter_in_the_box_of_a_bulk_act_does_that_act(page: Page):
    page.goto("?part=list")
    page.locator("tbody .check").first.check()
    page.evaluate("""() => {
      const bar = document.querySelector(".selection");
      bar.insertAdjacentHTML("beforeend", '<button name="act" value="first">1</button>');
      const box = '<input id="box"><button name="act" value="own">2</button>';
      bar.insertAdjacentHTML("beforeend", `<div class="popup">${box}</div>`);
      bar.addEventListener("submit", (event) => {
        event.preventDefault();
        window.pressed = event.submitter.value;
      });
    }""")

    page.locator("#box").press("Enter")

    assert page.evaluate("window.pressed") == "own"


def test_a_phone_shows_the_tab_where_one_is(page: Page):
    tabs = "".join(f'<a class="tab" href="#">A saved view {number}</a>' for number in range(9))
    here = '<a class="tab" href="#" aria-current="page">Where I am</a>'

    def tabbed(route):
        answer = route.fetch()
        nav = f'<nav class="tabs" aria-label="Views">{tabs}{here}</nav>'
        route.fulfill(response=answer, body=answer.text().replace("</h1>", f"</h1>{nav}", 1))

    page.set_viewport_size({"width": 390, "height": 844})
    page.route("**/*part=components", tabbed)
    page.goto("?part=components")

    expect(page.get_by_role("link", name="Where I am")).to_be_in_viewport(ratio=0.5)


def test_the_bar_of_a_phone_stands_below_before_the_page_has_come(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("")
    page.evaluate("document.querySelector('.main').remove()")

    bar = page.locator(".side").bounding_box()
    assert bar is not None
    assert bar["y"] > 700
