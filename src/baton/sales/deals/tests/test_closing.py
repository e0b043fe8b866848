from datetime import timedelta
from decimal import Decimal

import pytest

from baton.core.changes.actions import restore_record, undo
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.records.people.tests.factories import a_person
from baton.records.purchases.tests.factories import a_product
from baton.sales.deals import actions
from baton.sales.deals.actions import TRACKED
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import AT, a_deal, a_stage

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)


def stage_of(person):
    person.refresh_from_db()
    return person.stage


def test_win_deal_makes_a_customer_and_freezes_the_amount(company, rep):
    deal = a_deal(by=rep)

    actions.win_deal(deal=deal, by=rep, at=LATER, reason="speed", amount=Decimal(9_500))

    deal.refresh_from_db()
    told = FactRecord.objects.get(name="deal.won")
    assert (deal.state, deal.stage.name, deal.closed_at) == ("won", "Won", LATER)
    assert (deal.amount, deal.base_amount, deal.rate_on) == (9_500, 9_500, LATER.date())
    assert stage_of(deal.person) == "customer"
    assert told.payload == {"amount": "9500.00", "currency": "EUR", "reason": "speed"}


def test_double_win_says_who_was_faster(company, rep, colleague):
    deal = a_deal(by=rep)
    actions.win_deal(deal=deal, by=rep, at=LATER)

    with pytest.raises(actions.AlreadyClosed, match=r"Teo closed “.*” already: won"):
        actions.win_deal(deal=deal, by=colleague, at=LATER)

    assert FactRecord.objects.filter(name="deal.won").count() == 1


def test_lose_deal_keeps_reason_competitor_objection_and_the_person_is_a_lead_again(company, rep):
    deal = a_deal(by=rep)

    actions.lose_deal(
        deal=deal, by=rep, at=LATER, reason="competitor", competitor="Acme", objection="Too slow"
    )

    deal.refresh_from_db()
    assert (deal.state, deal.reason, deal.competitor, deal.objection) == (
        "lost",
        "competitor",
        "Acme",
        "Too slow",
    )
    assert stage_of(deal.person) == "lead"
    assert FactRecord.objects.get(name="deal.lost").payload == {
        "reason": "competitor",
        "competitor": "Acme",
        "objection": "Too slow",
    }


def test_lose_deal_leaves_the_person_where_another_open_deal_has_them(company, rep):
    lead = a_person()
    deal, _other = a_deal(person=lead, by=rep), a_deal(person=lead, by=rep)

    actions.lose_deal(deal=deal, by=rep, at=LATER, reason="price")

    assert stage_of(lead) == "opportunity"


def test_lose_deal_leaves_a_customer_a_customer(company, rep):
    lead = a_person()
    first, second = a_deal(person=lead, by=rep), a_deal(person=lead, by=rep)
    actions.win_deal(deal=first, by=rep, at=LATER)

    actions.lose_deal(deal=second, by=rep, at=LATER, reason="price")

    assert stage_of(lead) == "customer"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "because"}, "reason"),
        ({"reason": "competitor", "competitor": " "}, "competitor"),
    ],
)
def test_lose_deal_asks_for_what_is_missing(company, rep, values, field):
    deal = a_deal(by=rep)

    with pytest.raises(actions.ClosingIncomplete) as refusal:
        actions.lose_deal(deal=deal, by=rep, at=LATER, **values)

    assert refusal.value.fields == (field,)
    assert Deal.objects.get().state == "open"


def test_win_with_another_amount_than_the_lines_is_refused(company, rep):
    deal = a_deal(by=rep)
    actions.set_lines(
        deal=deal, lines=[actions.Line(product=a_product(), price=Decimal(70))], by=rep, at=AT
    )

    with pytest.raises(actions.AmountFromLines):
        actions.win_deal(deal=deal, by=rep, at=LATER, amount=Decimal(60))

    actions.win_deal(deal=deal, by=rep, at=LATER, amount=Decimal(70))
    assert Deal.objects.get().amount == 70


def test_reopen_goes_back_to_the_stage_before_and_takes_the_customer_back(company, rep):
    deal = a_deal(by=rep)
    actions.move_deal(deal=deal, stage=a_stage("Proposal"), by=rep, at=AT)
    deal = actions.win_deal(deal=deal, by=rep, at=LATER, reason="price")

    actions.reopen_deal(deal=deal, by=rep, at=LATER + timedelta(hours=1))

    deal.refresh_from_db()
    assert (deal.state, deal.stage.name, deal.closed_at, deal.reason) == (
        "open",
        "Proposal",
        None,
        "",
    )
    assert stage_of(deal.person) == "opportunity"
    assert FactRecord.objects.get(name="deal.reopened").payload == {"former_state": "won"}


def test_reopen_of_an_open_deal_is_refused(company, rep):
    with pytest.raises(actions.NotClosed):
        actions.reopen_deal(deal=a_deal(by=rep), by=rep, at=LATER)


def test_reopen_goes_to_the_first_stage_when_the_former_was_removed(company, rep):
    deal = a_deal(by=rep, stage=a_stage("Meeting"))
    deal = actions.win_deal(deal=deal, by=rep, at=LATER)
    actions.remove_stage(stage=a_stage("Meeting"), move_to=a_stage("Qualified"), by=rep, at=LATER)

    actions.reopen_deal(deal=deal, by=rep, at=LATER)

    assert Deal.objects.get().stage.name == "New"


def test_undo_of_a_win_takes_all_of_it_back(company, rep):
    deal, batch = a_deal(by=rep), new_key()
    actions.win_deal(
        deal=deal, by=rep, at=LATER, reason="price", amount=Decimal(9_000), batch=batch
    )

    outcome = undo(batch=batch, by=rep, at=LATER + timedelta(minutes=1))

    deal.refresh_from_db()
    assert outcome.kept_fields == []
    assert (deal.state, deal.stage.name, deal.amount, deal.reason, deal.closed_at) == (
        "open",
        "New",
        10_000,
        "",
        None,
    )
    assert stage_of(deal.person) == "opportunity"


def test_undo_of_a_loss_takes_all_of_it_back(company, rep):
    deal, batch = a_deal(by=rep), new_key()
    actions.lose_deal(
        deal=deal, by=rep, at=LATER, reason="competitor", competitor="Acme", batch=batch
    )

    undo(batch=batch, by=rep, at=LATER + timedelta(minutes=1))

    deal.refresh_from_db()
    assert (deal.state, deal.reason, deal.competitor) == ("open", "", "")
    assert stage_of(deal.person) == "opportunity"


def test_undo_of_a_reopening_closes_it_again_as_it_was(company, rep):
    deal = actions.lose_deal(deal=a_deal(by=rep), by=rep, at=LATER, reason="price")
    batch = new_key()
    actions.reopen_deal(deal=deal, by=rep, at=LATER + timedelta(hours=1), batch=batch)

    undo(batch=batch, by=rep, at=LATER + timedelta(hours=2))

    deal.refresh_from_db()
    assert (deal.state, deal.reason, deal.closed_at) == ("lost", "price", LATER)
    assert stage_of(deal.person) == "lead"


def test_trash_of_the_only_deal_takes_the_person_back_and_restore_brings_them_on(company, rep):
    deal = a_deal(by=rep)

    assert actions.trash_deals(deal_ids=[deal.pk], by=rep, at=LATER) == 1
    assert stage_of(deal.person) == "lead"
    assert actions.trash_deals(deal_ids=[deal.pk], by=rep, at=LATER) == 0

    later = LATER + timedelta(minutes=1)
    restore_record(kind=TRACKED, record_id=deal.pk, by=rep, at=later)
    assert stage_of(deal.person) == "opportunity"
