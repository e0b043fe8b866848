"""A calendar changed: clocks that run are counted anew."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from baton.core.bulk import update_rows
from baton.core.calendars.queries import HoursBook
from baton.core.worktime.rules import BusinessHours, NeverOpen
from baton.qualification.handoff.models import Handoff, Offer
from baton.qualification.handoff.rules import (
    Lane,
    State,
    accept_due,
    attempts_due,
    escalates_at,
    response_due,
)

CLOCKS = ("accept_due_at", "escalates_at", "respond_due_at", "attempt_due_at")


@transaction.atomic
def recount_clocks(*, user_id: int) -> int:
    """Of all that this user owes (0: everybody, and the queue); says how many clocks moved.

    Each from the moment from which it runs: twice gives the same.
    """
    rows = Handoff.objects.open().select_for_update(of=("self",), no_key=True)
    rows = rows.filter(rep=user_id) if user_id else rows
    handoffs = list(rows.select_related("agreement", "rep", "pool").order_by("pk"))
    hours = HoursBook(handoff.rep for handoff in handoffs)
    moved: dict[int, dict[str, Any]] = {}
    for handoff in handoffs:
        before = {name: getattr(handoff, name) for name in CLOCKS}
        after = before | _counted(handoff, hours=hours.of(handoff.rep))
        if after != before:
            moved[handoff.pk] = after
    update_rows(Handoff, moved, fields=CLOCKS)
    running = Offer.objects.filter(handoff__in=moved, ended_at=None)
    dues = {
        pk: {"due_at": moved[on]["accept_due_at"]}
        for pk, on in running.values_list("pk", "handoff")
    }
    update_rows(Offer, dues, fields=["due_at"])
    return len(moved)


def _counted(handoff: Handoff, *, hours: BusinessHours) -> dict[str, datetime]:
    """The clocks that run still, as these hours have them; as they were where nobody ever works."""
    terms, lane = handoff.agreement.terms(), handoff.lane
    try:
        if handoff.state == State.OFFERED:
            queue = None if handoff.rep_id else handoff.pool
            rule = partial(accept_due, minutes=queue.clock_minutes if queue else None)
            due = _due(handoff, since=handoff.offered_at, rule=rule, hours=hours)
            found = {"accept_due_at": due}
            if handoff.escalates_at:
                found["escalates_at"] = escalates_at(due, lane=lane, terms=terms, hours=hours)
            return found
        found = {}
        if handoff.answered_at and handoff.attempt_due_at:
            found["attempt_due_at"] = attempts_due(handoff.answered_at, terms=terms, hours=hours)
        if handoff.answered_at and handoff.respond_due_at and handoff.responded_at is None:
            since = handoff.answered_at
            found["respond_due_at"] = _due(handoff, since=since, rule=response_due, hours=hours)
    except NeverOpen:
        return {}
    return found


def _due(handoff: Handoff, *, since: datetime, rule: Any, hours: BusinessHours) -> datetime:
    """Of who raised a hand while a clock ran already, the shorter one since then."""
    terms, lane = handoff.agreement.terms(), handoff.lane
    raised = _raised_at(handoff)
    if raised is None or raised <= since:
        return rule(since, lane=lane, terms=terms, hours=hours)  # type: ignore[no-any-return] # a rule of clocks
    longer = rule(since, lane=Lane.SCORE, terms=terms, hours=hours)
    return min(longer, rule(raised, lane=lane, terms=terms, hours=hours))  # type: ignore[no-any-return] # the same


def _raised_at(handoff: Handoff) -> datetime | None:
    forms = handoff.brief.get("forms") if handoff.lane == Lane.HAND_RAISE else None
    return parse_datetime(forms[0].get("at") or "") if forms else None
