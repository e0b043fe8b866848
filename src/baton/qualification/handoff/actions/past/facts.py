"""What handoffs of the past tell, and where they leave their people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from baton.core.facts import Fact, publish_many
from baton.qualification.handoff.actions.offering import counts_for_marketing
from baton.qualification.handoff.actions.past.plans import PastHandoff
from baton.qualification.handoff.events import (
    FirstResponseMade,
    HandedBack,
    HandedOn,
    HandoffAccepted,
    HandoffEscalated,
    HandoffOffered,
    HandoffRejected,
    NeedConfirmed,
    PersonDisqualified,
    PersonQualified,
    PersonRecycled,
    PersonUnreachable,
    TakenOver,
)
from baton.qualification.handoff.models import Handoff, Rest
from baton.qualification.handoff.queries.rests import condition_words_for_all
from baton.qualification.handoff.rules import Kind, Outcome, State
from baton.qualification.lifecycle.actions import NewMove, move_people

STAGES = {PersonQualified: "mql", HandoffAccepted: "sal", NeedConfirmed: "sql"}
BACK = (HandoffRejected, PersonDisqualified, PersonUnreachable)
Told = Sequence[tuple[PastHandoff, Handoff]]


def tell_past(told: Told, *, rests: Mapping[int, Rest]) -> None:
    """The facts of each in order of time, then the stages that they make."""
    words = _words(rests.values())
    facts = [
        fact
        for one, row in told
        for fact in sorted(_facts(one, row, rests.get(row.person_id), words), key=_when)
    ]
    published = publish_many(facts)
    back = {one.person.pk: one.after for one, _row in told}
    ours = {one.person.pk: counts_for_marketing(one.person) for one, _row in told}
    move_people(moves=_moves(published, back=back, ours=ours))


def _words(rests: Iterable[Rest]) -> dict[str, str]:
    """What has to come true, by its tree as text: many rest by the same, and it is read once."""
    trees = {str(rest.condition): rest.condition for rest in rests}
    return {text: condition_words_for_all(tree) for text, tree in trees.items()}


def _when(fact: Fact) -> datetime:
    return fact.happened_at


def _facts(
    one: PastHandoff, row: Handoff, rest: Rest | None, words: Mapping[str, str]
) -> Iterator[Fact]:
    whom: dict[str, Any] = {"person_id": row.person_id, "company_id": one.person.company_id}
    if one.kind == Kind.EXECUTIVE:
        by = one.handed_by.pk if one.handed_by else None
        yield HandedOn(happened_at=one.at, actor_id=by, handoff_id=row.pk, **whom)
    elif counts_for_marketing(one.person):
        yield PersonQualified(
            happened_at=one.at,
            lane=one.lane,
            why=one.reason,
            score=one.brief["score"]["score"],
            channel=one.source.channel,
            campaign=one.source.campaign,
            **whom,
        )
    yield from _rounds(one, row, whom)
    if one.state == State.REJECTED:
        yield _turned_down(one, row, whom)
    else:
        yield from _after_taking(one, row, whom)
    if rest and one.ended_at:
        yield PersonRecycled(
            happened_at=one.ended_at,
            handoff_id=row.pk,
            until=rest.until.isoformat(),
            condition=words[str(rest.condition)],
            **whom,
        )


def _turned_down(one: PastHandoff, row: Handoff, whom: dict[str, Any]) -> Fact:
    said: dict[str, Any] = {
        "happened_at": one.answered_at,
        "actor_id": one.rep.pk,
        "handoff_id": row.pk,
        "rep_id": one.rep.pk,
        "reason": one.verdict,
        "note": one.note,
        **whom,
    }
    if one.is_returned:
        return HandedBack(handed_by_id=row.handed_by_id or 0, **said)
    return HandoffRejected(**said)


def _rounds(one: PastHandoff, row: Handoff, whom: dict[str, Any]) -> Iterator[Fact]:
    for place, offer in enumerate(one.offers):
        yield HandoffOffered(
            happened_at=offer.at,
            handoff_id=row.pk,
            rep_id=offer.rep.pk,
            round=place + 1,
            due_at=offer.due_at.isoformat(),
            **whom,
        )
        if offer.outcome == Outcome.SILENCE:
            yield HandoffEscalated(
                happened_at=offer.ended_at,
                handoff_id=row.pk,
                rep_id=offer.rep.pk,
                round=place + 1,
                **whom,
            )


def _after_taking(one: PastHandoff, row: Handoff, whom: dict[str, Any]) -> Iterator[Fact]:
    by = whom | {"actor_id": one.rep.pk, "handoff_id": row.pk}
    taken: dict[str, Any] = {"rep_id": one.rep.pk, "is_late": row.is_late, **by}
    if one.kind == Kind.EXECUTIVE:
        handed_by = row.handed_by_id or 0
        yield TakenOver(happened_at=one.answered_at, handed_by_id=handed_by, **taken)
    else:
        yield HandoffAccepted(happened_at=one.answered_at, **taken)
    if row.responded_at:
        is_late = row.respond_due_at is not None and row.responded_at > row.respond_due_at
        yield FirstResponseMade(happened_at=row.responded_at, is_late=is_late, **by)
    if one.ended_at is None:
        return
    if one.state == State.QUALIFIED and one.kind == Kind.MARKETING:
        yield NeedConfirmed(happened_at=one.ended_at, need=one.need, impact=one.impact, **by)
    elif one.state == State.DISQUALIFIED:
        yield PersonDisqualified(
            happened_at=one.ended_at,
            reason=one.verdict,
            competitor=one.competitor,
            note=one.note,
            **by,
        )
    elif one.state == State.UNREACHABLE:
        yield PersonUnreachable(
            happened_at=one.ended_at, handoff_id=row.pk, rep_id=one.rep.pk, **whom
        )


def _moves(
    facts: Sequence[Fact], *, back: Mapping[int, str | None], ours: Mapping[int, bool]
) -> Iterator[NewMove]:
    for fact in facts:
        person_id = fact.person_id or 0
        is_back = isinstance(fact, BACK)
        to_stage = back[person_id] if is_back else STAGES.get(type(fact))
        if to_stage and (ours[person_id] or to_stage == "sql" or is_back):
            yield NewMove(
                person_id=person_id,
                to_stage=to_stage,
                at=fact.happened_at,
                is_back=is_back,
                owner_id=fact.actor_id,
                by_id=fact.actor_id,
                fact_id=fact.id,
                cause=fact.name,
            )
