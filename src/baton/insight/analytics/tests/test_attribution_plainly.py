"""Attribution against a plain evaluation in Python, over random touches."""

import random
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from baton.core.facts.models import FactRecord
from baton.insight.analytics.queries import (
    CREDIT_COLUMNS,
    MODELS,
    AttributionQuestion,
    attribution,
    deals_behind,
)
from baton.insight.analytics.rules import NO_TOUCH, PARTS, LookBack
from baton.insight.analytics.tests.touching import (
    a_form,
    a_response,
    a_visit,
    tell,
    without_source,
    won,
)
from baton.marketing.campaigns.models import Campaign
from baton.records.people.tests.factories import AT
from baton.sales.deals.models import Deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "numbered_lake")]


def a_market(seed, *owners):
    """People with touches at random moments, and deals of random cents."""
    chance = random.Random(seed)
    fair = Campaign.objects.create(code="fair", name="Fair", channel="event")
    for number in range(7):
        person = without_source(owner=chance.choice(owners))
        facts: list[Any] = []
        for _ in range(chance.choice([0, 0, 1, 2, 3, 7])):
            at = AT - timedelta(minutes=chance.randrange(-3000, 200_000))
            channel, code = chance.choice(["email", "direct", ""]), chance.choice(["", "FAIR", "x"])
            make = chance.choice([a_visit, a_form])
            facts.append(make(person, at, channel, campaign=code))
        tell(*facts)
        if chance.random() < 0.3:
            tell(a_response(person, AT - timedelta(days=3, minutes=number), fair))
        for _ in range(chance.choice([1, 1, 2])):
            amount = chance.choice([None, Decimal(chance.randrange(0, 100_000)) / 100])
            won(person, amount=amount, opened=chance.randrange(0, 40), owner=person.owner)


def touches_plainly(deal, look_back):
    """Visits, forms, and the responses that neither tells of, up to the opening."""
    told = list(
        FactRecord.objects.filter(
            person_id=deal.person_id, name__in=["visit.made", "form.submitted", "campaign.joined"]
        ).order_by("happened_at", "position")
    )
    otherwise = {fact.happened_at for fact in told if fact.name != "campaign.joined"}
    return [
        fact
        for fact in told
        if fact.name != "campaign.joined"
        or (fact.payload["status"] == "responded" and fact.happened_at not in otherwise)
        if fact.happened_at <= deal.opened_at
        if look_back is None or deal.opened_at - fact.happened_at <= timedelta(days=look_back)
    ]


def plainly(deals, look_back, key):
    """What each model makes of these deals: group -> model -> [cents, parts]."""
    sums: Any = defaultdict(lambda: {model: [0, 0] for model in MODELS})
    for deal in deals:
        touches = touches_plainly(deal, look_back)
        n = len(touches)
        cents = None if deal.base_amount is None else int(deal.base_amount * 100)
        for model in MODELS:
            if not touches:
                _add(sums[NO_TOUCH][model], cents, PARTS)
            for place, touch in enumerate(touches):
                up_to = {"first": (1, 1), "last": (place + 1 == n, 1), "linear": (place + 1, n)}
                before = {"first": (place > 0, 1), "last": (0, 1), "linear": (place, n)}
                _add(
                    sums[key(touch)][model],
                    *(
                        None
                        if whole is None
                        else _rounded(whole, *up_to[model]) - _rounded(whole, *before[model])
                        for whole in (cents, PARTS)
                    ),
                )
    return sums


def _rounded(amount, part, whole):
    return int(Fraction(amount * part, whole) + Fraction(1, 2))


def _add(pair, cents, parts):
    pair[0] += cents or 0
    pair[1] += parts


KEYS = {
    "channel": lambda fact: (
        "event" if fact.name == "campaign.joined" else fact.payload.get("channel", "")
    ),
    "campaign": lambda fact: (
        "fair" if fact.name == "campaign.joined" else fact.payload.get("campaign", "").lower()
    ),
}


@pytest.mark.parametrize(("seed", "by"), [(1, "channel"), (2, "campaign")])
def test_random_touches_are_credited_as_a_plain_reader_would(seed, by, number, rep, outsider):
    a_market(seed, rep, outsider)
    number()

    for look_back, user in ((LookBack.ALL, None), (LookBack.DAYS_30, rep)):
        report = attribution(AttributionQuestion(by=by, look_back=look_back, user=user))

        deals = [deal for deal in Deal.objects.all() if not user or deal.owner == user]
        found = {
            row.group: {name: [one.cents or 0, one.parts] for name, one in row.credits.items()}
            for row in report.rows
        }
        assert found == plainly(deals, look_back.days, KEYS[by])
        whole = sum(int(deal.base_amount * 100) for deal in deals if deal.base_amount is not None)
        totals = {(credit.cents, credit.parts) for credit in report.total.credits.values()}
        assert totals == {(whole, PARTS * len(deals))}


def test_figures_are_the_sums_of_their_deals(number, rep, outsider):
    a_market(7, rep, outsider)
    number()
    asked = AttributionQuestion(user=rep)
    report = attribution(asked)

    for column in CREDIT_COLUMNS:
        for row, group in ((report.total, None), (report.rows[0], report.rows[0].group)):
            shares = deals_behind(asked, column=column, group=group).values()

            if column in MODELS:
                assert sum(share.credit.parts for share in shares) == row.credits[column].parts
                cents = sum(share.credit.cents or 0 for share in shares)
                assert cents == (row.credits[column].cents or 0)
            else:
                assert sum(share.touches for share in shares) == row.touches
