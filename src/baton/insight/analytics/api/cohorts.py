from typing import Any, cast

from django.http import HttpRequest
from ninja import Query, Router

from baton.core.access.models import User
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.insight.analytics.api.asking import days_of
from baton.insight.analytics.api.schemas import (
    CohortPeopleAsked,
    CohortsAsked,
    CohortsOut,
    PersonBehindOut,
)
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.plain import cohorts_data
from baton.insight.analytics.queries import (
    CohortQuestion,
    among,
    cohorts,
    people_of_cohort,
    today,
)
from baton.records.people.models import Person

router = Router()


@router.get("/", response=CohortsOut, by_alias=True, operation_id="report_cohorts")
@needs(VIEW_REPORTS)
def cohorts_report(request: HttpRequest, asked: Query[CohortsAsked]) -> Any:
    """Leads by the month or week in which they came, and who reached a step within how long."""
    return cohorts_data(cohorts(_question(request, asked)), on=today())


@router.get("/people/", response=Page[PersonBehindOut], operation_id="report_cohort_people")
@needs(VIEW_REPORTS)
def people(request: HttpRequest, asked: Query[CohortPeopleAsked]) -> Any:
    """The people whom one figure of the cohorts counts."""
    ids = people_of_cohort(
        _question(request, asked),
        figure=asked.figure,
        began_on=asked.cohort,
        within=asked.within,
    )
    seen = Person.objects.visible_to(cast(User, request.user), VIEW_REPORTS)
    return page_of(seen.filter(pk__in=among(ids)), cursor=asked.cursor, limit=asked.limit)


def _question(request: HttpRequest, asked: CohortsAsked) -> CohortQuestion:
    return CohortQuestion(
        step=asked.step,
        span=asked.unit,
        by=asked.by,
        group=asked.key,
        user=cast(User, request.user),
        **days_of(asked),
    )
