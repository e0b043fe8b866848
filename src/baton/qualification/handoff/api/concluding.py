"""Verdicts on a person, with or without a lead."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.qualification.handoff import actions
from baton.qualification.handoff.api.handoffs import router
from baton.qualification.handoff.api.sent import DisqualifyIn, NeedIn
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.records.people.models import Person
from baton.records.people.permissions import EDIT_PEOPLE


class ConcludedOut(Schema):
    """What a verdict on a person made of them. ``handoff``: the one that it closed, if any."""

    person: UUID
    stage: str
    handoff: UUID | None


def _person(request: HttpRequest, key: UUID) -> Person:
    seen = Person.objects.visible_to(user_of(request), EDIT_PEOPLE).living()
    return get_object_or_404(seen, key=key)


def _concluded(person: Person, handoff: Handoff | None) -> dict[str, Any]:
    person.refresh_from_db(fields=["stage"])
    return {
        "person": person.key,
        "stage": person.stage,
        "handoff": handoff.key if handoff else None,
    }


@router.post(
    "/people/{uuid:key}/need/", response=ConcludedOut, operation_id="confirm_need_of_person"
)
@needs(ANSWER_HANDOFFS)
def person_need(request: HttpRequest, key: UUID, sent: NeedIn) -> Any:
    """The SQL of somebody whom sales found itself; with an open lead it is that one's verdict."""
    person = _person(request, key)
    handoff = actions.confirm_need(
        person=person, by=user_of(request), at=timezone.now(), **sent.dict()
    )
    return _concluded(person, handoff)


@router.post(
    "/people/{uuid:key}/disqualify/", response=ConcludedOut, operation_id="disqualify_person"
)
@needs(ANSWER_HANDOFFS)
def person_disqualify(request: HttpRequest, key: UUID, sent: DisqualifyIn) -> Any:
    """Talked to, will not buy: somebody whom sales found itself, or has an open lead."""
    person = _person(request, key)
    handoff = actions.disqualify(
        person=person, by=user_of(request), at=timezone.now(), **sent.verdict()
    )
    return _concluded(person, handoff)
