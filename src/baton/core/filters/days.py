"""Which local days a condition on a date means."""

from datetime import date, timedelta
from typing import NamedTuple

from baton.core.filters.nodes import Condition, Op

DAY = timedelta(days=1)


class Days(NamedTuple):
    """From the start of ``since`` to before the start of ``until``; None = without end."""

    since: date | None
    until: date | None


def days_meant(condition: Condition, *, today: date) -> Days:
    """Windows count whole days and hold today: the last 7 days are today and the 7 before it.

    So "in the last 7 days" and "more than 7 days ago" share no day and leave out no past one.
    """
    if condition.op is Op.BETWEEN:
        first, last = condition.values
        assert isinstance(first, date)
        assert isinstance(last, date)
        return Days(first, last + DAY)
    [value] = condition.values
    if isinstance(value, date):
        return _around(value, op=condition.op)
    assert isinstance(value, int)
    return _window(timedelta(days=value), op=condition.op, today=today)


def _around(day: date, *, op: Op) -> Days:
    if op is Op.BEFORE:
        return Days(None, day)
    return Days(day, day + DAY) if op is Op.ON else Days(day + DAY, None)


def _window(span: timedelta, *, op: Op, today: date) -> Days:
    if op is Op.IN_LAST_DAYS:
        return Days(today - span, today + DAY)
    if op is Op.IN_NEXT_DAYS:
        return Days(today, today + span + DAY)
    return Days(None, today - span)
