"""A buyer books Teo by his link, moves the meeting and cancels it: with and without script."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
TIMES = ".meet-times a"
ZONE = "Your time zone"


def link_of_teo(visit):
    """Teo's browser, and where he is booked."""
    teo = visit("teo")
    teo.page.goto("/account/booking/")
    teo.look()
    return teo, teo.page.locator("a[href^='/meet/']").first.get_attribute("href")


def pick(page, link):
    """A time on a clock of New York."""
    page.goto(link)
    expect(page.get_by_label(ZONE)).to_have_value("Europe/Berlin")
    page.get_by_label(ZONE).select_option("America/New_York")
    page.get_by_role("button", name="Show these hours").click()
    page.wait_for_url(re.compile(r"zone=America"))
    expect(page.get_by_label(ZONE)).to_have_value("America/New_York")
    page.locator(TIMES).nth(2).click()


def book(page, name):
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Mail").fill(f"{name.replace(' ', '.').lower()}@holm.example")
    page.wait_for_timeout(2100)  # people need longer
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", name="Booked")).to_be_visible()
    expect(page.get_by_text("(America/New York)")).to_be_visible()


def move(page):
    page.get_by_role("link", name="Move it").click()
    expect(page.get_by_label(ZONE)).to_have_value("America/New_York")
    page.locator(TIMES).nth(5).click()
    page.get_by_role("button", name="Move it").click()
    expect(page.get_by_role("heading", name="Booked")).to_be_visible()


def cancel(page):
    page.get_by_role("link", name="Cancel it").click()
    page.get_by_role("button", name="Cancel it").click()
    expect(page.get_by_text("will not take place")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_buyer_picks_books_moves_and_cancels(visit, has_script):
    teo, link = link_of_teo(visit)
    name = f"Ida {'Skrift' if has_script else 'Stille'}"
    page = visit(has_script=has_script).page

    pick(page, link)
    book(page, name)
    with page.expect_download() as file:
        page.get_by_role("link", name="Put it in my calendar").click()
    move(page)
    teo.page.goto("/meetings/")
    teo.page.get_by_role("link", name=name).click()
    expect(teo.page.get_by_text("Their clock")).to_be_visible()
    cancel(page)

    assert file.value.suggested_filename == "meeting.ics"
    teo.page.reload()
    expect(teo.page.get_by_text("Cancelled", exact=True)).to_be_visible()


def test_each_page_of_the_way_is_open_to_everybody(visit):
    """Axe, light and dark, on a phone: each page, the buyer's and Teo's."""
    teo, link = link_of_teo(visit)
    buyer = visit()
    page = buyer.page
    page.goto(link)
    buyer.look()
    pick(page, link)
    buyer.look("form")
    book(page, "Ole Holm")
    buyer.look("booked")
    page.get_by_role("link", name="Move it").click()
    page.locator(TIMES).nth(1).click()
    buyer.look("move")
    page.get_by_role("link", name="Keep the time").click()
    page.get_by_role("link", name="Cancel it").click()
    buyer.look("cancel")
    teo.page.goto("/meetings/")
    teo.look()
    teo.page.get_by_role("link", name="Ole Holm").click()
    teo.look()
    teo.page.get_by_role("link", name="Move", exact=True).click()
    teo.look()


def test_script_shows_the_buyers_own_clock(visit, chromium, baton):
    _teo, link = link_of_teo(visit)
    context = chromium.new_context(base_url=baton.address, timezone_id="Asia/Tokyo")
    page = context.new_page()

    page.goto(link)

    page.wait_for_url(re.compile(r"zone=Asia%2FTokyo"))
    expect(page.get_by_label(ZONE)).to_have_value("Asia/Tokyo")
    context.close()
