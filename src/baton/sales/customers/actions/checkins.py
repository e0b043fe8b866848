"""Customers are spoken with again and again: how often, on which day, and how it went."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.core.settings.queries import organisation_zone
from baton.records.people.models import Person
from baton.records.timeline.actions import log_activity
from baton.records.timeline.models import Activity
from baton.sales.customers.actions.health import refresh
from baton.sales.customers.actions.holding import about, change, hold
from baton.sales.customers.actions.surveys import NotTheirs
from baton.sales.customers.events import CheckinLate
from baton.sales.customers.models import Customer
from baton.sales.customers.queries.surveys import people_to_ask


class DayOver(RuleViolation):
    """What is agreed on lies ahead."""


@transaction.atomic
def set_checkins(
    *,
    customer: Customer,
    days: int | None,
    agreed_on: date | None,
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> UUID:
    """How often this one is spoken with (None: as the agreement says), and the day that was agreed
    on for the next time. The batch takes it back. Raises DayOver, LostRace."""
    customer, batch = hold(customer.pk), new_key()
    is_new = agreed_on != customer.checkin_agreed_on
    if agreed_on and is_new and agreed_on < at.astimezone(organisation_zone()).date():
        raise DayOver(_("Choose today or a day to come."))
    values = {"checkin_days": days, "checkin_agreed_on": agreed_on, "checkin_told_at": None}
    change(customer, values, by=by, at=at, batch=batch, version=version)
    refresh([customer.pk], at=at)
    return batch


@transaction.atomic
def log_checkin(
    *,
    customer: Customer,
    person: Person,
    kind: str,
    outcome: str,
    body: str,
    by: User | None,
    at: datetime,
) -> Activity:
    """On their timeline, as any call, meeting or mail; a talk begins the next rhythm. Raises
    NotTheirs, and as log_activity does."""
    customer = hold(customer.pk)
    if not people_to_ask(customer).filter(pk=person.pk).exists():
        raise NotTheirs(_("%(who)s is not one of this customer's people.") % {"who": person})
    logged = log_activity(
        kind=kind,
        outcome=outcome,
        body=body,
        by=by,
        at=at,
        person=person,
        company=customer.company,
    )
    refresh([customer.pk], at=at)
    return logged


@transaction.atomic
def tell_checkin(*, customer: Customer, at: datetime) -> bool:
    """That the day is over, once until somebody spoke with them; looked at again under the lock."""
    customer = hold(customer.pk)
    refresh([customer.pk], at=at)
    customer.refresh_from_db(fields=["checkin_on", "contacted_at"])
    today = at.astimezone(organisation_zone()).date()
    if customer.checkin_on is None or customer.checkin_on >= today or _was_told(customer):
        return False
    customer.checkin_told_at = at
    customer.save(update_fields=["checkin_told_at"])
    publish(CheckinLate(happened_at=at, due_on=customer.checkin_on.isoformat(), **about(customer)))
    return True


def _was_told(customer: Customer) -> bool:
    told, spoken = customer.checkin_told_at, customer.contacted_at
    return told is not None and (spoken is None or told >= spoken)
