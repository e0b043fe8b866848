"""Campaigns and costs over the REST API: /api/v1/campaigns/."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.api.days import Day
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.core.api.trash import restored
from baton.marketing.campaigns import actions
from baton.marketing.campaigns.actions.tracking import CAMPAIGN, COST
from baton.marketing.campaigns.models import (
    Campaign,
    CampaignQuerySet,
    Cost,
    CostQuerySet,
)
from baton.marketing.campaigns.permissions import (
    DELETE_CAMPAIGNS,
    EDIT_CAMPAIGNS,
    VIEW_CAMPAIGNS,
)
from baton.marketing.campaigns.queries import cost_of, count_people, with_costs

router = Router(tags=["campaigns"])
Line = Annotated[str, Field(max_length=160)]
Text = Annotated[str, Field(max_length=2000)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2)]


class NamedOut(Schema):
    """Another record: its key, and what screens call it."""

    key: UUID
    name: str


class CampaignOut(Schema):
    key: UUID
    version: int
    code: str
    name: str
    channel: str
    starts_on: date | None
    ends_on: date | None
    owner: NamedOut | None
    goal: str
    member_count: int  # people whom you may see
    response_count: int
    lead_count: int  # by original source
    cost: Decimal | None  # in the company's currency; null is unknown

    @staticmethod
    def resolve_cost(campaign: Campaign) -> Decimal | None:
        return cost_of(campaign)


class CampaignFields(Schema):
    """``code`` is what links carry as utm_campaign; made of the name when empty."""

    model_config = ConfigDict(extra="forbid")

    name: Line
    channel: Line
    code: Annotated[str, Field(max_length=120)] = ""
    starts_on: Day | None = None
    ends_on: Day | None = None
    owner: UUID | None = None
    goal: Text = ""


class CampaignPatch(CampaignFields):
    """Only the fields that are sent change; ``version`` is the one you read."""

    name: Line = ""
    channel: Line = ""
    version: int


class CostOut(Schema):
    key: UUID
    version: int
    campaign: NamedOut | None
    kind: str
    channel: str
    amount: Decimal
    currency: str
    base_amount: Decimal | None  # in the company's currency; null is unknown
    from_on: date
    to_on: date
    note: str


class CostFields(Schema):
    """Spread evenly over its days. Without a campaign it may name a channel."""

    model_config = ConfigDict(extra="forbid")

    kind: Line
    amount: Amount
    currency: Annotated[str, Field(max_length=3)]
    from_on: Day
    to_on: Day
    campaign: UUID | None = None
    channel: Line = ""
    note: Annotated[str, Field(max_length=250)] = ""


@router.get("/", response=Page[CampaignOut], operation_id="list_campaigns")
@needs(VIEW_CAMPAIGNS)
def campaigns(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    page = page_of(_campaigns(request), cursor=cursor, limit=limit)
    count_people(page["items"], user=user_of(request))
    return page


@router.post("/", response={201: CampaignOut}, operation_id="create_campaign")
@needs(EDIT_CAMPAIGNS)
@idempotent(CampaignOut)
def create_campaign(request: HttpRequest, sent: CampaignFields) -> Any:
    values: dict[str, Any] = sent.dict(exclude={"owner"})
    made = actions.create_campaign(
        **values, owner=_owner(sent.owner), by=user_of(request), at=timezone.now()
    )
    return Status(201, _shown(request, pk=made.pk))


@router.get("/costs/", response=Page[CostOut], operation_id="list_costs")
@needs(VIEW_CAMPAIGNS)
def costs(
    request: HttpRequest, campaign: UUID | None = None, cursor: str = "", limit: int = 50
) -> Any:
    """All of them, or those of one campaign (its key)."""
    found = _costs(request)
    found = found.filter(campaign__key=campaign) if campaign else found
    return page_of(found, cursor=cursor, limit=limit)


@router.post("/costs/", response={201: CostOut}, operation_id="add_cost")
@needs(EDIT_CAMPAIGNS)
@idempotent(CostOut)
def add_cost(request: HttpRequest, sent: CostFields) -> Any:
    values: dict[str, Any] = sent.dict(exclude={"campaign"})
    made = actions.add_cost(
        **values, campaign=_campaign(request, sent.campaign), by=user_of(request), at=timezone.now()
    )
    return Status(201, made)


@router.delete("/costs/{uuid:key}/", response={204: None}, operation_id="remove_cost")
@needs(DELETE_CAMPAIGNS)
def remove_cost(request: HttpRequest, key: UUID) -> Any:
    """Into the trash, from which it can be restored."""
    cost = get_object_or_404(_costs(request, DELETE_CAMPAIGNS), key=key)
    actions.remove_cost(cost=cost, by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.post("/costs/{uuid:key}/restore/", response={204: None}, operation_id="restore_cost")
@needs(DELETE_CAMPAIGNS)
def restore_cost(request: HttpRequest, key: UUID) -> Any:
    """Out of the trash."""
    return restored(request, COST, key)


@router.get("/{uuid:key}/", response=CampaignOut, operation_id="get_campaign")
@needs(VIEW_CAMPAIGNS)
def campaign(request: HttpRequest, key: UUID) -> Any:
    return _shown(request, key=key)


@router.patch("/{uuid:key}/", response=CampaignOut, operation_id="edit_campaign")
@needs(EDIT_CAMPAIGNS)
def edit_campaign(request: HttpRequest, key: UUID, sent: CampaignPatch) -> Any:
    """409 when somebody saved since you read ``version``."""
    values = sent.dict(exclude_unset=True, exclude={"version"})
    if "owner" in values:
        values["owner"] = _owner(sent.owner)
    saved = actions.edit_campaign(
        campaign=get_object_or_404(_campaigns(request, EDIT_CAMPAIGNS), key=key),
        values=values,
        version=sent.version,
        by=user_of(request),
        at=timezone.now(),
    )
    return _shown(request, pk=saved.pk)


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_campaign")
@needs(DELETE_CAMPAIGNS)
def delete_campaign(request: HttpRequest, key: UUID) -> Any:
    """Into the trash, from which it can be restored; its costs stay."""
    known = get_object_or_404(_campaigns(request, DELETE_CAMPAIGNS), key=key)
    actions.trash_campaign(campaign=known, by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.post("/{uuid:key}/restore/", response={204: None}, operation_id="restore_campaign")
@needs(DELETE_CAMPAIGNS)
def restore_campaign(request: HttpRequest, key: UUID) -> Any:
    """Out of the trash."""
    return restored(request, CAMPAIGN, key)


def _campaigns(request: HttpRequest, permission: Permission = VIEW_CAMPAIGNS) -> CampaignQuerySet:
    rows = Campaign.objects.visible_to(user_of(request), permission)
    return with_costs(rows).select_related("owner")


def _shown(request: HttpRequest, **asked: Any) -> Campaign:
    """One of them with its figures."""
    found = get_object_or_404(_campaigns(request), **asked)
    count_people([found], user=user_of(request))
    return found


def _costs(request: HttpRequest, permission: Permission = VIEW_CAMPAIGNS) -> CostQuerySet:
    return Cost.objects.visible_to(user_of(request), permission).select_related("campaign")


def _campaign(request: HttpRequest, key: UUID | None) -> Campaign | None:
    if key is None:
        return None
    found = Campaign.objects.visible_to(user_of(request), EDIT_CAMPAIGNS).filter(key=key).first()
    if found is None:
        raise Problem(422, "campaign: there is none with this key.")
    return found


def _owner(key: UUID | None) -> User | None:
    if key is None:
        return None
    owner = User.objects.filter(key=key, deleted_at=None, is_active=True).first()
    if owner is None:
        raise Problem(422, "owner: there is no colleague with this key.")
    return owner
