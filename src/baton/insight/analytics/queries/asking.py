"""What a report is asked: group, period, basis, and under whose eyes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from baton.core.access.models import User
from baton.core.settings.queries import organisation_zone
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.rules import Basis
from baton.records.people.models import Person

# by -> (group of a reached step, group of a deal, group of a person)
GROUPS: dict[str, tuple[str, str, str]] = {
    "source": ("cohort.source",) * 3,
    "campaign": ("cohort.campaign",) * 3,
    "persona": ("cohort.persona",) * 3,
    "origin": ("cohort.origin",) * 3,
    "landing_page": ("cohort.landing_page",) * 3,
    "rep": ("owned.owner_id", "deal.deal_owner_id", "cohort.owner_id"),
}
WHOLE = "'*'"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One closed-loop report. Dates are days in the organisation's zone, both included.

    ``user`` None asks for all people (the command line); else for those the user may see.
    """

    by: str = "source"
    from_on: date | None = None
    to_on: date | None = None
    basis: Basis = Basis.COHORT
    user: User | None = None

    @cached_property
    def zone(self) -> ZoneInfo:
        """The organisation's, looked up once a report."""
        return organisation_zone()

    def visible(self) -> QuerySet[Person]:
        if self.user is None:
            return Person.objects.all()
        return Person.objects.visible_to(self.user, VIEW_REPORTS)

    def values(self) -> dict[str, Any]:
        """The period as moments, for the cohort or for the events."""
        since = _midnight(self.from_on, self.zone)
        until = _midnight(self.to_on + timedelta(days=1), self.zone) if self.to_on else None
        is_cohort = self.basis is Basis.COHORT
        return {
            "cohort_from": since if is_cohort else None,
            "cohort_to": until if is_cohort else None,
            "event_from": None if is_cohort else since,
            "event_to": None if is_cohort else until,
        }

    def fragments(self, *, is_whole: bool) -> dict[str, str]:
        """SQL for the groups; for a whole report one group named ``*``."""
        step, deal, person = (WHOLE,) * 3 if is_whole else GROUPS[self.by]
        within = (
            "(:event_from IS NULL OR {0} >= :event_from) AND (:event_to IS NULL OR {0} < :event_to)"
        )
        return {
            "group": step,
            "deal_group": deal,
            "person_group": person,
            "opened_in_period": f"({within.format('opened_at')})",
            "closed_in_period": f"({within.format('closed_at')})",
        }


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), zone).astimezone(UTC) if day else None
