"""What comes back from the server: pieces, refusals, whole pages, toasts."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
ASK = """
([attributes]) => {
  const button = document.createElement("button");
  button.id = "ask";
  button.textContent = "Ask";
  for (const [name, value] of Object.entries(attributes)) button.setAttribute(name, value);
  document.querySelector("#body").prepend(button);
  htmx.process(button);
}
"""


@pytest.fixture
def ask(page: Page):
    """Press a button whose request is answered with this."""
    page.goto("?part=components")

    def pressed(body: str = "", *, status: int = 200, **attributes: str) -> None:
        page.route(
            "**/piece/",
            lambda route: route.fulfill(status=status, body=body, content_type="text/html"),
        )
        given = {"hx-get": "/piece/", "hx-target": "#count"} | {
            name.replace("_", "-"): value for name, value in attributes.items()
        }
        page.evaluate(ASK, [given])
        page.click("#ask")

    return pressed


def test_piece_is_swapped_in(page, ask):
    ask("12 people")

    expect(page.locator("#count")).to_have_text("12 people")


def test_form_with_faults_comes_back_and_the_fault_has_the_focus(page, ask):
    ask('<input aria-label="Amount" aria-invalid="true">', status=422)

    expect(page.get_by_label("Amount")).to_be_focused()


@pytest.mark.parametrize(
    ("status", "words"),
    [(403, "Your role may not do this"), (404, "not here any more"), (500, "Something broke")],
)
def test_refusal_is_said_and_swaps_nothing(page, ask, status, words):
    ask("<h1>An error page</h1>", status=status)

    expect(page.get_by_role("alert")).to_contain_text(words)
    expect(page.locator("#count")).to_have_text("all components")


def test_lost_connection_is_said(page, ask):
    page.route("**/gone/", lambda route: route.abort())

    ask(hx_get="/gone/")

    expect(page.get_by_role("alert")).to_contain_text("No connection to Baton")


FORM = """
(more) => {
  document.querySelector("#body").innerHTML =
    `<form method="post" action="/send/" ${more}><textarea name="body" aria-label="Text"></textarea>
    <button>Send</button></form>`;
  htmx.process(document.querySelector("#body"));
}
"""
SEND = 'hx-post="/send/" hx-target="#count"'


def test_double_click_sends_once(page):
    sent = []
    page.route("**/send/", lambda route: sent.append(route))
    page.goto("?part=components")
    page.evaluate(FORM, SEND)

    page.get_by_role("button", name="Send").dblclick()
    page.wait_for_timeout(20)
    sent[0].fulfill(body="done", content_type="text/html")
    expect(page.locator("#count")).to_have_text("done")

    assert len(sent) == 1


def test_lost_connection_keeps_the_text_and_offers_to_try_again(page):
    page.goto("?part=components")
    page.evaluate(FORM, SEND)
    page.route("**/send/", lambda route: route.abort())
    page.get_by_label("Text").fill("They want it in May")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("No connection to Baton")
    expect(page.get_by_label("Text")).to_have_value("They want it in May")

    page.unroute("**/send/")
    page.route("**/send/", lambda route: route.fulfill(body=route.request.post_data))
    page.get_by_role("button", name="Try again").click()

    expect(page.locator("#count")).to_contain_text("They+want+it+in+May")
    expect(page.locator("#alert")).to_be_empty()


DOOR = "<!doctype html><title>Sign in</title><body><h1>Sign in</h1>"


@pytest.mark.parametrize(("user", "found"), [("ann", "They want it in May"), ("bob", "")])
def test_text_of_an_ended_session_is_there_again_for_who_typed_it(page, user, found):
    """The form's own page is served with the form in it."""
    form = '<form method="post" action="/send/"><textarea name="body" aria-label="Text"></textarea>'
    page.goto("?part=components")
    page.evaluate(FORM, SEND)
    page.route("**/send/", lambda route: route.fulfill(body=DOOR, content_type="text/html"))
    page.get_by_label("Text").fill("They want it in May")
    page.get_by_role("button", name="Send").click()
    page.wait_for_function("sessionStorage.getItem('baton-typed')")
    page.unroute("**/send/")

    def again(route):
        body = route.fetch().text()
        body = body.replace('data-user="ann"', f'data-user="{user}"').replace(
            'id="body">', f'id="body">{form}<button>Send</button></form>'
        )
        route.fulfill(body=body, content_type="text/html")

    page.route("**/styleguide/?part=components", again)
    page.goto("?part=components")

    expect(page.get_by_label("Text")).to_have_value(found)
    assert page.evaluate("sessionStorage.getItem('baton-typed')") is None


def test_whole_page_is_gone_to_instead_of_swapped(page, ask):
    """Signed out meanwhile: the sign-in page must not appear inside a list."""
    ask("<!doctype html><title>Sign in</title><h1>Sign in</h1>")

    page.wait_for_url("**/piece/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_dialog_opens_when_filled_and_closes_when_emptied(page, ask):
    ask('<form><input aria-label="Reason" data-focus></form>', hx_target="#dialog")
    expect(page.get_by_label("Reason")).to_be_focused()

    page.evaluate(
        "htmx.ajax('GET', '/empty/', {target: '#dialog', swap: 'innerHTML swapEmpty:true'})"
    )
    page.route("**/empty/", lambda route: route.fulfill(body="", content_type="text/html"))

    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).to_be_hidden()


def test_toast_waits_under_the_pointer_and_then_goes(page, ask):
    page.clock.install()
    toast = (
        '<b-toast><div class="toast"><p>Moved.</p><button data-dismiss>x</button></div></b-toast>'
    )
    ask(f'<hx-partial hx-target="#toasts">{toast}</hx-partial>')
    shown = page.locator(".toast")
    expect(page.locator("#live")).to_have_text("Moved.")

    shown.hover()
    page.clock.run_for(10_000)
    expect(shown).to_be_visible()
    page.mouse.move(10, 10)
    page.clock.run_for(6_500)

    expect(shown).to_have_count(0)


def test_ticked_rows_are_counted_in_the_bar(page, ask):
    row = '<tr><td><input type="checkbox" aria-label="Row {0}"><a href="#{0}">{0}</a></td></tr>'
    rows = "".join(row.format(n) for n in "123")
    ask(
        '<b-select><input type="checkbox" data-all aria-label="All">'
        f'<table class="list-table"><tbody>{rows}</tbody></table>'
        '<div class="selection" data-count="%s selected" hidden>'
        '<b></b><label><input type="checkbox" name="all" data-words="All 40 selected">'
        "All 40</label>"
        '<button class="button">Edit</button><button data-none>None</button></div>'
        "</b-select>"
    )

    page.get_by_label("Row 1").check()
    page.get_by_label("Row 2").check()
    expect(page.locator(".selection b")).to_have_text("2 selected")
    expect(page.get_by_label("All 40")).to_be_hidden()
    assert page.get_by_label("All", exact=True).evaluate("box => box.indeterminate")

    page.get_by_label("All", exact=True).check()
    expect(page.locator(".selection b")).to_have_text("3 selected")
    page.get_by_label("All 40").check()
    expect(page.locator(".selection b")).to_have_text("All 40 selected")
    page.get_by_label("Row 1").uncheck()
    expect(page.locator(".selection b")).to_have_text("2 selected")
    page.get_by_role("link", name="1", exact=True).focus()
    page.keyboard.press("x")
    expect(page.locator(".selection b")).to_have_text("3 selected")
    page.keyboard.press("b")
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_focused()
    page.get_by_role("button", name="None").click()
    expect(page.locator(".selection")).to_be_hidden()


def test_what_was_typed_before_the_script_listened_is_heard(page):
    page.add_init_script("""
        document.addEventListener("readystatechange", () => {
          const box = document.querySelector("[role=search] [type=search]");
          if (document.readyState === "interactive") box.value = "berg";
        });
    """)

    with page.expect_request("**q=berg**") as asked:
        page.goto("?part=list")

    assert asked.value.headers["hx-request"] == "true"


def test_time_zone_of_the_browser_stands_there_first(page):
    page.context.new_cdp_session(page).send(
        "Emulation.setTimezoneOverride", {"timezoneId": "Asia/Tokyo"}
    )
    page.add_init_script("""
        document.addEventListener("readystatechange", () => {
          const zones = '<select data-own-zone><option>UTC<option>Asia/Tokyo</select>';
          if (document.readyState !== "interactive") return;
          document.body.insertAdjacentHTML("beforeend", zones);
        });
    """)

    page.goto("?part=list")

    expect(page.locator("[data-own-zone]")).to_have_value("Asia/Tokyo")


def test_link_that_is_followed_is_not_called_back_by_the_filter(page):
    held = []
    page.goto("?part=list")
    page.route("**/behind/", lambda route: held.append(route))
    page.evaluate("document.querySelector('h1').innerHTML = '<a href=\"/behind/\">Away</a>'")

    page.get_by_role("searchbox").fill("berg")
    with page.expect_request("**/behind/"):
        page.get_by_role("link", name="Away").click(no_wait_after=True)
    page.wait_for_timeout(200)  # longer than the filter waits for further letters
    held[0].fulfill(body="<h1>Behind the link</h1>", content_type="text/html")

    expect(page.get_by_role("heading")).to_have_text("Behind the link")


PROMISED = """
() => {
  document.querySelector("#body").innerHTML =
    `<div hx-get="/part/" hx-trigger="load, again" hx-swap="outerHTML" data-promised>
    <section aria-busy="true"><p role="status">Being counted…</p></section></div>`;
  htmx.process(document.querySelector("#body"));
}
"""


def test_part_that_did_not_come_says_so_in_its_place_and_is_asked_for_again(page):
    page.goto("?part=components")
    page.route("**/part/", lambda route: route.fulfill(status=503))
    page.evaluate(PROMISED)
    expect(page.locator("#body")).to_contain_text("Could not be counted.")

    page.unroute("**/part/")
    page.route("**/part/", lambda route: route.fulfill(body="<p>12 leads</p>"))
    page.locator("#body").get_by_role("button", name="Try again").click()

    expect(page.locator("#body")).to_have_text("12 leads")
