"""The rows of past handoffs, their offers, attempts and rests."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from baton.core.facts import Touch
from baton.qualification.handoff.actions.past.facts import tell_past
from baton.qualification.handoff.actions.past.plans import Clocks, PastHandoff
from baton.qualification.handoff.models import Attempt, Handoff, Offer, Rest
from baton.qualification.handoff.rules import After, Outcome, State
from baton.records.people import actions as people
from baton.records.timeline import actions as timeline
from baton.records.timeline.events import ActivityLogged

CHUNK = 500
TALKED = frozenset({State.QUALIFIED, State.DISQUALIFIED})


@transaction.atomic
def record_handoffs(*, past: Sequence[PastHandoff], clocks: Clocks, at: datetime) -> list[Handoff]:
    """Write them down in this order. Nobody may be waiting still: each offer has ended.

    A person has at most one of them. Rests that were over by ``at`` have ended.
    """
    logged = _log(past)
    rows = [_row(one, logged[place], clocks=clocks) for place, one in enumerate(past)]
    Handoff.objects.bulk_create(rows, batch_size=CHUNK)
    Offer.objects.bulk_create(_offers(past, rows), batch_size=CHUNK)
    Attempt.objects.bulk_create(_attempts(rows, logged), batch_size=CHUNK)
    people.give_each(
        given=[
            people.Given(person=one.person, owner=one.rep, at=one.answered_at)
            for one in past
            if one.keeps_owner
        ],
        cause="handoff",
    )
    people.show_many(
        {
            row.person_id: {"mql_channel": row.channel, "mql_campaign": row.campaign}
            for row in rows
            if not row.is_to_executive
        }
    )
    rests = list(_rests(past, rows, at=at))
    Rest.objects.bulk_create(rests, batch_size=CHUNK)
    tell_past(list(zip(past, rows, strict=True)), rests={rest.person_id: rest for rest in rests})
    return rows


def _log(past: Sequence[PastHandoff]) -> list[list[ActivityLogged]]:
    """The facts of each one's talks."""
    facts = iter(timeline.log_activities(new=[talk for one in past for talk in one.talks]))
    return [[next(facts) for _ in one.talks] for one in past]


def _row(one: PastHandoff, logged: Sequence[ActivityLogged], *, clocks: Clocks) -> Handoff:
    latest, source = one.offers[-1], one.source
    row = Handoff(
        person=one.person,
        agreement=one.agreement,
        kind=one.kind,
        handed_by=one.handed_by,
        lane=one.lane,
        reason=one.reason[:250],
        brief=one.brief,
        channel=source.channel[:40],
        campaign=source.campaign[:120],
        fact_id=one.fact_id,
        state=one.state,
        rep=one.rep,
        pool_id=latest.pool_id,
        round=len(one.offers),
        made_at=one.at,
        offered_at=latest.at,
        accept_due_at=latest.due_at,
        answered_at=latest.ended_at,
        is_late=latest.ended_at > latest.due_at,
        attempt_count=sum(fact.touch is Touch.ATTEMPT for fact in logged),
        verdict=one.verdict,
        verdict_note=one.note,
        competitor=one.competitor,
        closed_at=one.ended_at,
    )
    if latest.outcome == Outcome.ACCEPTED:
        _start_clocks(row, one, logged, clocks=clocks)
    return row


def _start_clocks(
    row: Handoff, one: PastHandoff, logged: Sequence[ActivityLogged], *, clocks: Clocks
) -> None:
    """A talk stops the one for the response, and so does a verdict that says they talked."""
    talks = [fact.happened_at for fact in logged if fact.touch is Touch.FIRST_RESPONSE]
    ended = [one.ended_at] if one.ended_at and one.state in TALKED else []
    row.responded_at = min([*talks, *ended], default=None)
    row.respond_due_at = clocks.response_due(one.rep, lane=one.lane, at=one.answered_at)
    row.attempt_due_at = clocks.attempts_due(one.rep, at=one.answered_at)


def _offers(past: Sequence[PastHandoff], rows: Sequence[Handoff]) -> Iterator[Offer]:
    for one, row in zip(past, rows, strict=True):
        for place, offer in enumerate(one.offers):
            yield Offer(
                handoff=row,
                round=place + 1,
                rep=offer.rep,
                pool_id=offer.pool_id,
                offered_at=offer.at,
                due_at=offer.due_at,
                ended_at=offer.ended_at,
                outcome=offer.outcome,
                decision=offer.decision,
            )


def _attempts(
    rows: Sequence[Handoff], logged: Sequence[Sequence[ActivityLogged]]
) -> Iterator[Attempt]:
    for row, facts in zip(rows, logged, strict=True):
        for fact in facts:
            if fact.touch is Touch.ATTEMPT:
                yield Attempt(
                    handoff=row, fact_id=fact.id, by_id=fact.actor_id, at=fact.happened_at
                )


def _rests(past: Sequence[PastHandoff], rows: Sequence[Handoff], *, at: datetime) -> Iterator[Rest]:
    for one, row in zip(past, rows, strict=True):
        if one.after is After.LEAD and one.ended_at:
            reason = one.verdict or one.state
            until = one.ended_at + one.agreement.terms().rest(reason)
            yield Rest(
                person=one.person,
                handoff=row,
                until=until,
                without=None if one.keeps_owner else one.rep,
                condition=one.agreement.rest_conditions.get(reason),
                met_at=one.back_at,
                ended_at=one.back_at or (until if until <= at else None),
            )


@transaction.atomic
def record_returns(
    *,
    returns: Sequence[tuple[PastHandoff, Handoff]],
    clocks: Clocks,
    at: datetime,
) -> list[Handoff]:
    """The same of those who came back from a rest by its condition: each with the handoff after
    which they rested."""
    rows = record_handoffs(past=[one for one, _before in returns], clocks=clocks, at=at)
    led_to = {before.pk: row for (_one, before), row in zip(returns, rows, strict=True)}
    rests = list(Rest.objects.filter(handoff__in=led_to))
    for rest in rests:
        rest.led_to = led_to[rest.handoff_id or 0]
    Rest.objects.bulk_update(rests, ["led_to"], batch_size=CHUNK)
    return rows
