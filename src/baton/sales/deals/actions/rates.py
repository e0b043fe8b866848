"""Open deals in another currency follow its rate; closed ones are frozen."""

from datetime import datetime

from django.db import transaction

from baton.core.money.queries import rates_into
from baton.core.settings.queries import organisation
from baton.sales.deals.models import Deal
from baton.sales.deals.words import local_day

CHUNK = 500


@transaction.atomic
def value_open_deals(*, currency: str, at: datetime) -> int:
    """Put today's rate under the open deals of a currency; says how many have another value now."""
    company = organisation()
    book = rates_into(company.base_currency)
    today = local_day(at, zone=company.zone)
    changed = []
    for deal in Deal.objects.select_for_update().open().filter(currency=currency):
        if deal.amount is None:
            continue
        valued = book.in_base(deal.amount, currency=currency, on=today)
        if (deal.base_amount, deal.rate_on) != (valued.amount, valued.rate_on):
            deal.base_amount, deal.rate_on = valued.amount, valued.rate_on
            changed.append(deal)
    Deal.objects.bulk_update(changed, ["base_amount", "rate_on"], batch_size=CHUNK)
    return len(changed)
