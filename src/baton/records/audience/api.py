"""Personas over the REST API: /api/v1/audience/."""

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
from baton.core.api.conditions import read_condition
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.core.api.trash import restored
from baton.records.audience import actions
from baton.records.audience.actions.personas import PERSONA
from baton.records.audience.models import Persona, PersonaAssignment, PersonaQuerySet
from baton.records.audience.permissions import EDIT_PERSONAS, VIEW_PERSONAS
from baton.records.audience.rules import MOST_SENTENCES, clean_lines
from baton.records.audience.trying import try_on, try_sentences
from baton.records.people.models import Person
from baton.records.people.permissions import EDIT_PEOPLE

router = Router(tags=["personas"])
Sentences = Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=50)]


class PersonaOut(Schema):
    key: UUID
    version: int
    name: str
    motivations: list[str]
    pains: list[str]
    objections: list[str]
    sentences: list[str]
    rule: dict[str, Any] | None
    position: int


class PersonaFields(Schema):
    """``rule`` is a filter over people; without one the persona is given by hand only."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=80)] = ""
    motivations: Sentences = []
    pains: Sentences = []
    objections: Sentences = []
    sentences: Sentences = []
    rule: dict[str, Any] | None = None
    position: Annotated[int, Field(ge=0, le=999)] = 0


class PersonaPatch(PersonaFields):
    """Only the fields that are sent change; ``version`` is the one you read."""

    version: int


class SentencesIn(Schema):
    """``person``: on whom they are tried; without one the latest of the ``persona``, or of all, to
    whom one of them can be said."""

    model_config = ConfigDict(extra="forbid")

    sentences: Annotated[Sentences, Field(min_length=1, max_length=MOST_SENTENCES)]
    persona: UUID | None = None
    person: UUID | None = None


class TriedLineOut(Schema):
    """``text``: as it would be said, with the ``facts`` it tells of; empty for what it ``lacks``,
    in words."""

    sentence: str
    text: str
    facts: list[str]
    lacks: list[str]


class SentencesTriedOut(Schema):
    """No ``person``: there is nobody to try them on, ``why`` says so."""

    person: UUID | None
    lines: list[TriedLineOut]
    why: str


class AssignmentIn(Schema):
    """No persona hands the person back to the rules."""

    model_config = ConfigDict(extra="forbid")

    persona: UUID | None


class AssignmentOut(Schema):
    person: UUID
    persona: UUID | None
    is_by_hand: bool


@router.get("/", response=Page[PersonaOut], operation_id="list_personas")
@needs(VIEW_PERSONAS)
def personas(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    return page_of(_seen(request), cursor=cursor, limit=limit)


@router.get("/{uuid:key}/", response=PersonaOut, operation_id="get_persona")
@needs(VIEW_PERSONAS)
def persona(request: HttpRequest, key: UUID) -> Any:
    return get_object_or_404(_seen(request), key=key)


@router.post("/", response={201: PersonaOut}, operation_id="create_persona")
@needs(EDIT_PERSONAS)
@idempotent(PersonaOut)
def create_persona(request: HttpRequest, sent: PersonaFields) -> Any:
    values = _values(sent)
    values.setdefault("name", "")
    return Status(
        201, actions.create_persona(values=values, by=user_of(request), at=timezone.now())
    )


@router.patch("/{uuid:key}/", response=PersonaOut, operation_id="edit_persona")
@needs(EDIT_PERSONAS)
def edit_persona(request: HttpRequest, key: UUID, sent: PersonaPatch) -> Any:
    """409 when somebody saved since you read ``version``."""
    return actions.edit_persona(
        persona=get_object_or_404(_seen(request, EDIT_PERSONAS), key=key),
        values=_values(sent),
        version=sent.version,
        by=user_of(request),
        at=timezone.now(),
    )


def _values(sent: PersonaFields) -> dict[str, Any]:
    values = sent.dict(exclude_unset=True, exclude={"version"})
    if values.get("rule"):
        read_condition(values["rule"], object_type="person", name="rule")
    return values


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_persona")
@needs(EDIT_PERSONAS)
def delete_persona(request: HttpRequest, key: UUID) -> Any:
    """Into the trash; whom it fitted is asked of the other rules."""
    known = get_object_or_404(_seen(request, EDIT_PERSONAS), key=key)
    actions.trash_personas(persona_ids=[known.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.post("/{uuid:key}/restore/", response={204: None}, operation_id="restore_persona")
@needs(EDIT_PERSONAS)
def restore_persona(request: HttpRequest, key: UUID) -> Any:
    """Out of the trash."""
    return restored(request, PERSONA, key)


@router.post("/try/", response=SentencesTriedOut, operation_id="try_sentences")
@needs(EDIT_PERSONAS)
def try_sentences_out(request: HttpRequest, sent: SentencesIn) -> Any:
    """What sales would say to somebody by these sentences; nothing is written."""
    user, now = user_of(request), timezone.now()
    persona = _named(sent.persona)
    sentences = clean_lines(sent.sentences)
    if sent.person:
        tried = try_on(sentences, key=sent.person, user=user, now=now)
    else:
        tried = try_sentences(sentences, persona=persona, who="", user=user, now=now)
    if tried is None:
        raise Problem(422, "person: there is none with this key whom you see.")
    return {
        "person": tried.person.key if tried.person else None,
        "lines": tried.lines,
        "why": tried.why,
    }


@router.put("/people/{uuid:key}/", response=AssignmentOut, operation_id="assign_persona")
@needs(EDIT_PEOPLE)
def assign_persona(request: HttpRequest, key: UUID, sent: AssignmentIn) -> Any:
    """A colleague's word outranks the rules."""
    user = user_of(request)
    person = get_object_or_404(Person.objects.visible_to(user, EDIT_PEOPLE), key=key)
    chosen = _named(sent.persona)
    actions.assign_by_hand(person=person, persona=chosen, by=user, at=timezone.now())
    link = PersonaAssignment.objects.filter(person=person).select_related("persona").first()
    return {
        "person": person.key,
        "persona": link.persona.key if link else None,
        "is_by_hand": bool(link and link.is_by_hand),
    }


def _named(key: UUID | None) -> Persona | None:
    """422 for a key that is no persona's."""
    found = Persona.objects.living().filter(key=key).first() if key else None
    if key and found is None:
        raise Problem(422, "persona: there is none with this key.")
    return found


def _seen(request: HttpRequest, permission: Permission = VIEW_PERSONAS) -> PersonaQuerySet:
    return Persona.objects.visible_to(user_of(request), permission)
