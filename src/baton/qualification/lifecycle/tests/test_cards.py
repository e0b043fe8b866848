"""Boards by lifecycle: a card is moved once somebody said why."""

import pytest
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Company
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PEOPLE, COMPANIES = "/people/", "/people/companies/"
BY_STAGE = {"as": "board", "by": "stage"}


@pytest.fixture
def person(rep, run_background):
    person = a_person(owner=rep, full_name="Jonas Berg")
    run_background()
    return person


def column(board, key):
    return next(one for one in board.columns if one.key == key)


def card_of(browser, place=PEOPLE, stage="lead"):
    board = browser.get(place, BY_STAGE).context["list"].board.board
    [card] = column(board, stage).cards
    return card


def stage_of(record):
    record.refresh_from_db()
    return record.stage


def test_card_moves_once_its_why_is_said(person, rep, signed_in):
    browser = signed_in(rep)
    card = card_of(browser)

    asked = browser.post(card.move_url, {"stage": "mql"}, headers=HTMX)
    form = asked.content.decode()
    assert stage_of(person) == "lead"
    empty = browser.post(card.move_url, {"to_stage": "mql", "reason": " "}, headers=HTMX)
    said = {"to_stage": "mql", "reason": "Asked for a price"}
    moved = browser.post(card.move_url, said, headers=HTMX)

    assert "Jonas Berg to MQL" in form
    assert 'hx-target="#dialog"' in form
    assert (asked.status_code, empty.status_code, moved.status_code) == (200, 422, 200)
    assert stage_of(person) == "mql"
    assert StageChange.objects.get(to_stage="mql").reason == "Asked for a price"
    assert column(moved.context["list"].board.board, "mql").count == 1
    assert "“Jonas Berg” is in MQL now." in moved.content.decode()


def test_undo_of_a_card_leads_back_to_the_board(person, rep, signed_in):
    browser = signed_in(rep)
    card = card_of(browser)
    browser.post(card.move_url, {"to_stage": "mql", "reason": "Called"}, headers=HTMX)
    undo = reverse("lifecycle:undo", args=[StageChange.objects.get(to_stage="mql").batch])
    board = "/people/?as=board&by=stage"

    back = browser.post(undo, headers={**HTMX, "Referer": f"http://testserver{board}"})
    elsewhere = {"Referer": "https://elsewhere.example/"}
    browser.post(card.move_url, {"to_stage": "mql", "reason": "Called"}, headers=HTMX)
    undo = reverse("lifecycle:undo", args=[StageChange.objects.get(to_stage="mql").batch])

    assert back["HX-Redirect"] == board
    assert browser.post(undo, headers=elsewhere).url == person.get_absolute_url()
    assert stage_of(person) == "lead"


def test_move_after_somebody_elses_is_refused_with_the_present_board(person, rep, signed_in):
    browser = signed_in(rep)
    card = card_of(browser)
    browser.post(card.move_url, {"to_stage": "mql", "reason": "Called"}, headers=HTMX)

    refused = browser.post(card.move_url, {"stage": "customer"}, headers=HTMX)
    late = browser.post(card.move_url, {"to_stage": "sql", "reason": "Met"}, headers=HTMX)

    assert (refused.status_code, late.status_code) == (409, 409)
    assert "Somebody moved it meanwhile." in refused.content.decode()
    assert stage_of(person) == "mql"


def test_stage_that_is_none_takes_nobody(person, rep, signed_in):
    browser = signed_in(rep)

    refused = browser.post(card_of(browser).move_url, {"stage": "vizier"}, headers=HTMX)

    assert refused.status_code == 409
    assert "That can be chosen no more." in refused.content.decode()


def test_card_moves_without_script(person, rep, signed_in):
    browser = signed_in(rep)
    card = card_of(browser)

    page = browser.get(card.move_url).content.decode()
    moved = browser.post(card.move_url, {"to_stage": "mql", "reason": "Called"})

    assert "<select" in page
    assert moved.url == f"{PEOPLE}?as=board&by=stage"
    assert stage_of(person) == "mql"


def test_company_is_set_by_its_card_and_told_how_it_stands_by_itself(rep, signed_in):
    company = a_company(owner=rep, name="Fennmark")
    Company.objects.update(stage="lead")
    browser = signed_in(rep)
    card = card_of(browser, COMPANIES)

    asked = browser.post(card.move_url, {"stage": "customer"}, headers=HTMX)
    said = {"to_stage": "customer", "reason": "Paid by card"}
    browser.post(card.move_url, said, headers=HTMX)

    assert "By itself a company stands" in asked.content.decode()
    company.refresh_from_db()
    assert (company.stage, company.stage_reason) == ("customer", "Paid by card")


def test_cards_of_whom_one_may_not_move_stay(person, signed_in):
    viewer = create_user(name="Vera", role=Role.VIEWER, email="vera@halden.example")

    assert card_of(signed_in(viewer)).move_url == ""
