"""The months that a trend is drawn over. No clock."""

from datetime import date, timedelta

from baton.insight.analytics.rules.periods import months_on

MONTHS = 12


def months_until(latest: date, *, count: int = MONTHS) -> list[date]:
    """The first days of the last so many months, up to the one of that day."""
    month = latest.replace(day=1)
    return [months_on(month, -back) for back in range(count - 1, -1, -1)]


def end_of_month(month: date) -> date:
    """Its last day."""
    return months_on(month.replace(day=1), 1) - timedelta(days=1)
