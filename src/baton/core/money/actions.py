from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.money.events import RateSet
from baton.core.money.models import Rate
from baton.core.money.rules import check_currency, clean_rate


class SameCurrency(RuleViolation):
    """A currency costs exactly one of itself."""


@transaction.atomic
def set_rate(
    *, currency: str, base_currency: str, on: date, rate: Decimal, source: str, at: datetime
) -> Rate:
    """Write down what one unit of ``currency`` cost in ``base_currency`` on a day.

    A rate set again replaces the one of that day; only a real difference is a fact.
    Raises UnknownCurrency, BadRate, SameCurrency.
    """
    currency, base_currency = check_currency(currency), check_currency(base_currency)
    if currency == base_currency:
        raise SameCurrency(_("A rate is between two currencies, both are %s.") % currency)
    rate = clean_rate(rate)
    that_day = Rate.objects.filter(currency=currency, base_currency=base_currency, on=on)
    before = that_day.select_for_update().first()
    stored, _is_new = that_day.update_or_create(
        currency=currency,
        base_currency=base_currency,
        on=on,
        defaults={"rate": rate, "source": source},
    )
    if before is None or before.rate != rate:
        publish(
            RateSet(
                happened_at=at, currency=currency, base_currency=base_currency, on=on, rate=rate
            )
        )
    return stored
