"""Rates into the company's currency, and what waits for one."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from baton.core.money.models import Rate
from baton.core.settings.queries import organisation
from baton.marketing.campaigns.models import Cost
from baton.sales.deals.models import Deal


@dataclass(frozen=True)
class Waiting:
    """So many records have no worth in the company's currency, for want of a rate."""

    currency: str
    deal_count: int
    cost_count: int


def rates_known() -> QuerySet[Rate]:
    """Into the company's currency, by currency, the latest first."""
    rates = Rate.objects.living().filter(base_currency=organisation().base_currency)
    return rates.order_by("currency", "-on")


def waiting_for_rates() -> list[Waiting]:
    deals = Deal.objects.living().filter(base_amount=None).exclude(amount=None)
    costs = Cost.objects.living().filter(base_amount=None)
    deal_counts, cost_counts = (
        Counter(dict(rows.order_by().values_list("currency").annotate(Count("pk"))))
        for rows in (deals, costs)
    )
    return [
        Waiting(currency, deal_counts[currency], cost_counts[currency])
        for currency in sorted(deal_counts | cost_counts)
    ]
