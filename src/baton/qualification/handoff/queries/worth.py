"""What marketing's leads are worth by their kind, and how many customers they are to bring."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db.models import Count

from baton.core.access.models import User
from baton.core.calendars.queries import hours_of
from baton.core.settings.queries import organisation_zone
from baton.core.sqlite.days import LocalDay
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.queries.attainment import handed_in, month_of
from baton.qualification.handoff.rules import Goal, State, pace
from baton.qualification.handoff.rules.worth import (
    Brought,
    customers_coming,
    rate_of_all,
    worth_of,
)
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import Stage

YEAR = timedelta(days=365)
AHEAD = 3  # months after the present one
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A month, and how many customers the leads that were handed over by now bring in it."""

    month: date
    customers: Fraction


@dataclass(frozen=True, kw_only=True)
class Worth:
    """``handed`` and ``due``: what this month's leads are worth, and should be by now; ``owed`` in
    the whole month."""

    handed: Fraction
    due: float
    owed: int
    brought: list[Brought]
    coming: list[Coming]


def worth_now(goal: Goal, *, user: User, at: datetime) -> Worth | None:
    """None while nobody has bought: then no lead has a measured worth."""
    brought = brought_in(since=at - YEAR, until=at)
    if rate_of_all(brought) is None:
        return None
    today = at.astimezone(organisation_zone()).date()
    month = month_of(today)
    asked = handed_in(month, user=user).values_list("lane").order_by()
    worth = worth_of(
        dict(asked.annotate(count=Count("pk"))), brought=brought, average_deal=goal.average_deal
    )
    owed = goal.revenue * goal.share // 100
    return Worth(
        handed=worth or Fraction(),
        due=pace(owed=owed, month=month.first, today=today, hours=hours_of(None)),
        owed=owed,
        brought=brought,
        coming=_coming(brought, today=today, at=at),
    )


def brought_in(*, since: datetime, until: datetime) -> list[Brought]:
    """By lane, those with the most leads first. Who bought counts for their latest handoff before
    it, once."""
    leads = _handed(since, until)
    counts = Counter(dict(leads.order_by().values_list("lane").annotate(count=Count("pk"))))
    days: dict[str, list[int]] = defaultdict(list)
    for lane, took in _bought(since=since, until=until).values():
        days[lane].append(took)
    return [
        Brought(lane=lane, leads=count, days=tuple(sorted(days[lane])))
        for lane, count in counts.most_common()
    ]


def _bought(*, since: datetime, until: datetime) -> dict[int, tuple[str, int]]:
    """By handoff, of those after which somebody bought, the lane and after how many days."""
    leads = _handed(since, until)
    won: dict[int, datetime] = {}
    wins = StageChange.objects.filter(to_stage=Stage.CUSTOMER, at__gte=since, at__lt=until)
    for person, at in wins.filter(is_back=False).order_by("at").values_list("person", "at"):
        won.setdefault(person, at)
    latest: dict[int, tuple[int, str, datetime]] = {}
    theirs = leads.filter(person__in=wins.values("person")).order_by("made_at", "pk")
    for pk, person, lane, made_at in theirs.values_list("pk", "person", "lane", "made_at"):
        if person in won and made_at <= won[person]:
            latest[person] = (pk, lane, made_at)
    zone = organisation_zone()
    return {
        pk: (lane, _days(made_at, won[person], zone=zone))
        for person, (pk, lane, made_at) in latest.items()
    }


def handed_in_the_year(
    *, at: datetime, lane: str = "", only_bought: bool = False
) -> HandoffQuerySet:
    """The leads that a figure of ``brought_in`` counts; without a lane those of every kind."""
    rows = _handed(at - YEAR, at)
    if lane:
        rows = rows.filter(lane=lane)
    return rows.filter(pk__in=list(_bought(since=at - YEAR, until=at))) if only_bought else rows


def _handed(since: datetime, until: datetime) -> HandoffQuerySet:
    rows = Handoff.objects.of_marketing().exclude(state=State.WITHDRAWN)
    return rows.filter(made_at__gte=since, made_at__lt=until)


def _days(since: datetime, until: datetime, *, zone: ZoneInfo) -> int:
    return (until.astimezone(zone).date() - since.astimezone(zone).date()).days


def _coming(brought: list[Brought], *, today: date, at: datetime) -> list[Coming]:
    """From tomorrow on: what has come is known."""
    day = LocalDay("made_at", first=at - YEAR, last=at, zone=organisation_zone())
    by_day = _handed(at - YEAR, at).order_by().annotate(day=day).values_list("day")
    handed = dict(by_day.annotate(count=Count("pk")))
    firsts = [today.replace(day=1)]
    for _month in range(AHEAD + 1):
        firsts.append(month_of(firsts[-1] + 32 * DAY).first)
    spans = [(max(first, today + DAY), following - DAY) for first, following in pairwise(firsts)]
    found = customers_coming(handed, brought=brought, spans=spans)
    return [
        Coming(month=first, customers=customers)
        for first, customers in zip(firsts, found, strict=False)
    ]
