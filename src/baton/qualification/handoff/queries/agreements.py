"""The agreement in force, and in whose hours its clocks run."""

from collections.abc import Container
from datetime import date

from baton.core.access.models import User
from baton.core.settings.queries import organisation
from baton.core.worktime.rules import (
    DEFAULT_WEEK,
    BusinessHours,
    UnknownCountry,
    WeeklyHours,
    public_holidays,
)
from baton.qualification.handoff.models import Agreement


def agreement_in_force() -> Agreement | None:
    """The latest version that both sides signed; None: nobody has agreed to anything yet."""
    return Agreement.objects.signed().order_by("-version").first()


def draft_agreement() -> Agreement | None:
    """The version that is being talked about, newer than the one in force; None: there is none."""
    latest = Agreement.objects.order_by("-version").first()
    return latest if latest and latest.valid_from is None else None


def hours_of(user: User | None) -> BusinessHours:
    """When somebody works: their own hours, zone and holidays, else the organisation's (for a
    queue, too).

    Hours without any working time would stop every clock: the usual week stands in for them.
    """
    house = organisation()
    plain = (user.hours if user else None) or house.hours
    weekly = WeeklyHours.parse(plain) if plain else DEFAULT_WEEK
    return BusinessHours(
        weekly=DEFAULT_WEEK if weekly.is_empty else weekly,
        zone=(user.zone if user else "") or house.zone,
        days_off=_days_off((user.country if user else "") or house.country),
    )


def _days_off(place: str) -> Container[date]:
    """A place that a newer list of holidays has given up has none: clocks go on."""
    try:
        return public_holidays(place)
    except UnknownCountry:
        return frozenset()
