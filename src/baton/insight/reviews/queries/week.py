"""The days of a review."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from baton.core.settings.queries import organisation_zone
from baton.insight.reviews.rules import PAST, WEEK, monday_of
from baton.qualification.handoff.queries.attainment import Months


@dataclass(frozen=True, kw_only=True)
class Week:
    """Monday to Sunday in the company's zone."""

    monday: date
    since: datetime
    until: datetime  # the next Monday

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    def within(self, field: str) -> Q:
        return Q(**{f"{field}__gte": self.since, f"{field}__lt": self.until})

    def before(self, field: str) -> Q:
        """The weeks before it that it is compared with."""
        return Q(**{f"{field}__gte": self.since - WEEK * PAST, f"{field}__lt": self.since})

    def span(self) -> Months:
        """As queries of handoffs take it."""
        return Months(first=self.monday, since=self.since, until=self.until)


def week_of(day: date) -> Week:
    zone, monday = organisation_zone(), monday_of(day)
    return Week(
        monday=monday,
        since=datetime.combine(monday, time(), tzinfo=zone),
        until=datetime.combine(monday + WEEK, time(), tzinfo=zone),
    )
