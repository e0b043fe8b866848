"""What is known of the website's traffic: what others counted, and our own visits beside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, Sum

from baton.core.access.models import User
from baton.core.settings.queries import organisation_zone
from baton.core.sqlite.days import LocalDay
from baton.core.worktime.rules import day_start
from baton.marketing.capture.models import Visit, VisitQuerySet
from baton.marketing.traffic.models import Traffic, TrafficQuerySet

WEEK = 7
Visits = Sequence[tuple[date, str, int]]


def parted_otherwise(system: str, days: Collection[tuple[date, str]]) -> set[date]:
    """Those days that came by other columns: here already, or two ways among these themselves."""
    wanted: dict[date, set[str]] = {}
    for day, by in days:
        wanted.setdefault(day, set()).add(by)
    held = Traffic.objects.living().filter(system=system, day__in=wanted)
    for day, by in held.values_list("day", "by").distinct().order_by():
        wanted[day].add(by)
    return {day for day, ways in wanted.items() if len(ways) > 1}


def counted_between(
    user: User, *, since: date | None, until: date | None, channel: str = ""
) -> TrafficQuerySet:
    """What other systems counted on these days."""
    rows = Traffic.objects.visible_to(user)
    if since:
        rows = rows.filter(day__gte=since)
    if until:
        rows = rows.filter(day__lte=until)
    return rows.filter(channel=channel) if channel else rows


def visits_between(
    user: User,
    *,
    since: date | None,
    until: date | None,
    channel: str = "",
    is_internal: bool = False,
) -> VisitQuerySet:
    """Our own, by the days of the company; ``is_internal``: those of our staff and machines, which
    do not count, instead."""
    seen, zone = Visit.objects.visible_to(user), organisation_zone()
    rows = seen.internal() if is_internal else seen.counted()
    if since:
        rows = rows.filter(started_at__gte=day_start(since, zone=zone))
    if until:
        rows = rows.filter(started_at__lt=day_start(until + timedelta(days=1), zone=zone))
    return rows.filter(channel=channel) if channel else rows


@dataclass
class ChannelTraffic:
    """One channel's figures; None where no file says."""

    channel: str
    visits: int = 0
    sessions: int | None = None
    users: float | None = None  # a day: the same person of two days would count twice in a sum
    key_events: Decimal | None = None


class TrafficBy(StrEnum):
    """By what traffic can be told apart, day by day."""

    CHANNEL = "channel"
    SOURCE = "source"
    CAMPAIGN = "campaign"
    PAGE = "page"  # the first one of a visit; others do not count it


@dataclass
class DayTraffic:
    """One day of one way; None where no file says."""

    day: date
    way: str
    visits: int = 0
    sessions: int | None = None
    users: int | None = None
    key_events: Decimal | None = None


@dataclass(frozen=True)
class Week:
    """``until`` is its last day, so that the last one ends with the period."""

    until: date
    visits: int
    sessions: int | None


@dataclass(frozen=True)
class TrafficShown:
    channels: list[ChannelTraffic]
    total: ChannelTraffic
    weeks: list[Week]
    systems: list[str] = field(default_factory=list)


def traffic_of(user: User, *, since: date, until: date) -> TrafficShown:
    """Both by channel and by week, in five questions whatever the number of rows."""
    counted = counted_between(user, since=since, until=until).order_by()
    visits = _visits_of_days(user, since=since, until=until)
    found = _by_channel(counted, visits)
    ways = sorted(found.values(), key=lambda one: (-(one.sessions or 0), -one.visits, one.channel))
    return TrafficShown(
        channels=ways,
        total=_total(ways, counted),
        weeks=_weeks(counted, visits, since=since, until=until),
        systems=sorted(counted.values_list("system", flat=True).distinct()),
    )


def _visits_of_days(user: User, *, since: date, until: date) -> Visits:
    """How many of each day and channel: those of many days are read once, for both."""
    rows = visits_between(user, since=since, until=until).order_by()
    days = rows.annotate(on=_day_of_visit(since, until)).values_list("on", "channel")
    return [(day, channel, number) for day, channel, number in days.annotate(n=Count("pk"))]


FIGURES = {"seen": Sum("sessions"), "people": Sum("users"), "done": Sum("key_events")}


def _by_channel(counted: TrafficQuerySet, visits: Visits) -> dict[str, ChannelTraffic]:
    found: dict[str, ChannelTraffic] = {}
    days = {"days": Count("day", distinct=True)}
    for row in counted.values("channel").annotate(**FIGURES, **days):
        found[row["channel"]] = _told(row, row["channel"])
    for _day, channel, number in visits:
        found.setdefault(channel, ChannelTraffic(channel)).visits += number
    return found


def _told(row: Mapping[str, object], channel: str) -> ChannelTraffic:
    people, days = row["people"], row["days"]
    one = ChannelTraffic(channel)
    one.sessions = row["seen"] if isinstance(row["seen"], int) else None
    one.key_events = row["done"] if isinstance(row["done"], Decimal) else None
    if isinstance(people, int) and isinstance(days, int) and days:
        one.users = people / days
    return one


def _total(ways: Collection[ChannelTraffic], counted: TrafficQuerySet) -> ChannelTraffic:
    row = counted.aggregate(**FIGURES, days=Count("day", distinct=True))
    total = _told(row, "")
    total.visits = sum(one.visits for one in ways)
    return total


def daily_of(
    user: User, *, since: date, until: date, by: TrafficBy, channel: str = ""
) -> list[DayTraffic]:
    """Both day by day, the earliest first; two questions whatever the number of rows."""
    found: dict[tuple[date, str], DayTraffic] = {}
    if by is not TrafficBy.PAGE:
        counted = counted_between(user, since=since, until=until, channel=channel).order_by()
        for row in counted.values("day", by.value).annotate(**FIGURES):
            key = row["day"], row[by.value]
            found[key] = DayTraffic(
                *key, sessions=row["seen"], users=row["people"], key_events=row["done"]
            )
    visits = visits_between(user, since=since, until=until, channel=channel).order_by()
    on = _day_of_visit(since, until)
    name = "landing_page" if by is TrafficBy.PAGE else by.value
    for day, way, number in visits.annotate(on=on).values_list("on", name).annotate(n=Count("pk")):
        found.setdefault((day, way), DayTraffic(day, way)).visits = number
    return [found[key] for key in sorted(found)]


def _day_of_visit(since: date, until: date) -> LocalDay:
    zone = organisation_zone()
    first, last = (day_start(day, zone=zone) for day in (since, until + timedelta(days=1)))
    return LocalDay("started_at", first=first, last=last, zone=zone)


def _weeks(counted: TrafficQuerySet, visits: Visits, *, since: date, until: date) -> list[Week]:
    """Whole weeks that end with the period."""
    seen: dict[int, int] = {}
    ours: dict[int, int] = {}
    for day, number in counted.values_list("day").annotate(n=Sum("sessions")):
        if number is not None:
            place = (until - day).days // WEEK
            seen[place] = seen.get(place, 0) + number
    for day, _channel, number in visits:
        place = (until - day).days // WEEK
        ours[place] = ours.get(place, 0) + number
    return [
        Week(until - timedelta(days=place * WEEK), ours.get(place, 0), seen.get(place))
        for place in reversed(range((until - since).days // WEEK + 1))
        if (until - since).days >= place * WEEK + WEEK - 1
    ]
