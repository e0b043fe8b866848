"""When a clock is due, and what is told of it next; and that it is late, once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from baton.core.bulk import update_rows
from baton.core.facts import publish_many
from baton.core.worktime.rules import BusinessHours, NeverOpen
from baton.qualification.handoff.events import ClockRanOut
from baton.qualification.handoff.models import Clock
from baton.qualification.handoff.rules import (
    Ended,
    promise_due,
    promised,
    steps_of_clock,
    what_is_due,
)

COUNTED = (
    *("since", "due_at", "looks_at", "told", "part"),
    *("owner_id", "agreement_id", "late_at", "stopped_at", "ended"),
)


def count_anew(clock: Clock, *, hours: BusinessHours) -> bool:
    """Its due moment, and the first that is told; False where nobody ever works, or the version
    promises nothing: then it stays as it is."""
    amount = promised(clock.kind, terms=clock.agreement.terms(), part=clock.part)
    if amount is None:
        return False
    try:
        due = promise_due(
            clock.kind, clock.since, amount=amount, hours=hours, pauses=clock.stood_still()
        )
        first, _name = steps_of(clock, due=due, hours=hours)[0]
    except NeverOpen:
        return False
    clock.due_at, clock.looks_at, clock.told = due, first, 0
    return True


def steps_of(
    clock: Clock, *, hours: BusinessHours, due: datetime | None = None
) -> list[tuple[datetime, str]]:
    """What is told of it, and when."""
    return steps_of_clock(
        clock.kind,
        clock.since,
        due or clock.due_at,
        ladder=clock.agreement.ladder,
        hours=hours,
    )


def look_on(clock: Clock, *, hours: BusinessHours, at: datetime) -> list[str]:
    """What is to be told by now; the next look is set."""
    try:
        steps = steps_of(clock, hours=hours)
    except NeverOpen:
        clock.looks_at = None
        return []
    due, clock.looks_at = what_is_due(steps, told=clock.told, at=at)
    clock.told = max(clock.told, sum(when <= at for when, _name in steps))
    return due


def stop(clock: Clock, *, at: datetime, ended: Ended) -> None:
    """Not before it began: what was written down late stops it at its first moment."""
    clock.stopped_at, clock.ended, clock.looks_at = max(at, clock.began_at), ended, None


def write_clocks(clocks: Iterable[Clock], *, at: datetime) -> None:
    """As they are counted now; each that is late by then says so in a fact, once."""
    rows = list(clocks)
    late = [row for row in rows if _is_late_now(row, at=at)]
    for row in late:
        row.late_at = at
    update_rows(
        Clock,
        {row.pk: {name: getattr(row, name) for name in COUNTED} for row in rows},
        fields=COUNTED,
    )
    _tell_late(late, at=at)


def _is_late_now(clock: Clock, *, at: datetime) -> bool:
    is_owed = clock.ended != Ended.WITHDRAWN
    return is_owed and clock.late_at is None and clock.is_late(at)


def _tell_late(clocks: Sequence[Clock], *, at: datetime) -> None:
    publish_many(
        ClockRanOut(
            happened_at=at,
            person_id=clock.person_id,
            company_id=clock.person.company_id if clock.person else None,
            deal_id=clock.deal_id,
            clock_id=clock.pk,
            owner_id=clock.owner_id or 0,
            kind=clock.kind,
            due_at=clock.due_at.isoformat(),
        )
        for clock in clocks
    )
