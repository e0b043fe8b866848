from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.responses import Status

from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.access.roles import Scope
from baton.core.api.custom import custom_of
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.core.api.trash import restored
from baton.core.limits import hidden
from baton.core.prepared import Prepared
from baton.records.people import actions
from baton.records.people.actions.tracking import PERSON
from baton.records.people.api.lists import LISTS, hold_lists
from baton.records.people.api.reading import company_of, filtered, owner_of
from baton.records.people.api.schemas import (
    ConsentIn,
    ConsentOut,
    PersonIn,
    PersonOut,
    PersonPatch,
)
from baton.records.people.models import Consent, Person
from baton.records.people.permissions import DELETE_PEOPLE, EDIT_PEOPLE, VIEW_PEOPLE
from baton.records.people.queries import (
    consents_of,
    emails_of,
    normalised,
    people_matching,
)
from baton.records.people.queries.reached import person_reached
from baton.records.people.rules import origins_open_to, usual_origin

router = Router()


@router.get("/", response=Page[PersonOut], operation_id="list_people")
@needs(VIEW_PEOPLE)
def people(
    request: HttpRequest,
    cursor: str = "",
    limit: int = 50,
    q: str = "",
    email: str = "",
    filter: str = "",  # noqa: A002 -- the address says filter=
) -> Any:
    """In the order in which they became known. ``email`` finds one, ``filter`` is a JSON tree."""
    rows = Person.objects.visible_to(user_of(request)).select_related("company", "owner")
    if email:
        if "emails" in hidden("person"):
            raise Problem(422, "email: you do not see the addresses of people.")
        rows = rows.filter(emails__normalised=normalised(email), emails__deleted_at=None)
    found = people_matching(rows, q) if q else rows
    page = page_of(filtered(found, filter, object_type="person"), cursor=cursor, limit=limit)
    hold_lists(page["items"])
    return page


@router.get("/{uuid:key}/", response=PersonOut, operation_id="get_person")
@needs(VIEW_PEOPLE)
def person(request: HttpRequest, key: UUID) -> Any:
    known = _person_or_404(request, key)
    hold_lists([known])
    return known


@router.post("/", response={201: PersonOut}, operation_id="create_person")
@needs(EDIT_PEOPLE)
@idempotent(PersonOut)
def create_person(request: HttpRequest, sent: PersonIn) -> Any:
    """Origin as your role allows it; owned by you when you reach only your own people."""
    user = user_of(request)
    origin = sent.origin or usual_origin(user.role)
    if origin not in origins_open_to(user.role):
        allowed = ", ".join(origins_open_to(user.role))
        raise Problem(422, f"origin: with your role it is one of {allowed}.")
    values: dict[str, Any] = sent.dict(exclude={"origin", "owner", "company", "custom"})
    made = actions.create_person(
        **values,
        at=timezone.now(),
        by=user,
        origin=origin,
        owner=owner_of(sent.owner) if _reaches_all(user) else user,
        company=company_of(sent.company, user=user),
        custom=custom_of(sent.custom, object_type="person", known={}),
    )
    hold_lists([made], names=[name for name in LISTS if getattr(sent, name)])
    return Status(201, made)


@router.patch("/{uuid:key}/", response=PersonOut, operation_id="edit_person")
@needs(EDIT_PEOPLE)
def edit_person(request: HttpRequest, key: UUID, sent: PersonPatch) -> Any:
    """409 when somebody saved since you read ``version``."""
    user = user_of(request)
    known = _person_or_404(request, key, EDIT_PEOPLE)
    values = sent.dict(exclude_unset=True, exclude={"version"})
    if "owner" in values:
        values["owner"] = owner_of(sent.owner, present=known.owner)
    if "company" in values:
        values["company"] = company_of(sent.company, user=user)
    if "custom" in values:
        values["custom"] = custom_of(sent.custom, object_type="person", known=known.custom)
    saved = actions.edit_person(
        person=known, values=values, version=sent.version, by=user, at=timezone.now()
    )
    return _fresh(saved)


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_person")
@needs(DELETE_PEOPLE)
def delete_person(request: HttpRequest, key: UUID) -> Any:
    """Into the trash, from which it can be restored."""
    known = _person_or_404(request, key, DELETE_PEOPLE)
    actions.trash_people(people_ids=[known.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.post("/{uuid:key}/restore/", response={204: None}, operation_id="restore_person")
@needs(DELETE_PEOPLE)
def restore_person(request: HttpRequest, key: UUID) -> Any:
    """Out of the trash; an address that somebody else has by now stays there."""
    return restored(request, PERSON, key)


@router.get("/{uuid:key}/consents/", response=list[ConsentOut], operation_id="list_consents")
@needs(VIEW_PEOPLE)
def consents(request: HttpRequest, key: UUID) -> list[Consent]:
    """What holds now, for each address and purpose."""
    return consents_of(_person_or_404(request, key))


@router.post("/{uuid:key}/consents/", response={201: ConsentOut}, operation_id="record_consent")
@needs(EDIT_PEOPLE)
@idempotent(ConsentOut)
def record_consent(request: HttpRequest, key: UUID, sent: ConsentIn) -> Any:
    """Write down a yes or a no; nothing is overwritten."""
    known = _person_or_404(request, key, EDIT_PEOPLE)
    theirs = {row.normalised for row in emails_of([known.pk])[known.pk]}
    if normalised(sent.email) not in theirs:
        raise Problem(422, "email: that is not an address of this person.")
    row = actions.record_consent(**sent.dict(), by=user_of(request), at=timezone.now())
    return Status(201, row)


def _reaches_all(user: User) -> bool:
    return user.scope(EDIT_PEOPLE) is Scope.ALL


def _person_or_404(request: HttpRequest, key: UUID, permission: Permission = VIEW_PEOPLE) -> Person:
    found = person_reached(key, user=user_of(request), permission=permission)
    if found is None:
        raise Http404
    return found


def _fresh(person: Person) -> Person:
    """As it is stored now, whoever may see it from now on."""
    [row] = _STORED.rows(pk=person.pk)
    hold_lists([row])
    return row


_STORED = Prepared(lambda pk: Person.objects.filter(pk=pk).select_related("company", "owner"))
