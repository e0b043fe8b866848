"""The palette by keys alone, filled by the server, and the same place without script."""

import re
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from baton.core.ui import palette
from baton.core.ui.matching import is_called
from baton.core.ui.slots import Command, Finder
from baton.core.ui.tests.chromium import faults

pytestmark = pytest.mark.browser
OPTION, BOX = ".palette [role=option]", ".palette [role=combobox]"
# Keys of Playwright may come apart further than the palette waits where the machine is busy.
AT_ONCE = """box => [..."petra"].forEach((letter) => {
  box.value += letter;
  box.dispatchEvent(new Event("input", { bubbles: true }));
})"""
PHONE = {"width": 390, "height": 844}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PEOPLE = [
    SimpleNamespace(key=UUID(int=number), name=name, firm=firm)
    for number, (name, firm) in enumerate(
        [("Petra Berg", "Coldwick"), ("Peter Hall", "Halden"), ("Anna Lund", "Lund")], start=1
    )
]


@pytest.fixture(autouse=True)
def filled(guide: str, monkeypatch: pytest.MonkeyPatch) -> None:
    people = Finder(
        name="person",
        label="People",
        icon="person",
        permission="people.view",
        page="styleguide-person",
        found=lambda user, text: [one for one in PEOPLE if is_called(one.name, text)],
        opened=lambda user, keys: [one for one in PEOPLE if one.key in keys],
        title=lambda person: person.name,
        note=lambda person: person.firm,
    )
    new = Command(label="New person", url_name="ui:styleguide", icon="plus", also="add", makes=True)
    dark = Command(
        label="Dark theme",
        url_name="access:theme",
        icon="theme",
        is_post=True,
        fields=(("theme", "dark"),),
    )
    monkeypatch.setattr(palette, "finders", [people])
    monkeypatch.setattr(palette, "commands", [new, dark])
    monkeypatch.setattr(palette, "recents_of", lambda request: [("person", PEOPLE[2].key)])
    monkeypatch.setattr(palette, "reverse", address)


def address(name: str, args: Any = ()) -> str:
    return f"/styleguide/?part=desk&who={args[0].int}" if args else ADDRESSES[name]


ADDRESSES = {"ui:styleguide": "/styleguide/?part=lists", "access:theme": "/theme/"}


def opened(page: Page, part: str = "components") -> Any:
    page.goto(f"?part={part}")
    page.keyboard.press("Control+k")
    return page.locator(OPTION)


def test_palette_opens_with_recents_then_actions(page):
    options = opened(page)

    expect(options.first).to_have_text("Anna LundLund")
    expect(page.locator(".palette .go-heading").first).to_have_text("Recent")
    expect(options.get_by_text("New person")).to_be_visible()
    expect(page.locator(BOX)).to_be_focused()


def test_record_is_found_walked_to_and_opened_by_keys(page):
    options = opened(page)
    page.keyboard.type("pet")
    expect(options.first).to_have_text(re.compile("^Petra Berg"))
    expect(page.locator(".palette [role=status]")).to_have_text("2 results")

    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"{OPTION}[aria-selected=true]")
    expect(chosen).to_have_text(re.compile("^Peter Hall"))
    named = page.locator(BOX).get_attribute("aria-activedescendant")
    assert named == chosen.get_attribute("id")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile("who=2"))


def test_enter_before_the_answer_means_what_the_answer_brings_first(page):
    opened(page)

    page.keyboard.type("hall")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("who=2"))


def test_letters_typed_at_once_are_one_question(page):
    opened(page)
    expect(page.locator(OPTION).first).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.locator(BOX).evaluate(AT_ONCE)
    expect(page.locator(OPTION)).to_have_count(1)

    assert [url.partition("?")[2] for url in asked if "/palette/" in url] == ["q=petra"]


def test_escape_closes_and_gives_the_focus_back(page):
    page.goto("?part=components")
    opener = page.get_by_role("link", name="Search or jump to")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator(BOX)).to_be_focused()

    page.keyboard.press("Escape")

    expect(page.locator(".palette")).to_be_hidden()
    expect(opener).to_be_focused()


def test_nothing_found_says_so_and_offers_the_next_step(page):
    options = opened(page)
    page.keyboard.type("xylophone")

    expect(page.locator(".palette .palette-empty")).to_contain_text("is called “xylophone”.")
    expect(options).to_have_text(["New person"])
    expect(page.locator(".palette [role=status]")).to_contain_text("xylophone")


def test_what_has_a_key_on_this_page_is_offered(page):
    opened(page, "desk")
    page.keyboard.type("reject")

    expect(page.locator("#go-here")).to_have_text("On this page")
    page.keyboard.press("Enter")

    expect(page.locator("#reject")).to_be_visible()


def test_action_that_is_a_form_comes_back_to_this_page(page):
    page.emulate_media(color_scheme="light")
    opened(page)
    page.keyboard.type("dark")
    expect(page.locator(OPTION)).to_have_count(1)
    page.keyboard.press("Enter")

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_url(re.compile(r"part=components"))


def test_lost_connection_is_said_in_the_palette(page):
    opened(page)
    expect(page.locator(OPTION).first).to_be_visible()
    page.context.set_offline(True)
    page.keyboard.type("pet")

    expect(page.locator(".palette .palette-empty")).to_contain_text("No connection")
    expect(page.locator(OPTION)).to_have_count(0)


def test_palette_is_accessible_in_light_dark_and_on_a_phone(page):
    options = opened(page)
    page.keyboard.type("pe")
    expect(options.first).to_have_text(re.compile("^Petra Berg"))

    light = faults(page)
    page.emulate_media(color_scheme="dark")
    dark = faults(page, of_colours=True)
    page.set_viewport_size(PHONE)

    assert (light, dark, faults(page), page.evaluate(SIDEWAYS)) == ([], [], [], 0)


def test_search_page_finds_without_script(chromium, guide):
    with chromium.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(guide)
        page.get_by_role("link", name="Search", exact=False).first.click()
        page.locator("#palette-q").fill("berg")

        page.get_by_role("button", name="Search", exact=True).click()

        page.get_by_role("link", name="Petra Berg").click()

        expect(page).to_have_url(re.compile("who=1"))


def test_search_page_is_accessible(page):
    page.goto("/palette/?q=pe")

    light = faults(page)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")

    assert (light, faults(page), page.evaluate(SIDEWAYS)) == ([], [], 0)
