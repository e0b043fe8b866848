"""From the seller to the owner: taken over, called, given to somebody else, late."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.calendars.queries import hours_of
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.sales.customers.actions.health import refresh
from baton.sales.customers.actions.holding import about, change, hold, open_to_owner
from baton.sales.customers.actions.promising import accept_due, call_due, kept_version, noted
from baton.sales.customers.events import (
    CustomerAccepted,
    CustomerCalled,
    CustomerGiven,
    HandoverLate,
)
from baton.sales.customers.models import Customer
from baton.sales.customers.queries import may_own, terms
from baton.sales.customers.rules import Handover, Promise


class NothingOwed(RuleViolation):
    """Somebody was faster, or nothing was handed over."""


class CannotOwn(RuleViolation):
    """They cannot sign in, or do not work on sales' records."""


@transaction.atomic
def accept_customer(
    *, customer: Customer, by: User | None, at: datetime, batch: UUID | None = None
) -> Customer:
    """Taken over; late counts too, and is kept. The clock of the first call begins. Raises
    NothingOwed."""
    customer = hold(customer.pk)
    if customer.handover != Handover.WAITING:
        raise NothingOwed(_("They were taken over already."))
    is_late = _is_over(customer.accept_due_at, at)
    due = call_due(customer, at=at, hours=hours_of(customer.owner))
    values = {
        "handover": Handover.ACCEPTED.value,
        "accepted_at": at,
        "call_due_at": due,
        "accept_late": customer.accept_late or is_late,
    }
    change(customer, values, by=by, at=at, batch=batch)
    refresh([customer.pk], at=at)
    publish(
        CustomerAccepted(
            happened_at=at,
            actor_id=by.pk if by else None,
            owner_id=customer.owner_id or 0,
            is_late=customer.accept_late,
            **about(customer),
        )
    )
    return customer


@transaction.atomic
def note_call(
    *, customer: Customer, by: User | None, at: datetime, batch: UUID | None = None
) -> Customer:
    """The first call was made: the handover is done. Raises NothingOwed."""
    customer = hold(customer.pk)
    if customer.handover != Handover.ACCEPTED:
        raise NothingOwed(_("No first call is owed."))
    is_late = _is_over(customer.call_due_at, at)
    values = {
        "handover": Handover.DONE.value,
        "called_at": at,
        "call_late": customer.call_late or is_late,
    }
    change(customer, values, by=by, at=at, batch=batch)
    refresh([customer.pk], at=at)
    publish(
        CustomerCalled(
            happened_at=at,
            actor_id=by.pk if by else None,
            owner_id=customer.owner_id or 0,
            is_late=customer.call_late,
            **about(customer),
        )
    )
    return customer


@transaction.atomic
def note_contact(
    *, person_id: int | None, company_id: int | None, actor_id: int | None, at: datetime
) -> int:
    """The owner talked to somebody there: that is the first call. Says of how many."""
    rows = Customer.objects.living().filter(handover=Handover.ACCEPTED, owner=actor_id)
    mine = rows.filter(person=person_id) if person_id else rows.none()
    mine |= rows.filter(company=company_id) if company_id else rows.none()
    done = 0
    for customer in mine.filter(accepted_at__lte=at).order_by("pk"):
        note_call(customer=customer, by=customer.owner, at=at)
        done += 1
    return done


@transaction.atomic
def give_customer(
    *, customer: Customer, owner: User, by: User | None, at: datetime, note: str | None = None
) -> UUID:
    """To another owner, who is asked to take them over unless that is done already; the batch takes
    it back. Raises CannotOwn."""
    customer, batch = hold(customer.pk), new_key()
    if not may_own(owner):
        raise CannotOwn(_("%(who)s cannot look after a customer.") % {"who": owner.name})
    values: dict[str, Any] = {} if note is None else noted(customer, note=note, at=at)
    is_new = owner.pk != customer.owner_id
    if is_new:
        values |= {"owner": owner, **_asked_anew(customer, owner, at=at)}
    change(customer, values, by=by, at=at, batch=batch)
    refresh([customer.pk], at=at)
    if is_new:
        open_to_owner(customer, at=at)
        actor = by.pk if by else None
        publish(CustomerGiven(happened_at=at, actor_id=actor, owner_id=owner.pk, **about(customer)))
    return batch


def _asked_anew(customer: Customer, owner: User, *, at: datetime) -> dict[str, Any]:
    """Another owner has their own clock; who sold it, and keeps it, owes nothing."""
    if customer.handover == Handover.DONE:
        return {}
    if owner.pk == customer.seller_id:
        return {"handover": Handover.NONE.value}
    agreed = terms()
    return {
        "agreement": kept_version(agreed),
        "handover": Handover.WAITING.value,
        "offered_at": at,
        "accept_due_at": accept_due(agreed, at=at, hours=hours_of(owner)),
        "accepted_at": None,
        "accept_late": False,
        "call_due_at": None,
        "call_late": False,
    }


@transaction.atomic
def tell_late(*, customer: Customer, at: datetime) -> bool:
    """That a clock is over, once for each promise; looked at again under the lock."""
    customer = hold(customer.pk)
    if not _is_over(customer.due_at, at):
        return False
    is_accept = customer.handover == Handover.WAITING
    name = "accept_late" if is_accept else "call_late"
    if getattr(customer, name):
        return False
    setattr(customer, name, True)
    customer.save(update_fields=[name])
    refresh([customer.pk], at=at)
    publish(
        HandoverLate(
            happened_at=at,
            owner_id=customer.owner_id or 0,
            promise=(Promise.ACCEPT if is_accept else Promise.CALL).value,
            **about(customer),
        )
    )
    return True


def _is_over(due: datetime | None, at: datetime) -> bool:
    return due is not None and due < at
