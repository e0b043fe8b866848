"""Revenue is won deals and purchases, never both for one sale."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from baton.insight.analytics.queries import (
    AttributionQuestion,
    Question,
    attribution,
    closed_loop,
    deals_behind,
    orders_behind,
    orders_in,
)
from baton.insight.analytics.rules import Basis
from baton.insight.analytics.tests.factories import a_deal, a_lead
from baton.insight.analytics.tests.touching import a_visit, tell
from baton.records.people.tests.factories import AT
from baton.records.purchases.actions import cancel_purchase, refund_purchase
from baton.records.purchases.models import Order
from baton.records.purchases.tests.factories import an_order
from baton.sales.deals.actions import link_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company", "numbered_lake")]
LOOP, CREDIT = reverse("analytics:closed-loop"), reverse("analytics:credited")


@pytest.fixture
def buyer(rep):
    return a_lead(channel="organic_search", owner=rep)


def total(**over):
    return closed_loop(Question(**over)).total


@pytest.mark.parametrize("from_lake", [False, True])
def test_purchases_are_revenue_less_refunds(buyer, from_lake):
    order = an_order(person=buyer)
    refund_purchase(order=order, amount=Decimal(30), refunded_at=AT, by=None, at=AT)
    an_order(person=buyer, currency="USD")
    cancel_purchase(order=an_order(person=buyer), by=None, at=AT)
    a_deal(buyer, state="won", amount=1000)

    found = total(from_lake=from_lake)

    assert (found.revenue, found.deals_won, found.purchases, found.unknown_purchases) == (
        Decimal(1060),
        1,
        2,
        1,
    )


@pytest.mark.parametrize("from_lake", [False, True])
def test_one_sale_counts_once(buyer, from_lake):
    deal = a_deal(buyer, state="won", amount=1000)
    order = an_order(person=buyer)

    link_order(order=order, deal=deal, by=None, at=AT)
    once = total(from_lake=from_lake)
    deal.state, deal.closed_at = "open", None
    deal.save()
    reopened = total(from_lake=from_lake)

    assert (once.revenue, once.deals_won, once.purchases) == (Decimal(1000), 1, 0)
    assert (reopened.revenue, reopened.deals_won, reopened.purchases) == (Decimal(90), 0, 1)


def test_purchases_count_in_the_period_they_were_made(buyer):
    an_order(person=buyer, placed_at=AT)
    later = an_order(person=buyer, placed_at=AT + timedelta(days=40))
    since = (AT + timedelta(days=20)).date()

    question = Question(from_on=since, basis=Basis.EVENT)

    assert closed_loop(question).total.purchases == 1
    assert list(Order.objects.filter(pk__in=orders_in(question, None))) == [later]


def test_drill_down_sums_to_the_cell(buyer, admin, outsider, signed_in):
    an_order(person=buyer)
    an_order(person=buyer, amount=Decimal("10.50"))
    client = signed_in(admin)

    page = client.get(LOOP)
    url = reverse("analytics:purchases")
    listed = client.get(f"{url}?by=source&group=organic_search")
    hidden = signed_in(outsider).get(url)

    assert url in page.content.decode()
    assert sum(row.object.net_amount for row in listed.context["list"].rows) == Decimal("100.50")
    assert closed_loop(Question()).rows[0].revenue == Decimal("100.50")
    assert not hidden.context["list"].rows


def test_self_serve_customer_is_no_mql(buyer, run_background):
    an_order(person=buyer, placed_at=AT + timedelta(days=1))
    run_background()

    found = total()

    assert (found.won, found.reached("mql"), found.reached("sal")) == (1, 0, 0)


def test_purchase_is_attributed_to_the_touches_before_it(buyer, admin, signed_in, number):
    tell(a_visit(buyer, AT + timedelta(days=1), channel="email"))
    order = an_order(person=buyer, placed_at=AT + timedelta(days=2))
    linked = an_order(person=buyer, placed_at=AT + timedelta(days=2))
    deal = a_deal(buyer, state="won", amount=500, closed_at=AT + timedelta(days=3))
    link_order(order=linked, deal=deal, by=None, at=AT)
    number()
    question = AttributionQuestion()

    report = attribution(question)
    shares = deals_behind(question, column="last", group="email")

    assert report.total.credits["last"].revenue == Decimal(590)
    assert list(orders_behind(shares)) == [order.pk]
    assert orders_behind(shares)[order.pk].credit.revenue == Decimal(90)
    assert deals_behind(replace(question, user=admin), column="last", group="email") == shares

    client = signed_in(admin)
    deals = client.get(f"{CREDIT}?column=last").content.decode()
    listed = client.get(f"{reverse('analytics:credited-purchases')}?column=last&group=email")
    why = client.get(reverse("analytics:touches-of-purchase", args=[order.key]))
    assert "1 purchase, too" in deals
    assert "1 deal, 1 purchase" in client.get(reverse("analytics:attribution")).content.decode()
    assert [row.object.credit for row in listed.context["list"].rows] == [Decimal(90)]
    assert (why.status_code, len(why.context["lines"])) == (200, 2)
