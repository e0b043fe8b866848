from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.core.money.queries import currencies_of_day
from baton.core.settings.queries import organisation
from baton.sales.deals import actions
from baton.sales.deals.words import local_day


@every("4 * * * *")
@task()
@policy(single=True)
def follow_rates_of_today() -> None:
    """A rate may be known before its day: open deals follow it once the company's day begins."""
    at, company = timezone.now(), organisation()
    today = local_day(at, zone=company.zone)
    for currency in currencies_of_day(today, base=company.base_currency):
        actions.value_deals(currency=currency, at=at)


@every("*/10 * * * *")
@task()
@policy(single=True)
def begin_clocks() -> None:
    """Of deals that no fact told of: imported ones, and those from before the agreement."""
    if organisation().is_armed:
        actions.begin_clocks(at=timezone.now())
