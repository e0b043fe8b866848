"""What somebody pays again and again."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.errors import RuleViolation
from baton.core.offers import (
    ImportField,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportTarget,
)
from baton.records.purchases.actions import (
    NewSubscription,
    check_terms,
    forget_subscriptions,
    record_subscriptions,
)
from baton.records.purchases.imports.buyers import (
    blamed,
    check_buyer,
    needed,
    told_at,
)
from baton.records.purchases.imports.selling import Selling
from baton.records.purchases.queries import subscriptions_called
from baton.records.purchases.rules import Interval


def _read(row: ImportRow, run: ImportRun, **over: Any) -> NewSubscription:
    """Raises RowRefused."""
    check_buyer(row)
    values = row.values
    quantity = values.get("quantity")
    started_at, cancelled_at = needed(row, "started_at"), values.get("cancelled_at")
    renewed_at, renews_at = values.get("renewed_at"), values.get("renews_at")
    if renewed_at and not started_at < renewed_at <= run.at:
        renewed_at = None  # the first period is no renewal
    ended_at = values.get("ended_at") or (renews_at or cancelled_at if cancelled_at else None)
    new = NewSubscription(
        external_id=row.key,
        name=values.get("name") or "",
        interval=values.get("interval") or "",
        amount=needed(row, "amount") * (Decimal(1) if quantity is None else quantity),
        currency=values.get("currency") or run.currency,
        started_at=started_at,
        renews_at=None if cancelled_at else renews_at,
        renewed_at=renewed_at,
        cancelled_at=cancelled_at,
        ended_at=ended_at,
        told_at=told_at(started_at, renewed_at, cancelled_at, ended_at, run=run),
        **over,
    )
    try:
        check_terms(new)
    except RuleViolation as no:
        raise blamed(no) from no
    return new


def _moment(name: str, label: Any, *, is_required: bool = False) -> ImportField:
    return ImportField(name=name, label=label, kind=ImportKind.MOMENT, is_required=is_required)


SELLING = Selling(called=subscriptions_called, read=_read, record=record_subscriptions)
SUBSCRIPTIONS = ImportTarget(
    object_type="subscription",
    label=_("Subscriptions"),
    order=57,
    fields=(
        ImportField(name="name", label=_("Name"), is_required=True, longest=200),
        ImportField(name="interval", label=_("Paid each"), choices=tuple(Interval)),
        ImportField(name="amount", label=_("Amount"), kind=ImportKind.NUMBER, is_required=True),
        ImportField(name="quantity", label=_("Quantity"), kind=ImportKind.NUMBER),
        ImportField(name="currency", label=_("Currency"), longest=3),
        _moment("started_at", _("Started on"), is_required=True),
        _moment("renews_at", _("Renews on")),
        _moment("renewed_at", _("Renewed on")),
        _moment("cancelled_at", _("Cancelled on")),
        _moment("ended_at", _("Ends on")),
        ImportField(name="person", label=_("Person"), kind=ImportKind.LINK, of="person"),
        ImportField(name="company", label=_("Company"), kind=ImportKind.LINK, of="company"),
    ),
    upsert=SELLING.upsert,
    check=SELLING.check,
    forget=lambda source, keys: forget_subscriptions(source=source, keys=keys),
)
