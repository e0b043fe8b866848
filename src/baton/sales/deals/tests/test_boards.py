"""Deals as a board by an own field, beside the board of their pipeline."""

from decimal import Decimal

import pytest
from django.urls import reverse

from baton.core.fields.actions import limit_field
from baton.core.fields.rules import Option
from baton.core.fields.tests.factories import a_field
from baton.records.people.tests.factories import a_person
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import AT, a_deal

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
BY_TIER = {"as": "board", "by": "custom.tier"}


@pytest.fixture
def deal(company, rep):
    a_field("Tier", kind="choice", options=[Option("gold", "Gold")], object_type="deal")
    return a_deal(by=rep, person=a_person(owner=rep), amount=Decimal(400))


def board_of(page):
    return page.context["list"].board.board


def test_columns_sum_amounts_and_a_card_is_moved(deal, rep, signed_in):
    browser = signed_in(rep)
    board = board_of(browser.get("/deals/", BY_TIER))

    moved = board_of(
        browser.post(board.columns[1].cards[0].move_url, {"stage": "gold"}, headers=HTMX)
    )

    assert [(one.count, one.total) for one in board.columns] == [(0, ""), (1, "€400")]
    assert [(one.count, one.total) for one in moved.columns] == [(1, "€400"), (0, "")]
    assert Deal.objects.get().custom == {"tier": "gold"}


BY_OWNER = {"as": "board", "by": "owner"}


def column(board, user):
    return next(one for one in board.columns if one.key == str(user.pk))


def test_card_on_the_board_by_owner_is_given_to_a_colleague(deal, rep, colleague, signed_in):
    browser = signed_in(rep)
    board = board_of(browser.get("/deals/", BY_OWNER))
    assert [column(board, one).count for one in (rep, colleague)] == [1, 0]
    [card] = column(board, rep).cards

    moved = browser.post(card.move_url, {"stage": str(colleague.pk)}, headers=HTMX)

    assert moved.status_code == 200
    assert Deal.objects.get().owner == colleague
    assert column(board_of(moved), colleague).count == 1
    assert f"is in {colleague} now" in moved.content.decode()


def test_card_is_given_to_nobody_out_of_reach(deal, rep, outsider, signed_in):
    browser = signed_in(rep)
    board = board_of(browser.get("/deals/", BY_OWNER))
    assert str(outsider.pk) not in {one.key for one in board.columns}  # nor is their column there
    [card] = column(board, rep).cards

    refused = browser.post(card.move_url, {"stage": str(outsider.pk)}, headers=HTMX)

    assert refused.status_code == 409
    assert Deal.objects.get().owner == rep


def test_who_only_reads_owners_moves_no_card_by_them(deal, rep, admin, signed_in):
    limit_field(
        object_type="deal", name="owner", values={"read_only_for": [rep.role]}, by=admin, at=AT
    )

    board = board_of(signed_in(rep).get("/deals/", BY_OWNER))

    assert [card.move_url for card in column(board, rep).cards] == [""]


def test_undo_leads_back_to_that_board(deal, rep, signed_in):
    browser = signed_in(rep)
    board = board_of(browser.get("/deals/", BY_TIER))
    moved = browser.post(board.columns[1].cards[0].move_url, {"stage": "gold"}, headers=HTMX)
    undo = next(part for part in moved.content.decode().split('"') if "/undo/" in part)
    here = f"http://testserver{reverse('deals:deals')}?as=board&by=custom.tier"

    back = browser.post(undo, headers=HTMX | {"HX-Current-URL": here})

    assert back.headers["HX-Redirect"] == "/deals/?as=board&by=custom.tier"
    assert Deal.objects.get().custom == {}


def test_board_of_the_pipeline_leads_to_the_others(deal, rep, signed_in):
    page = signed_in(rep).get("/deals/").content.decode()

    assert "as=board&amp;by=custom.tier" in page
