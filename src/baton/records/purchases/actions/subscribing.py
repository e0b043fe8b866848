"""Subscriptions as a file or a shop tells of them: one, or thousands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.bulk import CHUNK, update_rows
from baton.core.changes.actions import plain, record_changes
from baton.core.changes.models import Change
from baton.core.facts import Fact, publish_many
from baton.core.keys import new_key
from baton.core.money.rules import check_currency
from baton.records.people.models import Company, Person
from baton.records.people.rules import tidy
from baton.records.purchases.actions.drafts import in_history
from baton.records.purchases.actions.refusals import BadPurchase
from baton.records.purchases.actions.telling import told
from baton.records.purchases.events import (
    SubscriptionCancelled,
    SubscriptionRenewed,
    SubscriptionStarted,
)
from baton.records.purchases.models import Product, Subscription
from baton.records.purchases.rules import BY_HAND, Interval, is_older_news, money_in_cents

KEPT = (
    *("person_id", "company_id", "product_id", "name", "interval", "amount", "currency"),
    *("started_at", "renews_at", "renewed_at", "cancelled_at", "ended_at"),
)
WRITTEN = (*KEPT, "told_at", "version")


@dataclass(frozen=True, kw_only=True)
class NewSubscription:
    """One of a source, as it is now; with an ``external_id`` it is one with what was told before.

    A later ``renewed_at`` is a renewal, a ``cancelled_at`` an end.
    """

    name: str
    interval: str  # rules.Interval
    amount: Decimal
    currency: str
    started_at: datetime
    person: Person | None = None
    company: Company | None = None
    product: Product | None = None
    source: str = BY_HAND
    external_id: str = ""
    renews_at: datetime | None = None
    renewed_at: datetime | None = None
    cancelled_at: datetime | None = None
    ended_at: datetime | None = None
    told_at: datetime | None = None


@dataclass
class SubscriptionDraft:
    row: Subscription
    former: dict[str, Any] | None = None

    def changed(self) -> list[str]:
        former = self.former or {}
        return [name for name, value in former.items() if getattr(self.row, name) != value]


@dataclass(frozen=True)
class Subscribed:
    """What became of one piece of news."""

    subscription: Subscription
    is_new: bool
    is_changed: bool


def check_subscription(one: NewSubscription) -> None:
    """Raises BadPurchase and UnknownCurrency for what cannot be kept."""
    if one.person is None and one.company is None:
        raise BadPurchase(_("Say who pays: a person or a company."))
    check_terms(one)


def check_terms(one: NewSubscription) -> None:
    """The same of what it says beside who pays."""
    if not tidy(one.name):
        raise BadPurchase(_("Say what is paid for."))
    if one.interval not in set(Interval):
        raise BadPurchase(_("It is paid each day, week, month, quarter or year."))
    check_currency(one.currency)
    if not money_in_cents(one.amount):
        raise BadPurchase(_("Write an amount from 0 on, with at most two decimals."))


def record_subscriptions(
    *,
    new: Sequence[NewSubscription],
    at: datetime,
    by: User | None = None,
    cause: str = "",
    batch: UUID | None = None,
) -> list[Subscribed]:
    """In this order, set-based, safe to run twice. Raises what check_subscription raises."""
    for one in new:
        check_subscription(one)
    batch = batch or new_key()
    try:
        with transaction.atomic():
            return _record(new, by=by, at=at, cause=cause, batch=batch)
    except IntegrityError:  # as of orders: the unique index decides
        with transaction.atomic():
            return _record(new, by=by, at=at, cause=cause, batch=batch)


def _record(
    new: Sequence[NewSubscription], *, by: User | None, at: datetime, cause: str, batch: UUID
) -> list[Subscribed]:
    drafts = _known(new)
    told_of: list[SubscriptionDraft] = []
    for one in new:
        key = (one.source, one.external_id)
        draft = drafts.get(key) if one.external_id else None
        if draft is None:
            row = Subscription(source=one.source, external_id=one.external_id or None)
            draft = drafts[key] = SubscriptionDraft(row)
        _take(draft.row, one)
        told_of.append(draft)
    each = list({id(draft): draft for draft in told_of}.values())
    moved = [draft for draft in each if draft.former and draft.changed()]
    fresh = [draft for draft in each if not draft.former]
    Subscription.objects.bulk_create((draft.row for draft in fresh), batch_size=CHUNK)
    for draft in moved:
        draft.row.version += 1
    values = {one.row.pk: {name: getattr(one.row, name) for name in WRITTEN} for one in moved}
    update_rows(Subscription, values, fields=WRITTEN)
    record_changes(
        _change(draft, by=by, at=at, cause=cause, batch=batch) for draft in [*fresh, *moved]
    )
    publish_many([fact for draft in [*fresh, *moved] for fact in subscription_facts(draft, by=by)])
    return [Subscribed(one.row, one.former is None, bool(one.changed())) for one in told_of]


def _known(new: Sequence[NewSubscription]) -> dict[tuple[str, str], SubscriptionDraft]:
    keys: dict[str, set[str]] = {}
    for one in new:
        if one.external_id:
            keys.setdefault(one.source, set()).add(one.external_id)
    wanted = Q(pk__in=[])
    for source, ids in keys.items():
        wanted |= Q(source=source, external_id__in=ids)
    rows = Subscription.objects.select_for_update().filter(wanted).order_by("pk") if keys else ()
    return {
        (row.source, row.external_id or ""): SubscriptionDraft(
            row, {name: getattr(row, name) for name in KEPT}
        )
        for row in rows
    }


def _take(row: Subscription, one: NewSubscription) -> None:
    row.person = row.person or one.person
    works_at = one.person.company if one.person else None
    row.company = row.company or one.company or works_at
    if row.renewed_at is None or (one.renewed_at and one.renewed_at > row.renewed_at):
        row.renewed_at = one.renewed_at
    if is_older_news(one.told_at, known_at=row.told_at):
        return
    row.product = one.product or row.product
    row.name, row.interval = tidy(one.name)[:200], one.interval
    row.amount, row.currency = one.amount, one.currency.upper()
    row.started_at, row.renews_at = one.started_at, one.renews_at
    row.cancelled_at, row.ended_at = one.cancelled_at, one.ended_at
    row.told_at = one.told_at or row.told_at


def subscription_facts(draft: SubscriptionDraft, *, by: User | None) -> Sequence[Fact]:
    """What is news of it: that it started, went on, or was cancelled."""
    row, former = draft.row, draft.former or {}
    facts = [] if draft.former else [told(SubscriptionStarted, row, by=by, at=row.started_at)]
    if row.renewed_at and row.renewed_at != former.get("renewed_at"):
        facts.append(told(SubscriptionRenewed, row, by=by, at=row.renewed_at))
    if row.cancelled_at and not former.get("cancelled_at"):
        facts.append(told(SubscriptionCancelled, row, by=by, at=row.cancelled_at))
    return facts


def _change(
    draft: SubscriptionDraft, *, by: User | None, at: datetime, cause: str, batch: UUID
) -> Change:
    row, former = draft.row, draft.former
    names = draft.changed()
    return Change(
        object_type="subscription",
        object_id=row.pk,
        verb="edited" if former else "created",
        before={in_history(name): plain(former[name]) for name in names} if former else {},
        after={in_history(name): plain(getattr(row, name)) for name in names}
        if former
        else {"name": row.name},
        by=by,
        at=at,
        cause=cause,
        batch=batch,
    )
