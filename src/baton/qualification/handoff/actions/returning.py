"""Who came back too soon rests on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.qualification.handoff.actions.locking import lock_handoff
from baton.qualification.handoff.actions.refusals import (
    AlreadyAnswered,
    BadVerdict,
    answered,
    elsewhere,
)
from baton.qualification.handoff.actions.resting import send_back, tell_rest
from baton.qualification.handoff.actions.rounds import end_round
from baton.qualification.handoff.models import Handoff, Rest
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.qualification.handoff.rules import After, Outcome, State


@transaction.atomic
def let_rest_on(*, handoff: Handoff, by: User, at: datetime) -> Rest:
    """The undo of coming back by a condition, while nobody has answered: until the day that was
    set, or until the condition has been untrue and comes true once more.

    Raises AlreadyAnswered, NotYours, BadVerdict where they came back otherwise or that day is over.
    """
    handoff = lock_handoff(handoff)
    rest = Rest.objects.select_for_update(no_key=True).filter(led_to=handoff).first()
    if rest is None:
        raise BadVerdict(_("They did not come back from a rest."))
    if handoff.state != State.OFFERED:
        raise answered(handoff, at=at)
    if not Handoff.objects.visible_to(by, ANSWER_HANDOFFS).filter(pk=handoff.pk).exists():
        raise elsewhere(handoff, at=at)
    if rest.until <= at:
        raise BadVerdict(_("The day until which they were to rest is over."))
    if Rest.objects.running().filter(person=handoff.person_id).exists():
        raise AlreadyAnswered(_("They rest already."))
    end_round(handoff, outcome=Outcome.WITHDRAWN, at=at)
    handoff.state, handoff.closed_at, handoff.escalates_at = State.WITHDRAWN, at, None
    handoff.save()
    rest.ended_at = rest.met_at = rest.led_to = None
    rest.is_untrue = False
    rest.save()
    fact = tell_rest(rest, person=handoff.person, at=at)
    send_back(handoff.person, after=After.LEAD, fact=fact, by=by, at=at)
    return rest
