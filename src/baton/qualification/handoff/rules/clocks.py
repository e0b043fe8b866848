"""When what is due, in working time of whoever owes it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from baton.core.errors import gettext_noop
from baton.core.worktime.rules import BusinessHours, NeverOpen, add_working_time
from baton.qualification.handoff.rules.terms import Terms

DAY = timedelta(days=1)
LOOKED_AHEAD = 10 * 366  # days


def accept_due(
    offered_at: datetime,
    *,
    lane: str,
    terms: Terms,
    hours: BusinessHours,
    minutes: int | None = None,
) -> datetime:
    """Until when the one who is asked accepts or rejects; ``minutes``: a queue's own clock."""
    budget = timedelta(minutes=minutes) if minutes else terms.accept_within(lane)
    return add_working_time(offered_at, budget=budget, hours=hours)


def escalates_at(due: datetime, *, lane: str, terms: Terms, hours: BusinessHours) -> datetime:
    """When a late lead goes to the next one: a little after it fell due, in working time."""
    return add_working_time(due, budget=terms.grace(lane), hours=hours)


def response_due(
    accepted_at: datetime, *, lane: str, terms: Terms, hours: BusinessHours
) -> datetime:
    """Until when the first response is made."""
    return add_working_time(accepted_at, budget=terms.respond_within(lane), hours=hours)


def attempts_due(accepted_at: datetime, *, terms: Terms, hours: BusinessHours) -> datetime:
    """The end of the last working day on which the agreed attempts are made."""
    return working_days_end(accepted_at, days=terms.attempt_days, hours=hours)


def working_days_end(since: datetime, *, days: int, hours: BusinessHours) -> datetime:
    """The end of so many working days after that of ``since``, which is not counted.

    Raises NeverOpen where ten years have too few of them.
    """
    day = since.astimezone(ZoneInfo(hours.zone)).date()
    left = days
    for _ in range(LOOKED_AHEAD):
        day += DAY
        stretches = hours.stretches_of(day)
        left -= bool(stretches)
        if stretches and left == 0:
            return stretches[-1][1]
    raise NeverOpen(
        gettext_noop("There are not enough working days in these hours within ten years.")
    )


def pace(*, owed: int, month: date, today: date, hours: BusinessHours) -> float:
    """How many of a month's ``owed`` are due by the end of ``today``, by working days."""
    days = [month.replace(day=1) + DAY * number for number in range(31)]
    working = [day for day in days if day.month == month.month and hours.stretches_of(day)]
    return owed * sum(day <= today for day in working) / len(working) if working else float(owed)
