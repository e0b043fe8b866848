"""A few figures of a few days, cheap enough for everybody's first page: each by its own day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from baton.core.access.models import User
from baton.core.limits import hidden
from baton.core.prepared import Prepared, one_row
from baton.core.settings.queries import organisation_zone
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.queries.running import run
from baton.insight.analytics.rules import Period, money_of
from baton.marketing.campaigns.permissions import VIEW_CAMPAIGNS
from baton.qualification.handoff.queries.day import handed_from
from baton.records.people.models import Person
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import StageKind

WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Loop:
    """From leads to money; ``cost`` None = none is known."""

    period: Period
    leads: int
    mqls: int
    won: int
    revenue: Decimal | None  # None = hidden from whoever asks
    cost: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Week:
    """Its days so far, Monday first, as many as this week has."""

    since: date
    until: date
    leads: int
    mqls: int


def loop_of(user: User, *, since: date, until: date) -> Loop:
    """What came and what was won on these days, both included; four queries."""
    [begin, end] = _moments([(since, until)])
    asked = {"user": user, "since": begin, "until": end}
    won, amount = _WON.first(**asked) or (0, None)
    return Loop(
        period=Period(since, until),
        leads=_LEADS.count(**asked),
        mqls=_MQLS.count(**asked),
        won=won,
        revenue=None if "amount" in hidden("deal") else amount or Decimal(0),
        cost=_cost(since, until) if user.may(VIEW_CAMPAIGNS) else None,
    )


def weeks_of(user: User, *, today: date, count: int) -> list[Week]:
    """This week so far, and the same days of those before it, the latest first; two queries."""
    monday = today - timedelta(days=today.weekday())
    spans = [(monday - WEEK * number, today - WEEK * number) for number in range(count)]
    edges = _moments(spans)
    asked = {"user": user, "since": edges[-2], "until": edges[1], "edges": edges}
    leads, mqls = _LEADS_OF_WEEKS.first(**asked) or (), _MQLS_OF_WEEKS.first(**asked) or ()
    return [
        Week(since=since, until=until, leads=come, mqls=handed)
        for (since, until), come, handed in zip(spans, leads, mqls, strict=False)
    ]


def _moments(spans: Iterable[tuple[date, date]]) -> list[datetime]:
    """Of each span when its first day begins, and when its last one has ended."""
    zone = organisation_zone()
    days = (day for since, until in spans for day in (since, until + timedelta(days=1)))
    return [datetime.combine(day, time(), tzinfo=zone) for day in days]


def _within(field: str, since: datetime, until: datetime) -> Q:
    return Q(**{f"{field}__gte": since, f"{field}__lt": until})


def _leads(user: User, since: datetime, until: datetime) -> QuerySet[Any]:
    people = Person.objects.visible_to(user, VIEW_REPORTS)
    return people.filter(_within("lead_at", since, until)).order_by()


def _won(user: User, since: datetime, until: datetime) -> QuerySet[Any, Any]:
    deals = Deal.objects.living().visible_to(user, VIEW_REPORTS)
    won = one_row(deals.filter(_within("closed_at", since, until), state=StageKind.WON))
    found: QuerySet[Any, Any] = won.annotate(won=Count("pk"), amount=Sum("base_amount"))
    return found.values_list("won", "amount")


def _weekly(rows: QuerySet[Any], field: str, edges: Sequence[datetime]) -> QuerySet[Any, Any]:
    """How many of the rows lie in each span."""
    spans = zip(edges[::2], edges[1::2], strict=True)
    counts = {
        f"week_{number}": Count("pk", filter=_within(field, *span))
        for number, span in enumerate(spans)
    }
    found: QuerySet[Any, Any] = one_row(rows).annotate(**counts)
    return found.values_list(*counts)


_LEADS: Prepared[int] = Prepared(
    lambda user, since, until: _leads(user, since, until).values_list("pk", flat=True)
)
_MQLS: Prepared[int] = Prepared(
    lambda user, since, until: (
        handed_from(user, since=since, until=until).order_by().values_list("pk", flat=True)
    )
)
_WON: Prepared[tuple[int, Decimal | None]] = Prepared(_won)
_LEADS_OF_WEEKS: Prepared[tuple[int, ...]] = Prepared(
    lambda user, since, until, edges: _weekly(_leads(user, since, until), "lead_at", edges)
)
_MQLS_OF_WEEKS: Prepared[tuple[int, ...]] = Prepared(
    lambda user, since, until, edges: _weekly(
        handed_from(user, since=since, until=until), "made_at", edges
    )
)


def _cost(since: date, until: date) -> Decimal | None:
    return cost_between(since, until, group="'*'").get("*")


def cost_between(since: date, until: date, *, group: str = "channel") -> dict[str, Decimal]:
    """As the reports spread costs over their days, by an expression over a cost's columns; a group
    of which no cost is known is left out."""
    period = {"from_on": since, "to_on": until}
    found = run("costs", values=period, fragments={"cost_group": group})
    return {row["grp"]: cost for row in found if (cost := money_of(row["cost"])) is not None}
