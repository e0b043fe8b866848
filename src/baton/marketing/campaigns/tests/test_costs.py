from datetime import date
from decimal import Decimal

import pytest

from baton.core.changes.actions import undo
from baton.core.errors import RuleViolation
from baton.core.money.actions import set_rate
from baton.marketing.campaigns.actions import (
    BadAmount,
    BadPeriod,
    UnknownChannel,
    UnknownKind,
    edit_cost,
    remove_cost,
)
from baton.marketing.campaigns.models import Cost
from baton.marketing.campaigns.tests.factories import AT, MARCH, a_cost

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def a_rate(rate: str = "0.8") -> None:
    set_rate(
        currency="USD",
        base_currency="EUR",
        on=date(2026, 2, 1),
        rate=Decimal(rate),
        source="by hand",
        at=AT,
    )


def test_cost_in_our_currency_is_known():
    cost = a_cost(amount=Decimal("12.50"))

    assert (cost.base_amount, cost.rate_on) == (Decimal("12.50"), MARCH["from_on"])


def test_cost_in_another_currency_is_known_by_its_rate():
    a_rate()

    cost = a_cost(amount=Decimal(100), currency="usd")

    assert (cost.currency, cost.base_amount, cost.rate_on) == (
        "USD",
        Decimal("80.00"),
        date(2026, 2, 1),
    )


def test_cost_without_a_rate_stays_unknown_until_there_is_one(run_background):
    cost = a_cost(amount=Decimal(100), currency="USD")
    before = cost.base_amount

    a_rate()
    run_background()

    cost.refresh_from_db()
    assert (before, cost.base_amount) == (None, Decimal("80.00"))


@pytest.mark.parametrize(
    ("over", "refusal"),
    [
        ({"kind": "bribes"}, UnknownKind),
        ({"channel": "pigeons"}, UnknownChannel),
        ({"amount": Decimal("-1")}, BadAmount),
        ({"amount": Decimal("0.001")}, BadAmount),
        ({"amount": Decimal(10) ** 14}, BadAmount),
        ({"currency": "XXX"}, RuleViolation),
        ({"to_on": date(2026, 2, 1)}, BadPeriod),
    ],
)
def test_cost_is_refused(over, refusal):
    with pytest.raises(refusal):
        a_cost(**over)

    assert not Cost.objects.exists()


def test_edited_cost_is_settled_anew(marketer):
    a_rate()
    cost = a_cost(amount=Decimal(100))

    edit_cost(cost=cost, values={"currency": "USD"}, version=cost.version, by=marketer, at=AT)

    cost.refresh_from_db()
    assert cost.base_amount == Decimal("80.00")


def test_removed_cost_comes_back():
    cost = a_cost()

    batch = remove_cost(cost=cost, by=None, at=AT)
    gone = not Cost.objects.living().exists()
    undo(batch=batch, by=None, at=AT)

    assert gone
    assert Cost.objects.living().get() == cost
