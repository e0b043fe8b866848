"""A few figures of a few days, cheap enough for everybody's first page: each by its own day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from baton.core.access.models import User
from baton.core.settings.queries import organisation_zone
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.queries.running import run
from baton.insight.analytics.rules import CENT, Period
from baton.marketing.campaigns.permissions import VIEW_CAMPAIGNS
from baton.qualification.handoff.queries.day import handed_between
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
    revenue: Decimal
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
    deals = Deal.objects.living().visible_to(user, VIEW_REPORTS)
    won = deals.filter(_within("closed_at", since, until), state=StageKind.WON)
    money = won.aggregate(count=Count("pk"), amount=Sum("base_amount"))
    return Loop(
        period=Period(since, until),
        leads=_leads(user).filter(_within("lead_at", since, until)).count(),
        mqls=handed_between(user, since=since, until=until).count(),
        won=money["count"],
        revenue=money["amount"] or Decimal(0),
        cost=_cost(since, until) if user.may(VIEW_CAMPAIGNS) else None,
    )


def weeks_of(user: User, *, today: date, count: int) -> list[Week]:
    """This week so far, and the same days of those before it, the latest first; two queries."""
    monday = today - timedelta(days=today.weekday())
    spans = [(monday - WEEK * number, today - WEEK * number) for number in range(count)]
    first = spans[-1][0]
    leads = _leads(user).filter(_within("lead_at", first, today))
    mqls = handed_between(user, since=first, until=today)
    found_leads = leads.aggregate(**_each("lead_at", spans))
    found_mqls = mqls.aggregate(**_each("made_at", spans))
    return [
        Week(
            since=since,
            until=until,
            leads=found_leads[f"week_{number}"],
            mqls=found_mqls[f"week_{number}"],
        )
        for number, (since, until) in enumerate(spans)
    ]


def _leads(user: User) -> Any:
    return Person.objects.visible_to(user, VIEW_REPORTS)


def _each(field: str, spans: list[tuple[date, date]]) -> dict[str, Count]:
    return {
        f"week_{number}": Count("pk", filter=_within(field, *span))
        for number, span in enumerate(spans)
    }


def _within(field: str, since: date, until: date) -> Q:
    zone = organisation_zone()
    begin = datetime.combine(since, time(), tzinfo=zone)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=zone)
    return Q(**{f"{field}__gte": begin, f"{field}__lt": end})


def _cost(since: date, until: date) -> Decimal | None:
    return cost_between(since, until, group="'*'").get("*")


def cost_between(since: date, until: date, *, group: str = "channel") -> dict[str, Decimal]:
    """As the reports spread costs over their days, by an expression over a cost's columns; a group
    of which no cost is known is left out."""
    period = {"from_on": since, "to_on": until}
    found = run("costs", values=period, fragments={"cost_group": group})
    return {
        row["grp"]: Decimal(str(row["cost"])).quantize(CENT)
        for row in found
        if row["cost"] is not None
    }
