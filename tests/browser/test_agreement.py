"""What both teams agree on is proposed, weighed and signed; who gets a lead is tried first."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser
IN_A_WEEK = f"{timezone.now() + timedelta(days=7):%Y-%m-%d}"
Visit = Callable[..., Visitor]


def propose(ines: Visitor) -> None:
    """Three numbers propose the fourth; one promise is made longer."""
    page = ines.page
    page.goto("/leads/agreement/")
    page.get_by_role("link", name="Propose a change").click()
    page.get_by_label("Revenue goal a month").fill("90000")
    page.get_by_role("button", name="Calculate").click()
    expect(page.get_by_role("main")).to_contain_text("€90,000 × 60 % / €12,000 = 4.5")
    expect(page.get_by_role("button", name="Calculate")).to_be_focused()
    ines.look("calculated")
    page.goto("/leads/agreement/new/")
    page.get_by_label("Within working days").fill("12")
    page.get_by_role("button", name="Propose", exact=True).click()


def weigh(page: Page) -> None:
    """What it would have meant opens whom it counts."""
    effect = page.get_by_role("region", name="What it would have meant")
    figure = effect.get_by_role("link").last
    count = figure.inner_text()
    figure.click()
    expect(page.locator(".top")).to_contain_text(count)
    page.go_back()


def test_change_is_weighed_and_signed_by_both_heads(visit: Visit) -> None:
    ines, nora = visit("ines"), visit("nora")
    draft = ines.page.get_by_role("region", name="What would change")

    propose(ines)
    expect(draft.get_by_role("row", name="Within working days")).to_contain_text("12")
    ines.look("a draft")
    weigh(ines.page)
    ines.reach("Sign for marketing")
    ines.press("Enter")
    expect(ines.page.get_by_text("Marketing: Ines Duarte").first).to_be_visible()
    nora.page.goto("/leads/agreement/")
    nora.page.get_by_role("button", name="Sign for sales").click()

    main = nora.page.get_by_role("main")
    expect(main).to_contain_text("5 attempts in 12 working days")
    version = main.get_by_role("listitem").filter(has_text="In force since")
    expect(version).to_contain_text("Marketing: Ines Duarte · Sales: Nora Ellis")


def make_a_pool(page: Page, name: str, *, member: str) -> None:
    page.goto("/leads/routing/")
    page.get_by_label("New pool").fill(name)
    page.get_by_role("button", name="Add pool").click()
    pool = page.get_by_role("region", name=name)
    pool.get_by_label("Who").select_option(member)
    pool.get_by_role("button", name="Add").click()
    expect(pool.get_by_text(member).first).to_be_visible()


def write_a_rule(olga: Visitor, name: str) -> None:
    """By keys, in the words of filters."""
    page = olga.page
    page.goto("/leads/routing/rules/new/")
    olga.reach("Name")
    page.keyboard.type(name)
    olga.reach("Tried as number")
    olga.press("Control+a")
    page.keyboard.type("1")
    olga.reach("Field")
    page.keyboard.type("Score")
    olga.reach("Comparison")
    page.keyboard.type("over")
    olga.reach("Value")
    page.keyboard.type("5")


def try_on_last_month(olga: Visitor) -> None:
    """Nothing is saved; each figure opens its leads."""
    page = olga.page
    page.get_by_role("button", name="Try on last month").click()
    leads = page.get_by_role("region", name="Leads of each rep")
    expect(leads.get_by_role("columnheader", name="By the draft")).to_be_visible()
    figure = leads.get_by_role("row").last.get_by_role("link").last
    count = int(figure.inner_text())
    figure.click()
    expect(page.get_by_role("region", name="Those leads").locator("tbody tr")).to_have_count(count)
    olga.look("with a draft")


def test_rule_is_tried_on_last_month_kept_and_taken_back(visit: Visit) -> None:
    olga = visit("olga")
    page = olga.page

    make_a_pool(page, "Key accounts", member="Nora Ellis")
    write_a_rule(olga, "Warm ones")
    page.get_by_label("Goes to").select_option("Key accounts")
    try_on_last_month(olga)
    page.go_back()
    page.go_back()
    page.get_by_role("button", name="Save rule").click()
    rule = page.get_by_role("listitem").filter(has_text="Warm ones")
    expect(rule).to_contain_text("Score over 5")
    rule.get_by_role("link").first.click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()

    expect(page.locator("#toasts")).to_contain_text("Undo")
    expect(rule).to_have_count(0)


def test_decision_says_what_was_tried_and_why_this_one(visit: Visit) -> None:
    nora = visit("nora")
    page = nora.page
    page.goto("/leads/routing/decisions/")

    page.get_by_label("How", exact=True).select_option("Everybody's turn")
    page.wait_for_url("**how=**")
    page.get_by_text("Jakub Dvorak").click()

    why = page.get_by_role("listitem").filter(has_text="Jakub Dvorak")
    expect(why).to_contain_text("Teo Nilsson's turn: 1 of 1 that day")


def test_clock_pauses_until_a_day_and_goes_on(visit: Visit) -> None:
    teo = visit("teo")
    page = teo.page
    page.goto("/leads/clocks/")

    page.get_by_role("link", name="Pause").first.click()
    page.get_by_label("Goes on at").fill(IN_A_WEEK)
    page.get_by_label("Why it pauses").fill("They count stock until then")
    teo.look("to pause")
    page.get_by_role("button", name="Pause").click()
    goes_on = page.get_by_role("button", name="Go on now")
    expect(goes_on).to_be_visible()
    goes_on.click()

    expect(goes_on).to_have_count(0)


def test_marketing_answers_a_reason_and_the_rep_reads_it(visit: Visit) -> None:
    mara, teo = visit("mara"), visit("teo")
    page = mara.page
    page.goto("/leads/quality/")
    page.locator(".kpi").filter(has_text="Reasons without an answer").get_by_role("link").click()
    page.get_by_role("row", name="Carmen Ruiz").get_by_role("link", name="Answer").click()
    page.get_by_label("Disputed").check()
    page.get_by_label("what speaks against it").fill("Two halls, and the audit is in March")
    mara.look("to answer")
    page.get_by_role("button", name="Answer").click()
    teo.page.goto("/inbox/")

    expect(teo.page.get_by_role("main")).to_contain_text("Carmen Ruiz")
