"""Who owes an answer to what somebody wrote, and whether it was given; who answered which lead."""

from collections.abc import Collection
from datetime import datetime

from baton.core.access.models import User
from baton.core.changes.models import Change
from baton.core.facts import Touch
from baton.core.facts.models import FactRecord
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.rules import State
from baton.qualification.handoff.slots import answerers
from baton.records.people.models import Identity, Person

HANDOFF = "handoff"  # the kind of record under which history keeps answers
ANSWERS = (Touch.ATTEMPT, Touch.FIRST_RESPONSE)  # a touch of ours, of one to one


def who_answers(person_ids: Collection[int]) -> dict[int, int]:
    """By person, the user: the rep who took their handoff, who has their open deal, their owner."""
    owners = Person.objects.living().filter(pk__in=person_ids, owner__isnull=False)
    found: dict[int, int] = dict(owners.values_list("pk", "owner"))
    for answerer in answerers:
        found |= answerer(person_ids)
    taken = Handoff.objects.open().filter(
        person__in=person_ids, state=State.ACCEPTED, rep__isnull=False
    )
    return found | dict(taken.values_list("person", "rep"))


def answered_since(person: Person, since: datetime) -> datetime | None:
    """The first touch of ours from then on that is known already."""
    ids = [person.pk, *Identity.objects.filter(person=person).values_list("old_id", flat=True)]
    rows = FactRecord.objects.standing().filter(person_id__in=ids, happened_at__gte=since)
    found = rows.filter(touch__in=ANSWERS).order_by("happened_at").first()
    return found.happened_at if found else None


def answered_by(user: User) -> HandoffQuerySet:
    """Those that this user accepted or rejected, whoever has them by now."""
    acts = Change.objects.filter(object_type=HANDOFF, by=user)
    return Handoff.objects.filter(pk__in=acts.values("object_id"))
