from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.insight.analytics.api.asking import days_of
from baton.insight.analytics.api.schemas import (
    Asked,
    DealBehindOut,
    PaceStep,
    PersonBehindOut,
    ReportDay,
    Text,
    VelocityBy,
    VelocityColumn,
)
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.plain import velocity_told
from baton.insight.analytics.queries import (
    UnknownGroup,
    VelocityQuestion,
    among,
    deals_of_stage,
    deals_of_velocity,
    group_named,
    people_of_step,
    today,
)
from baton.records.people.models import Person
from baton.sales.deals.models import Deal, Stage

router = Router()


class VelocityAsked(Asked):
    by: VelocityBy = "rep"


class VelocityDealsAsked(VelocityAsked):
    """Of a figure: ``group`` is the ``key`` of a row, ``month`` the ``group`` of one. Or those that
    left ``stage``, the ``key`` of a stage."""

    column: VelocityColumn = "won"
    group: Text | None = None
    stage: UUID | None = None
    month: ReportDay | None = None
    cursor: str = ""
    limit: int = 50


class VelocityPeopleAsked(VelocityAsked):
    """``step`` is the ``to`` of a line of ``steps``."""

    step: PaceStep = "mql"
    month: ReportDay | None = None
    cursor: str = ""
    limit: int = 50


class VelocityRowOut(Schema):
    """A group, the totals, or a month by its first day (open at its end). Velocity is a day's."""

    key: str | None
    group: str
    open: int
    won: int
    lost: int
    average_won: float | None
    win_rate: float | None
    mean_days: float | None
    sales_velocity: float | None


class StayOut(Schema):
    """Without a month it is of the whole period."""

    month: date | None
    count: int
    median_days: float | None
    nine_in_ten_days: float | None


class StepStayOut(StayOut):
    to: PaceStep


class StageStayOut(StayOut):
    key: str
    stage: str


class VelocityOut(Schema):
    report: Literal["velocity"]
    by: VelocityBy
    from_on: date | None = Field(alias="from")
    to_on: date | None = Field(alias="to")
    rows: list[VelocityRowOut]
    totals: VelocityRowOut
    months: list[VelocityRowOut]
    steps: list[StepStayOut]
    stages: list[StageStayOut]


@router.get("/", response=VelocityOut, by_alias=True, operation_id="report_velocity")
@needs(VIEW_REPORTS)
def velocity_report(request: HttpRequest, asked: Query[VelocityAsked]) -> Any:
    """Money a day by group and month, and how long steps and stages take."""
    return velocity_told(_question(request, asked))


@router.get("/deals/", response=Page[DealBehindOut], operation_id="report_velocity_deals")
@needs(VIEW_REPORTS)
def velocity_deals(request: HttpRequest, asked: Query[VelocityDealsAsked]) -> Any:
    """The deals that one figure counts, or those that left a stage."""
    question = _question(request, asked)
    if asked.stage:
        stage = get_object_or_404(Stage, key=asked.stage)
        ids = deals_of_stage(question, stage=stage.pk, month=asked.month)
    else:
        try:
            group = group_named(asked.by, asked.group).value
        except UnknownGroup as error:
            raise Http404 from error
        ids = deals_of_velocity(question, column=asked.column, group=group, month=asked.month)
    seen = Deal.objects.living().visible_to(user_of(request), VIEW_REPORTS)
    return page_of(seen.filter(pk__in=among(ids)), cursor=asked.cursor, limit=asked.limit)


@router.get("/people/", response=Page[PersonBehindOut], operation_id="report_velocity_people")
@needs(VIEW_REPORTS)
def velocity_people(request: HttpRequest, asked: Query[VelocityPeopleAsked]) -> Any:
    """The people whose days to a step are counted."""
    ids = people_of_step(_question(request, asked), step=asked.step, month=asked.month)
    seen = Person.objects.visible_to(user_of(request), VIEW_REPORTS)
    return page_of(seen.filter(pk__in=among(ids)), cursor=asked.cursor, limit=asked.limit)


def _question(request: HttpRequest, asked: VelocityAsked) -> VelocityQuestion:
    return VelocityQuestion(on=today(), by=asked.by, user=user_of(request), **days_of(asked))
