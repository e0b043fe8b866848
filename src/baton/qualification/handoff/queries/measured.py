"""How soon leads were answered in the last year, and after how many tries people were reached."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from baton.core.calendars.queries import HoursBook
from baton.core.worktime.rules import working_time_between
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.rules import Lane, Measured, minutes_kept, tries_needed

YEAR = timedelta(days=365)
MOST = 5000  # handoffs that are reckoned, the latest first


@dataclass(frozen=True, kw_only=True)
class Term:
    """A term of the agreement by its own name, and what was measured."""

    name: str
    measured: Measured


def measured_terms(*, at: datetime) -> list[Term]:
    """Those of which enough is known. Everybody's leads count: it is one agreement for all."""
    answered = Handoff.objects.filter(made_at__gt=at - YEAR, made_at__lte=at)
    answered = answered.exclude(answered_at=None).exclude(lane=Lane.REVISIT)
    tried = Count("attempts", filter=Q(attempts__at__lte=F("responded_at")))
    rows = answered.annotate(tries=tried).select_related("rep").order_by("-made_at", "-pk")
    return list(_terms(list(rows[:MOST])))


def _terms(handoffs: list[Handoff]) -> Iterator[Term]:
    book = HoursBook([handoff.rep for handoff in handoffs])
    spans: dict[str, list[timedelta]] = defaultdict(list)
    tries: list[int] = []
    for one in handoffs:
        hours, prefix = book.of(one.rep), "hand_raise_" if one.lane == Lane.HAND_RAISE else ""
        if one.answered_at:
            took = working_time_between(one.offered_at, one.answered_at, hours=hours)
            spans[f"{prefix}accept_minutes"].append(took)
        if one.answered_at and one.responded_at:
            took = working_time_between(one.answered_at, one.responded_at, hours=hours)
            spans[f"{prefix}respond_minutes"].append(took)
            tries.append(one.tries + 1)  # type: ignore[attr-defined] # annotated
    for name, times in spans.items():
        if measured := minutes_kept(times):
            yield Term(name=name, measured=measured)
    if measured := tries_needed(tries):
        yield Term(name="attempts", measured=measured)
