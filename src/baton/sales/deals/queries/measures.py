"""Numbers for goals: amounts in the company's currency, unknown ones left out."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, Sum

from baton.core.offers import Period
from baton.core.settings.queries import organisation_zone
from baton.records.purchases.models import Order, OrderQuerySet
from baton.sales.deals.models import Deal, DealOrder, DealQuerySet
from baton.sales.deals.rules import StageKind

Owners = frozenset[int] | None


def won_amount(period: Period, *, owner_ids: Owners) -> Decimal | None:
    """Sum of what was won in the period; None where deals were won and no amount is known."""
    won = _won(period, owner_ids)
    amount: Decimal | None = won.aggregate(amount=Sum("base_amount"))["amount"]
    return amount if amount is not None or won.exists() else Decimal(0)


def revenue(period: Period, *, owner_ids: Owners) -> Decimal | None:
    """What was won, and what purchases came to less refunds, each sale once: an order that a won
    deal was paid by counts with the deal. Purchases are of no rep. None where all is unknown."""
    won = won_amount(period, owner_ids=owner_ids)
    if owner_ids is not None:
        return won
    orders = sold_apart().filter(_within("placed_at", period))
    bought: Decimal | None = orders.aggregate(amount=Sum("net_amount"))["amount"]
    if bought is None and not orders.exists():
        return won
    known = [part for part in (won or None, bought) if part is not None]
    return sum(known, Decimal(0)) if known else None


def won_count(period: Period, *, owner_ids: Owners) -> Decimal:
    """Deals won in the period, by close date."""
    return Decimal(_won(period, owner_ids).count())


def pipeline_created(period: Period, *, owner_ids: Owners) -> Decimal:
    """Amount of the deals opened in the period, whatever became of them."""
    opened = _of(owner_ids).filter(_within("opened_at", period))
    amount: Decimal | None = opened.aggregate(amount=Sum("base_amount"))["amount"]
    return amount or Decimal(0)


def deals_won() -> DealQuerySet:
    """All that are won, whenever."""
    return Deal.objects.living().filter(state=StageKind.WON)


def sold_apart() -> OrderQuerySet:
    """Purchases that belong to no deal that is won: revenue beside those deals."""
    paid = DealOrder.objects.filter(
        order=OuterRef("pk"), deal__state=StageKind.WON, deal__deleted_at=None
    )
    return Order.objects.standing().filter(~Exists(paid))


def _won(period: Period, owner_ids: Owners) -> DealQuerySet:
    won = deals_won() if owner_ids is None else deals_won().filter(owner__in=owner_ids)
    return won.filter(_within("closed_at", period))


def _of(owner_ids: Owners) -> DealQuerySet:
    deals = Deal.objects.living()
    return deals if owner_ids is None else deals.filter(owner__in=owner_ids)


def _within(field: str, period: Period) -> Q:
    zone = organisation_zone()
    since = datetime.combine(period.since, time(), tzinfo=zone)
    until = datetime.combine(period.until + timedelta(days=1), time(), tzinfo=zone)
    return Q(**{f"{field}__gte": since, f"{field}__lt": until})
