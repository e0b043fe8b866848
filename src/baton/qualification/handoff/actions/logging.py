"""Log what was tried with a lead, and count it at once."""

from datetime import datetime

from django.db import transaction

from baton.core.access.models import User
from baton.core.facts.models import FactRecord
from baton.qualification.handoff.actions.refusals import elsewhere
from baton.qualification.handoff.actions.touching import touch_of
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.records.timeline import actions as timeline
from baton.records.timeline.events import ActivityLogged


@transaction.atomic
def log_contact(
    *, handoff: Handoff, kind: str, outcome: str, by: User, at: datetime, note: str = ""
) -> None:
    """A call or mail with the person of this lead: on the timeline, and for the clocks.

    The subscriber hears of it, too, and counts nothing twice; but whoever logged it should not
    look at a clock that still runs. Raises NotYours, and what ``timeline.log_activity`` raises.
    """
    if not Handoff.objects.visible_to(by, ANSWER_HANDOFFS).filter(pk=handoff.pk).exists():
        raise elsewhere(handoff, at=at)
    timeline.log_activity(
        kind=kind, outcome=outcome, person=handoff.person, body=note, by=by, at=at
    )
    ours = FactRecord.objects.filter(name=ActivityLogged.name, person_id=handoff.person_id)
    touch_of(handoff.person_id, fact=ours.latest("pk").as_fact())
