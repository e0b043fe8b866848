"""Orders with their lines, and what went back of them."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import repeat, zip_longest
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
    NewLine,
    NewPurchase,
    check_sold,
    forget_purchases,
    record_purchases,
)
from baton.records.purchases.imports.buyers import (
    blamed,
    check_buyer,
    needed,
    told_at,
)
from baton.records.purchases.imports.selling import Selling
from baton.records.purchases.queries import orders_called

CENT = Decimal("0.01")


def _read(row: ImportRow, run: ImportRun, **over: Any) -> NewPurchase:
    """Raises RowRefused."""
    check_buyer(row)
    values = row.values
    placed_at = needed(row, "at")
    cancelled_at = values.get("cancelled_at") or (placed_at if values.get("is_cancelled") else None)
    refunded = values.get("refunded")
    new = NewPurchase(
        external_id=row.key,
        number=values.get("number") or "",
        placed_at=placed_at,
        amount=needed(row, "amount"),
        currency=values.get("currency") or run.currency,
        lines=_lines(values),
        refunded=None if refunded is None else abs(refunded),
        refunded_at=values.get("refunded_at"),
        cancelled_at=cancelled_at,
        told_at=told_at(placed_at, cancelled_at, values.get("refunded_at"), run=run),
        **over,
    )
    try:
        check_sold(new)
    except RuleViolation as no:
        raise blamed(no) from no
    return new


def _lines(values: Mapping[str, Any]) -> list[NewLine] | None:
    """One for each row that names something; None where no row does."""
    names = values.get("line_name") or ()
    counts, prices = (values.get(name) or repeat(None, len(names)) for name in LINES[1:])
    lines = [
        NewLine(
            name=name,
            quantity=Decimal(1) if count is None else count,
            price=None if price is None else price.quantize(CENT),
        )
        for name, count, price in zip_longest(names, counts, prices)
        if name and count != 0
    ]
    return lines if any(names) else None


LINES = ("line_name", "line_quantity", "line_price")
SELLING = Selling(called=orders_called, read=_read, record=record_purchases)
ORDERS = ImportTarget(
    object_type="order",
    label=_("Purchases"),
    order=56,
    fields=(
        ImportField(name="number", label=_("Number"), longest=60),
        ImportField(name="at", label=_("When"), kind=ImportKind.MOMENT, is_required=True),
        ImportField(name="amount", label=_("Amount"), kind=ImportKind.NUMBER, is_required=True),
        ImportField(name="currency", label=_("Currency"), longest=3),
        ImportField(name="refunded", label=_("Refunded"), kind=ImportKind.NUMBER),
        ImportField(name="refunded_at", label=_("Refunded on"), kind=ImportKind.MOMENT),
        ImportField(name="cancelled_at", label=_("Cancelled on"), kind=ImportKind.MOMENT),
        ImportField(name="is_cancelled", label=_("Cancelled"), kind=ImportKind.BOOLEAN),
        ImportField(name="line_name", label=_("Sold"), is_gathered=True, longest=200),
        ImportField(
            name="line_quantity", label=_("Quantity"), kind=ImportKind.NUMBER, is_gathered=True
        ),
        ImportField(
            name="line_price", label=_("Price of one"), kind=ImportKind.NUMBER, is_gathered=True
        ),
        ImportField(name="person", label=_("Person"), kind=ImportKind.LINK, of="person"),
        ImportField(name="company", label=_("Company"), kind=ImportKind.LINK, of="company"),
    ),
    upsert=SELLING.upsert,
    check=SELLING.check,
    forget=lambda source, keys: forget_purchases(source=source, keys=keys),
)
