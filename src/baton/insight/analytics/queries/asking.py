"""What a report is asked: group, period, basis, and under whose eyes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from baton.core.access.models import User
from baton.core.access.roles import Scope
from baton.core.limits import hidden
from baton.core.settings.queries import organisation_zone
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.queries.in_lake import run_in_lake
from baton.insight.analytics.queries.running import Row, run
from baton.insight.analytics.rules import Basis
from baton.marketing.campaigns.rules import same_code_sql
from baton.records.people.models import Person
from baton.sales.deals.models import Deal

# by -> (group of a person, of a reached step, of a deal); names with a colon are parts
GROUPS: dict[str, tuple[str, str, str]] = {
    "source": (":source", "grp", "cohort.grp"),
    "campaign": ("COALESCE(met.code, person.campaign)", "grp", "cohort.grp"),
    "persona": ("person.persona", "grp", "cohort.grp"),
    "origin": ("person.origin", "grp", "cohort.grp"),
    "landing_page": ("person.landing_page", "grp", "cohort.grp"),
    "rep": ("COALESCE(CAST(person.owner_id AS TEXT), '')", ":rep_of_step", "deal.deal_owner_id"),
}
OF_OWNERS = frozenset({"rep", "manager", "region", "team"})  # of a deal
OWNER = "COALESCE(CAST(change.owner_id AS TEXT), '')"
READ = ("id", "origin", "channel", "campaign", "persona", "landing_page", "owner_id", "lead_at")
# Whom and which deals the lake shows is decided there, by the same permission.
VISIBLE_IN_LAKE = {
    "visible": f"SELECT {', '.join(READ)} FROM people",  # noqa: S608 -- our own names
    "visible_deals": "SELECT id FROM deals",
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One closed-loop report. Dates are days in the organisation's zone, both included.

    ``user`` None asks for all people (the command line); else for those the user may see.
    ``from_lake`` gives the same figures by the lake's files and engine; None: by whichever of the
    two is quicker, where a report knows that.
    """

    by: str = "source"
    from_on: date | None = None
    to_on: date | None = None
    basis: Basis = Basis.COHORT
    user: User | None = None
    from_lake: bool | None = None
    at: datetime = field(default_factory=timezone.now)  # whose time has run out by then

    @cached_property
    def zone(self) -> ZoneInfo:
        """The organisation's, looked up once a report."""
        return organisation_zone()

    def answers(self, name: str, **values: Any) -> Iterator[Row]:
        """The rows of that ``.sql`` file for this question."""
        yield from self.asked(name, values=self.period() | values, **self.terms())

    def all_answers(self, *names: str) -> list[list[Row]]:
        """The rows of several files; the lake loads once what more than one of them reads."""
        if not self.from_lake:
            return [list(self.answers(name)) for name in names]
        parts = {**self.terms()["fragments"], **VISIBLE_IN_LAKE}
        return run_in_lake(names, values=self.period(), parts=parts, user=self.user)

    def asked(
        self,
        name: str,
        *,
        values: Mapping[str, Any],
        fragments: Mapping[str, str],
        bounds: Mapping[str, QuerySet[Any, Any]] | None = None,
    ) -> list[Row]:
        """By whichever of the two this question wants."""
        if not self.from_lake:
            return run(name, values=values, fragments=fragments, bounds=bounds)
        parts = {**fragments, **VISIBLE_IN_LAKE}
        [found] = run_in_lake([name], values=values, parts=parts, user=self.user)
        return found

    def terms(self) -> dict[str, Any]:
        """Whom the SQL reads and how it groups them."""
        person, step, deal = GROUPS[self.by]
        if self.by == "rep" and "owner" in hidden("person"):
            person = step = "''"  # nobody's, for whom it is hidden whose they are
        deal = unowned(self.by, deal)
        fragments = {
            "person_group": person,
            "person_joins": ":campaign_of" if self.by == "campaign" else "",
            "same_spelling": same_code_sql("campaign"),
            "same_code": same_code_sql("code"),
            "step_group": step,
            "deal_group": deal,
            "owners": ":owners_of_steps" if self.by == "rep" else "",
            "owner": OWNER,
        }
        bounds = {
            "visible": self._visible().values(*READ),
            "visible_deals": self._visible_deals().values("id"),
        }
        return {"fragments": fragments, "bounds": bounds}

    def period(self) -> dict[str, Any]:
        """The days as moments, for the cohort or for the events."""
        since = midnight(self.from_on, self.zone)
        until = midnight(self.to_on + timedelta(days=1), self.zone) if self.to_on else None
        is_cohort = self.basis is Basis.COHORT
        return {
            "cohort_from": since if is_cohort else None,
            "cohort_to": until if is_cohort else None,
            "event_from": None if is_cohort else since,
            "event_to": None if is_cohort else until,
        }

    @property
    def sees_all(self) -> bool:
        """Whether nobody is hidden from who asks."""
        return self.user is None or self.user.scope(VIEW_REPORTS) is Scope.ALL

    def _visible_deals(self) -> QuerySet[Deal]:
        """A person may be seen by whom their deal, with its amount and reason, is none of."""
        if self.user is None:
            return Deal.objects.living()
        return Deal.objects.living().visible_to(self.user, VIEW_REPORTS)

    def _visible(self) -> QuerySet[Person]:
        if self.user is None:
            return Person.objects.living()
        return Person.objects.visible_to(self.user, VIEW_REPORTS)


def unowned(by: str, group: str) -> str:
    """All deals in one group, for whom it is hidden whose they are."""
    is_told = by not in OF_OWNERS or "owner" not in hidden("deal")
    return group if is_told else "CAST(NULL AS TEXT)"


def midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    """Where that day begins."""
    return datetime.combine(day, time(), zone).astimezone(UTC) if day else None


def today() -> date:
    """The day it is where the organisation counts days; entry points ask."""
    return timezone.now().astimezone(organisation_zone()).date()
