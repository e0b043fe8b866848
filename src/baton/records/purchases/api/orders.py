"""Orders over the REST API: /api/v1/purchases/orders/."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router
from ninja.responses import Status

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.trash import restored
from baton.records.purchases import actions
from baton.records.purchases.actions import ORDER, NewLine, NewPurchase
from baton.records.purchases.api.buyers import buyer_of, refuse_foreign, source_of
from baton.records.purchases.api.schemas import OrderIn, OrderOut, RefundIn, RefundOut
from baton.records.purchases.models import Order, OrderQuerySet
from baton.records.purchases.permissions import (
    DELETE_PURCHASES,
    EDIT_PURCHASES,
    VIEW_PURCHASES,
)

router = Router(tags=["purchases"])


@router.get("/", response=Page[OrderOut], operation_id="list_orders")
@needs(VIEW_PURCHASES)
def orders(
    request: HttpRequest,
    cursor: str = "",
    limit: int = 50,
    source: str = "",
    external_id: str = "",
) -> Any:
    """In the order in which they became known; of a source, or the one with its key there."""
    rows = _seen(request)
    if source:
        rows = rows.filter(source=source)
    if external_id:
        rows = rows.filter(external_id=external_id)
    return page_of(rows, cursor=cursor, limit=limit)


@router.get("/{uuid:key}/", response=OrderOut, operation_id="get_order")
@needs(VIEW_PURCHASES)
def order(request: HttpRequest, key: UUID) -> Any:
    return get_object_or_404(_seen(request), key=key)


@router.post("/", response={201: OrderOut}, operation_id="create_order")
@needs(EDIT_PURCHASES)
@idempotent(OrderOut)
def create_order(request: HttpRequest, sent: OrderIn) -> Any:
    """An order with the ``external_id`` of a source is known again and becomes what you say."""
    user, source = user_of(request), source_of(sent.source, external_id=sent.external_id)
    refuse_foreign(Order, source=source, external_id=sent.external_id, user=user)
    lines = sent.lines
    with transaction.atomic():
        news = NewPurchase(
            **buyer_of(sent, user=user),
            source=source,
            external_id=sent.external_id,
            number=sent.number,
            placed_at=sent.placed_at,
            amount=sent.amount,
            currency=sent.currency,
            lines=None if lines is None else [NewLine(**one.dict()) for one in lines],
            cancelled_at=sent.cancelled_at,
            told_at=sent.told_at,
        )
        [found] = actions.record_purchases(new=[news], by=user, at=timezone.now(), cause="api")
    return Status(201, _fresh(found.order))


@router.post("/{uuid:key}/refunds/", response={201: RefundOut}, operation_id="refund_order")
@needs(EDIT_PURCHASES)
@idempotent(RefundOut)
def refund_order(request: HttpRequest, key: UUID, sent: RefundIn) -> Any:
    """Money went back; the same ``external_id`` twice is one refund."""
    known, at = get_object_or_404(_seen(request, EDIT_PURCHASES), key=key), timezone.now()
    refund, _batch = actions.refund_purchase(
        order=known,
        amount=sent.amount,
        refunded_at=sent.at or at,
        reason=sent.reason,
        external_id=sent.external_id,
        by=user_of(request),
        at=at,
    )
    return Status(201, refund)


@router.post("/{uuid:key}/cancel/", response=OrderOut, operation_id="cancel_order")
@needs(EDIT_PURCHASES)
def cancel_order(request: HttpRequest, key: UUID) -> Any:
    """It was no purchase. 409 when it is cancelled already."""
    known = get_object_or_404(_seen(request, EDIT_PURCHASES), key=key)
    actions.cancel_purchase(order=known, by=user_of(request), at=timezone.now())
    return _fresh(known)


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_order")
@needs(DELETE_PURCHASES)
def delete_order(request: HttpRequest, key: UUID) -> Any:
    """Into the trash, from which it can be restored."""
    known = get_object_or_404(_seen(request, DELETE_PURCHASES), key=key)
    actions.trash_purchases(order_ids=[known.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.post("/{uuid:key}/restore/", response={204: None}, operation_id="restore_order")
@needs(DELETE_PURCHASES)
def restore_order(request: HttpRequest, key: UUID) -> Any:
    """Out of the trash."""
    return restored(request, ORDER, key)


def _seen(request: HttpRequest, permission: Permission = VIEW_PURCHASES) -> OrderQuerySet:
    return _whole(Order.objects.visible_to(user_of(request), permission))


def _whole(orders: OrderQuerySet) -> OrderQuerySet:
    return orders.select_related("person", "company").prefetch_related("lines__product", "refunds")


def _fresh(order: Order) -> Order:
    """As it is stored now."""
    return _whole(Order.objects.all()).get(pk=order.pk)
