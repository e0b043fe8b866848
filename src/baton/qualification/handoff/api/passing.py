"""Whom an SDR qualified goes to an account executive, and back; who came back too soon rests on."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema

from baton.core.access.doors import user_of
from baton.core.access.queries import who_can_sign_in
from baton.core.api.doors import needs
from baton.core.api.problems import Problem
from baton.qualification.handoff import actions
from baton.qualification.handoff.api.handoffs import HandoffOut, router
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS
from baton.records.people.models import Person
from baton.records.people.permissions import EDIT_PEOPLE


class HandOnIn(Schema):
    """``rep``: whom to ask, empty as the agreement says; ``need`` and ``impact`` of somebody
    who is no SQL yet."""

    rep: UUID | None = None
    note: str = Field("", max_length=2000)
    need: str = Field("", max_length=4000)
    impact: str = Field("", max_length=4000)


@router.post(
    "/people/{uuid:key}/hand-on/", response=HandoffOut, operation_id="hand_person_to_executive"
)
@needs(ANSWER_HANDOFFS)
def hand_on(request: HttpRequest, key: UUID, sent: HandOnIn) -> Any:
    """Ask an account executive to take them over; 409 where nothing is agreed, or they are with
    somebody already."""
    user = user_of(request)
    seen = Person.objects.visible_to(user, EDIT_PEOPLE).living()
    person = get_object_or_404(seen, key=key)
    executive = who_can_sign_in().filter(key=sent.rep).first() if sent.rep else None
    if sent.rep and executive is None:
        raise Problem(422, "rep: no colleague who can sign in has this key.")
    return actions.qualify_and_hand_on(
        person=person,
        executive=executive,
        by=user,
        at=timezone.now(),
        note=sent.note,
        need=sent.need,
        impact=sent.impact,
    )


@router.post("/{uuid:key}/rest-on/", response=HandoffOut, operation_id="let_person_rest_on")
@needs(ANSWER_HANDOFFS)
def rest_on(request: HttpRequest, key: UUID) -> Any:
    """The undo of coming back by a condition, while nobody has answered."""
    seen = Handoff.objects.visible_to(user_of(request)).select_related("person", "rep", "agreement")
    found = get_object_or_404(seen, key=key)
    actions.let_rest_on(handoff=found, by=user_of(request), at=timezone.now())
    found.refresh_from_db()
    return found


@router.post("/{uuid:key}/take-back/", response=HandoffOut, operation_id="take_back_from_executive")
@needs(ANSWER_HANDOFFS)
def take_back(request: HttpRequest, key: UUID) -> Any:
    """By who handed them on, while nobody has answered."""
    user = user_of(request)
    mine = Handoff.objects.to_executives().filter(handed_by=user)
    found = get_object_or_404(mine.select_related("person", "rep", "agreement"), key=key)
    return actions.take_back(handoff=found, by=user, at=timezone.now())
