from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.money.events import RateRemoved, RateSet
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
    living = Rate.objects.living()
    that_day = living.filter(currency=currency, base_currency=base_currency, on=on)
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


@transaction.atomic
def remove_rates(*, rate_ids: Collection[int], at: datetime) -> list[int]:
    """Those that are known; says which are no longer."""
    gone = list(Rate.objects.living().select_for_update().filter(pk__in=rate_ids).order_by("pk"))
    Rate.objects.filter(pk__in=[rate.pk for rate in gone]).update(deleted_at=at)
    for rate in gone:
        publish(RateRemoved(happened_at=at, **_about(rate)))
    return [rate.pk for rate in gone]


@transaction.atomic
def restore_rates(*, rate_ids: Collection[int], at: datetime) -> list[int]:
    """Those that were removed, unless their day has another by now; says which are back."""
    removed = Rate.objects.exclude(deleted_at=None).select_for_update().filter(pk__in=rate_ids)
    back = []
    for rate in removed.order_by("pk"):
        about = _about(rate)
        if Rate.objects.living().filter(**about).exists():
            continue
        Rate.objects.filter(pk=rate.pk).update(deleted_at=None)
        publish(RateSet(happened_at=at, rate=rate.rate, **about))
        back.append(rate.pk)
    return back


def _about(rate: Rate) -> dict[str, Any]:
    return {"currency": rate.currency, "base_currency": rate.base_currency, "on": rate.on}
