"""In whose hours a clock runs, and who is away."""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from baton.core.access.models import User
from baton.core.access.roles import Scope
from baton.core.access.visibility import team_ids
from baton.core.calendars.models import FreeDay, Leave, LeaveQuerySet
from baton.core.prepared import Fixed, Prepared
from baton.core.settings.models import Organisation
from baton.core.settings.queries import organisation
from baton.core.worktime.rules import (
    DEFAULT_WEEK,
    BusinessHours,
    DaysAway,
    FreeDays,
    UnknownCountry,
    WeeklyHours,
    leave_of,
    public_holidays,
)

DAY = timedelta(days=1)


def hours_of(user: User | None) -> BusinessHours:
    """When somebody works: their own hours, zone, holidays and leave, else the organisation's (for
    a queue, too), less the company's own free days.

    Hours without any working time would stop every clock: the usual week stands in for them.
    """
    return HoursBook([user] if user else []).of(user)


class HoursBook:
    """The hours of several users, read with three queries."""

    def __init__(self, users: Iterable[User | None]) -> None:
        self._ids = {user.pk for user in users if user}
        self._known: dict[int, BusinessHours] = {}

    def of(self, user: User | None) -> BusinessHours:
        """Of one of those users; None is the company."""
        key = user.pk if user else 0
        if key not in self._known:
            self._known[key] = self._read(user)
        return self._known[key]

    def _read(self, user: User | None) -> BusinessHours:
        house = self._house
        plain = (user.hours if user else None) or house.hours
        weekly = WeeklyHours.parse(plain) if plain else DEFAULT_WEEK
        zone = (user.zone if user else "") or house.zone
        place = (user.country if user else "") or house.country
        return BusinessHours(
            weekly=DEFAULT_WEEK if weekly.is_empty else weekly,
            zone=zone,
            days_off=FreeDays.of(self._free_days, public=_holidays(place)),
            leave=leave_of(self._away.get(user.pk, ()) if user else (), zone=zone),
        )

    @cached_property
    def _house(self) -> Organisation:
        return organisation()

    @cached_property
    def _free_days(self) -> list[tuple[date, bool]]:
        return list(FreeDay.objects.living().values_list("on", "is_yearly"))

    @cached_property
    def _away(self) -> dict[int, list[DaysAway]]:
        found: dict[int, list[DaysAway]] = defaultdict(list)
        for leave in Leave.objects.living().filter(user__in=self._ids) if self._ids else ():
            found[leave.user_id].append(leave.days_away())
        return found


def _holidays(place: str) -> Container[date]:
    """A place that a newer list of holidays has given up has none: clocks go on."""
    try:
        return public_holidays(place)
    except UnknownCountry:
        return frozenset()


def leave_now(at: datetime) -> dict[int, Leave]:
    """By user id who is away at this moment, on the clock of where they work; one query."""
    rows = _AROUND.rows(first=at.date() - DAY, last=at.date() + DAY)
    return {leave.user_id: leave for leave in rows if _holds(leave, at)}


_AROUND = Prepared(
    lambda first, last: Leave.objects.living().touching(first, last).select_related("user")
)


def _holds(leave: Leave, at: datetime) -> bool:
    begin, end = leave.days_away().as_leave(zone=zone_of(leave.user))
    return begin <= at < end


def zone_of(user: User | None) -> str:
    """On whose clock their days begin and end; None is the company."""
    return (user.zone if user else "") or organisation().zone


@dataclass(frozen=True, kw_only=True)
class Away:
    """Somebody, from when until when; not why."""

    user: User
    leave: Leave
    is_now: bool


def away_soon(viewer: User, *, at: datetime, days: int, most: int) -> list[Away]:
    """Colleagues of the viewer's reach who are away now or begin to be within so many days."""
    found = _AHEAD.rows(
        viewer=viewer, first=at.date() - DAY, last=at.date() + DAY * days, most=Fixed(most)
    )
    return [
        Away(user=leave.user, leave=leave, is_now=_holds(leave, at))
        for leave in found
        if leave.days_away().as_leave(zone=zone_of(leave.user))[1] > at
    ]


def _ahead(viewer: User, first: date, last: date, most: int) -> LeaveQuerySet:
    rows = Leave.objects.living().touching(first, last).filter(user__is_active=True)
    if viewer.scope("people.view") is not Scope.ALL:
        rows = rows.filter(user__team__in=team_ids(viewer))
    return rows.select_related("user").order_by("from_on", "user__name", "pk")[:most]


_AHEAD = Prepared(_ahead)


def leave_of_user(user: User, *, at: datetime) -> tuple[list[Leave], list[Leave]]:
    """What is ahead or under way, the earliest first, and what is past, the latest first."""
    today = at.astimezone(ZoneInfo(zone_of(user))).date()
    mine: LeaveQuerySet = Leave.objects.living().filter(user=user)
    ahead = mine.filter(to_on__gte=today).order_by("from_on", "pk")
    past = mine.filter(to_on__lt=today).order_by("-from_on", "-pk")
    return list(ahead), list(past[:50])
