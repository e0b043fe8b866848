"""Open deals in another currency follow its rate; closed ones keep that of the day they closed."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from baton.core.money.queries import rates_into
from baton.core.settings.queries import organisation
from baton.sales.deals.models import Deal
from baton.sales.deals.words import local_day

CHUNK = 500


@transaction.atomic
def value_deals(*, currency: str, at: datetime, on: date | None = None) -> int:
    """Put today's rate under the open deals of a currency; says how many have another value now.

    Closed ones are frozen, but for those that waited for a rate and those that the rate of the day
    ``on``, new or corrected, is nearest to: they get that of the day they closed.
    """
    company = organisation()
    book = rates_into(company.base_currency)
    today = local_day(at, zone=company.zone)
    deals = Deal.objects.select_for_update().filter(currency=currency)
    changed = []
    for deal in deals.filter(Q(state="open", deleted_at=None) | _unsettled(on, zone=company.zone)):
        if deal.amount is None:
            continue
        closed_on = local_day(deal.closed_at, zone=company.zone) if deal.closed_at else today
        valued = book.in_base(deal.amount, currency=currency, on=closed_on)
        if (deal.base_amount, deal.rate_on) != (valued.amount, valued.rate_on):
            deal.base_amount, deal.rate_on = valued.amount, valued.rate_on
            changed.append(deal)
    Deal.objects.bulk_update(changed, ["base_amount", "rate_on"], batch_size=CHUNK)
    return len(changed)


def _unsettled(on: date | None, *, zone: str) -> Q:
    waiting = Q(base_amount=None)
    if on is None:
        return waiting
    since = datetime.combine(on, time(), ZoneInfo(zone))
    came_late = Q(rate_on__lt=on, closed_at__gte=since)  # it closed on that day, or after it
    return waiting | Q(rate_on=on) | came_late
