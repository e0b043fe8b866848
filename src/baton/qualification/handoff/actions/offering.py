"""Make a handoff, and ask one after the other until somebody takes it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from baton.core.bulk import update_rows
from baton.core.facts import publish
from baton.qualification.handoff.actions.rounds import Round, start_rounds
from baton.qualification.handoff.events import PersonQualified
from baton.qualification.handoff.models import Agreement, Handoff, Offer, PoolMember
from baton.qualification.handoff.queries import Cases, Past, Roster, pasts_of, read_book
from baton.qualification.handoff.queries.briefs import Source
from baton.qualification.handoff.rules import Case, Lane, State, route
from baton.qualification.lifecycle import actions as lifecycle
from baton.qualification.lifecycle.rules import rank
from baton.records.people import actions as people
from baton.records.people.models import Person


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


def _case(handoff: Handoff, *, cases: Cases, past: Past) -> Case:
    """Each kind is routed by rules of its own."""
    if handoff.is_to_executive:
        return cases.of_executive(handoff, past=past)
    return cases.of(handoff.person, past=past, max_rounds=handoff.agreement.max_rounds)


def offer_next(handoff: Handoff, *, at: datetime, note: str = "") -> Offer:
    """One more round: route, start the accept clock, open the person to who is asked."""
    [offer] = offer_each([handoff], at=at, note=note)
    return offer


def offer_each(handoffs: Sequence[Handoff], *, at: datetime, note: str = "") -> list[Offer]:
    """The same for many, in this order and as if one after the other, with as many statements."""
    # One decision at a time: caps and turns count what the one before has given away.
    roster = Roster(at=at, is_held=True)
    book, pasts = read_book(), pasts_of(handoffs)
    cases = Cases([handoff.person for handoff in handoffs], roster=roster, book=book)
    rounds = []
    for handoff in handoffs:
        past = pasts[handoff.pk]
        case = _case(handoff, cases=cases, past=past)
        decision = route(case)
        roster.note(decision)
        rep = roster.user(decision.rep.id) if decision.rep else None
        pool = book.pools.get(decision.pool.id) if decision.pool else None
        rounds.append(
            Round(
                handoff=handoff,
                rep=rep,
                pool=pool,
                decision=decision.as_json(),
                is_last=decision.is_last,
                note=note,
            )
        )
    moved = {pk: {"credit": credit} for pk, credit in roster.moved.items()}
    update_rows(PoolMember, moved, fields=["credit"])
    return start_rounds(rounds, at=at)
