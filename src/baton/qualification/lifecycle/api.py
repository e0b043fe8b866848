"""Where people stand, over /api/v1/lifecycle/."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.responses import Status

from baton.core.api.days import Day
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.qualification.lifecycle import actions, queries
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.permissions import MOVE_STAGES, VIEW_STAGES
from baton.qualification.lifecycle.rules import Stage
from baton.records.people.models import Company, Person

router = Router(tags=["lifecycle"])


class ChangeOut(Schema):
    """``is_overtaken``: a further stage has an earlier date, so this one moved nothing."""

    from_stage: str
    to_stage: str
    at: datetime
    is_back: bool
    is_overtaken: bool
    cause: str
    reason: str
    by: str
    owner: str

    @staticmethod
    def resolve_by(row: StageChange) -> str:
        return row.by.name if row.by else ""

    @staticmethod
    def resolve_owner(row: StageChange) -> str:
        return row.owner.name if row.owner else ""


class StageMoveIn(Schema):
    to_stage: Stage
    reason: str = Field(min_length=1, max_length=250)


class MovedOut(Schema):
    """Where the person stands now."""

    person: UUID
    stage: str
    stage_at: datetime


class CompanyStageIn(Schema):
    stage: Stage | None
    reason: str = Field("", max_length=250)


class CompanyStageOut(Schema):
    """``stage_reason``: why somebody set it by hand; empty where it follows people and deals."""

    key: UUID
    stage: str
    stage_at: datetime | None
    stage_reason: str


class CountsOut(Schema):
    """How many people stood in each stage at the end of the day."""

    on: date
    stages: dict[str, int]


@router.get("/people/{uuid:key}/changes", response=list[ChangeOut])
@needs(VIEW_STAGES)
def list_changes(request: Any, key: UUID) -> list[StageChange]:
    """All moves of a person in order of time."""
    person = get_object_or_404(Person.objects.visible_to(request.user, VIEW_STAGES), key=key)
    return queries.history_of(person)


@router.post("/people/{uuid:key}/move", response={201: MovedOut})
@needs(MOVE_STAGES)
@idempotent(MovedOut)
def move(request: Any, key: UUID, data: StageMoveIn) -> Status[dict[str, Any]]:
    """Move a person forward or back by hand, and say why."""
    person = get_object_or_404(Person.objects.visible_to(request.user, MOVE_STAGES), key=key)
    actions.move_by_hand(
        person=person,
        to_stage=data.to_stage,
        reason=data.reason,
        by=request.user,
        at=timezone.now(),
    )
    person.refresh_from_db()
    moved = {"person": person.key, "stage": person.stage, "stage_at": person.stage_at}
    return Status(201, moved)


@router.put("/companies/{uuid:key}/stage", response=CompanyStageOut)
@needs(MOVE_STAGES)
def set_company_stage(request: Any, key: UUID, data: CompanyStageIn) -> Company:
    """Set the stage of a company by hand and say why; null: it follows its people and deals."""
    company = get_object_or_404(Company.objects.visible_to(request.user, MOVE_STAGES), key=key)
    by, at = request.user, timezone.now()
    if data.stage is None:
        actions.free_company_stage(company=company, by=by, at=at)
    else:
        actions.set_company_stage(
            company=company, to_stage=data.stage, reason=data.reason, by=by, at=at
        )
    company.refresh_from_db()
    return company


@router.get("/stages", response=CountsOut)
@needs(VIEW_STAGES)
def count_stages(request: Any, on: Day | None = None) -> dict[str, Any]:
    """How many of the people whom the key's user sees stood where on a day, or today."""
    day = on or timezone.localdate()
    counts = queries.stages_on(day, people=Person.objects.visible_to(request.user))
    return {"on": day, "stages": counts}
