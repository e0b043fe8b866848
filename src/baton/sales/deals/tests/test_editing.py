from datetime import date, timedelta
from decimal import Decimal

import pytest

from baton.core.changes.actions import LostRace, undo
from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.records.people.tests.factories import a_company, a_person
from baton.records.purchases.tests.factories import a_product
from baton.sales.deals import actions
from baton.sales.deals.models import Deal, DealLine
from baton.sales.deals.tests.factories import AT, a_deal

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def test_edit_deal_sets_fields_and_keeps_what_was(company, rep):
    deal = a_deal(by=rep, name="Pilot")

    actions.edit_deal(
        deal=deal,
        values={"name": " Großer Pilot ", "close_on": date(2026, 4, 1), "amount": Decimal(500)},
        by=rep,
        at=LATER,
        version=1,
    )

    deal.refresh_from_db()
    change = Change.objects.get(verb="edited", object_id=deal.pk)
    assert (deal.name, deal.sort_key) == ("Großer Pilot", "grosser pilot")
    assert (deal.base_amount, deal.version, deal.touched_at) == (500, 2, LATER)
    assert change.before == {"name": "Pilot", "close_on": None, "amount": "1E+4"}
    assert FactRecord.objects.get(name="deal.changed").payload == {
        "fields": ["name", "close_on", "amount"]
    }


def test_edit_with_the_same_values_changes_nothing(company, rep):
    deal = a_deal(by=rep, name="Pilot")

    actions.edit_deal(deal=deal, values={"name": "Pilot"}, by=rep, at=LATER, version=99)

    assert Deal.objects.get().version == 1
    assert not FactRecord.objects.filter(name="deal.changed").exists()


def test_second_of_two_editors_loses_the_race_and_writes_nothing(company, rep, colleague):
    deal = a_deal(by=rep)
    actions.edit_deal(deal=deal, values={"next_step": "Call"}, by=rep, at=LATER, version=1)

    with pytest.raises(LostRace):
        actions.edit_deal(
            deal=deal, values={"next_step": "Mail"}, by=colleague, at=LATER, version=1
        )

    assert Deal.objects.get().next_step == "Call"


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"name": " "}, actions.NoName),
        ({"person": None}, actions.NobodyToSellTo),
        ({"amount": Decimal(-5)}, actions.BadAmount),
        ({"reason": "price"}, actions.ClosingIncomplete),
        ({"stage": None}, KeyError),
        ({"state": "won"}, KeyError),
    ],
)
def test_edit_deal_refuses(company, rep, values, refusal):
    deal = a_deal(by=rep)

    with pytest.raises(refusal):
        actions.edit_deal(deal=deal, values=values, by=rep, at=LATER)

    assert Deal.objects.get().version == 1


def test_reason_of_a_closed_deal_can_be_mended_but_not_emptied(company, rep):
    deal = actions.lose_deal(deal=a_deal(by=rep), by=rep, at=AT, reason="price")

    actions.edit_deal(deal=deal, values={"reason": "timing"}, by=rep, at=LATER)

    with pytest.raises(actions.ClosingIncomplete):
        actions.edit_deal(deal=deal, values={"reason": ""}, by=rep, at=LATER)
    assert Deal.objects.get().reason == "timing"


def test_amount_of_a_closed_deal_is_valued_at_its_closing_day(company, rep):
    deal = actions.win_deal(deal=a_deal(by=rep), by=rep, at=AT)

    actions.edit_deal(deal=deal, values={"amount": Decimal(700)}, by=rep, at=AT + timedelta(9))

    deal.refresh_from_db()
    assert (deal.base_amount, deal.rate_on) == (700, AT.date())


def test_another_person_becomes_the_opportunity_and_the_former_goes_back(company, rep):
    former, new = a_person(), a_person()
    deal = a_deal(by=rep, person=former)

    actions.edit_deal(deal=deal, values={"person": new}, by=rep, at=LATER)

    former.refresh_from_db()
    new.refresh_from_db()
    assert (former.stage, new.stage) == ("lead", "opportunity")


def test_assign_owner_and_its_undo(company, rep, colleague):
    deal, batch = a_deal(by=rep), new_key()

    actions.assign_owner(deal=deal, owner=colleague, by=rep, at=LATER, batch=batch)
    assert Deal.objects.get().owner == colleague

    undo(batch=batch, by=rep, at=LATER)
    assert Deal.objects.get().owner == rep


def test_undo_of_an_edit_puts_dates_and_amounts_back(company, rep):
    deal = a_deal(by=rep, close_on=date(2026, 4, 1))
    batch = new_key()
    values = {"close_on": date(2026, 5, 1), "amount": Decimal("12.50"), "person": None}
    values["company"] = a_company()
    actions.edit_deal(deal=deal, values=values, by=rep, at=LATER, batch=batch)

    outcome = undo(batch=batch, by=rep, at=LATER)

    fresh = Deal.objects.get()
    assert outcome.kept_fields == []
    assert (fresh.close_on, fresh.amount, fresh.base_amount) == (date(2026, 4, 1), 10_000, 10_000)
    assert (fresh.person, fresh.company) == (deal.person, None)


def test_set_lines_makes_the_amount_their_sum(company, rep):
    deal = a_deal(by=rep)
    sensor, plan = a_product(), a_product()

    actions.set_lines(
        deal=deal,
        lines=[
            actions.Line(product=sensor, quantity=Decimal(120), price=Decimal(210)),
            actions.Line(product=plan, quantity=Decimal("1.5"), price=Decimal("0.33")),
        ],
        by=rep,
        at=LATER,
    )

    deal.refresh_from_db()
    assert (deal.amount, deal.base_amount) == (Decimal("25200.50"), Decimal("25200.50"))
    assert list(deal.lines.order_by("position").values_list("product", flat=True)) == [
        sensor.pk,
        plan.pk,
    ]


def test_lines_with_an_unknown_price_leave_the_amount_as_it_was(company, rep):
    deal = a_deal(by=rep)

    actions.set_lines(deal=deal, lines=[actions.Line(product=a_product())], by=rep, at=LATER)
    actions.edit_deal(deal=deal, values={"amount": Decimal(123)}, by=rep, at=LATER)

    assert Deal.objects.get().amount == 123


def test_amount_by_hand_is_refused_while_lines_decide_it(company, rep):
    deal = a_deal(by=rep)
    line = actions.Line(product=a_product(), price=Decimal(70))
    actions.set_lines(deal=deal, lines=[line], by=rep, at=LATER)

    for values in ({"amount": Decimal(5)}, {"currency": "USD"}):
        with pytest.raises(actions.AmountFromLines):
            actions.edit_deal(deal=deal, values=values, by=rep, at=LATER)

    assert Deal.objects.get().amount == 70


def test_add_line_twice_from_one_form_adds_one(company, rep):
    deal = a_deal(by=rep)
    line = actions.Line(product=a_product(), price=Decimal(70))
    actions.add_line(deal=deal, line=line, by=rep, at=LATER, version=1)

    with pytest.raises(LostRace):
        actions.add_line(deal=deal, line=line, by=rep, at=LATER, version=1)

    assert DealLine.objects.count() == 1


def test_remove_line_and_its_undo(company, rep):
    deal, batch = a_deal(by=rep), new_key()
    lines = [actions.Line(product=a_product(), price=Decimal(price)) for price in (70, 30)]
    actions.set_lines(deal=deal, lines=lines, by=rep, at=LATER)
    first = deal.lines.order_by("position")[0]

    actions.remove_line(deal=deal, line_id=first.pk, by=rep, at=LATER, batch=batch)
    assert Deal.objects.get().amount == 30

    undo(batch=batch, by=rep, at=LATER)
    assert Deal.objects.get().amount == 100
    assert list(deal.lines.order_by("position").values_list("price", flat=True)) == [70, 30]


@pytest.mark.parametrize(
    ("quantity", "price"),
    [(Decimal(0), None), (Decimal(-1), None), (Decimal(1), Decimal(-1)), (Decimal("NaN"), None)],
)
def test_set_lines_refuses_impossible_figures(company, rep, quantity, price):
    deal = a_deal(by=rep)
    line = actions.Line(product=a_product(), quantity=quantity, price=price)

    with pytest.raises(actions.BadLine):
        actions.set_lines(deal=deal, lines=[line], by=rep, at=LATER)

    assert not DealLine.objects.exists()
