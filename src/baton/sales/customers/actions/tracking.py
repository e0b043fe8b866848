"""Edited, put away, and taken back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.changes.actions import apply_edit, record_each, restore_rows, trash_rows
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.facts import publish
from baton.sales.customers.actions.health import refresh
from baton.sales.customers.actions.holding import KIND, about, open_to_owner
from baton.sales.customers.events import CustomerDeleted, CustomerRestored
from baton.sales.customers.models import Customer
from baton.sales.customers.permissions import DELETE_CUSTOMERS, EDIT_CUSTOMERS


@transaction.atomic
def trash_customer(*, customer: Customer, by: User | None, at: datetime) -> UUID:
    """Into the trash; the batch brings them back."""
    gone = _put_away([customer.pk], by, at)
    return record_each(gone, object_type=KIND, verb="deleted", by=by, at=at)


def _put_away(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    gone = trash_rows(Customer.objects.filter(pk__in=ids), at=at)
    for customer in _rows(gone):
        open_to_owner(customer, at=at)
        actor = by.pk if by else None
        publish(CustomerDeleted(happened_at=at, actor_id=actor, **about(customer)))
    return gone


def _bring_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """Those whose place nobody has taken meanwhile."""
    back = []
    for customer in _rows(ids):
        same = Customer.objects.living().exclude(pk=customer.pk).filter(company=customer.company_id)
        if not customer.company_id:
            same = same.filter(person=customer.person_id)
        if not same.exists():
            back += restore_rows(Customer.objects.filter(pk=customer.pk))
    for customer in _rows(back):
        open_to_owner(customer, at=at)
        actor = by.pk if by else None
        publish(CustomerRestored(happened_at=at, actor_id=actor, **about(customer)))
    return back


def _rows(ids: Collection[int]) -> list[Customer]:
    rows = Customer.objects.filter(pk__in=ids).select_related("owner", "company", "person")
    return list(rows.order_by("pk"))


def _write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=pk)
    apply_edit(customer, values=live_values(Customer, values))
    customer.save()
    if "owner" in values:
        open_to_owner(customer, at=at)
    refresh([pk], at=at)


CUSTOMER = Tracked(
    object_type=KIND,
    label="Customer",
    read=partial(read_fields, Customer),
    write=_write_back,
    trash=_put_away,
    restore=_bring_back,
    reach=lambda user, verb: Customer.objects.reached_by(
        user, DELETE_CUSTOMERS if verb is Verb.DELETE else EDIT_CUSTOMERS
    ),
)
