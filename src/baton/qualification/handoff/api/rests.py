"""A rest that runs over the API: until when, or as soon as what is so."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.core.api.conditions import read_condition
from baton.core.api.days import Day
from baton.core.api.doors import needs
from baton.core.calendars.queries import zone_of
from baton.qualification.handoff import actions
from baton.qualification.handoff.api.handoffs import router
from baton.qualification.handoff.models import Rest
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.queries.rests import condition_words, rest_of
from baton.records.people.models import Person
from baton.records.people.permissions import EDIT_PEOPLE, VIEW_PEOPLE


class RestOut(Schema):
    """``condition`` in words; empty: by the day alone. ``return_to``: to whom they go back then."""

    until: datetime
    condition: str
    return_to: UUID | None

    @staticmethod
    def resolve_condition(rest: Rest) -> str:
        return condition_words(rest.condition)

    @staticmethod
    def resolve_return_to(rest: Rest) -> UUID | None:
        return rest.return_to.key if rest.return_to else None


class RestPatch(Schema):
    """What is left out stays; ``condition`` null: by the day alone."""

    until_on: Day | None = None
    condition: dict[str, Any] | None = None
    reason: str = Field(max_length=250, min_length=1)


@router.get("/people/{uuid:key}/rest/", response=RestOut, operation_id="get_rest")
@needs(VIEW_HANDOFFS)
def rest(request: HttpRequest, key: UUID) -> Any:
    """Of who was sent back to nurture; 404 where nobody lets them rest."""
    return _found(request, key, VIEW_PEOPLE)


@router.patch("/people/{uuid:key}/rest/", response=RestOut, operation_id="change_rest")
@needs(ANSWER_HANDOFFS)
def change(request: HttpRequest, key: UUID, sent: RestPatch) -> Any:
    """Another day, another condition, and why; it stands on the timeline."""
    user, found = user_of(request), _found(request, key, EDIT_PEOPLE)
    said = sent.dict(exclude_unset=True)
    if said.get("condition"):
        read_condition(said["condition"], object_type="person", name="condition")
    actions.change_rest(
        person=found.person,
        until_on=said.get("until_on") or _day(found, zone_of(found.return_to or user)),
        condition=said.get("condition", found.condition),
        reason=sent.reason,
        by=user,
        at=timezone.now(),
    )
    found.refresh_from_db()
    return found


def _found(request: HttpRequest, key: UUID, permission: Permission) -> Rest:
    seen = Person.objects.visible_to(user_of(request), permission).living()
    person = get_object_or_404(seen, key=key)
    return get_object_or_404(rest_of(person).select_related("person"))


def _day(rest: Rest, zone: str) -> date:
    return rest.until.astimezone(ZoneInfo(zone)).date()
