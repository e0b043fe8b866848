"""What somebody does to a subscription at the screen, each with its undo."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import apply_edit, restore_rows, trash_rows
from baton.core.changes.queries import live_values
from baton.core.facts import publish_many
from baton.core.keys import new_key
from baton.records.purchases.actions.history import write_down
from baton.records.purchases.actions.refusals import EndedAlready
from baton.records.purchases.actions.subscribing import (
    KEPT,
    NewSubscription,
    SubscriptionDraft,
    record_subscriptions,
    subscription_facts,
)
from baton.records.purchases.actions.telling import tell_subscriptions
from baton.records.purchases.events import SubscriptionDeleted, SubscriptionRestored
from baton.records.purchases.models import Subscription

Ids = Collection[int]


def start_subscription(
    *, new: NewSubscription, by: User | None, at: datetime
) -> tuple[Subscription, UUID]:
    """One more by hand; the batch takes it back."""
    batch = new_key()
    [found] = record_subscriptions(new=[new], by=by, at=at, batch=batch)
    return found.subscription, batch


@transaction.atomic
def renew_subscription(
    *,
    subscription: Subscription,
    renewed_at: datetime,
    by: User | None,
    at: datetime,
    renews_at: datetime | None = None,
) -> UUID:
    """They go on. Raises EndedAlready."""
    values = {"renewed_at": renewed_at, "renews_at": renews_at}
    return _edit(subscription, values, by=by, at=at)


@transaction.atomic
def cancel_subscription(
    *,
    subscription: Subscription,
    cancelled_at: datetime,
    by: User | None,
    at: datetime,
    ended_at: datetime | None = None,
) -> UUID:
    """They do not go on; it ends now, or when what is paid is used up. Raises EndedAlready."""
    ends = ended_at or cancelled_at
    values = {"cancelled_at": cancelled_at, "ended_at": ends, "renews_at": None}
    return _edit(subscription, values, by=by, at=at)


@transaction.atomic
def trash_subscriptions(*, subscription_ids: Ids, by: User | None, at: datetime) -> UUID:
    """Into the trash; the batch that is returned takes them out again."""
    batch = new_key()
    for pk in put_subscriptions_away(subscription_ids, by, at):
        write_down("subscription", pk, verb="deleted", by=by, at=at, batch=batch)
    return batch


def put_subscriptions_away(ids: Ids, by: User | None, at: datetime) -> list[int]:
    gone = trash_rows(Subscription.objects.filter(pk__in=ids), at=at)
    tell_subscriptions(SubscriptionDeleted, _rows(gone), by=by, at=at)
    return gone


def bring_subscriptions_back(ids: Ids, by: User | None, at: datetime) -> list[int]:
    back = restore_rows(Subscription.objects.filter(pk__in=ids))
    tell_subscriptions(SubscriptionRestored, _rows(back), by=by, at=at)
    return back


@transaction.atomic
def write_subscription_back(
    pk: int, values: Mapping[str, Any], by: User | None, at: datetime
) -> None:
    """Old values, for the undo; that they were renewed or cancelled is not told again."""
    row = Subscription.objects.select_for_update().get(pk=pk)
    changed = apply_edit(row, values=live_values(Subscription, values))
    if changed:
        row.save(update_fields=[*changed, "version"])


def _edit(
    subscription: Subscription, values: Mapping[str, Any], *, by: User | None, at: datetime
) -> UUID:
    row = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if row.cancelled_at:
        raise EndedAlready(_("It is cancelled already."))
    draft = SubscriptionDraft(row, {name: getattr(row, name) for name in KEPT})
    changed = apply_edit(row, values=values)
    row.save(update_fields=[*changed, "version"])
    publish_many(list(subscription_facts(draft, by=by)))
    former = draft.former or {}
    return write_down(
        "subscription",
        row.pk,
        verb="edited",
        before={name: former[name] for name in changed},
        after={name: getattr(row, name) for name in changed},
        by=by,
        at=at,
    )


def _rows(ids: Ids) -> list[Subscription]:
    return list(Subscription.objects.filter(pk__in=ids).order_by("pk"))
