"""The products of a deal, and the amount that follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import check_version, record_change
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.fields.actions import check_asked, check_written, obey_rules
from baton.records.purchases.models import Product
from baton.sales.deals.actions.holding import (
    about,
    check_amount,
    hold_deal,
    save_deal,
    value_deal,
)
from baton.sales.deals.events import DealChanged
from baton.sales.deals.models import Deal, DealLine
from baton.sales.deals.rules import MOST, line_sum, lines_total

MOST_LINES = 100
MOST_QUANTITY = Decimal(9_999_999)


class BadLine(RuleViolation):
    """A quantity or price that a line cannot have."""


class AmountFromLines(RuleViolation):
    """The amount is the sum of the lines."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One product of a deal; ``price`` a piece in the deal's currency, None = unknown yet."""

    product: Product
    quantity: Decimal = Decimal(1)
    price: Decimal | None = None


@transaction.atomic
def set_lines(
    *,
    deal: Deal,
    lines: Sequence[Line],
    by: User | None,
    at: datetime,
    version: int | None = None,
    batch: UUID | None = None,
) -> Deal:
    """These lines and no others; the amount becomes their sum once every price is known.

    Raises BadLine, BadAmount, LostRace, DealGone.
    """
    held = hold_deal(deal.pk)
    check_version(held, version=version)
    return _write(held, lines=lines, by=by, at=at, batch=batch)


@transaction.atomic
def add_line(
    *,
    deal: Deal,
    line: Line,
    by: User | None,
    at: datetime,
    version: int | None = None,
    batch: UUID | None = None,
) -> Deal:
    """One more, at the end. Raises as ``set_lines``."""
    held = hold_deal(deal.pk)
    check_version(held, version=version)
    return _write(held, lines=[*_lines_of(held), line], by=by, at=at, batch=batch)


@transaction.atomic
def remove_line(
    *, deal: Deal, line_id: int, by: User | None, at: datetime, batch: UUID | None = None
) -> Deal:
    """Without this one; when it is gone already nothing happens. Raises DealGone."""
    held = hold_deal(deal.pk)
    rows = list(held.lines.select_related("product").order_by("position", "pk"))
    kept = [_line(row) for row in rows if row.pk != line_id]
    return held if len(kept) == len(rows) else _write(held, lines=kept, by=by, at=at, batch=batch)


def check_amount_is_free(deal: Deal) -> None:
    """Raises AmountFromLines while the lines say what the amount is."""
    if (
        lines_total(line_sum(quantity=x.quantity, price=x.price) for x in _lines_of(deal))
        is not None
    ):
        raise AmountFromLines(
            _("The amount is the sum of the lines. Change a line, and the amount follows.")
        )


def replace_lines(deal: Deal, *, lines: Sequence[Line]) -> None:
    """Write the rows of a held deal and its amount; saved, told and recorded by the caller."""
    deal.lines.all().delete()
    DealLine.objects.bulk_create(
        DealLine(
            deal=deal, product=line.product, quantity=line.quantity, price=line.price, position=at
        )
        for at, line in enumerate(lines)
    )
    total = lines_total(line_sum(quantity=x.quantity, price=x.price) for x in lines)
    if total is not None:
        deal.amount = check_amount(total)


def kept_lines(deal: Deal) -> list[dict[str, Any]]:
    """The lines as history keeps them."""
    return [
        {
            "product": line.product.pk,
            "quantity": str(line.quantity.normalize()),
            "price": None if line.price is None else str(line.price.normalize()),
        }
        for line in _lines_of(deal)
    ]


def _write(
    deal: Deal, *, lines: Sequence[Line], by: User | None, at: datetime, batch: UUID | None
) -> Deal:
    check_asked("deal", ["amount"], by=by)  # by which sum they keep it, lines would tell it
    _check_lines(lines)
    before = {"lines": kept_lines(deal), "amount": deal.amount}
    replace_lines(deal, lines=lines)
    if deal.amount != before["amount"]:
        check_written("deal", ["amount"], by=by)
    deal.version += 1
    value_deal(deal, at=at)
    save_deal(deal, at=at, fields=("amount", "base_amount", "rate_on"))
    obey_rules(Deal, [deal.pk], object_type="deal", at=at, by=by)
    record_change(
        object_type="deal", object_id=deal.pk, verb="edited", by=by, at=at, batch=batch,
        before=before, after={"lines": kept_lines(deal), "amount": deal.amount},
    )  # fmt: skip
    publish(
        DealChanged(happened_at=at, actor_id=by.pk if by else None, fields=["lines"], **about(deal))
    )
    return deal


def _check_lines(lines: Sequence[Line]) -> None:
    if len(lines) > MOST_LINES:
        raise BadLine(_("A deal has at most %(most)s lines.") % {"most": MOST_LINES})
    for line in lines:
        if not (line.quantity.is_finite() and 0 < line.quantity <= MOST_QUANTITY):
            raise BadLine(
                _("Enter how many of “%(product)s”, above 0.") % {"product": line.product.name}
            )
        if line.price is not None and not (line.price.is_finite() and 0 <= line.price < MOST / 100):
            raise BadLine(
                _("Enter the price of “%(product)s”, 0 or more.") % {"product": line.product.name}
            )


def _lines_of(deal: Deal) -> list[Line]:
    rows = deal.lines.select_related("product").order_by("position", "pk")
    return [_line(row) for row in rows]


def _line(row: DealLine) -> Line:
    return Line(product=row.product, quantity=row.quantity, price=row.price)
