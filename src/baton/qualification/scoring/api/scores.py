"""The score of a person and why, and the rules behind it."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from baton.core.access.models import User
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.qualification.scoring.models import ScoreRule
from baton.qualification.scoring.permissions import VIEW_SCORES
from baton.qualification.scoring.queries import explain
from baton.records.people.models import Person

router = Router()


class PartOut(Schema):
    """One reason: signed points as of when it happened; ``when`` is of the latest time."""

    kind: str
    points: int
    words: str
    count: int
    when: datetime | None


class ScoreOut(Schema):
    """The points of the parts and ``faded`` add up to ``score``."""

    person: UUID
    score: int
    fit: int
    engagement: int
    faded: int
    parts: list[PartOut]


class ScoreRuleOut(Schema):
    key: UUID
    name: str
    kind: str
    points: int
    condition: dict[str, Any] | None
    fact: str
    match: dict[str, Any]
    half_life_days: int | None
    expires_days: int | None
    cap: int | None
    is_active: bool


@router.get("/people/{uuid:key}/", response=ScoreOut, operation_id="explain_score")
@needs(VIEW_SCORES)
def score(request: HttpRequest, key: UUID) -> Any:
    """The score now, and in signed points why it is that."""
    user = cast(User, request.user)
    person = get_object_or_404(Person.objects.visible_to(user).living(), key=key)
    found = explain(person, timezone.now())
    return {
        "person": person.key,
        "score": found.figures.score,
        "fit": found.figures.fit,
        "engagement": found.figures.engagement,
        "faded": found.faded,
        "parts": found.parts,
    }


@router.get("/rules/", response=Page[ScoreRuleOut], operation_id="list_score_rules")
@needs(VIEW_SCORES)
def rules(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    """The rules that give points, or could."""
    rows = ScoreRule.objects.visible_to(cast(User, request.user)).living()
    return page_of(rows, cursor=cursor, limit=limit)
