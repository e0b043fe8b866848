"""What all routes of customers answer with, and whom they find."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.sales.customers.models import Customer
from baton.sales.customers.permissions import EDIT_CUSTOMERS
from baton.sales.customers.words import reasons_in_words

PLAIN = r"^[^\x00]*$"  # what a database can keep
WITH = ("company", "person", "owner", "seller", "deal")
READ = (*WITH, "agreement")
TOLD = ("reasons", "checkin_rule", "agreement_version")  # in other words than they are kept


class CustomerOut(Schema):
    """``handover``: waiting, accepted (the first call is owed), done, none; ``health``: green,
    amber, red, gray (gone), with the reasons in words; ``checkin_on``: by when they are spoken
    with again, worked out, unless ``checkin_agreed_on`` lies ahead, by ``checkin_rule`` of the
    table of rhythms (empty: everybody else's). ``agreement_version``: under which the handover
    began (empty: the usual terms, or none); by it the seller's note and the first value are due."""

    key: UUID
    version: int
    company: UUID | None
    person: UUID | None
    deal: UUID | None
    owner: UUID | None
    seller: UUID | None
    started_at: datetime
    note: str
    handover: str
    accept_due_at: datetime | None
    accepted_at: datetime | None
    accept_late: bool
    agreement_version: int | None
    brief_due_at: datetime | None
    briefed_at: datetime | None
    value_due_on: date | None
    call_due_at: datetime | None
    called_at: datetime | None
    call_late: bool
    health: str
    reasons: list[str]
    contacted_at: datetime | None
    checkin_on: date | None
    checkin_rule: str
    checkin_days: int | None
    checkin_agreed_on: date | None
    first_value_on: date | None
    issue: str
    issue_at: datetime | None
    contract_ends_on: date | None
    contract_amount: Decimal | None
    contract_currency: str
    renewal_step: str
    churned_on: date | None
    churn_reason: str


def out(found: Customer) -> dict[str, Any]:
    """As the API tells it."""
    plain = [name for name in CustomerOut.model_fields if name not in {*WITH, *TOLD}]
    return {
        "reasons": [words for words, _hue in reasons_in_words(found.reasons)],
        "checkin_rule": found.rhythm_rule,
        "agreement_version": found.agreement.version if found.agreement else None,
        **{name: getattr(found, name) for name in plain},
        **{name: _key(getattr(found, name)) for name in WITH},
    }


def _key(record: Any) -> UUID | None:
    return record.key if record else None


def customer_or_404(request: HttpRequest, key: UUID, permission: Permission) -> Customer:
    rows = Customer.objects.visible_to(user_of(request), permission)
    return get_object_or_404(rows.select_related(*READ), key=key)


def done(request: HttpRequest, key: UUID, act: Callable[..., object], **said: Any) -> Any:
    """What this act of theirs makes of a customer whom they may edit."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    act(customer=found, by=user_of(request), at=timezone.now(), **said)
    return out(fresh(found))


def fresh(found: Customer) -> Customer:
    return Customer.objects.select_related(*READ).get(pk=found.pk)
