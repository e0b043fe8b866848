"""Who has bought since a moment, and for how much."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from baton.core.access.models import User
from baton.core.limits import hidden
from baton.sales.deals.models import Deal, DealQuerySet
from baton.sales.deals.words import reason_words


def won_since(user: User, since: datetime) -> QuerySet[Any, Any]:
    """Ids of the people of deals that were won since then, of those that one sees."""
    return _won(user, since).filter(person__isnull=False).values("person")


def worth_won(user: User, since: datetime, people: QuerySet[Any, Any]) -> Decimal | None:
    """In the company's currency; None for whom amounts are hidden."""
    if "amount" in hidden("deal"):
        return None
    found = _won(user, since).filter(person__in=people).aggregate(all=Sum("base_amount"))
    return found["all"] or Decimal(0)


def _won(user: User, since: datetime) -> DealQuerySet:
    return Deal.objects.living().visible_to(user).filter(state="won", closed_at__gte=since)


def why_closed(deal: Deal) -> str:
    """The reason in words; "" where none is known, or it is hidden."""
    return reason_words(deal.reason, state=deal.state) if deal.reason else ""
