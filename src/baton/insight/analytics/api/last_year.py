from datetime import date
from typing import Any, Literal, cast
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from baton.core.access.models import User
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.insight.analytics.api.asking import days_of
from baton.insight.analytics.api.schemas import Asked, PersonBehindOut, Text
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.plain import last_year_data
from baton.insight.analytics.queries import (
    LastYearQuestion,
    UnknownGroup,
    among,
    arrivals,
    group_named,
    last_year,
    people_of_last_year,
)
from baton.insight.analytics.rules.last_year import Band, Gap
from baton.records.people.models import Person

router = Router()
LastYearBy = Literal["source", "rep", "speed"]
LastYearAxis = Literal["source", "rep", "speed", "slot"]
LastYearFigure = Literal["leads", "untouched", "timed", "won", "closed", "revenue"]


class LastYearAsked(Asked):
    """``import`` is ``latest`` (the latest that brought people), ``all`` for everybody, or the
    ``import`` of an answer. Without days: the 365 up to the newest lead."""

    by: LastYearBy = "source"
    batch: Literal["latest", "all"] | UUID = Field("latest", alias="import")


class LastYearPeopleAsked(LastYearAsked):
    """``group`` is the ``key`` of a row, or, by slot, the ``wait`` of one."""

    by: LastYearAxis = "source"  # type: ignore[assignment] # one more than a report has rows of
    figure: LastYearFigure = "leads"
    group: Text | None = None
    cursor: str = ""
    limit: int = 50


class AnsweredOut(Schema):
    """A source, a rep or a speed; the totals have no key. Shares are fractions. Where ``unit`` is
    days, a wait counts days between dates: 0 is the same day."""

    key: str | None
    group: str
    leads: int
    untouched: int
    untouched_share: float | None
    timed: int
    median_days: float | None
    nine_in_ten_days: float | None
    won: int
    lost: int
    won_share: float | None
    win_rate: float | None
    revenue: float | None
    won_per_lead: float | None
    cost_per_lead: float | None
    cost_of_untouched: float | None


class WaitOut(Schema):
    wait: str
    leads: int


class ProposalOut(Schema):
    """Terms of an agreement by their names; null where the data proposes none."""

    speed: Band | None
    accept_minutes: int | None
    respond_minutes: int | None
    mqls_a_month: int | None
    revenue_goal: int | None
    marketing_share: int | None
    average_deal: int | None


class LastYearOut(Schema):
    report: Literal["last-year"]
    by: LastYearBy
    batch: UUID | None = Field(alias="import")
    from_on: date | None = Field(alias="from")
    to_on: date | None = Field(alias="to")
    unit: Literal["hours", "days"]
    undated: int
    rows: list[AnsweredOut]
    totals: AnsweredOut
    waits: list[WaitOut]
    best_source: str | None
    worst_source: str | None
    proposal: ProposalOut
    cannot_tell: list[Gap]


@router.get("/", response=LastYearOut, by_alias=True, operation_id="report_last_year")
@needs(VIEW_REPORTS)
def last_year_report(request: HttpRequest, asked: Query[LastYearAsked]) -> Any:
    """How soon leads were answered, what that did, and the agreement it proposes."""
    return last_year_data(last_year(_question(request, asked)), by=asked.by)


@router.get("/people/", response=Page[PersonBehindOut], operation_id="report_last_year_people")
@needs(VIEW_REPORTS)
def people(request: HttpRequest, asked: Query[LastYearPeopleAsked]) -> Any:
    """The leads whom one figure counts."""
    try:
        group = group_named(asked.by, asked.group).value
    except UnknownGroup as error:
        raise Http404 from error
    question = _question(request, asked)
    ids = people_of_last_year(question, figure=asked.figure, by=asked.by, group=group)
    seen = Person.objects.visible_to(cast(User, request.user), VIEW_REPORTS)
    return page_of(seen.filter(pk__in=among(ids)), cursor=asked.cursor, limit=asked.limit)


def _question(request: HttpRequest, asked: LastYearAsked) -> LastYearQuestion:
    user = cast(User, request.user)
    return LastYearQuestion(batch=_batch(asked.batch), user=user, **days_of(asked))


def _batch(wanted: str | UUID) -> UUID | None:
    """The import that is meant; None for everybody, and where there has been none."""
    if wanted == "all":
        return None
    found = [arrival.batch for arrival in arrivals()]
    if wanted == "latest":
        return found[0] if found else None
    if wanted not in found:
        raise Problem(422, "import: there is no such import, or it was taken back.")
    return cast(UUID, wanted)
