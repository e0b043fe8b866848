from collections.abc import Sequence
from typing import Any

from django.db import transaction

from baton.core.limits import Plain
from baton.core.money.rules import check_currency
from baton.core.settings.models import Brand, Organisation
from baton.core.worktime.rules import WeeklyHours, find_zone, public_holidays


@transaction.atomic
def set_up_organisation(
    *,
    name: str,
    zone: str = "UTC",
    base_currency: str = "EUR",
    country: str = "",
    hours: dict[str, Any] | None = None,
    own_domains: Sequence[str] | None = None,
    own_networks: Sequence[str] | None = None,
    own_machines: Sequence[str] | None = None,
    price_pages: Sequence[str] | None = None,
    is_demo: bool = False,
) -> Organisation:
    """Write the company's one row and its default brand; safe to run again.

    ``country`` is the one whose public holidays are kept; what is our own, and ``price_pages``,
    stay as they are where they are not given. Raises UnknownZone, UnknownCurrency, UnknownCountry,
    BadHours.
    """
    find_zone(zone)
    public_holidays(country)
    currency = check_currency(base_currency)
    week = WeeklyHours.parse(hours).as_json() if hours is not None else None
    own = {"own_domains": own_domains, "own_networks": own_networks, "own_machines": own_machines}
    said = {**own, "price_pages": price_pages}
    kept = {name: list(value) for name, value in said.items() if value is not None}
    organisation, _made = Organisation.objects.update_or_create(
        pk=1,
        defaults={
            **kept,
            "name": name,
            "zone": zone,
            "base_currency": currency,
            "country": country,
            "hours": week,
            "is_demo": is_demo,
        },
    )
    Brand.objects.get_or_create(is_default=True, defaults={"name": name})
    return organisation


@transaction.atomic
def create_brand(
    *, name: str, look: dict[str, Any] | None = None, domains: Sequence[str] = ()
) -> Brand:
    """One more way to look to the public; ``look`` has accent, logo_text and footer."""
    return Brand.objects.create(name=name, look=look or {}, domains=list(domains))


@transaction.atomic
def arm(*, is_armed: bool) -> None:
    """Let mail and timers leave the house, or hold them back (a restored copy starts disarmed)."""
    Organisation.objects.filter(pk=1).update(is_armed=is_armed)


@transaction.atomic
def keep_limits(plain: Plain) -> None:
    """What roles are kept from, for every page to know without asking."""
    Organisation.objects.filter(pk=1).update(field_limits=plain)
