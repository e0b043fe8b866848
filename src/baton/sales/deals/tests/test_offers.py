"""What deals offer to modules that they may not name."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from baton.core import filters, offers
from baton.core.money.actions import set_rate
from baton.core.settings.queries import organisation_zone
from baton.records.purchases.tests.factories import a_product
from baton.records.timeline.queries import timeline_of
from baton.sales.deals import actions
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import AT, a_deal, a_stage

pytestmark = pytest.mark.django_db


def found(field, op, value):
    tree = {"field": f"deal.{field}", "op": op, "value": value}
    asked = filters.compile(
        filters.parse(tree, object_type="deal"), at=AT, zone=organisation_zone()
    )
    return set(Deal.objects.filter(asked))


def test_deal_is_found_by_what_it_is(company, rep, colleague):
    product = a_product()
    deal = a_deal(
        by=rep,
        stage=a_stage("Meeting"),
        amount=Decimal(700),
        close_on=date(2026, 5, 1),
        next_step="Call",
        next_step_on=date(2026, 3, 9),
    )
    actions.set_lines(deal=deal, lines=[actions.Line(product=product)], by=rep, at=AT)
    won = actions.win_deal(deal=a_deal(by=colleague), by=colleague, at=AT)

    assert found("state", "is", "open") == found("stage", "is", a_stage("Meeting").pk)
    assert found("state", "is", "open") == {deal}
    assert found("owner", "is", colleague.pk) == {won}
    assert found("amount", "<", "1000") == {deal}
    assert found("close_on", "on", "2026-05-01") == {deal}
    assert found("next_step", "contains", "cal") == {deal}
    assert found("next_step_on", "on", "2026-03-09") == {deal}
    assert found("product", "is", product.pk) == {deal}
    assert found("closed_at", "on", "2026-03-02") == {won}
    assert found("opened_at", "on", "2026-03-02") == {deal, won}


def test_fields_are_heard_of_when_they_change():
    listened = {name for field in filters.fields_of("deal") for name in field.changed_by}

    assert listened == {
        "deal.opened",
        "deal.moved",
        "material.sent",
        "deal.won",
        "deal.lost",
        "deal.reopened",
        "deal.changed",
        "deal.person_added",
        "deal.person_role",
        "deal.person_removed",
        "score.record_changed",
    }


def test_timeline_tells_a_deal_in_words(company, rep):
    deal = a_deal(by=rep, name="Pilot", amount=Decimal(48_000))
    times = [AT + timedelta(hours=hour) for hour in range(1, 6)]
    actions.move_deal(deal=deal, stage=a_stage("Meeting"), by=rep, at=times[0])
    actions.edit_deal(deal=deal, values={"next_step": "Call"}, by=rep, at=times[1])
    actions.lose_deal(
        deal=deal, by=rep, at=times[2], reason="competitor", competitor="Acme", objection="Slow"
    )
    actions.reopen_deal(deal=deal, by=rep, at=times[3])
    actions.win_deal(deal=deal, by=rep, at=times[4], reason="speed")

    told = timeline_of(deal_id=deal.pk).entries

    assert [(entry.title, entry.detail) for entry in told] == [
        ("Deal won, €48,000", "Pilot, We were faster"),
        ("Deal opened again", "Pilot"),
        ("Deal lost to Acme: Went with a competitor", "Pilot, Slow"),
        ("Changed next step", "Pilot"),
        ("Moved to Meeting", "Pilot"),
        ("Deal opened", "Pilot, €48,000"),
    ]
    assert {entry.url for entry in told} == {deal.get_absolute_url()}


def test_rules_know_moves_by_their_words():
    names = {trigger.fact.name for trigger in offers.triggers}

    assert names >= {"deal.opened", "deal.moved", "deal.won", "deal.lost", "deal.reopened"}


def test_new_rate_reaches_open_deals_in_the_background(company, rep, run_background):
    deal = a_deal(by=rep, amount=Decimal(1000), currency="USD")

    set_rate(
        currency="USD", base_currency="EUR", on=AT.date(), rate=Decimal("0.9"), source="x", at=AT
    )
    run_background()

    deal.refresh_from_db()
    assert deal.base_amount == 900
