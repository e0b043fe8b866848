"""Guides and answers over the REST API: /api/v1/discovery/."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

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
from baton.core.api.trash import restored
from baton.core.editing.filling import record_to_fill
from baton.records.audience.models import Persona
from baton.records.discovery import actions
from baton.records.discovery.actions import GUIDE
from baton.records.discovery.forms import meant_form
from baton.records.discovery.models import Discovery, Guide, GuidePersona, GuideQuerySet
from baton.records.discovery.permissions import (
    EDIT_ANSWERS,
    MANAGE_GUIDES,
    VIEW_ANSWERS,
    VIEW_GUIDES,
)
from baton.records.discovery.queries import seen_answers
from baton.records.discovery.rules import Question
from baton.records.people.models import Person

router = Router(tags=["guides"])
Answers = Annotated[dict[str, Annotated[str, Field(max_length=4000)]], Field(max_length=20)]


class QuestionFields(Schema):
    """``fills``: the field that the answer fills, like ``person.job_title`` or
    ``deal.custom.budget``. Send a question's ``code`` back so that it stays the same one."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(max_length=20, pattern="^(q[0-9]{1,6})?$")] = ""
    text: Annotated[str, Field(max_length=250)]
    hint: Annotated[str, Field(max_length=500)] = ""
    fills: Annotated[str, Field(max_length=120)] = ""


class GuideOut(Schema):
    key: UUID
    version: int
    name: str
    questions: list[QuestionFields]
    personas: list[UUID]
    position: int


class GuideFields(Schema):
    """Without personas a guide is for everybody; the first of those is the default."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=80)] = ""
    questions: Annotated[list[QuestionFields], Field(max_length=20)] = []
    personas: Annotated[list[UUID], Field(max_length=50)] = []


class GuidePatch(GuideFields):
    """Only the fields that are sent change; ``version`` is the one you read."""

    version: int
    position: Annotated[int, Field(ge=0, le=999)] = 0


class AnswerOut(Schema):
    code: str
    text: str
    answer: str
    fills: str


class DiscoveryOut(Schema):
    """Each question as it was worded when it was asked."""

    key: UUID
    version: int
    guide_name: str
    guide_version: int
    at: datetime
    by: UUID | None
    answers: list[AnswerOut]


class AnswersIn(Schema):
    """``answers``: by the code of each question, as they would be typed."""

    model_config = ConfigDict(extra="forbid")

    guide: UUID
    answers: Answers


class AnswersPatch(Schema):
    model_config = ConfigDict(extra="forbid")

    version: int
    answers: Answers


@router.get("/", response=Page[GuideOut], operation_id="list_guides")
@needs(VIEW_GUIDES)
def guides(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    page = page_of(_seen(request), cursor=cursor, limit=limit)
    return {**page, "items": _shaped(page["items"])}


@router.get("/{uuid:key}/", response=GuideOut, operation_id="get_guide")
@needs(VIEW_GUIDES)
def guide(request: HttpRequest, key: UUID) -> Any:
    return _shaped([get_object_or_404(_seen(request), key=key)])[0]


@router.post("/", response={201: GuideOut}, operation_id="create_guide")
@needs(MANAGE_GUIDES)
@idempotent(GuideOut)
def create_guide(request: HttpRequest, sent: GuideFields) -> Any:
    made = actions.create_guide(**_values(sent), by=user_of(request), at=timezone.now())
    return Status(201, _shaped([made])[0])


@router.patch("/{uuid:key}/", response=GuideOut, operation_id="edit_guide")
@needs(MANAGE_GUIDES)
def edit_guide(request: HttpRequest, key: UUID, sent: GuidePatch) -> Any:
    """409 when somebody saved since you read `version`. What was answered keeps its words."""
    edited = actions.edit_guide(
        guide=get_object_or_404(_seen(request, MANAGE_GUIDES), key=key),
        values={name: _values(sent)[name] for name in sent.model_fields_set - {"version"}},
        version=sent.version,
        by=user_of(request),
        at=timezone.now(),
    )
    return _shaped([edited])[0]


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_guide")
@needs(MANAGE_GUIDES)
def delete_guide(request: HttpRequest, key: UUID) -> Any:
    """Into the trash; what was answered stays."""
    known = get_object_or_404(_seen(request, MANAGE_GUIDES), key=key)
    actions.trash_guides(guide_ids=[known.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.post("/{uuid:key}/restore/", response={204: None}, operation_id="restore_guide")
@needs(MANAGE_GUIDES)
def restore_guide(request: HttpRequest, key: UUID) -> Any:
    """Out of the trash."""
    return restored(request, GUIDE, key)


@router.get("/people/{uuid:key}/answers/", response=list[DiscoveryOut], operation_id="list_answers")
@needs(VIEW_ANSWERS)
def list_answers(request: HttpRequest, key: UUID) -> Any:
    """What the person told, the latest first; at most 200 times."""
    person = get_object_or_404(Person.objects.visible_to(user_of(request)).living(), key=key)
    rows = Discovery.objects.visible_to(user_of(request)).filter(person=person)
    return [_told(row) for row in rows.select_related("by").order_by("-at", "-pk")[:200]]


@router.post(
    "/people/{uuid:key}/answers/", response={201: DiscoveryOut}, operation_id="answer_guide"
)
@needs(EDIT_ANSWERS)
@idempotent(DiscoveryOut)
def answer_guide(request: HttpRequest, key: UUID, sent: AnswersIn) -> Any:
    """Keep answers and fill fields, as the form does: a filled field gets the answer."""
    user = user_of(request)
    seen = Person.objects.visible_to(user).living().select_related("company")
    person = get_object_or_404(seen, key=key)
    guide = Guide.objects.visible_to(user).filter(key=sent.guide).first()
    if guide is None:
        raise Problem(422, "guide: there is none with this key.")
    form = meant_form(guide, sent.answers, person=person, user=user)
    said = form.said(at=timezone.now()) if form.is_valid() else []
    if form.errors:
        raise Problem(422, form.first_error())
    deal = record_to_fill("deal", person_id=person.pk, user=user)
    kept = actions.answer_guide(
        guide=guide,
        person=person,
        said=said,
        deal_id=deal.pk if deal else None,
        by=user,
        at=timezone.now(),
    )
    return Status(201, _told(kept))


@router.patch("/answers/{uuid:key}/", response=DiscoveryOut, operation_id="edit_answers")
@needs(EDIT_ANSWERS)
def edit_answers(request: HttpRequest, key: UUID, sent: AnswersPatch) -> Any:
    """Other words, by the code of the question; an empty one goes. Fields stay as they are."""
    edited = actions.edit_answers(
        discovery=_answered(request, key),
        answers=sent.answers,
        version=sent.version,
        by=user_of(request),
        at=timezone.now(),
    )
    return _told(edited)


@router.delete("/answers/{uuid:key}/", response={204: None}, operation_id="delete_answers")
@needs(EDIT_ANSWERS)
def delete_answers(request: HttpRequest, key: UUID) -> Any:
    """Into the trash; fields that were filled stay."""
    found = _answered(request, key)
    actions.trash_answers(discovery_ids=[found.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)


def _seen(request: HttpRequest, permission: Permission = VIEW_GUIDES) -> GuideQuerySet:
    return Guide.objects.visible_to(user_of(request), permission)


def _answered(request: HttpRequest, key: UUID) -> Discovery:
    rows = Discovery.objects.visible_to(user_of(request), EDIT_ANSWERS)
    return get_object_or_404(rows.select_related("by"), key=key)


def _values(sent: GuideFields) -> dict[str, Any]:
    """As the actions take it. Raises Problem 422 for a persona that there is not."""
    known = list(Persona.objects.living().filter(key__in=sent.personas))
    if len(known) != len(set(sent.personas)):
        raise Problem(422, "personas: there is none with one of these keys.")
    values: dict[str, Any] = {
        "name": sent.name,
        "questions": [Question(**one.dict()) for one in sent.questions],
        "personas": known,
    }
    return values | ({"position": sent.position} if isinstance(sent, GuidePatch) else {})


def _shaped(guides: Sequence[Guide]) -> list[dict[str, Any]]:
    """With the keys of their personas: one query for all of them."""
    links = GuidePersona.objects.filter(guide__in=guides, persona__deleted_at=None)
    personas: dict[int, list[UUID]] = defaultdict(list)
    for guide_id, key in links.order_by("pk").values_list("guide", "persona__key"):
        personas[guide_id].append(key)
    return [
        {
            "key": guide.key,
            "version": guide.version,
            "name": guide.name,
            "questions": guide.questions,
            "personas": personas[guide.pk],
            "position": guide.position,
        }
        for guide in guides
    ]


def _told(discovery: Discovery) -> dict[str, Any]:
    return {
        "key": discovery.key,
        "version": discovery.version,
        "guide_name": discovery.guide_name,
        "guide_version": discovery.guide_version,
        "at": discovery.at,
        "by": discovery.by.key if discovery.by else None,
        "answers": seen_answers(discovery),
    }
