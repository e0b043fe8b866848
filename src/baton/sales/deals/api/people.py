"""The people of a deal over the REST API: /api/v1/deals/{key}/people/."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.core.api.problems import Problem
from baton.records.people.models import Person
from baton.sales.deals import actions, queries
from baton.sales.deals.api.finding import deal_or_404, one_of
from baton.sales.deals.api.schemas import DealPartIn, DealPartOut, DealPeopleIn
from baton.sales.deals.permissions import EDIT_DEALS, VIEW_DEALS

router = Router(tags=["deals"])


@router.get("/{uuid:key}/people/", response=list[DealPartOut], operation_id="get_deal_people")
@needs(VIEW_DEALS)
def people(request: HttpRequest, key: UUID) -> Any:
    """Who takes part, and as what; the primary first."""
    return queries.people_of(deal_or_404(request, key, VIEW_DEALS), user=user_of(request))


@router.post("/{uuid:key}/people/", response=list[DealPartOut], operation_id="add_deal_person")
@needs(EDIT_DEALS)
def add_person(request: HttpRequest, key: UUID, sent: DealPartIn) -> Any:
    """One more, or another role for one of them; the others stay."""
    known, user = deal_or_404(request, key), user_of(request)
    person = _person(request, sent.person)
    actions.add_person(
        deal=known,
        person=person,
        role=sent.role,
        is_primary=sent.is_primary,
        by=user,
        at=timezone.now(),
    )
    return queries.people_of(deal_or_404(request, key), user=user)


@router.put("/{uuid:key}/people/", response=list[DealPartOut], operation_id="set_deal_people")
@needs(EDIT_DEALS)
def set_people(request: HttpRequest, key: UUID, sent: DealPeopleIn) -> Any:
    """These people and no others; those whom you do not see stay."""
    known, user = deal_or_404(request, key), user_of(request)
    roles = {_person(request, one.person): str(one.role) for one in sent.people}
    if len(roles) < len(sent.people):
        raise Problem(422, "people: somebody is named twice.")
    chosen = [one.person for one in sent.people if one.is_primary]
    if len(chosen) > 1:
        raise Problem(422, "is_primary: a deal has one primary person.")
    there = [one for one in roles if one.key in chosen or one.pk == known.person_id]
    seen = {one.person.pk for one in queries.people_of(known, user=user) if one.is_seen}
    actions.set_people(
        deal=known,
        roles=roles,
        primary=next((one for one in there if one.key in chosen), next(iter(there), None)),
        kept=frozenset(actions.people_ids(known) - seen),  # also who lies in the trash
        by=user,
        at=timezone.now(),
    )
    return queries.people_of(deal_or_404(request, key), user=user)


def _person(request: HttpRequest, key: UUID) -> Person:
    found: Person = one_of(Person.objects.visible_to(user_of(request)), key, "person")
    return found
