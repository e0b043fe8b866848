"""Open deals: none lies idle, and each has a next step. The deals' own module says how they are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import transaction

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.qualification.handoff.actions.promised.counting import (
    count_anew,
    stop,
    write_clocks,
)
from baton.qualification.handoff.models import Agreement, Clock
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.rules import (
    Change,
    ClockKind,
    Ended,
    Now,
    Running,
    idle_change,
    promised,
    step_change,
)


@dataclass(frozen=True, kw_only=True)
class ClockedDeal:
    """A deal as the clocks want it; ``part`` is its stage. ``now`` None: it lies in the trash."""

    pk: int
    owner: User | None
    part: str
    now: Now | None


RULES: Mapping[ClockKind, Callable[..., Change]] = {
    ClockKind.IDLE: idle_change,
    ClockKind.STEP: step_change,
}


@dataclass
class _Work:
    agreement: Agreement
    at: datetime
    floor: datetime
    book: HoursBook
    written: list[Clock] = field(default_factory=list)
    begun: list[Clock] = field(default_factory=list)


@transaction.atomic
def follow_deals(deals: Sequence[ClockedDeal], *, at: datetime, is_fresh: bool = False) -> int:
    """The clocks of these deals, as the deals are now; says how many changed. Twice is once.

    ``is_fresh``: they are new to the agreement, whatever their age: nothing was owed before ``at``.
    """
    agreement = agreement_in_force()
    if agreement is None or not deals:
        return 0
    rows = Clock.objects.running().held().filter(deal_id__in=[deal.pk for deal in deals])
    running = {(clock.deal_id, clock.kind): clock for clock in rows}
    began = agreement.valid_from or at
    owners = [deal.owner for deal in deals] + [clock.owner for clock in running.values()]
    work = _Work(agreement, at, at if is_fresh else began, HoursBook(owners))
    for deal in deals:
        for kind in RULES:
            _follow(deal, kind, running.get((deal.pk, kind)), work)
    write_clocks(work.written, at=at)
    # Another worker may have begun the same one meanwhile: the database keeps one.
    Clock.objects.bulk_create(work.begun, ignore_conflicts=True)
    return len(work.written) + len(work.begun)


def _follow(deal: ClockedDeal, kind: ClockKind, clock: Clock | None, work: _Work) -> None:
    change = _change(deal, kind, clock, work)
    if clock and change.stops_at:
        stop(clock, at=change.stops_at, ended=change.ended)
        work.written.append(clock)
        clock = None
    elif clock and (change.since or (clock.owner, clock.part) != (deal.owner, deal.part)):
        _move(clock, deal, change.since, work)
        return
    if clock is None and change.since:
        _begin(deal, kind, change.since, work)


def _change(deal: ClockedDeal, kind: ClockKind, clock: Clock | None, work: _Work) -> Change:
    amount = promised(kind, terms=work.agreement.terms(), part=deal.part)
    if deal.now is None or amount is None:
        return Change(stops_at=work.at, ended=Ended.WITHDRAWN)
    running = Running(clock.since, clock.due_at) if clock else None
    rule = partial(RULES[kind], deal.now, running)
    return rule(at=work.at, floor=work.floor)


def _move(clock: Clock, deal: ClockedDeal, since: datetime | None, work: _Work) -> None:
    """Since another moment under the terms of now, or with another owner under its own."""
    if since or clock.part != deal.part:
        clock.agreement, clock.part = work.agreement, deal.part
    if since:
        clock.since, clock.pauses = since, _kept_pauses(clock, since=since)
    clock.owner = deal.owner
    if since or clock.late_at is None:
        count_anew(clock, hours=work.book.of(deal.owner))
    work.written.append(clock)


def _kept_pauses(clock: Clock, *, since: datetime) -> list[list[str]]:
    """What stands still goes on to do so; what is over counts for the time before."""
    if not clock.pauses:
        return []
    kept = [
        [max(pause.since, since).isoformat(), *told[1:]]
        for pause, told in zip(clock.stood_still(), clock.pauses, strict=True)
        if pause.until > since
    ]
    Clock.objects.filter(pk=clock.pk).update(pauses=kept)
    return kept


def _begin(deal: ClockedDeal, kind: ClockKind, since: datetime, work: _Work) -> None:
    clock = Clock(
        kind=kind,
        deal_id=deal.pk,
        part=deal.part,
        owner=deal.owner,
        agreement=work.agreement,
        began_at=min(since, work.at),
        since=since,
    )
    if count_anew(clock, hours=work.book.of(deal.owner)):
        work.begun.append(clock)
