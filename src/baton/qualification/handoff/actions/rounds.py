"""Rounds of a handoff begin and end: who is asked, until when, and to whom the person is open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.core.access import actions as access
from baton.core.access.models import User
from baton.core.bulk import update_rows
from baton.core.calendars.queries import HoursBook
from baton.core.facts import publish_many
from baton.qualification.handoff.events import HandoffOffered
from baton.qualification.handoff.models import Handoff, Offer, Pool, PoolMember
from baton.qualification.handoff.rules import Outcome, accept_due, escalates_at

CAUSE = "handoff"  # of the share, by which it is taken back
MOVED = (
    *("rep_id", "pool_id", "round", "offered_at", "accept_due_at", "escalates_at", "state"),
    *("answered_at", "is_late", "respond_due_at", "attempt_due_at"),
)


@dataclass(frozen=True, kw_only=True)
class Round:
    """Whom we ask: a rep, else those of a pool, in whose queue it lies.

    ``is_last``: behind this queue stands nobody, so it stays there, and late.
    """

    handoff: Handoff
    rep: User | None
    pool: Pool | None
    decision: dict[str, Any]
    is_last: bool = False
    note: str = ""


def start_round(one: Round, *, at: datetime) -> Offer:
    """Write the round, in whose hours its clock runs."""
    [offer] = start_rounds([one], at=at)
    return offer


def start_rounds(rounds: Sequence[Round], *, at: datetime) -> list[Offer]:
    """Of many, with as many statements as for one."""
    book = HoursBook(one.rep for one in rounds)
    for one in rounds:
        _begin(one, book=book, at=at)
    _save([one.handoff for one in rounds])
    offers = Offer.objects.bulk_create(
        Offer(
            handoff=one.handoff,
            round=one.handoff.round,
            rep=one.rep,
            pool=one.pool,
            offered_at=at,
            due_at=one.handoff.accept_due_at,
            decision=one.decision,
            note=one.note[:500],
        )
        for one in rounds
    )
    _open_people(rounds, at=at)
    publish_many(_offered(one.handoff, at=at) for one in rounds)
    return offers


def _begin(one: Round, *, book: HoursBook, at: datetime) -> None:
    handoff, hours, terms = one.handoff, book.of(one.rep), one.handoff.agreement.terms()
    minutes = one.pool.clock_minutes if one.pool and not one.rep else None
    due = accept_due(at, lane=handoff.lane, terms=terms, hours=hours, minutes=minutes)
    handoff.rep, handoff.pool, handoff.round = one.rep, one.pool, handoff.round + 1
    handoff.offered_at, handoff.accept_due_at = at, due
    handoff.escalates_at = (
        None if one.is_last else escalates_at(due, lane=handoff.lane, terms=terms, hours=hours)
    )


def _save(handoffs: Sequence[Handoff]) -> None:
    """New ones one by one, for a person has one; those that go on at once."""
    known = {}
    for handoff in handoffs:
        if handoff._state.adding:
            handoff.save()
        else:
            known[handoff.pk] = {name: getattr(handoff, name) for name in MOVED}
    update_rows(Handoff, known, fields=MOVED)


def _open_people(rounds: Sequence[Round], *, at: datetime) -> None:
    """To the rep's team, or to everybody whose queue it is."""
    queues = {one.pool.pk for one in rounds if one.pool and not one.rep}
    members: dict[int, list[User]] = {pk: [] for pk in queues}
    if queues:
        rows = PoolMember.objects.filter(pool__in=queues).select_related("user").order_by("pk")
        for member in rows:
            members[member.pool_id].append(member.user)
    readers = {
        one.handoff.person_id: [one.rep] if one.rep else members[one.pool.pk] if one.pool else []
        for one in rounds
    }
    access.share_with_teams(object_type="person", readers=readers, cause=CAUSE, at=at)


def _offered(handoff: Handoff, *, at: datetime) -> HandoffOffered:
    return HandoffOffered(
        happened_at=at,
        person_id=handoff.person_id,
        company_id=handoff.person.company_id,
        handoff_id=handoff.pk,
        rep_id=handoff.rep_id or 0,
        round=handoff.round,
        due_at=handoff.accept_due_at.isoformat(),
    )


def end_round(handoff: Handoff, *, outcome: Outcome, at: datetime, **said: Any) -> None:
    """Close the running offer and the door that it opened."""
    running = handoff.offers.filter(round=handoff.round, ended_at=None)
    running.update(ended_at=at, outcome=outcome, **said)
    _close_people([handoff.person_id])


def end_rounds(handoffs: Collection[Handoff], *, outcome: Outcome, at: datetime) -> None:
    """The same of many; a round that has ended already stays as it ended."""
    running = Offer.objects.filter(handoff__in=[one.pk for one in handoffs], ended_at=None)
    running.update(ended_at=at, outcome=outcome)
    _close_people([one.person_id for one in handoffs])


def resume_round(handoff: Handoff, *, note: str, at: datetime) -> None:
    """The round that this row names runs as if it had not ended, and none had followed."""
    handoff.offers.filter(round__gt=handoff.round).delete()
    running = handoff.offers.filter(round=handoff.round)
    running.update(ended_at=None, outcome="", rep=handoff.rep, note=note, territory=None)
    _close_people([handoff.person_id])
    one = Round(handoff=handoff, rep=handoff.rep, pool=handoff.pool, decision={})
    _open_people([one], at=at)


def _close_people(person_ids: Collection[int]) -> None:
    access.unshare(object_type="person", object_ids=person_ids, cause=CAUSE)
