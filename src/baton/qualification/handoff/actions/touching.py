"""A call, a mail, a meeting: attempts are counted, the first response stops the clock."""

from datetime import datetime

from django.db import transaction

from baton.core.access.models import User
from baton.core.facts import Fact, Touch, publish
from baton.qualification.handoff.actions.answering import accept_handoff
from baton.qualification.handoff.actions.locking import lock_handoff
from baton.qualification.handoff.actions.promised.replies import stop_reply
from baton.qualification.handoff.actions.resting import recycle, send_back
from baton.qualification.handoff.events import FirstResponseMade, PersonUnreachable
from baton.qualification.handoff.models import Attempt, Handoff
from baton.qualification.handoff.rules import UNREACHABLE, After, State
from baton.qualification.scoring.queries import known_now

SETTLED = frozenset({"opportunity", "customer"})
TOUCHES = frozenset({Touch.ATTEMPT, Touch.FIRST_RESPONSE})


@transaction.atomic
def note_touch(*, fact: Fact) -> Handoff | None:
    """What a touch with a person means for their open handoff; None when there is none.

    An attempt counts, accepts nothing and stops no clock; when the agreed number is used up
    without an answer, the person is unreachable. A first response stops the response clock; made
    by the rep who was asked, it accepts the lead, too. Touches from before the handoff are none.
    """
    if fact.touch not in TOUCHES or fact.person_id is None:
        return None
    return touch_of(known_now([fact.person_id]).get(fact.person_id, 0), fact=fact)


def touch_of(person_id: int, *, fact: Fact) -> Handoff | None:
    """The same, inside an action that knows who the person is now."""
    if fact.touch not in TOUCHES:
        return None
    found = (
        Handoff.objects.open().filter(person_id=person_id, made_at__lte=fact.happened_at).first()
    )
    if found is None:
        return None
    handoff = lock_handoff(found)
    if handoff.closed_at:
        return None
    if fact.touch is Touch.ATTEMPT:
        _count_attempt(handoff, fact=fact)
    else:
        _respond(handoff, fact=fact)
    return handoff


def _count_attempt(handoff: Handoff, *, fact: Fact) -> None:
    attempt = Attempt(fact_id=fact.id, handoff=handoff, by_id=fact.actor_id, at=fact.happened_at)
    Attempt.objects.bulk_create([attempt], ignore_conflicts=True)
    count = handoff.attempts.count()
    if count == handoff.attempt_count:
        return  # it was counted before
    handoff.attempt_count = count
    handoff.save(update_fields=["attempt_count"])
    is_waiting = handoff.state == State.ACCEPTED and handoff.responded_at is None
    if is_waiting and handoff.attempt_count >= handoff.agreement.attempts:
        _give_up(handoff, at=fact.happened_at)


def _give_up(handoff: Handoff, *, at: datetime) -> None:
    handoff.state, handoff.closed_at = State.UNREACHABLE, at
    handoff.save(update_fields=["state", "closed_at"])
    fact = publish(
        PersonUnreachable(
            happened_at=at,
            person_id=handoff.person_id,
            company_id=handoff.person.company_id,
            handoff_id=handoff.pk,
            rep_id=handoff.rep_id or 0,
        )
    )
    send_back(handoff.person, after=After.LEAD, fact=fact, by=handoff.rep, at=at)
    recycle(
        handoff.person,
        handoff=handoff,
        after=After.LEAD,
        reason=UNREACHABLE,
        rep=handoff.rep,
        revisit_on=None,
        at=at,
    )


def _respond(handoff: Handoff, *, fact: Fact) -> None:
    if handoff.state == State.OFFERED:
        if fact.actor_id is None or handoff.rep_id != fact.actor_id:
            return  # somebody else's talk takes no lead
        rep = User.objects.get(pk=fact.actor_id)
        handoff = accept_handoff(
            handoff=handoff, by=rep, at=max(fact.happened_at, handoff.offered_at)
        )
    if handoff.state == State.ACCEPTED:
        at = max(fact.happened_at, handoff.made_at)
        stop_response_clock(handoff, at=at, actor_id=fact.actor_id)
        settle_taken_deal(handoff, at=at)


def settle_taken_deal(handoff: Handoff, *, at: datetime) -> None:
    """An executive talked to somebody whose deal they took over: nothing more is owed."""
    if handoff.is_to_executive and handoff.person.stage in SETTLED and not handoff.closed_at:
        handoff.state, handoff.closed_at = State.QUALIFIED, at
        handoff.save(update_fields=["state", "closed_at"])


def stop_response_clock(handoff: Handoff, *, at: datetime, actor_id: int | None) -> None:
    """The first response was made at this moment; a second one changes nothing."""
    if handoff.responded_at is not None:
        return
    handoff.responded_at = at
    handoff.save(update_fields=["responded_at"])
    due = handoff.respond_due_at
    publish(
        FirstResponseMade(
            happened_at=at,
            person_id=handoff.person_id,
            company_id=handoff.person.company_id,
            actor_id=actor_id,
            handoff_id=handoff.pk,
            is_late=due is not None and at > due,
        )
    )


@transaction.atomic
def answer_by_booking(*, person_id: int, rep: User, at: datetime) -> Handoff | None:
    """A meeting that the buyer booked counts as taken and answered by who holds it, once.

    None when nothing is open, or the lead is with somebody else: their clock goes on. What the
    buyer wrote before is answered by it, too.
    """
    stop_reply(person_id=person_id, at=at)
    found = Handoff.objects.open().filter(person_id=person_id, rep=rep).first()
    if found is None:
        return None
    handoff = lock_handoff(found)
    if handoff.closed_at or handoff.rep_id != rep.pk:
        return None
    if handoff.state == State.OFFERED:
        handoff = accept_handoff(handoff=handoff, by=rep, at=at)
    stop_response_clock(handoff, at=at, actor_id=None)
    settle_taken_deal(handoff, at=at)
    return handoff
