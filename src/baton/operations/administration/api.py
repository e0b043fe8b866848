"""Exchange rates over the REST API: /api/v1/administration/."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.doors import user_of
from baton.core.api.days import Day
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.operations.administration import actions
from baton.operations.administration.permissions import MANAGE_SETTINGS
from baton.operations.administration.queries import rates_known

router = Router(tags=["administration"])


class RateOut(Schema):
    """``rate`` is what one unit of ``currency`` cost in ``base_currency`` from that day on."""

    currency: str
    base_currency: str
    on: date
    rate: Decimal
    source: str


class RateIn(Schema):
    model_config = ConfigDict(extra="forbid")

    rate: Annotated[Decimal, Field(gt=0, max_digits=20, decimal_places=12)]
    source: Annotated[str, Field(max_length=60)] = ""


@router.get("/rates/", response=Page[RateOut], operation_id="list_rates")
@needs(MANAGE_SETTINGS)
def rates(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    """Into the company's currency."""
    return page_of(rates_known(), cursor=cursor, limit=limit)


@router.put("/rates/{currency}/{on}/", response=RateOut, operation_id="set_rate")
@needs(MANAGE_SETTINGS)
def set_rate(request: HttpRequest, currency: str, on: Day, sent: RateIn) -> Any:
    """New, or in place of the one of that day. Deals and costs get their worth by it."""
    rate, _batch = actions.save_rate(
        currency=currency,
        on=on,
        rate=sent.rate,
        source=sent.source or "API",
        by=user_of(request),
        at=timezone.now(),
    )
    return rate


@router.delete("/rates/{currency}/{on}/", response={204: None}, operation_id="remove_rate")
@needs(MANAGE_SETTINGS)
def remove_rate(request: HttpRequest, currency: str, on: Day) -> Any:
    """Amounts fall back to the rate before it, or to unknown."""
    known = get_object_or_404(rates_known(), currency=currency.upper(), on=on)
    actions.remove_rate(rate=known, by=user_of(request), at=timezone.now())
    return Status(204, None)
