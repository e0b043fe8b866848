"""Moves and closing forms, as pages and as pieces for htmx."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.deals import actions
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import AT, a_deal, a_stage

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


def url(name, *args):
    return reverse(f"deals:{name}", args=args)


@pytest.fixture
def deal(company, rep):
    lead = a_person(full_name="Jonas Berg", company=a_company(name="Northwind"), owner=rep)
    return a_deal(by=rep, name="120 sensors", person=lead, amount=Decimal(48_000))


@pytest.fixture
def browser(rep, signed_in):
    return signed_in(rep)


def test_move_on_the_board_answers_with_the_columns_and_an_undo(deal, browser):
    address = f"{url('move', deal.key)}?version=1"

    answer = browser.post(address, {"stage": a_stage("Meeting").key}, headers=HTMX)

    html = answer.content.decode()
    batch = Change.objects.get(verb="edited").batch
    assert answer.status_code == 200
    assert "“Northwind” is in Meeting now." in html
    assert url("undo", batch) in html
    assert Deal.objects.get().stage.name == "Meeting"


def test_moved_card_stays_in_sight_below_the_first_of_a_full_column(deal, rep, browser):
    meeting = a_stage("Meeting")
    for day in range(1, 12):  # they close before it, and stand above it
        a_deal(by=rep, stage=meeting, close_on=date(2026, 12, day))
    Deal.objects.filter(pk=deal.pk).update(close_on=date(2027, 3, 1))

    answer = browser.post(
        f"{url('move', deal.key)}?version=1", {"stage": meeting.key}, headers=HTMX
    )

    assert f'id="card-{deal.key}"' in answer.content.decode()
    assert f'id="card-{deal.key}"' not in browser.get(url("deals")).content.decode()


def test_column_that_shows_more_than_the_moved_card_still_does(deal, rep, browser):
    meeting, offer = a_stage("Meeting"), a_stage("Proposal")
    others = [a_deal(by=rep, stage=meeting, close_on=date(2026, 12, day)) for day in range(1, 21)]
    Deal.objects.filter(pk=deal.pk).update(close_on=date(2026, 12, 10))
    shown = f"more={offer.key}:38&more={meeting.key}:38"

    answer = browser.post(
        f"{url('move', deal.key)}?version=1&{shown}", {"stage": meeting.key}, headers=HTMX
    )

    html = answer.content.decode()
    assert [one.name for one in others if f'id="card-{one.key}"' not in html] == []


def test_move_without_script_leads_back_to_the_board(deal, browser):
    page = browser.get(url("move", deal.key))
    moved = browser.post(url("move", deal.key), {"stage": a_stage("Meeting").key})

    assert "Which stage is it in now?" in page.content.decode()
    assert (moved.status_code, moved["Location"]) == (302, "/deals/")


def test_move_that_lost_the_race_shows_the_truth(deal, rep, browser):
    actions.move_deal(deal=deal, stage=a_stage("Proposal"), by=rep, at=AT)
    address = f"{url('move', deal.key)}?version=1"

    answer = browser.post(address, {"stage": a_stage("Meeting").key}, headers=HTMX)

    assert answer.status_code == 409
    assert "Teo moved" in answer.content.decode()
    assert Deal.objects.get().stage.name == "Proposal"


def test_move_into_a_removed_stage_says_so(deal, rep, browser):
    meeting = a_stage("Meeting")
    actions.remove_stage(stage=meeting, move_to=a_stage("New"), by=rep, at=AT)

    answer = browser.post(url("move", deal.key), {"stage": meeting.key})

    assert answer.status_code == 409
    assert "“Meeting” was removed" in answer.content.decode()


def test_move_on_the_board_into_a_removed_stage_shows_the_present_columns(deal, rep, browser):
    meeting = a_stage("Meeting")
    actions.remove_stage(stage=meeting, move_to=a_stage("New"), by=rep, at=AT)

    answer = browser.post(url("move", deal.key), {"stage": meeting.key}, headers=HTMX)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "The stage “Meeting” was removed." in html
    assert str(meeting.key) not in html  # neither as a column nor in the menu
    assert html.count('data-stage="') == html.count("data-stage-choice=") == 6
    assert html.index(str(a_stage("New").key)) < html.index(f"card-{deal.key}")


@pytest.mark.parametrize("stage", ["", "x", "0" * 36])
def test_move_to_nowhere_is_refused(deal, browser, stage):
    assert browser.post(url("move", deal.key), {"stage": stage}).status_code == 409
    assert Deal.objects.get().stage.name == "New"


@pytest.mark.parametrize(
    ("name", "words"), [("Won", "Why did they buy?"), ("Lost", "Why was it lost?")]
)
def test_move_into_a_closing_stage_opens_its_form(deal, browser, name, words):
    sent = {"stage": a_stage(name).key}

    asked = browser.post(url("move", deal.key), sent, headers=HTMX)
    led = browser.post(url("move", deal.key), sent)

    assert words in asked.content.decode()
    assert led["Location"] == url("win" if name == "Won" else "lose", deal.key)
    assert Deal.objects.get().state == "open"


def test_win_form_closes_the_deal(deal, browser):
    answer = browser.post(url("win", deal.key), {"amount": "40,000", "reason": "speed"})

    fresh = Deal.objects.get()
    assert answer["Location"] == deal.get_absolute_url()
    assert (fresh.state, fresh.amount, fresh.reason) == ("won", 40_000, "speed")


def test_lose_form_asks_for_the_competitor_then_closes(deal, browser):
    address = url("lose", deal.key)

    asked = browser.post(address, {"reason": "competitor"})
    browser.post(address, {"reason": "competitor", "competitor": "Acme", "objection": "Slow"})

    fresh = Deal.objects.get()
    assert asked.status_code == 422
    assert "Name the competitor" in asked.content.decode()
    assert (fresh.state, fresh.competitor, fresh.objection) == ("lost", "Acme", "Slow")


@pytest.mark.parametrize("sent", [{}, {"reason": "unknown"}, {"reason": "<script>"}])
def test_lose_form_refuses_bad_input(deal, browser, sent):
    assert browser.post(url("lose", deal.key), sent).status_code == 422
    assert Deal.objects.get().state == "open"


def test_second_win_says_who_was_faster(deal, rep, browser):
    actions.win_deal(deal=deal, by=rep, at=AT)

    answer = browser.post(url("win", deal.key), {"reason": "speed"})

    assert answer.status_code == 422
    assert "Teo closed" in answer.content.decode()


def test_form_leads_back_to_our_own_pages_only(deal, browser):
    sent = {"reason": "price", "back": "https://evil.example/deals/"}

    assert browser.post(url("lose", deal.key), sent)["Location"] == deal.get_absolute_url()


def test_reopen_and_its_undo(deal, rep, browser):
    actions.lose_deal(deal=deal, by=rep, at=AT, reason="price")

    browser.post(url("reopen", deal.key))
    assert Deal.objects.get().state == "open"

    latest = Change.objects.filter(object_type="deal").latest("pk")
    browser.post(url("undo", latest.batch))
    assert Deal.objects.get().state == "lost"


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/deals/?whose=mine", "/deals/?whose=mine"),
        ("https://evil.example/deals/", None),
        ("", None),
    ],
)
def test_undo_leads_back_to_the_page_it_was_pressed_on(deal, browser, came_from, leads_to):
    browser.post(url("move", deal.key), {"stage": a_stage("Meeting").key})
    batch = Change.objects.filter(verb="edited").latest("pk").batch

    answer = browser.post(url("undo", batch), headers={"referer": came_from})

    assert answer["Location"] == (leads_to or deal.get_absolute_url())
    assert Deal.objects.get().stage.name == "New"


@pytest.mark.parametrize("act", ["win", "move"])
def test_panel_beside_the_board_shows_the_deal_as_it_is_after_the_act(act, deal, browser):
    here = HTMX | {"hx-current-url": f"http://testserver/deals/?deal={deal.key}"}
    sent = {"win": {"reason": "price"}, "move": {"stage": a_stage("Meeting").key}}[act]

    html = browser.post(f"{url(act, deal.key)}?version=1", sent, headers=here).content.decode()

    panel = html.split('<hx-partial hx-target="#panel">')[1]
    assert {"win": "Reopen", "move": "<b>Meeting</b>"}[act] in panel
    assert 'href="/deals/"' in panel  # closing it leads back to the board


def test_board_without_a_panel_stays_so_after_the_act(deal, browser):
    here = HTMX | {"hx-current-url": "http://testserver/deals/"}

    answer = browser.post(url("win", deal.key), {"reason": "price"}, headers=here)

    assert '<hx-partial hx-target="#panel">' not in answer.content.decode()
