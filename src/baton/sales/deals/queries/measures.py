"""Numbers for goals: amounts in the company's currency, unknown ones left out."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db.models import Q, Sum

from baton.core.offers import Period
from baton.core.settings.queries import organisation_zone
from baton.sales.deals.models import Deal, DealQuerySet
from baton.sales.deals.rules import StageKind

Owners = frozenset[int] | None


def won_amount(period: Period, *, owner_ids: Owners) -> Decimal | None:
    """Sum of what was won in the period; None where deals were won and no amount is known."""
    won = _won(period, owner_ids)
    amount: Decimal | None = won.aggregate(amount=Sum("base_amount"))["amount"]
    return amount if amount is not None or won.exists() else Decimal(0)


def won_count(period: Period, *, owner_ids: Owners) -> Decimal:
    """Deals won in the period, by close date."""
    return Decimal(_won(period, owner_ids).count())


def pipeline_created(period: Period, *, owner_ids: Owners) -> Decimal:
    """Amount of the deals opened in the period, whatever became of them."""
    opened = _of(owner_ids).filter(_within("opened_at", period))
    amount: Decimal | None = opened.aggregate(amount=Sum("base_amount"))["amount"]
    return amount or Decimal(0)


def _won(period: Period, owner_ids: Owners) -> DealQuerySet:
    return _of(owner_ids).filter(_within("closed_at", period), state=StageKind.WON)


def _of(owner_ids: Owners) -> DealQuerySet:
    deals = Deal.objects.living()
    return deals if owner_ids is None else deals.filter(owner__in=owner_ids)


def _within(field: str, period: Period) -> Q:
    zone = organisation_zone()
    since = datetime.combine(period.since, time(), tzinfo=zone)
    until = datetime.combine(period.until + timedelta(days=1), time(), tzinfo=zone)
    return Q(**{f"{field}__gte": since, f"{field}__lt": until})
