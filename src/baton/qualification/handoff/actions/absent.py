"""Who is away answers nothing, and who has left neither: their leads go on."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from baton.core.access.models import User
from baton.core.bulk import one_of
from baton.core.calendars.queries import leave_now
from baton.qualification.handoff.actions.offering import offer_each
from baton.qualification.handoff.actions.rounds import end_rounds
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.permissions import can_answer
from baton.qualification.handoff.rules import Outcome, State
from baton.records.people.models import Person

BITE = 500


def pass_on_absent(*, at: datetime) -> int:
    """What waits for the answer of somebody who is away goes to who is there; says how many."""
    away = list(leave_now(at))
    if not away:
        return 0
    return pass_on(Handoff.objects.unanswered().filter(rep__in=away), at=at)


def pass_on_departed(*, at: datetime) -> int:
    """All that is owed by somebody who can answer no more goes on; says how many.

    Accepted ones, too: they are offered anew, for somebody else has promised nothing yet. What was
    said and tried stays with the lead.
    """
    # Who is gone is asked first: users are few, and what is open is looked up by its rep.
    gone = [user.pk for user in User.objects.all() if not can_answer(user)]
    return pass_on(Handoff.objects.open().filter(rep__in=one_of(gone)), at=at) if gone else 0


@transaction.atomic
def pass_on(rows: HandoffQuerySet, *, at: datetime) -> int:
    """What their reps cannot answer is offered anew; as many statements as for one."""
    found = rows.order_by("accept_due_at", "pk").values_list("pk", "person")[:BITE]
    waiting = dict(found)
    if not waiting:
        return 0
    handoffs = _locked(waiting.keys(), people=waiting.values(), still=rows)
    for handoff in handoffs:
        handoff.state, handoff.answered_at, handoff.is_late = State.OFFERED, None, False
        handoff.respond_due_at = handoff.attempt_due_at = None
    if handoffs:
        end_rounds(handoffs, outcome=Outcome.MOVED, at=at)
        offer_each(handoffs, at=at)
    return len(handoffs)


def _locked(
    ids: Collection[int], *, people: Collection[int], still: HandoffQuerySet
) -> list[Handoff]:
    """The people first, as all who write both do; then what is left of them."""
    locked = Person.objects.select_for_update(no_key=True).filter(pk__in=people)
    list(locked.order_by("pk").values_list("pk"))
    rows = still.filter(pk__in=ids).select_for_update(of=("self",), no_key=True)
    known = rows.select_related("person__owner", "person__company__owner", "agreement", "rep")
    return list(known.order_by("accept_due_at", "pk"))
