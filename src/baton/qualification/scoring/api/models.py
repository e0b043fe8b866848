"""Score models over /api/v1/scoring/: read, draft, try on the past, put to use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema
from ninja.responses import Status

from baton.core.access.models import User
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.qualification.scoring import actions
from baton.qualification.scoring.api.scores import PartOut, ScoreRuleOut, router
from baton.qualification.scoring.models import ScoreModel, ScoreRule
from baton.qualification.scoring.permissions import MANAGE_SCORES, VIEW_SCORES
from baton.qualification.scoring.queries import (
    Explanation,
    all_parts_of,
    explain_parts,
    is_member,
    live_models,
)
from baton.qualification.scoring.rules.grading import grade_of
from baton.records.people.models import Person


class ScoreModelOut(Schema):
    """One version; versions of a model share ``line``. ``state``: draft, live or retired."""

    key: UUID
    line: UUID
    edition: int
    name: str
    about: str
    state: str
    is_main: bool
    persona: str
    product: str
    fit_bands: list[int]
    engagement_bands: list[int]
    live_since: datetime | None
    note: str

    @staticmethod
    def resolve_persona(row: ScoreModel) -> str:
        return row.persona.name if row.persona else ""

    @staticmethod
    def resolve_product(row: ScoreModel) -> str:
        return row.product.name if row.product else ""


class WholeModelOut(ScoreModelOut):
    rules: list[ScoreRuleOut]

    @staticmethod
    def resolve_rules(row: ScoreModel) -> list[ScoreRule]:
        return list(row.rules.living().order_by("position", "pk"))


class UseIn(Schema):
    """Why this version counts from now on."""

    note: str = Field("", max_length=250)


class ModelScoreOut(Schema):
    """What one model in use says: the points of the parts and ``faded`` add up to ``score``."""

    model: UUID
    name: str
    is_main: bool
    score: int
    fit: int
    engagement: int
    grade: str
    faded: int
    parts: list[PartOut]


def _models(request: HttpRequest, permission: Any = VIEW_SCORES) -> Any:
    rows = ScoreModel.objects.visible_to(cast(User, request.user), permission)
    return rows.select_related("persona", "product")


@router.get("/models/", response=Page[ScoreModelOut], operation_id="list_score_models")
@needs(VIEW_SCORES)
def models(
    request: HttpRequest, state: str = "", about: str = "", cursor: str = "", limit: int = 50
) -> Any:
    """All versions of all models, or those in a state, or about people, companies or deals."""
    asked: Mapping[str, str] = {"state": state, "about": about}
    rows = _models(request).filter(**{name: value for name, value in asked.items() if value})
    return page_of(rows, cursor=cursor, limit=limit)


@router.get("/models/{uuid:key}/", response=WholeModelOut, operation_id="read_score_model")
@needs(VIEW_SCORES)
def model(request: HttpRequest, key: UUID) -> Any:
    """One version with its rules."""
    return get_object_or_404(_models(request), key=key)


@router.post(
    "/models/{uuid:key}/draft", response={201: WholeModelOut}, operation_id="draft_score_model"
)
@needs(MANAGE_SCORES)
@idempotent(WholeModelOut)
def draft(request: HttpRequest, key: UUID) -> Any:
    """The next version with the same rules. It gives nobody points until it is put to use."""
    found = get_object_or_404(_models(request, MANAGE_SCORES), key=key)
    made = actions.draft_of(found, by=cast(User, request.user), at=timezone.now())
    return Status(201, made)


@router.post("/models/{uuid:key}/use", response=WholeModelOut, operation_id="use_score_model")
@needs(MANAGE_SCORES)
def use(request: HttpRequest, key: UUID, data: UseIn) -> Any:
    """This version counts from now on, its forerunner no more; everybody is scored anew."""
    found = get_object_or_404(_models(request, MANAGE_SCORES), key=key)
    by = cast(User, request.user)
    actions.put_to_use(model=found, note=data.note, by=by, at=timezone.now())
    found.refresh_from_db()
    return found


@router.get(
    "/people/{uuid:key}/models/", response=list[ModelScoreOut], operation_id="explain_scores"
)
@needs(VIEW_SCORES)
def scores(request: HttpRequest, key: UUID) -> Any:
    """What each model in use that is about this person says, and why; the main one first."""
    people = Person.objects.visible_to(cast(User, request.user)).living()
    person, at = get_object_or_404(people, key=key), timezone.now()
    parts = all_parts_of([person.pk])[person.pk]
    about = [one for one in live_models() if is_member(person.persona, model=one)]
    return [_score(one, explain_parts(parts.get(one.pk, ()), at=at)) for one in about]


def _score(model: ScoreModel, found: Explanation) -> dict[str, Any]:
    total = found.figures
    return {
        "model": model.key,
        "name": model.name,
        "is_main": model.is_main,
        "score": total.score,
        "fit": total.fit,
        "engagement": total.engagement,
        "grade": grade_of(fit=total.fit, engagement=total.engagement, bands=model.bands),
        "faded": found.faded,
        "parts": found.parts,
    }
