"""Silence: the lead goes to the next one, at last into the queue."""

from datetime import datetime

from django.db import transaction

from baton.core.access.models import User
from baton.core.facts import publish
from baton.qualification.handoff.actions.locking import lock_handoff
from baton.qualification.handoff.actions.offering import offer_next
from baton.qualification.handoff.actions.refusals import answered, check_able
from baton.qualification.handoff.actions.rounds import Round, end_round, start_round
from baton.qualification.handoff.events import HandoffEscalated
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.rules import Outcome, State

BITE = 200


def escalate_overdue(*, at: datetime) -> int:
    """Pass on each lead whose clock and grace have run out; returns how many went on.

    Each has its own transaction, and its own due time is looked at again under the lock: neither
    two sweepers nor a clock that was set back pass one lead on twice.
    """
    silent = Handoff.objects.silent(at).order_by("escalates_at", "pk")
    return sum(_escalate(pk, at=at) for pk in silent.values_list("pk", flat=True)[:BITE])


@transaction.atomic
def _escalate(handoff_id: int, *, at: datetime) -> bool:
    # The lock before the question: an acceptance that is under way comes first.
    found = Handoff.objects.silent(at).filter(pk=handoff_id).first()
    handoff = lock_handoff(found) if found else None
    if handoff is None or not handoff.is_silent(at):
        return False
    end_round(handoff, outcome=Outcome.SILENCE, at=at)
    publish(
        HandoffEscalated(
            happened_at=at,
            person_id=handoff.person_id,
            company_id=handoff.person.company_id,
            handoff_id=handoff.pk,
            rep_id=handoff.rep_id or 0,
            round=handoff.round,
        )
    )
    offer_next(handoff, at=at)
    return True


@transaction.atomic
def give_to(*, handoff: Handoff, rep: User, by: User, at: datetime, reason: str = "") -> Handoff:
    """A manager asks somebody else, past all rules; the clock starts anew for them.

    ``reason`` is kept with the round, for who reads the log of decisions.

    Raises AlreadyAnswered, or BadPool for one who could not answer.
    """
    handoff = lock_handoff(handoff)
    if handoff.state != State.OFFERED:
        raise answered(handoff, at=at)
    check_able(rep)
    if handoff.rep_id == rep.pk:
        return handoff
    end_round(handoff, outcome=Outcome.MOVED, at=at)
    decision = {
        "rule": "by_hand",
        "rep_id": rep.pk,
        "rep": rep.name,
        "by": by.name,
        "tried": [],
        "reason": reason,
    }
    start_round(Round(handoff=handoff, rep=rep, pool=None, decision=decision, note=reason), at=at)
    return handoff
