"""Make a handoff, and ask one after the other until somebody takes it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from baton.core.access import actions as access
from baton.core.access.models import User
from baton.core.bulk import update_rows
from baton.core.calendars.queries import hours_of
from baton.core.facts import publish
from baton.qualification.handoff.events import HandoffOffered, PersonQualified
from baton.qualification.handoff.models import Agreement, Handoff, Offer, PoolMember
from baton.qualification.handoff.queries import Roster, routing_case
from baton.qualification.handoff.queries.briefs import Source
from baton.qualification.handoff.rules import (
    Decision,
    Lane,
    Outcome,
    State,
    accept_due,
    escalates_at,
    route,
)
from baton.qualification.lifecycle import actions as lifecycle
from baton.qualification.lifecycle.rules import rank
from baton.records.people import actions as people
from baton.records.people.models import Person

CAUSE = "handoff"  # of the share, by which it is taken back


def hand_off(
    person: Person,
    *,
    agreement: Agreement,
    lane: Lane,
    reason: str,
    brief: dict[str, Any],
    source: Source,
    at: datetime,
    fact_id: int | None = None,
) -> Handoff:
    """The person becomes an MQL and is offered to whom routing names; the caller has the lock."""
    _make_mql(person, lane=lane, reason=reason, source=source, brief=brief, at=at)
    handoff = Handoff(
        person=person,
        agreement=agreement,
        lane=lane,
        reason=reason[:250],
        brief=brief,
        channel=source.channel[:40],
        campaign=source.campaign[:120],
        fact_id=fact_id,
        state=State.OFFERED,
        made_at=at,
        round=0,
    )
    offer_next(handoff, at=at)
    return handoff


def _make_mql(
    person: Person, *, lane: Lane, reason: str, source: Source, brief: dict[str, Any], at: datetime
) -> None:
    """Whom sales found itself, and who is further already, stays what they are."""
    if not counts_for_marketing(person) or rank(person.stage) >= rank("mql"):
        return
    fact = publish(
        PersonQualified(
            happened_at=at,
            person_id=person.pk,
            company_id=person.company_id,
            lane=lane,
            why=reason,
            score=brief["score"]["score"],
            channel=source.channel,
            campaign=source.campaign,
        )
    )
    lifecycle.move_person(
        person_id=person.pk,
        to_stage="mql",
        at=at,
        cause=fact.name,
        fact_id=fact.id,
        owner_id=person.owner_id,
    )
    people.show(
        person_id=person.pk, mql_channel=source.channel[:40], mql_campaign=source.campaign[:120]
    )


def counts_for_marketing(person: Person) -> bool:
    """A sales-sourced person skips MQL and SAL, and counts neither for nor against marketing."""
    return person.origin != "sales"


def offer_next(handoff: Handoff, *, at: datetime) -> Offer:
    """One more round: route, start the accept clock, open the person to who is asked."""
    # One decision at a time: caps and turns count what the one before has given away.
    roster = Roster(PoolMember.objects.select_for_update(of=("self",), no_key=True), at=at)
    silent = _silent(handoff)
    case = routing_case(
        handoff.person,
        roster=roster,
        asked=[rep_id for rep_id in silent if rep_id],
        is_used_up=len(silent) >= handoff.agreement.max_rounds,
    )
    decision = route(case)
    _write_credits(decision, members=roster.members)
    return start_round(
        handoff,
        rep=roster.user(decision.rep.id) if decision.rep else None,
        pool_id=decision.pool.id if decision.pool else None,
        decision=decision.as_json(),
        at=at,
    )


def start_round(
    handoff: Handoff,
    *,
    rep: User | None,
    pool_id: int | None,
    decision: dict[str, Any],
    at: datetime,
) -> Offer:
    """Write the round: whom we ask (nobody = the queue), and in whose hours their clock runs."""
    terms, hours = handoff.agreement.terms(), hours_of(rep)
    due = accept_due(at, lane=handoff.lane, terms=terms, hours=hours)
    handoff.rep, handoff.pool_id, handoff.round = rep, pool_id, handoff.round + 1
    handoff.offered_at, handoff.accept_due_at = at, due
    # Behind the queue stands nobody else: it stays there, and late.
    handoff.escalates_at = (
        escalates_at(due, lane=handoff.lane, terms=terms, hours=hours) if rep else None
    )
    handoff.save()
    offer = Offer.objects.create(
        handoff=handoff,
        round=handoff.round,
        rep=rep,
        pool_id=pool_id,
        offered_at=at,
        due_at=due,
        decision=decision,
    )
    _open_person(handoff, at=at)
    _tell_offer(handoff, due=due, at=at)
    return offer


def _tell_offer(handoff: Handoff, *, due: datetime, at: datetime) -> None:
    publish(
        HandoffOffered(
            happened_at=at,
            person_id=handoff.person_id,
            company_id=handoff.person.company_id,
            handoff_id=handoff.pk,
            rep_id=handoff.rep_id or 0,
            round=handoff.round,
            due_at=due.isoformat(),
        )
    )


def end_round(handoff: Handoff, *, outcome: Outcome, at: datetime) -> None:
    """Close the running offer and the door that it opened."""
    running = handoff.offers.filter(round=handoff.round, ended_at=None)
    running.update(ended_at=at, outcome=outcome)
    access.unshare(object_type="person", object_ids=[handoff.person_id], cause=CAUSE)


def _open_person(handoff: Handoff, *, at: datetime) -> None:
    """To the rep's team, or to everybody whose queue it is; to the user alone who has no team."""
    if handoff.rep:
        readers = [handoff.rep]
    else:
        members = PoolMember.objects.filter(pool=handoff.pool_id).select_related("user__team")
        readers = [member.user for member in members.order_by("pk")]
    for user in readers:
        access.share(
            object_type="person",
            object_id=handoff.person_id,
            cause=CAUSE,
            at=at,
            team=user.team,
            user=None if user.team_id else user,
        )


def _silent(handoff: Handoff) -> list[int | None]:
    """Who let a round pass, once for each; from whom a manager took the lead was not silent."""
    if not handoff.round:
        return []  # nobody yet: it is not even saved
    rounds = handoff.offers.filter(outcome=Outcome.SILENCE)
    return list(rounds.values_list("rep_id", flat=True))


def _write_credits(decision: Decision, *, members: Iterable[PoolMember]) -> None:
    if decision.pool is None or decision.credits is None:
        return
    moved = {
        member.pk: {"credit": decision.credits[member.user_id]}
        for member in members
        if member.pool_id == decision.pool.id and member.user_id in decision.credits
    }
    update_rows(PoolMember, moved, fields=["credit"])
