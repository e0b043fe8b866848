"""Customers for tests of this module and of those above it."""

from datetime import UTC, datetime
from typing import Any

from baton.sales.customers.actions import ask_customer, start_customer
from baton.sales.customers.models import Customer, Survey
from baton.sales.deals.actions import win_deal
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday, 10:00 in Berlin


def a_won_deal(**over: Any) -> Deal:
    """Won the moment it was opened; ``over`` as open_deal takes it."""
    deal = a_deal(**over)
    return win_deal(deal=deal, by=over.get("by"), at=over.get("at", AT), reason="best_fit")


def a_customer(*, owner: Any = None, note: str = "", **over: Any) -> Customer:
    """Of a deal that ``by`` won, given to ``owner``."""
    at = over.get("at", AT)
    deal = a_won_deal(**over)
    return start_customer(deal=deal, owner=owner, note=note, by=over.get("by"), at=at)


def a_survey(customer: Customer, *, kind: str = "nps", at: datetime = AT) -> Survey:
    """A question to who bought."""
    assert customer.person
    survey, _batch = ask_customer(
        customer_id=customer.pk, person=customer.person, kind=kind, by=customer.owner, at=at
    )
    return survey
