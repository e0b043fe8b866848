"""Customers for tests of this module and of those above it."""

from datetime import UTC, datetime
from typing import Any

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.qualification.handoff.actions import amend_agreement, sign_agreement
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.rules import Kind
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


def an_owners_agreement(*, at: datetime = AT, **values: Any) -> Agreement:
    """In force from ``at`` on, as usual but for ``values``; one owner signs for both."""
    head = create_user(name="Head", role=Role.OWNER)
    draft = amend_agreement(values=values, by=head, at=at, kind=Kind.OWNER)
    for side in draft.parties():
        draft = sign_agreement(agreement=draft, side=side, by=head, at=at)
    return draft


def a_survey(customer: Customer, *, kind: str = "nps", at: datetime = AT) -> Survey:
    """A question to who bought."""
    assert customer.person
    survey, _batch = ask_customer(
        customer_id=customer.pk, person=customer.person, kind=kind, by=customer.owner, at=at
    )
    return survey
