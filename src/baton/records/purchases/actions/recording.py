"""Write orders down: one, or thousands with a handful of statements."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from baton.core.access.models import User
from baton.core.bulk import CHUNK, update_rows
from baton.core.changes.actions import plain, record_changes
from baton.core.changes.models import Change
from baton.core.facts import Fact, publish_many
from baton.core.keys import new_key
from baton.records.purchases.actions.drafts import KEPT, Draft, by_order, in_history
from baton.records.purchases.actions.news import NewPurchase, check_purchase
from baton.records.purchases.actions.telling import about, given_back, made
from baton.records.purchases.actions.worth import Worth
from baton.records.purchases.events import PurchaseCancelled, PurchaseReopened
from baton.records.purchases.models import Order, OrderLine, Refund
from baton.records.purchases.queries import products_by_names
from baton.records.purchases.rules import OrderState

WRITTEN = (*KEPT, "told_at", "version")


@dataclass(frozen=True)
class Recorded:
    """What became of one piece of news."""

    order: Order
    is_new: bool
    is_changed: bool


def record_purchases(
    *,
    new: Sequence[NewPurchase],
    at: datetime,
    by: User | None = None,
    cause: str = "",
    batch: UUID | None = None,
) -> list[Recorded]:
    """Orders in this order; those of a source that are known already become what is said now.

    Safe to run twice, and when two bring the same order at once. Raises BadPurchase and
    UnknownCurrency: then none is written.
    """
    for one in new:
        check_purchase(one)
    batch = batch or new_key()
    try:
        with transaction.atomic():
            return _record(new, by=by, at=at, cause=cause, batch=batch)
    except IntegrityError:
        # Two may bring one order at once: the unique index decides, the loser reads the winner.
        with transaction.atomic():
            return _record(new, by=by, at=at, cause=cause, batch=batch)


def add_purchase(
    *, new: NewPurchase, by: User | None, at: datetime, cause: str = ""
) -> tuple[Order, UUID]:
    """One more by hand; the batch takes it back. Raises BadPurchase and UnknownCurrency."""
    batch = new_key()
    [found] = record_purchases(new=[new], by=by, at=at, cause=cause, batch=batch)
    return found.order, batch


def _record(
    new: Sequence[NewPurchase], *, by: User | None, at: datetime, cause: str, batch: UUID
) -> list[Recorded]:
    drafts = _known(new)
    products = products_by_names(line.name for one in new for line in one.lines or ())
    told: list[Draft] = []
    for one in new:
        key = (one.source, one.external_id)
        draft = drafts.get(key) if one.external_id else None
        if draft is None:
            order = Order(source=one.source, external_id=one.external_id or None)
            draft = drafts[key] = Draft(order)
        draft.take(one, products=products)
        told.append(draft)
    each = list({id(draft): draft for draft in told}.values())
    worth = Worth()
    for draft in each:
        draft.settle(worth)
    before = {id(draft): draft.changed() for draft in each}
    _write(each, by=by, at=at, cause=cause, batch=batch)
    return [
        Recorded(draft.order, draft.is_new, draft.is_touched() or bool(before[id(draft)]))
        for draft in told
    ]


def _known(new: Iterable[NewPurchase]) -> dict[tuple[str, str], Draft]:
    """Those that these sources told of before, locked in the order of ids."""
    keys: dict[str, set[str]] = {}
    for one in new:
        if one.external_id:
            keys.setdefault(one.source, set()).add(one.external_id)
    if not keys:
        return {}
    wanted = Q()
    for source, ids in keys.items():
        wanted |= Q(source=source, external_id__in=ids)
    orders = {
        one.pk: one for one in Order.objects.select_for_update().filter(wanted).order_by("pk")
    }
    lines = by_order(OrderLine.objects.filter(order__in=orders).order_by("position", "pk"), orders)
    refunds = by_order(Refund.objects.filter(order__in=orders).order_by("pk"), orders)
    return {
        (one.source, one.external_id or ""): Draft.of(one, lines=lines[pk], refunds=refunds[pk])
        for pk, one in orders.items()
    }


def _write(
    drafts: Sequence[Draft], *, by: User | None, at: datetime, cause: str, batch: UUID
) -> None:
    new = [draft for draft in drafts if draft.is_new]
    touched = [draft for draft in drafts if not draft.is_new and draft.is_touched()]
    Order.objects.bulk_create((draft.order for draft in new), batch_size=CHUNK)
    for draft in touched:
        draft.order.version += 1
    update_rows(
        Order,
        {one.order.pk: {name: getattr(one.order, name) for name in WRITTEN} for one in touched},
        fields=WRITTEN,
    )
    _write_parts([*new, *touched])
    record_changes(
        change
        for draft in [*new, *touched]
        for change in _changes(draft, by=by, at=at, cause=cause, batch=batch)
    )
    publish_many([fact for draft in [*new, *touched] for fact in _facts(draft, by=by, at=at)])


def _write_parts(drafts: Collection[Draft]) -> None:
    mended = [one for one in drafts if one.has_new_lines]
    replaced = [draft.order.pk for draft in mended if not draft.is_new]
    if replaced:
        OrderLine.objects.filter(order__in=replaced).delete()
    OrderLine.objects.bulk_create(
        (line for draft in mended for line in draft.lines), batch_size=CHUNK
    )
    named = [refund for draft in drafts for refund in draft.named]
    known = {one.pk: {"amount": one.amount} for one in named if one.pk and one.amount}
    update_rows(Refund, known, fields=("amount",))
    Refund.objects.filter(pk__in=[one.pk for one in named if one.pk and not one.amount]).delete()
    fresh = [refund for draft in drafts for refund in draft.given_back]
    fresh += [refund for refund in named if not refund.pk]
    Refund.objects.bulk_create([one for one in fresh if one.amount], batch_size=CHUNK)


def _changes(
    draft: Draft, *, by: User | None, at: datetime, cause: str, batch: UUID
) -> Iterable[Change]:
    """What became of the order; refunds of a known one are undone by themselves."""
    order, names = draft.order, draft.changed()
    former = draft.former or {}
    fresh = {in_history(name): plain(getattr(order, name)) for name in names}
    shared: dict[str, Any] = {"by": by, "at": at, "cause": cause, "batch": batch}
    yield Change(
        object_type="order",
        object_id=order.pk,
        verb="created" if draft.is_new else "edited",
        before={in_history(name): plain(former[name]) for name in names},
        after={"amount": plain(order.amount)} if draft.is_new else fresh,
        **shared,
    )
    for refund in draft.given_back if draft.former else ():
        yield Change(
            object_type="refund",
            object_id=refund.pk,
            verb="created",
            after={"amount": plain(refund.amount)},
            **shared,
        )


def _facts(draft: Draft, *, by: User | None, at: datetime) -> Iterable[Fact]:
    order = draft.order
    if draft.is_new and order.state != OrderState.CANCELLED:
        yield made(order, by=by)
    for refund in draft.given_back:
        yield given_back(refund, by=by)
    if draft.former:
        was = draft.former["state"] == OrderState.CANCELLED
        now = order.state == OrderState.CANCELLED
        if was != now:
            kind = PurchaseCancelled if now else PurchaseReopened
            yield kind(**about(order, at=order.cancelled_at or at, by=by), order_id=order.pk)
