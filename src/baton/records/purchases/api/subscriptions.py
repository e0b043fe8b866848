"""Subscriptions over the REST API: /api/v1/purchases/subscriptions/."""

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
from baton.records.purchases.actions import SUBSCRIPTION, NewSubscription
from baton.records.purchases.api.buyers import buyer_of, refuse_foreign, source_of
from baton.records.purchases.api.schemas import (
    CancellationIn,
    RenewalIn,
    SubscriptionIn,
    SubscriptionOut,
)
from baton.records.purchases.models import Subscription, SubscriptionQuerySet
from baton.records.purchases.permissions import (
    DELETE_PURCHASES,
    EDIT_PURCHASES,
    VIEW_PURCHASES,
)

router = Router(tags=["subscriptions"])


@router.get("/", response=Page[SubscriptionOut], operation_id="list_subscriptions")
@needs(VIEW_PURCHASES)
def subscriptions(
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


@router.get("/{uuid:key}/", response=SubscriptionOut, operation_id="get_subscription")
@needs(VIEW_PURCHASES)
def subscription(request: HttpRequest, key: UUID) -> Any:
    return get_object_or_404(_seen(request), key=key)


@router.post("/", response={201: SubscriptionOut}, operation_id="create_subscription")
@needs(EDIT_PURCHASES)
@idempotent(SubscriptionOut)
def create_subscription(request: HttpRequest, sent: SubscriptionIn) -> Any:
    """One with the ``external_id`` of a source is known again and becomes what you say."""
    user, source = user_of(request), source_of(sent.source, external_id=sent.external_id)
    refuse_foreign(Subscription, source=source, external_id=sent.external_id, user=user)
    told: dict[str, Any] = sent.dict(exclude={"source", "person", "company", "email", "full_name"})
    with transaction.atomic():
        news = NewSubscription(**buyer_of(sent, user=user), source=source, **told)
        [found] = actions.record_subscriptions(new=[news], by=user, at=timezone.now(), cause="api")
    return Status(201, _fresh(found.subscription))


@router.post("/{uuid:key}/renew/", response=SubscriptionOut, operation_id="renew_subscription")
@needs(EDIT_PURCHASES)
def renew_subscription(request: HttpRequest, key: UUID, sent: RenewalIn) -> Any:
    """They went on. 409 when it is cancelled."""
    known, at = get_object_or_404(_seen(request, EDIT_PURCHASES), key=key), timezone.now()
    actions.renew_subscription(
        subscription=known,
        renewed_at=sent.at or at,
        renews_at=sent.renews_at,
        by=user_of(request),
        at=at,
    )
    return _fresh(known)


@router.post("/{uuid:key}/cancel/", response=SubscriptionOut, operation_id="cancel_subscription")
@needs(EDIT_PURCHASES)
def cancel_subscription(request: HttpRequest, key: UUID, sent: CancellationIn) -> Any:
    """They do not go on. 409 when it is cancelled already."""
    known, at = get_object_or_404(_seen(request, EDIT_PURCHASES), key=key), timezone.now()
    actions.cancel_subscription(
        subscription=known,
        cancelled_at=sent.at or at,
        ended_at=sent.ended_at,
        by=user_of(request),
        at=at,
    )
    return _fresh(known)


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_subscription")
@needs(DELETE_PURCHASES)
def delete_subscription(request: HttpRequest, key: UUID) -> Any:
    """Into the trash, from which it can be restored."""
    known = get_object_or_404(_seen(request, DELETE_PURCHASES), key=key)
    actions.trash_subscriptions(subscription_ids=[known.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.post("/{uuid:key}/restore/", response={204: None}, operation_id="restore_subscription")
@needs(DELETE_PURCHASES)
def restore_subscription(request: HttpRequest, key: UUID) -> Any:
    """Out of the trash."""
    return restored(request, SUBSCRIPTION, key)


def _seen(request: HttpRequest, permission: Permission = VIEW_PURCHASES) -> SubscriptionQuerySet:
    return _whole(Subscription.objects.visible_to(user_of(request), permission))


def _whole(rows: SubscriptionQuerySet) -> SubscriptionQuerySet:
    return rows.select_related("person", "company", "product")


def _fresh(row: Subscription) -> Subscription:
    """As it is stored now."""
    return _whole(Subscription.objects.all()).get(pk=row.pk)
