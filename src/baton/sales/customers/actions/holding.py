"""What every act on a customer begins and ends with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from django.utils.translation import gettext as _

from baton.core.access.actions import share, unshare
from baton.core.access.models import User
from baton.core.changes.actions import save_edit
from baton.core.errors import RuleViolation
from baton.sales.customers.models import Customer

CAUSE = "customer"  # why person and company are open to the owner
KIND = "customer"  # in the history


class CustomerGone(RuleViolation):
    """In the trash, or deleted for good."""


class About(TypedDict):
    """What every fact of this customer carries."""

    customer_id: int
    person_id: int | None
    company_id: int | None
    deal_id: int | None


def about(customer: Customer) -> About:
    return {
        "customer_id": customer.pk,
        "person_id": customer.person_id,
        "company_id": customer.company_id,
        "deal_id": customer.deal_id,
    }


def hold(customer_id: int) -> Customer:
    """The living one, locked until the transaction ends. Raises CustomerGone."""
    held = (
        Customer.objects.select_for_update(of=("self",))
        .select_related("company", "person", "owner__team", "seller", "agreement")
        .filter(pk=customer_id, deleted_at=None)
        .first()
    )
    if held is None:
        raise CustomerGone(_("This customer no longer exists."))
    return held


def change(
    customer: Customer,
    values: Mapping[str, Any],
    *,
    by: User | None,
    at: datetime,
    version: int | None = None,
    batch: UUID | None = None,
    cause: str = "",
) -> list[str]:
    """Write what differs on a held one, with its history; says which. Raises LostRace."""
    return save_edit(
        customer,
        object_type=KIND,
        values=values,
        by=by,
        at=at,
        version=version,
        batch=batch,
        cause=cause,
    )


def open_to_owner(customer: Customer, *, at: datetime) -> None:
    """Whoever looks after them sees and edits person and company, be they of another team."""
    for kind, pk in (("company", customer.company_id), ("person", customer.person_id)):
        if pk is None:
            continue
        unshare(object_type=kind, object_ids=[pk], cause=CAUSE)
        if customer.owner is not None and customer.deleted_at is None:
            share(object_type=kind, object_id=pk, cause=CAUSE, at=at, user=customer.owner)
