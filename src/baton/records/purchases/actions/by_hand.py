"""What somebody does to one order at the screen, each with its undo."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import apply_edit, restore_rows, trash_rows
from baton.core.changes.queries import live_values
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.records.people.rules import tidy
from baton.records.purchases.actions.history import write_down
from baton.records.purchases.actions.refusals import BadRefund, CancelledAlready
from baton.records.purchases.actions.telling import given_back, tell_turned
from baton.records.purchases.actions.worth import Worth
from baton.records.purchases.events import (
    PurchaseCancelled,
    PurchaseDeleted,
    PurchaseReopened,
    PurchaseRestored,
)
from baton.records.purchases.models import Order, Refund
from baton.records.purchases.rules import OrderState, money_in_cents

DERIVED = frozenset({"refunded", "state", "base_amount", "net_amount", "rate_on"})
Ids = Collection[int]


@transaction.atomic
def refund_purchase(
    *,
    order: Order,
    amount: Decimal,
    refunded_at: datetime,
    by: User | None,
    at: datetime,
    reason: str = "",
    external_id: str = "",
) -> tuple[Refund, UUID]:
    """Money went back; the batch takes it back. The same ``external_id`` twice is one refund.

    Raises BadRefund and CancelledAlready.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    known = Refund.objects.filter(order=order, external_id=external_id or None)
    if external_id and (same := known.first()):
        return same, new_key()
    _refuse(order, amount)
    refund = Refund.objects.create(
        order=order,
        amount=amount,
        at=refunded_at,
        reason=tidy(reason)[:250],
        external_id=external_id or None,
    )
    _resettle(order)
    publish(given_back(refund, by=by))
    after = {"amount": amount, "order": order.pk}
    return refund, write_down("refund", refund.pk, verb="created", after=after, by=by, at=at)


@transaction.atomic
def cancel_purchase(*, order: Order, by: User | None, at: datetime) -> UUID:
    """It was no purchase. Raises CancelledAlready."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.cancelled_at:
        raise CancelledAlready(_("It is cancelled already."))
    _turn(order, {"cancelled_at": at}, by=by, at=at)
    before, after = {"cancelled_at": None}, {"cancelled_at": at}
    return write_down("order", order.pk, verb="edited", before=before, after=after, by=by, at=at)


@transaction.atomic
def trash_purchases(*, order_ids: Ids, by: User | None, at: datetime) -> UUID:
    """Into the trash; the batch that is returned takes them out again."""
    batch = new_key()
    for pk in put_orders_away(order_ids, by, at):
        write_down("order", pk, verb="deleted", by=by, at=at, batch=batch)
    return batch


def put_orders_away(order_ids: Ids, by: User | None, at: datetime) -> list[int]:
    """Without history, for the undo, which writes its own; says which ones went."""
    gone = trash_rows(Order.objects.filter(pk__in=order_ids), at=at)
    tell_turned(PurchaseDeleted, _orders(gone), by=by, at=at)
    return gone


def bring_orders_back(order_ids: Ids, by: User | None, at: datetime) -> list[int]:
    back = restore_rows(Order.objects.filter(pk__in=order_ids))
    tell_turned(PurchaseRestored, _orders(back), by=by, at=at)
    return back


@transaction.atomic
def write_order_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """Old values, for the undo; state and worth follow from them."""
    order = Order.objects.select_for_update().get(pk=pk)
    told = {name: value for name, value in values.items() if name not in DERIVED}
    _turn(order, live_values(Order, told), by=by, at=at)


@transaction.atomic
def put_refunds_away(refund_ids: Ids, by: User | None, at: datetime) -> list[int]:
    return _settled(trash_rows(Refund.objects.filter(pk__in=refund_ids), at=at))


@transaction.atomic
def bring_refunds_back(refund_ids: Ids, by: User | None, at: datetime) -> list[int]:
    return _settled(restore_rows(Refund.objects.filter(pk__in=refund_ids)))


def _settled(refund_ids: list[int]) -> list[int]:
    orders = Refund.objects.filter(pk__in=refund_ids).values("order_id")
    for order in Order.objects.select_for_update().filter(pk__in=orders).order_by("pk"):
        _resettle(order)
    return refund_ids


def _refuse(order: Order, amount: Decimal) -> None:
    if order.cancelled_at:
        raise CancelledAlready(_("A cancelled order has nothing to refund."))
    if not money_in_cents(amount) or not amount:
        raise BadRefund(_("Write an amount above 0, with at most two decimals."))
    if order.refunded + amount > order.amount:
        left = order.amount - order.refunded
        words = _("Only %(left)s %(currency)s of it are left to refund.")
        raise BadRefund(words % {"left": left, "currency": order.currency})


def _turn(order: Order, values: Mapping[str, Any], *, by: User | None, at: datetime) -> None:
    """Set them, and tell when it is no purchase any more, or one again."""
    was_cancelled = order.cancelled_at is not None
    apply_edit(order, values=values)
    _resettle(order, names=[*values])
    is_cancelled = order.state == OrderState.CANCELLED
    if was_cancelled != is_cancelled:
        kind = PurchaseCancelled if is_cancelled else PurchaseReopened
        tell_turned(kind, [order], by=by, at=at)


def _resettle(order: Order, *, names: Sequence[str] = ()) -> None:
    living = Refund.objects.living().filter(order=order).values_list("amount", flat=True)
    order.refunded = sum(living, Decimal(0))
    Worth().settle(order)
    order.save(update_fields=[*{*DERIVED, *names, "version"}])


def _orders(ids: Ids) -> list[Order]:
    return list(Order.objects.filter(pk__in=ids).order_by("pk"))
