"""Relations over the REST API: /api/v1/relations/."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.records.people.models import Company, Person
from baton.records.relations import actions
from baton.records.relations.models import Relation, RelationQuerySet
from baton.records.relations.permissions import EDIT_RELATIONS, VIEW_RELATIONS
from baton.records.relations.queries import told_title, writes_titles
from baton.records.relations.rules import LONGEST_TITLE, RelationKind

router = Router(tags=["relations"])


class EndOut(Schema):
    key: UUID
    name: str


class RelationOut(Schema):
    """``kind`` is what the person is to the other, or at the company."""

    key: UUID
    person: EndOut
    kind: str
    other: EndOut | None
    company: EndOut | None
    title: str
    since: date | None
    until: date | None
    is_past: bool
    version: int

    @staticmethod
    def resolve_person(relation: Relation) -> Any:
        return _end(relation.person)

    @staticmethod
    def resolve_other(relation: Relation) -> Any:
        return _end(relation.other)

    @staticmethod
    def resolve_company(relation: Relation) -> Any:
        return _end(relation.company)

    @staticmethod
    def resolve_title(relation: Relation) -> str:
        return told_title(relation)


class RelationIn(Schema):
    """Either ``other``, a person, or ``company``."""

    model_config = ConfigDict(extra="forbid")

    person: UUID
    kind: RelationKind
    other: UUID | None = None
    company: UUID | None = None
    title: Annotated[str, Field(max_length=LONGEST_TITLE)] = ""
    since: date | None = None
    until: date | None = None
    is_past: bool = False


@router.get("/", response=Page[RelationOut], operation_id="list_relations")
@needs(VIEW_RELATIONS)
def relations(
    request: HttpRequest,
    cursor: str = "",
    limit: int = 50,
    person: UUID | None = None,
    company: UUID | None = None,
) -> Any:
    """In the order in which they were written down; of a person, either way round, or a company."""
    rows = _seen(request)
    if person:
        rows = rows.filter(Q(person__key=person) | Q(other__key=person))
    if company:
        rows = rows.filter(company__key=company)
    return page_of(rows, cursor=cursor, limit=limit)


@router.get("/{uuid:key}/", response=RelationOut, operation_id="get_relation")
@needs(VIEW_RELATIONS)
def relation(request: HttpRequest, key: UUID) -> Any:
    return get_object_or_404(_seen(request), key=key)


@router.post("/", response={201: RelationOut}, operation_id="create_relation")
@needs(EDIT_RELATIONS)
@idempotent(RelationOut)
def create_relation(request: HttpRequest, sent: RelationIn) -> Any:
    """409 for what is written down already, or cannot be."""
    if sent.title and not writes_titles():
        raise Problem(422, "title: your role may not write it.")
    user = user_of(request)
    people = Person.objects.visible_to(user)
    person = _named(people, sent.person, "person")
    other = _named(people, sent.other, "other") if sent.other else None
    company = (
        _named(Company.objects.visible_to(user), sent.company, "company") if sent.company else None
    )
    mine = Person.objects.visible_to(user, EDIT_RELATIONS)
    if not mine.filter(pk__in=[one.pk for one in (person, other) if one]).exists():
        raise Problem(422, "person: none of them is yours to edit.")
    made = actions.add_relation(
        ends=actions.Ends(person=person, kind=sent.kind, other=other, company=company),
        title=sent.title,
        since=sent.since,
        until=sent.until,
        is_past=sent.is_past,
        by=user,
        at=timezone.now(),
    )
    return Status(201, made)


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_relation")
@needs(EDIT_RELATIONS)
def delete_relation(request: HttpRequest, key: UUID) -> Any:
    """It was written down by mistake."""
    known = get_object_or_404(_seen(request, EDIT_RELATIONS), key=key)
    actions.remove_relation(relation=known, by=user_of(request), at=timezone.now())
    return Status(204, None)


def _seen(request: HttpRequest, permission: Permission = VIEW_RELATIONS) -> RelationQuerySet:
    rows = Relation.objects.visible_to(user_of(request), permission)
    return rows.select_related("person", "other", "company")


def _named(rows: Any, key: UUID, name: str) -> Any:
    found = rows.filter(key=key).first()
    if found is None:
        raise Problem(422, f"{name}: there is none with this key that you may see.")
    return found


def _end(record: Person | Company | None) -> dict[str, Any] | None:
    return {"key": record.key, "name": str(record)} if record else None
