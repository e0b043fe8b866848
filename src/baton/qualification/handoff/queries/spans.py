"""How long answers and first responses took, in the working time of who owed them."""

from dataclasses import dataclass
from datetime import timedelta

from baton.core.calendars.queries import HoursBook
from baton.core.worktime.rules import working_time_between
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.models.handoffs import HandoffQuerySet

MOST = 5000  # the latest


@dataclass(frozen=True, kw_only=True)
class Took:
    """From the offer to the answer, and from there to the first response (None: not made yet)."""

    handoff: Handoff
    answer: timedelta
    response: timedelta | None


def spans_of(handoffs: HandoffQuerySet) -> list[Took]:
    """Of those that were answered, the latest first."""
    answered = handoffs.exclude(answered_at=None).select_related("rep")
    rows = list(answered.order_by("-made_at", "-pk")[:MOST])
    book = HoursBook([row.rep for row in rows])
    return [_took(row, book=book) for row in rows if row.answered_at]


def _took(row: Handoff, *, book: HoursBook) -> Took:
    hours, answered = book.of(row.rep), row.answered_at
    assert answered  # noqa: S101 -- only such were asked for
    responded = row.responded_at
    return Took(
        handoff=row,
        answer=working_time_between(row.offered_at, answered, hours=hours),
        response=working_time_between(answered, responded, hours=hours) if responded else None,
    )
