from datetime import UTC
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.insight.analytics.api.asking import days_of
from baton.insight.analytics.api.schemas import (
    AttributionAsked,
    AttributionOut,
    AttributionReportAsked,
    CreditedAsked,
    DealBehindOut,
    TouchOut,
)
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.plain import attribution_data
from baton.insight.analytics.queries import (
    AttributionQuestion,
    among,
    attribution,
    deals_behind,
    touches_of,
)
from baton.records.people.models import Person
from baton.sales.deals.models import Deal

router = Router()


@router.get("/", response=AttributionOut, by_alias=True, operation_id="report_attribution")
@needs(VIEW_REPORTS)
def attribution_report(request: HttpRequest, asked: Query[AttributionReportAsked]) -> Any:
    """What was won in the period, by what touched its people before: by each model."""
    return attribution_data(attribution(_question(request, asked)), model=asked.model)


@router.get("/deals/", response=Page[DealBehindOut], operation_id="report_credited_deals")
@needs(VIEW_REPORTS)
def credited_deals(request: HttpRequest, asked: Query[CreditedAsked]) -> Any:
    """The deals that one figure of the attribution counts."""
    shares = deals_behind(_question(request, asked), column=asked.column, group=asked.group)
    seen = Deal.objects.living().visible_to(user_of(request), VIEW_REPORTS)
    return page_of(seen.filter(pk__in=among(shares)), cursor=asked.cursor, limit=asked.limit)


@router.get("/deals/{uuid:key}/", response=list[TouchOut], operation_id="report_touches")
@needs(VIEW_REPORTS)
def touches(request: HttpRequest, key: UUID, asked: Query[AttributionAsked]) -> Any:
    """Why a deal counts where it counts: its touches, each with its share by every model."""
    won = Deal.objects.living().visible_to(user_of(request), VIEW_REPORTS).filter(state="won")
    deal = get_object_or_404(won, key=key)
    question = AttributionQuestion(by=asked.by, look_back=asked.look_back, user=user_of(request))
    found = touches_of(question, deal)
    ids = {touch["person_id"] for touch in found} - {None}
    people = Person.objects.visible_to(user_of(request), VIEW_REPORTS).filter(pk__in=ids)
    keys = dict(people.values_list("pk", "key"))
    return [_touch(touch, keys) for touch in found]


def _touch(touch: dict[str, Any], keys: dict[int, UUID]) -> dict[str, Any]:
    at = touch["happened_at"]
    return {
        "at": at.replace(tzinfo=UTC) if at else None,
        "kind": touch["name"] or "no known touch",
        "person": keys.get(touch["person_id"]),
        "channel": touch["channel"],
        "campaign": touch["campaign"],
        "landing_page": touch["landing_page"],
        "source": touch["source"],
        "revenue": {name: one.revenue for name, one in touch["credits"].items()},
        "share": {name: one.deals for name, one in touch["credits"].items()},
    }


def _question(request: HttpRequest, asked: AttributionAsked) -> AttributionQuestion:
    return AttributionQuestion(
        by=asked.by, look_back=asked.look_back, user=user_of(request), **days_of(asked)
    )
