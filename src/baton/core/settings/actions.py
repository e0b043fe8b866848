from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.errors import RuleViolation
from baton.core.settings.models import Brand, Organisation


class UnknownZone(RuleViolation):
    """Not a name of the IANA time zone database."""


@transaction.atomic
def set_up_organisation(
    *,
    name: str,
    zone: str = "UTC",
    base_currency: str = "EUR",
    hours: dict[str, Any] | None = None,
    is_demo: bool = False,
) -> Organisation:
    """Write the company's one row and its default brand; safe to run again."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UnknownZone(
            _("“%(zone)s” is no time zone. Write it like Europe/Berlin.") % {"zone": zone}
        ) from error
    organisation, _made = Organisation.objects.update_or_create(
        pk=1,
        defaults={
            "name": name,
            "zone": zone,
            "base_currency": base_currency,
            "hours": hours,
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
