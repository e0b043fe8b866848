"""Which touches count, and what each model makes of them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from baton.insight.analytics.queries import (
    MODELS,
    AttributionQuestion,
    attribution,
    touches_of,
)
from baton.insight.analytics.rules import NO_TOUCH, PARTS, LookBack
from baton.insight.analytics.tests.touching import (
    DAY,
    a_form,
    a_response,
    a_visit,
    tell,
    without_source,
    won,
)
from baton.marketing.campaigns.models import Campaign, Cost
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "numbered_lake")]


def by_group(report, model):
    return {row.group: row.credits[model].revenue for row in report.rows}


def test_three_models_share_the_same_revenue(number):
    ines = without_source()
    tell(
        a_visit(ines, AT - 9 * DAY, "paid_search"),
        a_visit(ines, AT - 5 * DAY, "email"),
        a_form(ines, AT - 1 * DAY, "direct"),
        a_visit(ines, AT + 1 * DAY, "social"),  # the deal was open by then
    )
    won(ines, amount=Decimal("100.00"))
    number()

    report = attribution(AttributionQuestion(look_back=LookBack.ALL))

    assert by_group(report, "first") == {"paid_search": 100, "email": 0, "direct": 0}
    assert by_group(report, "last") == {"paid_search": 0, "email": 0, "direct": 100}
    assert by_group(report, "linear") == {
        "paid_search": Decimal("33.33"),
        "email": Decimal("33.34"),
        "direct": Decimal("33.33"),
    }
    assert {(credit.revenue, credit.deals) for credit in report.total.credits.values()} == {
        (100, 1)
    }


def test_deal_without_a_touch_is_named_and_an_unknown_amount_stays_unknown(number):
    won(without_source(), amount=700)
    won(without_source(), amount=None)
    ines = without_source()
    tell(a_visit(ines, AT - 40 * DAY))
    won(ines, amount=300)
    number()

    report = attribution(AttributionQuestion(look_back=LookBack.DAYS_30))

    [row] = report.rows
    assert (row.group, row.credits["first"].revenue, row.credits["first"].deals) == (
        NO_TOUCH,
        1000,
        3,
    )
    assert (report.deals, report.total.unknown_amounts, row.touches) == (3, 1, 0)


def test_source_on_record_counts_where_no_other_touch_is_known_by_then(number):
    known, seen, late = (a_person(channel=name) for name in ("event", "email", "referral"))
    tell(a_visit(known, AT - 1 * DAY, "direct"), a_visit(seen, AT - 3 * DAY, "social"))
    number()
    for person, days in ((known, -3), (seen, -3), (late, 30)):
        Person.objects.filter(pk=person.pk).update(lead_at=AT + days * DAY)
        won(person)

    found = by_group(attribution(AttributionQuestion()), "first")

    assert found == {"event": 1000, "direct": 0, "social": 1000, "referral": 1000}


def test_response_that_a_form_tells_of_counts_once(number):
    fair = Campaign.objects.create(code="spring-fair", name="Spring fair", channel="event")
    ines, jonas = without_source(), without_source()
    tell(
        a_form(ines, AT - DAY, "event", campaign="Spring_Fair"),
        a_response(ines, AT - DAY, fair),
        a_response(jonas, AT - DAY, fair, status="reached"),
        a_response(jonas, AT - DAY + timedelta(hours=1), fair),
    )
    won(ines)
    won(jonas)
    number()

    [row] = attribution(AttributionQuestion(by="campaign")).rows

    assert (row.label, row.group, row.touches) == ("Spring fair", "spring-fair", 2)


def test_form_has_the_landing_page_of_its_visit(number):
    ines = without_source()
    tell(
        a_form(ines, AT - 9 * DAY),
        a_visit(ines, AT - 5 * DAY, landing_page="/p/demo", source="bing"),
        a_form(ines, AT - 5 * DAY + timedelta(minutes=3)),
    )
    won(ines, amount=300)
    number()

    pages, sources = (
        by_group(attribution(AttributionQuestion(by=by)), "linear")
        for by in ("landing_page", "touch_source")
    )

    assert pages == {"": 100, "/p/demo": 200}
    assert sources == {"": 100, "bing": 200}


def test_deal_without_a_person_has_the_touches_of_its_company(number):
    halden = a_company(name="Halden")
    ines, jonas = without_source(company=halden), without_source(company=halden)
    tell(a_visit(ines, AT - 2 * DAY, "email"), a_visit(jonas, AT - 1 * DAY, "direct"))
    won(None, amount=200, company=halden)
    won(ines, amount=50, company=halden)
    number()

    found = by_group(attribution(AttributionQuestion()), "linear")

    assert found == {"email": 150, "direct": 100}


def test_cost_and_return_are_of_the_days_and_unknown_without(number, rep):
    fair = Campaign.objects.create(code="fair", name="Fair", channel="event")
    days: dict[str, Any] = {"from_on": AT.date(), "to_on": (AT + 9 * DAY).date()}
    money: dict[str, Any] = {"amount": 1000, "currency": "EUR", "kind": "ads"}
    Cost.objects.create(campaign=fair, base_amount=1000, **money, **days)
    Cost.objects.create(channel="", base_amount=400, **money, **days)
    ines = without_source(owner=rep)
    tell(a_visit(ines, AT - DAY, "event"), a_visit(ines, AT - 2 * DAY, "email"))
    won(ines, amount=3000, owner=rep)
    number()
    period: dict[str, Any] = {"from_on": (AT + 5 * DAY).date(), "to_on": (AT + 40 * DAY).date()}

    whole, seen = (attribution(AttributionQuestion(user=user, **period)) for user in (None, rep))

    rows = {row.group: row for row in whole.rows}
    assert (rows["event"].cost, rows["email"].cost, whole.total.cost) == (500, None, 700)
    assert rows["event"].return_on_cost("linear") == 2
    assert (rows["email"].return_on_cost("linear"), rows["event"].return_on_cost("first")) == (
        None,
        -1,
    )
    assert {row.return_on_cost("linear") for row in seen.rows} == {None}


def test_shares_of_a_deals_touches_are_the_deal(number):
    ines = without_source()
    tell(*(a_visit(ines, AT - days * DAY) for days in range(1, 8)))
    deal = won(ines, amount=Decimal("0.05"))
    number()

    told = touches_of(AttributionQuestion(), deal)

    for model in MODELS:
        assert sum(row["credits"][model].parts for row in told) == PARTS
        assert sum(row["credits"][model].cents for row in told) == 5
