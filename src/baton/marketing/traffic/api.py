"""The website's traffic over the REST API: /api/v1/traffic/."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from baton.core.access.models import User
from baton.core.api.days import Day
from baton.core.api.doors import needs
from baton.core.api.problems import Problem
from baton.core.settings.queries import organisation_zone
from baton.marketing.traffic.permissions import VIEW_TRAFFIC
from baton.marketing.traffic.queries import TrafficBy, daily_of

router = Router(tags=["traffic"])
USUAL, LONGEST = 28, 366  # days
MOST = 20_000  # rows of one answer


class TrafficAsked(Schema):
    """Days ``from`` and ``to``, both included: the latest four weeks, where none is named."""

    by: TrafficBy = TrafficBy.CHANNEL
    from_on: Day | None = Field(None, alias="from")
    to_on: Day | None = Field(None, alias="to")
    channel: str = Field("", max_length=40)


class TrafficRowOut(Schema):
    """One day of one channel, source, campaign or first page (``way``; "" where none is known).

    ``visits`` are our own, of people who allowed to be remembered; ``sessions``, ``users`` and
    ``key_events`` are what others counted, null where no file says.
    """

    day: date
    way: str
    visits: int
    sessions: int | None
    users: int | None
    key_events: Decimal | None


class TrafficOut(Schema):
    by: TrafficBy
    from_on: date = Field(alias="from")
    to_on: date = Field(alias="to")
    rows: list[TrafficRowOut]


@router.get("/", response=TrafficOut, by_alias=True, operation_id="get_traffic")
@needs(VIEW_TRAFFIC)
def traffic(request: HttpRequest, asked: Query[TrafficAsked]) -> Any:
    """Visits and sessions by day, as the page of traffic shows them; days without any have no row.
    Others count no pages: ``by=page`` has our own visits alone. 422 for more than 366 days."""
    until = asked.to_on or timezone.localdate(timezone=organisation_zone())
    since = asked.from_on or until - timedelta(days=USUAL - 1)
    if since > until:
        raise Problem(422, "from: the first day lies after the last one.")
    if (until - since).days >= LONGEST:
        raise Problem(422, f"from: ask for at most {LONGEST} days at once.")
    rows = daily_of(
        cast(User, request.user), since=since, until=until, by=asked.by, channel=asked.channel
    )
    if len(rows) > MOST:
        raise Problem(422, f"from: these days have more than {MOST} rows. Ask for fewer days.")
    return {"by": asked.by, "from": since, "to": until, "rows": rows}
