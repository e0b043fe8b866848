"""Deals over the REST API: /api/v1/deals/."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.responses import Status

from baton.core.access.doors import user_of
from baton.core.api.custom import custom_of
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.core.api.trash import restored
from baton.core.limits import hidden
from baton.records.people.models import Company, Person
from baton.records.purchases.models import Product
from baton.sales.deals import actions, queries
from baton.sales.deals.actions import TRACKED
from baton.sales.deals.api.finding import deal_or_404, deals_seen, one_of
from baton.sales.deals.api.schemas import (
    DealIn,
    DealOut,
    DealPatch,
    LineIn,
    LineOut,
    LinesIn,
    LoseIn,
    MoveIn,
    PipelineOut,
    WinIn,
)
from baton.sales.deals.models import Stage
from baton.sales.deals.permissions import DELETE_DEALS, EDIT_DEALS, VIEW_DEALS

router = Router(tags=["deals"])


@router.get("/", response=Page[DealOut], operation_id="list_deals")
@needs(VIEW_DEALS)
def deals(
    request: HttpRequest,
    state: Literal["open", "won", "lost", ""] = "",
    owner: UUID | None = None,
    cursor: str = "",
    limit: int = 50,
) -> Any:
    """The living deals that the key's user sees."""
    seen = deals_seen(request)
    if state:
        seen = seen.filter(state=state)
    if owner:
        if "owner" in hidden("deal"):
            raise Problem(422, "owner: you do not see whose deals are.")
        seen = seen.filter(owner__key=owner)
    return page_of(seen, cursor=cursor, limit=limit)


@router.get("/pipelines/", response=list[PipelineOut], operation_id="list_pipelines")
@needs(VIEW_DEALS)
def pipelines(request: HttpRequest) -> Any:
    """The pipelines and the stages that deals move through."""
    return queries.pipelines()


@router.get("/{uuid:key}/", response=DealOut, operation_id="get_deal")
@needs(VIEW_DEALS)
def deal(request: HttpRequest, key: UUID) -> Any:
    return deal_or_404(request, key, VIEW_DEALS)


@router.post("/", response={201: DealOut}, operation_id="open_deal")
@needs(EDIT_DEALS)
@idempotent(DealOut)
def open_deal(request: HttpRequest, sent: DealIn) -> Any:
    """The person becomes an opportunity; the company is the person's own unless you name one."""
    user = user_of(request)
    values = sent.dict(exclude={"person", "company", "owner", "stage", "custom"})
    person = one_of(Person.objects.living().visible_to(user), sent.person, "person")
    owner = one_of(queries.owners_for(user), sent.owner, "owner")
    opened = actions.open_deal(
        person=person,
        company=one_of(Company.objects.living().visible_to(user), sent.company, "company"),
        owner=owner,
        qualifier=queries.qualifier_for(person, owner=owner or user, user=user),
        stage=one_of(Stage.objects.living(), sent.stage, "stage"),
        custom=custom_of(sent.custom, object_type="deal", known={}),
        by=user,
        at=timezone.now(),
        **values,
    )
    return Status(201, opened)


@router.patch("/{uuid:key}/", response=DealOut, operation_id="edit_deal")
@needs(EDIT_DEALS)
def edit_deal(request: HttpRequest, key: UUID, sent: DealPatch) -> Any:
    """409 when somebody saved another value since you read ``version``."""
    user = user_of(request)
    known = deal_or_404(request, key)
    values: dict[str, Any] = sent.dict(exclude_unset=True, exclude={"version"})
    places: dict[str, QuerySet[Any]] = {
        "person": Person.objects.living().visible_to(user),
        "company": Company.objects.living().visible_to(user),
        "owner": queries.owners_for(user, present=known.owner),
    }
    for name in values.keys() & places.keys():
        values[name] = one_of(places[name], values[name], name)
    if "custom" in values:
        values["custom"] = custom_of(sent.custom, object_type="deal", known=known.custom)
    return actions.edit_deal(
        deal=known, values=values, version=sent.version, by=user, at=timezone.now()
    )


@router.post("/{uuid:key}/move/", response=DealOut, operation_id="move_deal")
@needs(EDIT_DEALS)
def move_deal(request: HttpRequest, key: UUID, sent: MoveIn) -> Any:
    """To another open stage; Won and Lost have routes of their own."""
    stage = one_of(Stage.objects.all(), sent.stage, "stage")
    return actions.move_deal(
        deal=deal_or_404(request, key),
        stage=stage,
        version=sent.version,
        by=user_of(request),
        at=timezone.now(),
    )


@router.post("/{uuid:key}/win/", response=DealOut, operation_id="win_deal")
@needs(EDIT_DEALS)
def win_deal(request: HttpRequest, key: UUID, sent: WinIn) -> Any:
    """The person is a customer from now on."""
    return actions.win_deal(
        deal=deal_or_404(request, key), by=user_of(request), at=timezone.now(), **sent.dict()
    )


@router.post("/{uuid:key}/lose/", response=DealOut, operation_id="lose_deal")
@needs(EDIT_DEALS)
def lose_deal(request: HttpRequest, key: UUID, sent: LoseIn) -> Any:
    """With the reason; "competitor" names who won."""
    return actions.lose_deal(
        deal=deal_or_404(request, key), by=user_of(request), at=timezone.now(), **sent.dict()
    )


@router.post("/{uuid:key}/reopen/", response=DealOut, operation_id="reopen_deal")
@needs(EDIT_DEALS)
def reopen_deal(request: HttpRequest, key: UUID) -> Any:
    """Back to the open stage where it was before it closed."""
    return actions.reopen_deal(
        deal=deal_or_404(request, key), by=user_of(request), at=timezone.now()
    )


@router.get("/{uuid:key}/lines/", response=list[LineOut], operation_id="get_deal_lines")
@needs(VIEW_DEALS)
def lines(request: HttpRequest, key: UUID) -> Any:
    """The deal's products in their order."""
    found = deal_or_404(request, key, VIEW_DEALS)
    if "amount" in hidden("deal"):
        raise Problem(403, "Lines say what a deal's amount is, which your role does not see.")
    return queries.lines_of(found)


@router.put("/{uuid:key}/lines/", response=DealOut, operation_id="set_deal_lines")
@needs(EDIT_DEALS)
def set_lines(request: HttpRequest, key: UUID, sent: LinesIn) -> Any:
    """These lines and no others."""
    known = deal_or_404(request, key)
    return actions.set_lines(
        deal=known,
        lines=_lines(request, sent.lines),
        version=sent.version,
        by=user_of(request),
        at=timezone.now(),
    )


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_deal")
@needs(DELETE_DEALS)
def delete_deal(request: HttpRequest, key: UUID) -> Any:
    """Into the trash."""
    known = deal_or_404(request, key, DELETE_DEALS)
    actions.trash_deals(deal_ids=[known.pk], by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.post("/{uuid:key}/restore/", response={204: None}, operation_id="restore_deal")
@needs(DELETE_DEALS)
def restore_deal(request: HttpRequest, key: UUID) -> Any:
    """Out of the trash."""
    return restored(request, TRACKED, key)


def _lines(request: HttpRequest, sent: Sequence[LineIn]) -> list[actions.Line]:
    products = Product.objects.living().visible_to(user_of(request))
    known = {row.key: row for row in products.filter(key__in=[line.product for line in sent])}
    if unknown := {line.product for line in sent} - known.keys():
        raise Problem(422, f"product: there is none with the key {min(unknown)}.")
    return [
        actions.Line(product=known[line.product], quantity=line.quantity, price=line.price)
        for line in sent
    ]
