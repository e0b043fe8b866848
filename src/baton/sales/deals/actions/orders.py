"""Which order is the purchase that a deal was won by: of the two the deal alone is revenue."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.changes.actions import record_change
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.records.purchases.models import Order, OrderQuerySet
from baton.records.purchases.permissions import EDIT_PURCHASES
from baton.sales.deals.models import Deal, DealOrder


class OtherBuyer(RuleViolation):
    """The order is of somebody else than the deal."""


@transaction.atomic
def link_order(*, order: Order, deal: Deal | None, by: User | None, at: datetime) -> UUID:
    """The order belongs to this deal, or (None) to none; the batch takes it back.

    Raises OtherBuyer.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    if deal is not None and not _is_of_one_buyer(order, deal):
        raise OtherBuyer(_("This purchase is of somebody else than the deal."))
    before = _links([order.pk], ["deal"])[order.pk]
    _set_link(order.pk, {"deal": deal.pk if deal else None}, by, at)
    batch = new_key()
    record_change(
        object_type="deal_order",
        object_id=order.pk,
        verb="edited",
        before=before,
        after={"deal": deal.pk if deal else None},
        by=by,
        at=at,
        batch=batch,
    )
    return batch


def _is_of_one_buyer(order: Order, deal: Deal) -> bool:
    is_same_person = order.person_id is not None and order.person_id == deal.person_id
    is_same_company = order.company_id is not None and order.company_id == deal.company_id
    return is_same_person or is_same_company


def _links(order_ids: Collection[int], _names: Collection[str]) -> dict[int, dict[str, Any]]:
    """By order the id of its deal."""
    found = dict(DealOrder.objects.filter(order__in=order_ids).values_list("order_id", "deal_id"))
    return {pk: {"deal": found.get(pk)} for pk in order_ids}


@transaction.atomic
def _set_link(order_id: int, values: Mapping[str, Any], _by: User | None, _at: datetime) -> None:
    if values["deal"] is None:
        DealOrder.objects.filter(order=order_id).delete()
    else:
        DealOrder.objects.update_or_create(order_id=order_id, defaults={"deal_id": values["deal"]})


def _reach(user: User, _verb: Verb) -> OrderQuerySet:
    return Order.objects.reached_by(user, EDIT_PURCHASES)


LINK = Tracked(
    object_type="deal_order",
    label="Purchase of a deal",
    read=_links,
    write=_set_link,
    trash=lambda ids, by, at: [],
    restore=lambda ids, by, at: [],
    reach=_reach,
    has_trash=False,
)
