"""How a score came to be, over the API: the steps that its page draws."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.qualification.scoring.api.scores import router
from baton.qualification.scoring.permissions import VIEW_SCORES
from baton.qualification.scoring.queries.past import (
    Past,
    past_of_company,
    past_of_deal,
    past_of_person,
)
from baton.qualification.scoring.rules.models import About
from baton.qualification.scoring.slots import score_marks, scored_kinds, thresholds
from baton.records.people.models import Company, Person


class StepOut(Schema):
    """From ``former`` to ``score`` points. ``is_fading``: by the passing of time; ``cause``: what
    moved it, as the timeline calls it, empty where nothing single did."""

    at: datetime
    former: int
    score: int
    fit: int
    engagement: int
    is_fading: bool
    cause: str


class MarkOut(Schema):
    """What became of them: a handoff, a verdict."""

    at: datetime
    words: str


class PastOut(Schema):
    """The oldest first. ``is_cut``: there are older steps than the latest 400; ``threshold``: the
    points from which one is handed off, 0 where nothing is agreed, or of a company or a deal."""

    steps: list[StepOut]
    is_cut: bool
    threshold: int
    marks: list[MarkOut]


@router.get("/people/{uuid:key}/past/", response=PastOut, operation_id="score_past_of_person")
@needs(VIEW_SCORES)
def person_past(request: HttpRequest, key: UUID) -> Any:
    """The main score of a person over time, what moved it, and what became of them."""
    user = user_of(request)
    person = get_object_or_404(Person.objects.visible_to(user).living(), key=key)
    marks = [mark for tell in score_marks for mark in tell(person, user)]
    return _told(past_of_person(person, user=user)) | {
        "threshold": max((ask() for ask in thresholds), default=0),
        "marks": [
            {"at": mark.at, "words": str(mark.words)}
            for mark in sorted(marks, key=lambda one: one.at)
        ],
    }


@router.get("/companies/{uuid:key}/past/", response=PastOut, operation_id="score_past_of_company")
@needs(VIEW_SCORES)
def company_past(request: HttpRequest, key: UUID) -> Any:
    """The score of a company over time, by the model about companies."""
    company = get_object_or_404(Company.objects.visible_to(user_of(request)).living(), key=key)
    return _told(past_of_company(company)) | {"threshold": 0, "marks": []}


@router.get("/deals/{uuid:key}/past/", response=PastOut, operation_id="score_past_of_deal")
@needs(VIEW_SCORES)
def deal_past(request: HttpRequest, key: UUID) -> Any:
    """The score of a deal over time, by the model about deals."""
    kind = scored_kinds.find(About.DEAL)
    if kind is None:
        raise Http404
    deal = get_object_or_404(kind.seen(user_of(request)), key=key)
    return _told(past_of_deal(deal.pk)) | {"threshold": 0, "marks": []}


def _told(past: Past) -> dict[str, Any]:
    steps = [
        {
            "at": step.at,
            "former": step.former,
            "score": step.score,
            "fit": step.fit,
            "engagement": step.engagement,
            "is_fading": step.is_fading,
            "cause": past.causes.get(step.fact_id, ""),
        }
        for step in past.steps
    ]
    return {"steps": steps, "is_cut": past.is_cut}
