"""What may be said of an order, by somebody, a file or a shop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from baton.core.money.rules import check_currency
from baton.records.people.models import Company, Person
from baton.records.purchases.actions.refusals import BadPurchase
from baton.records.purchases.models import Product
from baton.records.purchases.rules import BY_HAND, money_in_cents

MOST_QUANTITY = Decimal("9999999999.99")


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """One product; by its name where ``product`` is none of ours, or not known yet."""

    name: str
    quantity: Decimal = Decimal(1)
    price: Decimal | None = None  # of one
    product: Product | None = None


@dataclass(frozen=True, kw_only=True)
class NewRefund:
    """Money that went back. The same key of an order twice is one refund."""

    amount: Decimal
    at: datetime
    external_id: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class NewPurchase:
    """An order. With an ``external_id`` it is one with what that source said of it before.

    ``refunded`` is what went back in all, where the source tells no single refunds, the latest of
    it at ``refunded_at``; None says nothing. ``told_at`` is when this was true: older news than the
    latest sets no field. Of lines, None says nothing.
    """

    placed_at: datetime
    amount: Decimal
    currency: str
    person: Person | None = None
    company: Company | None = None
    source: str = BY_HAND
    external_id: str = ""
    number: str = ""
    lines: Sequence[NewLine] | None = None
    refunds: Sequence[NewRefund] = ()
    refunded: Decimal | None = None
    refunded_at: datetime | None = None
    cancelled_at: datetime | None = None
    told_at: datetime | None = None


def check_purchase(one: NewPurchase) -> None:
    """Raises BadPurchase and UnknownCurrency for what cannot be kept."""
    if one.person is None and one.company is None:
        raise BadPurchase(_("Say who bought: a person or a company."))
    check_sold(one)


def check_sold(one: NewPurchase) -> None:
    """The same of what it says beside the buyer."""
    check_currency(one.currency)
    if not money_in_cents(one.amount):
        raise BadPurchase(_("Write an amount from 0 on, with at most two decimals."))
    given_back = [refund.amount for refund in one.refunds]
    given_back += [one.refunded] if one.refunded is not None else []
    if not all(map(money_in_cents, given_back)):
        raise BadPurchase(_("Write what went back as an amount from 0 on."))
    for line in one.lines or ():
        if not 0 < line.quantity <= MOST_QUANTITY or not line.name.strip():
            raise BadPurchase(_("Each line needs a name and a quantity above 0."))
        if line.price is not None and not abs(line.price) < Decimal(10) ** 12:
            raise BadPurchase(_("No price is that high."))
