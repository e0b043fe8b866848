"""What a handover promises, by the version in force as it begins."""

from datetime import datetime, timedelta
from typing import Any

from baton.core.calendars.queries import HoursBook
from baton.core.settings.queries import organisation_zone
from baton.core.worktime.rules import BusinessHours, add_working_time
from baton.qualification.handoff.models import Agreement
from baton.sales.customers.models import Customer
from baton.sales.customers.queries import terms_of
from baton.sales.customers.rules import Handover


def promise(customer: Customer, *, agreed: Agreement, book: HoursBook, at: datetime) -> None:
    """Who sold and who looks after them owe what is agreed, from ``at`` on; nothing is saved."""
    customer.agreement = kept_version(agreed)
    customer.handover = Handover.WAITING.value
    customer.offered_at = at
    customer.accept_due_at = accept_due(agreed, at=at, hours=book.of(customer.owner))
    if agreed.brief_minutes:
        allowed = timedelta(minutes=agreed.brief_minutes)
        hours = book.of(customer.seller)
        customer.brief_due_at = add_working_time(at, budget=allowed, hours=hours)
    if customer.note:
        customer.briefed_at = at
    if agreed.value_days:
        begun = at.astimezone(organisation_zone()).date()
        customer.value_due_on = begun + timedelta(days=agreed.value_days)


def kept_version(agreed: Agreement) -> Agreement | None:
    """None: the usual terms, which nobody has signed."""
    return agreed if agreed.pk else None


def accept_due(agreed: Agreement, *, at: datetime, hours: BusinessHours) -> datetime:
    return add_working_time(at, budget=timedelta(minutes=agreed.accept_minutes), hours=hours)


def call_due(customer: Customer, *, at: datetime, hours: BusinessHours) -> datetime:
    """From taking over on, by the version under which they were handed over."""
    allowed = timedelta(minutes=terms_of(customer).respond_minutes)
    return add_working_time(at, budget=allowed, hours=hours)


def noted(customer: Customer, *, note: str, at: datetime) -> dict[str, Any]:
    """The seller's own word, and when it was first given."""
    is_first = bool(note) and customer.briefed_at is None
    return {"note": note, "briefed_at": at} if is_first else {"note": note}
