"""A draft tried on the past over /api/v1/scoring/: ask, watch, stop, read what it would change."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema
from ninja.responses import Status

from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.qualification.scoring import actions, tasks
from baton.qualification.scoring.api.scores import router
from baton.qualification.scoring.models import ScoreModel, ScoreTrial, TrialPerson
from baton.qualification.scoring.permissions import MANAGE_SCORES, VIEW_SCORES
from baton.qualification.scoring.queries import tried
from baton.qualification.scoring.queries.terms import is_stale
from baton.qualification.scoring.rules.trials import TrialState, Who


class TrialIn(Schema):
    """``days``: 30, 90, 180 or 365. ``threshold``: whoever passes it counts as handed off."""

    days: int
    threshold: int | None = Field(None, ge=1)


class TrialOut(Schema):
    """``state``: running, done, stopped or failed. ``is_stale``: the draft, or the version in use,
    is another now than the one that was tried."""

    key: UUID
    model: UUID
    state: str
    since: datetime
    until: datetime
    threshold: int | None
    people_done: int
    facts_done: int
    facts_total: int | None
    asked_at: datetime
    ended_at: datetime | None
    is_stale: bool

    @staticmethod
    def resolve_model(trial: ScoreTrial) -> UUID:
        return trial.model.key

    @staticmethod
    def resolve_is_stale(trial: ScoreTrial) -> bool:
        return trial.state == TrialState.DONE and is_stale(trial)


class BecameOut(Schema):
    outcome: str
    people: int


class GroupOut(Schema):
    """Of those whom one version hands off, or both, how many there are and what they became."""

    who: str
    people: int
    became: list[BecameOut]


class TrialResultOut(TrialOut):
    """Of the people whom the key's user sees; empty until the trial is done. ``groups`` need a
    threshold and a version in use: used, draft, both, gained (by the draft alone), lost."""

    grades_used: dict[str, int]
    grades_draft: dict[str, int]
    better: int
    worse: int
    groups: list[GroupOut]


class TriedPersonOut(Schema):
    """What both versions say of somebody; ``…_at``: when they passed the threshold."""

    person: UUID
    used_score: int
    used_grade: str
    used_at: datetime | None
    draft_score: int
    draft_grade: str
    draft_at: datetime | None

    @staticmethod
    def resolve_person(row: TrialPerson) -> UUID:
        return row.person.key


def _trials(request: HttpRequest, permission: Any = VIEW_SCORES) -> Any:
    rows = ScoreTrial.objects.visible_to(user_of(request), permission)
    return rows.filter(model__deleted_at=None).select_related("model__persona")


def _model(request: HttpRequest, key: UUID, permission: Any = VIEW_SCORES) -> ScoreModel:
    return get_object_or_404(ScoreModel.objects.visible_to(user_of(request), permission), key=key)


@router.get("/models/{uuid:key}/trials/", response=Page[TrialOut], operation_id="list_score_trials")
@needs(VIEW_SCORES)
def trials(request: HttpRequest, key: UUID, cursor: str = "", limit: int = 50) -> Any:
    """Of one version, in the order in which they were asked for."""
    rows = _trials(request).filter(model=_model(request, key))
    return page_of(rows, cursor=cursor, limit=limit)


@router.post("/models/{uuid:key}/trials/", response={201: TrialOut}, operation_id="try_score_model")
@needs(MANAGE_SCORES)
@idempotent(TrialOut)
def try_model(request: HttpRequest, key: UUID, sent: TrialIn) -> Any:
    """A job follows everybody's past by this draft; nobody's score is changed by it."""
    made = actions.ask_for_trial(
        model=_model(request, key, MANAGE_SCORES),
        by=user_of(request),
        at=timezone.now(),
        **sent.dict(),
    )
    tasks.run_trial.enqueue(trial_id=made.pk)
    return Status(201, made)


@router.get("/trials/{uuid:key}/", response=TrialResultOut, operation_id="get_score_trial")
@needs(VIEW_SCORES)
def trial(request: HttpRequest, key: UUID) -> Any:
    """How far it is, then what the draft would have changed."""
    found = get_object_or_404(_trials(request), key=key)
    for name, value in _result(found, user=user_of(request)).items():
        setattr(found, name, value)
    return found


@router.get(
    "/trials/{uuid:key}/people/",
    response=Page[TriedPersonOut],
    operation_id="list_people_of_score_trial",
)
@needs(VIEW_SCORES)
def people(
    request: HttpRequest,
    key: UUID,
    *,
    who: str = "",
    side: str = "draft",
    grade: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Any:
    """Those behind a figure: by ``who`` hands them off (used, draft, both, gained, lost), by their
    ``grade`` on one ``side`` (used or draft)."""
    user, found = user_of(request), get_object_or_404(_trials(request), key=key)
    asked = {"who": who, "side": side, "grade": grade}
    rows = tried.narrowed_by(found, tried.people_tried(found, user=user), asked, user=user)
    if rows is None:
        raise Problem(422, "who is used, draft, both, gained or lost; side is used or draft.")
    return page_of(rows.select_related("person"), cursor=cursor, limit=limit)


@router.post("/trials/{uuid:key}/stop/", response=TrialOut, operation_id="stop_score_trial")
@needs(MANAGE_SCORES)
def stop(request: HttpRequest, key: UUID) -> Any:
    """What was found so far is thrown away; one that is over stays as it is."""
    found = get_object_or_404(_trials(request, MANAGE_SCORES), key=key)
    actions.stop_trial(trial=found, at=timezone.now())
    found.refresh_from_db()
    return found


def _result(found: ScoreTrial, *, user: User) -> dict[str, Any]:
    if found.state != TrialState.DONE:
        return {"grades_used": {}, "grades_draft": {}, "better": 0, "worse": 0, "groups": []}
    rows = tried.people_tried(found, user=user)
    better, worse = tried.moved_between(rows) if found.used else (0, 0)
    has_groups = found.threshold and found.used
    groups = [tried.group_of(found, who, user=user, rows=rows) for who in Who if has_groups]
    return {
        "grades_used": tried.grades_tried(rows, side="used") if found.used else {},
        "grades_draft": tried.grades_tried(rows, side="draft"),
        "better": better,
        "worse": worse,
        "groups": [
            {
                "who": one.who,
                "people": one.count,
                "became": [
                    {"outcome": each.outcome.name, "people": each.count} for each in one.became
                ],
            }
            for one in groups
        ],
    }
