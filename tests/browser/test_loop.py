"""The closed loop as people see it: a stranger, the rep who is asked, and marketing."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
ARRIVAL = "utm_source=linkedin&utm_medium=cpc&utm_campaign=linkedin-plants"
PAUSE = 2.0  # seconds; who sends a form sooner is taken for a machine
OPENED = re.compile(r"Offered to (\w+)")


def read_three_pages(stranger: Visitor) -> None:
    """By the campaign; allows to be remembered."""
    page = stranger.page
    page.goto(f"/p/welcome/?{ARRIVAL}")
    stranger.look()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_role("button", name="Yes")).to_have_count(0)
    page.goto("/p/energy-guide/")
    page.goto("/p/demo/")


def send_form(stranger: Visitor, address: str, *, button: str, answers: dict[str, str]) -> None:
    """Of that page, as a person does who takes a moment."""
    page = stranger.page
    page.goto(address)
    opened_at = time.monotonic()
    for label, value in answers.items():
        page.get_by_label(label).fill(value)
    stranger.look("filled in")
    page.wait_for_timeout(max(0, opened_at + PAUSE - time.monotonic()) * 1000)
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/thanks/**")
    stranger.look()


def ask_for_demo(stranger: Visitor, *, name: str, email: str, company: str) -> None:
    answers = {
        "Your name": name,
        "Work email": email,
        "Company": company,
        "What would you like to see?": "Which of our presses runs at night.",
        "How did you hear about us?": "A colleague",
    }
    send_form(stranger, "/p/demo/", button="Ask for a demo", answers=answers)


def open_person(visitor: Visitor, name: str) -> Page:
    """From the list, by the quick filter."""
    page = visitor.page
    page.goto("/people/")
    page.get_by_role("searchbox").fill(name)
    page.wait_for_url("**?*q=*")  # a row that is pressed while it is drawn anew is not pressed
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return page


def who_was_asked(olga: Visitor, name: str) -> str:
    """First name, small, as in the demo's addresses; the worker may need a moment."""
    page = open_person(olga, name)
    entry = page.get_by_text(OPENED).first
    for _try in range(40):
        if entry.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    found = OPENED.search(entry.inner_text())
    assert found
    return found[1].lower()


def open_lead(rep: Visitor, name: str) -> None:
    """From the desk."""
    rep.page.goto("/leads/")
    rep.page.get_by_role("link", name=name).first.click()
    expect(rep.page.locator("#lead-name")).to_have_text(name)
    rep.look()


def take_and_talk(rep: Visitor) -> None:
    """By keys: A accepts; L logs an attempt, then the talk that stops the clock."""
    page, decision = rep.page, rep.page.get_by_label("Your answer")
    expect(decision.locator(".clock-big")).to_be_visible()
    rep.press("a")
    expect(decision).to_contain_text("to the first response")
    rep.look("accepted")
    rep.press("l")
    page.get_by_label("No answer").check()
    page.get_by_role("button", name="Log it").click()
    expect(decision).to_contain_text("1 of 5 attempts")
    rep.press("l")
    rep.press("3")
    expect(page.get_by_label("Talked")).to_be_checked()
    page.get_by_role("button", name="Log it").click()
    expect(decision).to_contain_text("A verdict is still owed")


def confirm_need(rep: Visitor) -> None:
    page = rep.page
    rep.press("a")
    page.get_by_label("What they need").fill("See which press runs at night")
    page.get_by_label("What it means for them").fill("4,000 a month")
    page.locator("#need").get_by_role("button", name="Need confirmed").click()
    expect(page.get_by_label("Your answer")).to_contain_text("Need confirmed")
    rep.look("need confirmed")


def open_deal(rep: Visitor, *, name: str, amount: str) -> None:
    page = rep.page
    page.get_by_role("link", name="Open a deal").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Amount").fill(amount)
    page.get_by_label("Next step").fill("Send the site plan")
    page.get_by_label("When").fill("2031-03-10")
    rep.look("filled in")
    page.get_by_role("button", name="Open the deal").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    rep.look()


def move_on_the_board(rep: Visitor, company: str) -> None:
    """With the keyboard, one stage to the right."""
    page = rep.page
    page.goto("/deals/")
    rep.look()
    card = page.get_by_role("link", name=company).first
    card.focus()
    rep.press("Shift+ArrowRight")
    expect(page.locator("#live")).to_contain_text("Qualified")


def close_as(rep: Visitor, deal: str, *, button: str, answers: dict[str, str]) -> None:
    """From the deal's page: W or L asks why first."""
    page = rep.page
    page.goto("/deals/?as=table")
    rep.look()
    page.get_by_role("searchbox").fill(deal)
    page.wait_for_url("**?*q=*")
    page.get_by_role("link", name=deal).first.click()
    page.get_by_role("link", name=button, exact=True).click()
    for label, value in answers.items():
        if value:
            page.get_by_label(label).last.fill(value)
        else:
            page.get_by_label(label).check()
    rep.look(f"to be {button.lower()}")
    page.get_by_role("button", name=f"Mark as {button.lower()}").click()
    expect(page.locator("#toasts")).to_contain_text(button)


def take_up(rep: Visitor, name: str) -> None:
    """Accepted, talked to, need confirmed."""
    open_lead(rep, name)
    take_and_talk(rep)
    confirm_need(rep)


def figures_of(ines: Visitor, row: str) -> Page:
    """Closed loop by campaign; opens who was lost or won behind the row's last figure."""
    page = ines.page
    page.goto("/insight/closed-loop/?by=campaign")
    ines.look()
    page.get_by_role("row", name=row).first.get_by_role("link").first.click()
    ines.look()
    return page


def test_stranger_becomes_revenue_and_marketing_sees_who(visit: Visit) -> None:
    stranger = visit()
    read_three_pages(stranger)
    ask_for_demo(stranger, name="Edda Wolff", email="edda@wolffpress.example", company="Wolffpress")
    rep = visit(who_was_asked(visit("olga"), "Edda Wolff"))

    take_up(rep, "Edda Wolff")
    open_deal(rep, name="Night presses", amount="12,500")
    move_on_the_board(rep, "Wolffpress")
    close_as(rep, "Night presses", button="Won", answers={"Best fit": "", "Signed": "12,000"})

    person = open_person(rep, "Edda Wolff")
    rep.look("customer")
    expect(person.locator("#timeline")).to_contain_text("Looked at 3 pages")
    expect(person.get_by_role("main")).to_contain_text("Customer")
    behind = figures_of(visit("ines"), "LinkedIn")
    expect(behind.get_by_role("main")).to_contain_text("Edda Wolff")


def test_guide_scores_to_the_threshold_and_a_rejected_lead_goes_back(visit: Visit) -> None:
    stranger, olga = visit(), visit("olga")
    read_three_pages(stranger)
    known = {"Your name": "Pia Sand", "Work email": "pia@sandmill.example", "Company": "Sandmill"}
    send_form(stranger, "/p/energy-guide/", button="Send me the guide", answers=known)
    expect(open_person(olga, "Pia Sand").locator("#timeline")).not_to_contain_text("Offered to")
    role = {"What you do": "Head of energy"}
    send_form(stranger, "/p/iso-webinar/", button="Keep me a seat", answers=known | role)
    rep = visit(who_was_asked(olga, "Pia Sand"))

    open_lead(rep, "Pia Sand")
    rep.press("r")
    rep.page.get_by_label("No fit").check()
    rep.look("to be rejected")
    rep.page.get_by_role("button", name="Reject lead").click()
    expect(rep.page.locator("#toasts")).to_contain_text("Rejected")

    person = open_person(olga, "Pia Sand")
    olga.look("recycled")
    expect(person.locator("#timeline")).to_contain_text("No fit")
    expect(person.locator("#timeline")).to_contain_text("Back to nurture")
    olga.page.goto("/leads/quality/")
    expect(olga.page.get_by_role("main")).to_contain_text("No fit")
    olga.look()


def test_deal_is_lost_to_a_named_competitor_and_marketing_hears_why(visit: Visit) -> None:
    stranger = visit()
    ask_for_demo(stranger, name="Karl Ost", email="karl@ostglas.example", company="Ostglas")
    rep = visit(who_was_asked(visit("olga"), "Karl Ost"))

    take_up(rep, "Karl Ost")
    open_deal(rep, name="Furnace meters", amount="8,000")
    why = {
        "Went with a competitor": "",
        "Competitor": "Brightgrid",
        "object to": "Too much cabling",
    }
    close_as(rep, "Furnace meters", button="Lost", answers=why)

    deal = open_person(rep, "Karl Ost")
    deal.get_by_role("link", name="Furnace meters").first.click()
    expect(deal.get_by_role("main")).to_contain_text("Brightgrid")
    expect(deal.get_by_role("main")).to_contain_text("Too much cabling")
    rep.look("lost")
    ines = visit("ines")
    ines.page.goto("/insight/closed-loop/")
    expect(ines.page.get_by_role("main")).to_contain_text("Went with a competitor, deal lost")
