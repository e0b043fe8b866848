"""Orders with their lines, and what went back of them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import repeat, zip_longest
from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.errors import RuleViolation
from baton.core.offers import (
    ImportCheck,
    ImportField,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportStatus,
    ImportTarget,
    Verdict,
)
from baton.records.purchases.actions import (
    NewLine,
    NewPurchase,
    check_sold,
    forget_purchases,
    record_purchases,
)
from baton.records.purchases.imports.buyers import (
    Buyers,
    Refused,
    blamed,
    check_buyer,
    needed,
    refuse_gone,
    told_at,
)
from baton.records.purchases.queries import orders_called, shop_names

CENT = Decimal("0.01")


def upsert_orders(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """By the shop's key, also where the shop told of it itself."""
    names = shop_names(run.source)
    known = orders_called(names, [row.key for row in rows])
    buyers = Buyers(rows, run)
    verdicts: dict[int, Verdict] = {}
    good: dict[int, NewPurchase] = {}
    for place, row in enumerate(rows):
        try:
            refuse_gone(row, known)
            source = known[row.key].source if row.key in known else names[0]
            good[place] = _read(row, run, source=source, **buyers.of(row))
        except Refused as no:
            verdicts[place] = no.verdict()
    told = record_purchases(new=[*good.values()], at=run.at, cause="import", batch=run.batch)
    for place, one in zip(good, told, strict=True):
        status = ImportStatus.UPDATED if one.is_changed else ImportStatus.UNCHANGED
        verdicts[place] = Verdict(ImportStatus.CREATED if one.is_new else status)
    return [verdicts[place] for place in range(len(rows))]


def check_orders(run: ImportRun) -> ImportCheck:
    """What no order can be, told before the first row is written."""
    names = shop_names(run.source)

    def check(rows: Sequence[ImportRow]) -> dict[int, Verdict]:
        known = orders_called(names, [row.key for row in rows])
        found: dict[int, Verdict] = {}
        for place, row in enumerate(rows):
            try:
                refuse_gone(row, known)
                _read(row, run)
            except Refused as no:
                found[place] = no.verdict()
        return found

    return check


def _read(row: ImportRow, run: ImportRun, **over: Any) -> NewPurchase:
    """Raises Refused."""
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
    upsert=upsert_orders,
    check=check_orders,
    forget=lambda source, keys: forget_purchases(source=source, keys=keys),
)
