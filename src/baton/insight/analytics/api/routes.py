from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.insight.analytics.api import attribution, cohorts, last_year, velocity
from baton.insight.analytics.api.asking import days_of
from baton.insight.analytics.api.schemas import (
    DealBehindOut,
    DealsAsked,
    LoopAsked,
    LoopOut,
    PeopleAsked,
    PersonBehindOut,
    PipelineAsked,
    PipelineReportOut,
)
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.plain import closed_loop_data, pipeline_data
from baton.insight.analytics.queries import (
    Cell,
    PipelineQuestion,
    Question,
    UnknownGroup,
    closed_loop,
    deals_in,
    group_named,
    people_in,
    pipeline,
)
from baton.records.people.models import Person
from baton.sales.deals.models import Deal

router = Router()
router.add_router("/attribution/", attribution.router)
router.add_router("/cohorts/", cohorts.router)
router.add_router("/last-year/", last_year.router)
router.add_router("/velocity/", velocity.router)


@router.get("/closed-loop/", response=LoopOut, by_alias=True, operation_id="report_closed_loop")
@needs(VIEW_REPORTS)
def closed_loop_report(request: HttpRequest, asked: Query[LoopAsked]) -> Any:
    """Leads to revenue by group, of the people whom you may see."""
    return closed_loop_data(closed_loop(_loop(request, asked)))


@router.get("/pipeline/", response=PipelineReportOut, operation_id="report_pipeline")
@needs(VIEW_REPORTS)
def pipeline_report(request: HttpRequest, asked: Query[PipelineAsked]) -> Any:
    """Open, won and lost by group, of the deals that you may see."""
    return pipeline_data(pipeline(_pipeline(request, asked)))


@router.get("/people/", response=Page[PersonBehindOut], operation_id="report_people")
@needs(VIEW_REPORTS)
def people(request: HttpRequest, asked: Query[PeopleAsked]) -> Any:
    """The people whom one figure of the closed loop counts."""
    cell = Cell(
        column=asked.column,
        group=_group(asked.by, asked.group),
        only=asked.only or "",
        kind=asked.kind or "",
        reason=asked.reason,
    )
    seen = Person.objects.visible_to(user_of(request), VIEW_REPORTS)
    rows = seen.filter(pk__in=people_in(_loop(request, asked), cell))
    return page_of(rows, cursor=asked.cursor, limit=asked.limit)


@router.get("/deals/", response=Page[DealBehindOut], operation_id="report_deals")
@needs(VIEW_REPORTS)
def deals(request: HttpRequest, asked: Query[DealsAsked]) -> Any:
    """The deals that one figure of the pipeline counts."""
    group = _group(asked.by, asked.group)
    ids = deals_in(_pipeline(request, asked), column=asked.column, group=group)
    rows = Deal.objects.visible_to(user_of(request), VIEW_REPORTS).filter(pk__in=ids)
    return page_of(rows, cursor=asked.cursor, limit=asked.limit)


def _loop(request: HttpRequest, asked: LoopAsked) -> Question:
    return Question(by=asked.by, basis=asked.basis, user=user_of(request), **days_of(asked))


def _pipeline(request: HttpRequest, asked: PipelineAsked) -> PipelineQuestion:
    return PipelineQuestion(by=asked.by, user=user_of(request), **days_of(asked))


def _group(by: str, key: str | None) -> str | None:
    """As the SQL knows it; a key that names nothing is a 404."""
    try:
        return group_named(by, key).value
    except UnknownGroup as error:
        raise Http404 from error
