"""The look in a real Chromium: accessible in each theme and width, and quick by keys."""

import re

import pytest
from playwright.sync_api import expect

from baton.core.ui import samples
from baton.core.ui.tests.chromium import faults

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 640}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("part", samples.PARTS)
def test_part_is_accessible_in_light_dark_and_on_a_phone(page, part):
    page.goto(f"?part={part}")

    light = faults(page)
    page.emulate_media(color_scheme="dark")
    dark = faults(page, of_colours=True)
    page.set_viewport_size(PHONE)
    phone = faults(page)
    page.set_viewport_size(NARROWEST)

    assert (light, dark, phone, page.evaluate(SIDEWAYS)) == ([], [], [], 0)


WRONG = """
() => {
  const add = (name, words, colour) => {
    const one = document.querySelector("#body").appendChild(document.createElement(name));
    one.textContent = words;
    one.style.color = colour;
  };
  add("button", "", "");
  for (const words of ["Dim", "Dim, too"]) add("p", words, "rgb(150 150 150)");
  add("p", "Dimmer", "rgb(160 160 160)");
}
"""


def test_what_is_wrong_is_found(page):
    page.emulate_media(color_scheme="light")
    page.goto("?part=charts")
    page.evaluate(WRONG)

    found = sorted(fault.partition(":")[0] for fault in faults(page))
    colours = [re.findall(r">([^<]*)", fault)[0] for fault in faults(page, of_colours=True)]

    assert found == ["button-name", *["color-contrast"] * 3]
    assert colours == ["Dim", "Dimmer"]


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def test_keys_lead_places_and_rest_while_typing(page):
    page.goto("?part=record")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("People")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Search or jump to CtrlK")
    expect(page.get_by_role("dialog", name="Keys")).not_to_contain_text("Move the card")
    page.keyboard.press("Escape")

    page.get_by_label("Note", exact=True).fill("g p")
    page.locator("h1").click()
    page.keyboard.press("g")
    page.keyboard.press("p")

    page.wait_for_url(re.compile(r"/styleguide/$"))


def test_who_adds_something_begins_to_type_at_once(page):
    def adding(route):
        answer = route.fetch()
        html = answer.text().replace('<form class="composer"', '<form data-begin class="composer"')
        route.fulfill(response=answer, body=html)

    page.route("**/*part=record", adding)
    page.goto("?part=record")

    page.keyboard.type("g p")

    expect(page.get_by_label("Note", exact=True)).to_have_value("g p")


def test_list_of_keys_names_a_field_by_its_label(page):
    page.goto("?part=list")
    page.keyboard.press("?")

    line = page.get_by_role("dialog", name="Keys").get_by_role("listitem").filter(has_text="/")
    expect(line).to_have_text(re.compile(r"^\w+.* /$"))


def test_switched_off_keys_do_nothing(page):
    page.goto("?part=desk")
    page.keyboard.press("?")
    page.get_by_label("Use single keys").uncheck()
    page.keyboard.press("Escape")

    page.keyboard.press("r")

    expect(page.locator("#reject")).to_be_hidden()


def test_reject_form_opens_by_key_and_takes_a_digit(page):
    page.goto("?part=desk")

    page.keyboard.press("r")
    page.keyboard.press("3")

    expect(page.get_by_label("No fit")).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator("#reject")).to_be_hidden()


def test_reject_form_opens_without_script(chromium, guide):
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{guide}?part=desk")

        page.get_by_role("button", name="Reject", exact=False).first.click()

        expect(page.get_by_label("Bad data")).to_be_visible()


def test_theme_changes_at_once_and_is_remembered(page):
    page.emulate_media(color_scheme="light")
    page.goto("?part=components")

    page.get_by_role("button", name="Switch theme").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_palette_jumps_to_a_place(page):
    page.goto("?part=record")
    page.keyboard.press("Control+k")
    page.keyboard.type("peo")

    options = page.get_by_role("option")
    expect(options).to_have_text([re.compile("^People")])
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/styleguide/$"))


def test_clock_runs_turns_amber_and_late(page):
    page.clock.install()
    page.goto("?part=desk")
    first = page.locator(".offer .clock").first
    expect(first).to_have_text("52 min left")

    page.clock.run_for(35 * 60 * 1000)
    expect(first).to_have_text("17 min left")
    expect(first).to_have_class(re.compile("hue-amber"))

    page.clock.run_for(20 * 60 * 1000)
    expect(first).to_have_text("3 min late")
    expect(first).to_have_class(re.compile("hue-red"))


def test_danger_asks_before_it_is_sent(page):
    sent: list[str] = []
    page.goto("?part=components")
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Delete", exact=True).last.click()

    question = page.get_by_role("dialog", name="Are you sure?")
    expect(question).to_contain_text("Delete Jonas Weil?")
    question.get_by_role("button", name="Cancel").click()

    expect(question).to_be_hidden()
    assert "POST" not in sent


def test_toast_leaves_the_foot_of_a_list_free(page):
    page.goto("?part=list")
    page.evaluate(
        "document.querySelector('#toasts').innerHTML = '<div class=\"toast\"><p>Done.</p></div>'"
    )

    toast, foot = box(page, ".toast"), box(page, ".list-foot")

    assert toast["y"] + toast["height"] <= foot["y"]


def test_tabs_have_the_width_of_a_phone(page):
    page.set_viewport_size(PHONE)
    page.goto("?part=list")

    assert box(page, ".top > .tabs")["width"] == PHONE["width"]
