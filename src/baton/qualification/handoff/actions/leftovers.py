"""People whose handoff went away with the demo: nobody owes them anything, they wait for none."""

from datetime import datetime

from django.db import transaction

from baton.qualification.handoff.events import HandoffAccepted, PersonQualified
from baton.qualification.lifecycle import actions as lifecycle
from baton.qualification.lifecycle.rules import HANDOFF
from baton.records.people.models import Person

MADE_BY = (PersonQualified.name, HandoffAccepted.name)  # an imported MQL never had a handoff


@transaction.atomic
def send_back_without_handoff(*, at: datetime) -> int:
    """Back to lead, whom a handoff made an MQL or SAL and who has none any more; how many."""
    left = Person.objects.living().filter(
        stage__in=HANDOFF, stage_changes__cause__in=MADE_BY, handoffs=None
    )
    ids = list(left.distinct().order_by("pk").values_list("pk", flat=True))
    for person_id in ids:
        lifecycle.move_person(
            person_id=person_id, to_stage="lead", at=at, cause="demo removed", is_back=True
        )
    return len(ids)
