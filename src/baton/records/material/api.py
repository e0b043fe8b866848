"""Sales material over the REST API: /api/v1/material/."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.core.api.trash import restored
from baton.core.colleagues.queries import find_record
from baton.core.editing.filling import record_to_fill
from baton.records.audience.models import Persona
from baton.records.material import actions
from baton.records.material.actions import MATERIAL
from baton.records.material.models import Material, MaterialQuerySet
from baton.records.material.permissions import EDIT_MATERIAL, SEND_MATERIAL, VIEW_MATERIAL
from baton.records.material.queries import (
    material_beside,
    personas_by_material,
    stage_names,
    today_here,
    use_counts,
)
from baton.records.people.models import Person
from baton.records.purchases.models import Product

router = Router(tags=["material"])
FEW = 20


class MaterialOut(Schema):
    """``sent``: how often it was; ``personas``: empty is everybody."""

    key: UUID
    version: int
    title: str
    sentence: str
    link: str
    stage: str
    personas: list[UUID]
    objection: str
    competitor: str
    product: UUID | None
    language: str
    owner: UUID | None
    valid_until: date | None
    is_retired: bool
    sent: int


class MaterialFields(Schema):
    """``stage``: a code of the buyer's journey; "" is any."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, Field(max_length=160)] = ""
    sentence: Annotated[str, Field(max_length=400)] = ""
    link: Annotated[str, Field(max_length=500)] = ""
    stage: Annotated[str, Field(max_length=12)] = ""
    personas: Annotated[list[UUID], Field(max_length=50)] = []
    objection: Annotated[str, Field(max_length=250)] = ""
    competitor: Annotated[str, Field(max_length=120)] = ""
    product: UUID | None = None
    language: Annotated[str, Field(max_length=10)] = ""
    owner: UUID | None = None
    valid_until: date | None = None
    is_retired: bool = False


class MaterialPatch(MaterialFields):
    """Only the fields that are sent change; ``version`` is the one you read."""

    version: int


class ProposedOut(Schema):
    key: UUID
    title: str
    text: str
    why: list[str]


class SentOut(Schema):
    key: UUID
    material: UUID
    title: str
    version: int
    at: datetime
    by: UUID | None


class BesideOut(Schema):
    """What fits somebody, the best first, and what they were sent, the latest first."""

    proposed: list[ProposedOut]
    sent: list[SentOut]


class SendIn(Schema):
    """Without ``deal`` it is sent in the newest open one that you may edit, if there is one."""

    model_config = ConfigDict(extra="forbid")

    person: UUID
    deal: UUID | None = None


@router.get("/", response=Page[MaterialOut], operation_id="list_material")
@needs(VIEW_MATERIAL)
def library(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    """All of the library, what is retired and out of date among it."""
    page = page_of(_seen(request), cursor=cursor, limit=limit)
    return {**page, "items": _shaped(page["items"])}


@router.get("/{uuid:key}/", response=MaterialOut, operation_id="get_material")
@needs(VIEW_MATERIAL)
def material(request: HttpRequest, key: UUID) -> Any:
    return _shaped([get_object_or_404(_seen(request), key=key)])[0]


@router.post("/", response={201: MaterialOut}, operation_id="create_material")
@needs(EDIT_MATERIAL)
@idempotent(MaterialOut)
def create_material(request: HttpRequest, sent: MaterialFields) -> Any:
    made = actions.create_material(
        values=_values(sent, sent.model_fields_set), by=user_of(request), at=timezone.now()
    )
    return Status(201, _shaped([made])[0])


@router.patch("/{uuid:key}/", response=MaterialOut, operation_id="edit_material")
@needs(EDIT_MATERIAL)
def edit_material(request: HttpRequest, key: UUID, sent: MaterialPatch) -> Any:
    """409 when somebody saved since you read `version`."""
    edited = actions.edit_material(
        material=get_object_or_404(_seen(request, EDIT_MATERIAL), key=key),
        values=_values(sent, sent.model_fields_set - {"version"}),
        version=sent.version,
        by=user_of(request),
        at=timezone.now(),
    )
    return _shaped([edited])[0]


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_material")
@needs(EDIT_MATERIAL)
def delete_material(request: HttpRequest, key: UUID) -> Any:
    """Into the trash; what was sent stays on timelines."""
    known = get_object_or_404(_seen(request, EDIT_MATERIAL), key=key)
    actions.trash_material(material_ids=[known.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.post("/{uuid:key}/restore/", response={204: None}, operation_id="restore_material")
@needs(EDIT_MATERIAL)
def restore_material(request: HttpRequest, key: UUID) -> Any:
    """Out of the trash."""
    return restored(request, MATERIAL, key)


@router.get("/people/{uuid:key}/", response=BesideOut, operation_id="material_for_person")
@needs(SEND_MATERIAL)
def beside(request: HttpRequest, key: UUID) -> Any:
    """At most 20 of each."""
    user = user_of(request)
    person = get_object_or_404(Person.objects.visible_to(user).living(), key=key)
    found = material_beside(person, user=user, at=timezone.now(), most=FEW)
    return {
        "proposed": [
            {"key": one.material.key, "title": one.material.title, "text": one.text, "why": one.why}
            for one in found["proposed"]
        ],
        "sent": [_sent(one.use) for one in found["sent"]],
    }


@router.post("/{uuid:key}/send/", response={201: SentOut}, operation_id="send_material")
@needs(SEND_MATERIAL)
@idempotent(SentOut)
def send_material(request: HttpRequest, key: UUID, sent: SendIn) -> Any:
    """Write down that you sent it: no mail leaves the house by this."""
    user, now = user_of(request), timezone.now()
    known = get_object_or_404(Material.objects.visible_to(user), key=key)
    person = get_object_or_404(Person.objects.visible_to(user), key=sent.person)
    deal = (find_record("deal", sent.deal, user=user, to_edit=False) if sent.deal else None) or (
        None,
        record_to_fill("deal", person_id=person.pk, user=user) if not sent.deal else None,
    )
    if sent.deal and deal[1] is None:
        raise Problem(404, "deal: there is none with this key.")
    use, _batch = actions.send_material(
        material=known,
        person=person,
        deal_id=deal[1].pk if deal[1] else None,
        by=user,
        at=now,
        today=today_here(now),
    )
    return Status(201, _sent(use))


def _seen(request: HttpRequest, permission: Permission = VIEW_MATERIAL) -> MaterialQuerySet:
    rows = Material.objects.visible_to(user_of(request), permission)
    return rows.select_related("product", "owner")


def _values(sent: MaterialFields, names: set[str]) -> dict[str, Any]:
    """As the actions take it. Raises Problem 422 for what there is not."""
    values = {name: getattr(sent, name) for name in names}
    if sent.stage and sent.stage not in stage_names():
        raise Problem(422, "stage: the buyer's journey has none with this code.")
    if "personas" in values:
        values["personas"] = list(Persona.objects.living().filter(key__in=sent.personas))
        if len(values["personas"]) != len(set(sent.personas)):
            raise Problem(422, "personas: there is none with one of these keys.")
    for name, rows in (("product", Product.objects.living()), ("owner", _owners())):
        if values.get(name):
            values[name] = rows.filter(key=values[name]).first()
            if values[name] is None:
                raise Problem(422, f"{name}: there is none with this key.")
    return values


def _owners() -> Any:
    return User.objects.filter(is_active=True, deleted_at=None)


def _shaped(rows: Sequence[Material]) -> list[dict[str, Any]]:
    """With whom they are for and how often they were sent: two queries for all of them."""
    ids = [one.pk for one in rows]
    personas, counts = personas_by_material(ids), use_counts(ids)
    plain = ("key", "version", "title", "sentence", "link", "stage", "objection", "competitor")
    return [
        {name: getattr(one, name) for name in (*plain, "language", "valid_until", "is_retired")}
        | {
            "personas": [each.key for each in personas[one.pk] if each.deleted_at is None],
            "product": one.product.key if one.product else None,
            "owner": one.owner.key if one.owner else None,
            "sent": counts.get(one.pk, 0),
        }
        for one in rows
    ]


def _sent(use: Any) -> dict[str, Any]:
    return {
        "key": use.key,
        "material": use.material.key,
        "title": use.title,
        "version": use.material_version,
        "at": use.at,
        "by": use.by.key if use.by else None,
    }
