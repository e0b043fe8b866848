"""Webhooks over the REST API: /api/v1/integrations/."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.operations.integrations import actions, queries
from baton.operations.integrations.models import Delivery, Endpoint
from baton.operations.integrations.permissions import MANAGE_INTEGRATIONS
from baton.operations.integrations.rules import State
from baton.operations.integrations.tasks import send_webhooks

router = Router(tags=["webhooks"])
Url = Annotated[str, Field(min_length=1, max_length=500)]
Facts = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=500)]


class EndpointOut(Schema):
    key: UUID
    url: str
    description: str
    facts: list[str]
    is_on: bool
    failing_since: datetime | None
    given_up_at: datetime | None


class EndpointFields(Schema):
    """``facts``: names; none are all of them, new ones too."""

    model_config = ConfigDict(extra="forbid")

    url: Url
    description: Annotated[str, Field(max_length=200)] = ""
    facts: Facts = []


class EndpointPatch(Schema):
    """Only the fields that are sent change."""

    model_config = ConfigDict(extra="forbid")

    url: Url = ""
    description: Annotated[str, Field(max_length=200)] = ""
    facts: Facts = []
    is_on: bool = True


class SecretOut(Schema):
    secret: str


class CountOut(Schema):
    count: int


class DeliveryOut(Schema):
    key: UUID
    endpoint: UUID
    message_id: str
    name: str
    state: str
    tries: int
    due_at: datetime
    tried_at: datetime | None
    status: int | None
    told: str
    body: str

    @staticmethod
    def resolve_endpoint(row: Delivery) -> UUID:
        return row.endpoint.key


@router.get("/endpoints/", response=Page[EndpointOut], operation_id="list_endpoints")
@needs(MANAGE_INTEGRATIONS)
def endpoints(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    return page_of(queries.endpoints(), cursor=cursor, limit=limit)


@router.post("/endpoints/", response={201: EndpointOut}, operation_id="create_endpoint")
@needs(MANAGE_INTEGRATIONS)
@idempotent(EndpointOut)
def create(request: HttpRequest, body: EndpointFields) -> Any:
    """Then ask for its secret: answers of this route are kept for two days, a secret is not."""
    made, _secret = actions.create_endpoint(**body.dict(), by=_user(request), at=timezone.now())
    return Status(201, made)


@router.get("/endpoints/{uuid:key}/", response=EndpointOut, operation_id="get_endpoint")
@needs(MANAGE_INTEGRATIONS)
def endpoint(request: HttpRequest, key: UUID) -> Any:
    return _endpoint(key)


@router.patch("/endpoints/{uuid:key}/", response=EndpointOut, operation_id="edit_endpoint")
@needs(MANAGE_INTEGRATIONS)
def edit(request: HttpRequest, key: UUID, body: EndpointPatch) -> Any:
    """Switched on again, it is called anew."""
    values = body.dict(exclude_unset=True)
    return actions.edit_endpoint(
        endpoint=_endpoint(key), values=values, by=_user(request), at=timezone.now()
    )


@router.delete("/endpoints/{uuid:key}/", response={204: None}, operation_id="delete_endpoint")
@needs(MANAGE_INTEGRATIONS)
def delete(request: HttpRequest, key: UUID) -> Any:
    """Nothing is sent there any more."""
    actions.delete_endpoint(endpoint=_endpoint(key), by=_user(request), at=timezone.now())
    return Status(204, None)


@router.post("/endpoints/{uuid:key}/secret/", response=SecretOut, operation_id="rotate_secret")
@needs(MANAGE_INTEGRATIONS)
def secret(request: HttpRequest, key: UUID) -> Any:
    """A new one, told this once; the former signs beside it for a day."""
    found = _endpoint(key)
    new = actions.rotate_secret(endpoint=found, by=_user(request), at=timezone.now())
    return {"secret": new}


@router.post("/endpoints/{uuid:key}/test/", response={201: DeliveryOut}, operation_id="send_test")
@needs(MANAGE_INTEGRATIONS)
def test(request: HttpRequest, key: UUID) -> Any:
    """Something to be told, at once."""
    sent = actions.send_test(endpoint=_endpoint(key), at=timezone.now())
    send_webhooks.enqueue()
    return Status(201, sent)


@router.post("/endpoints/{uuid:key}/again/", response=CountOut, operation_id="replay_failed")
@needs(MANAGE_INTEGRATIONS)
def again(request: HttpRequest, key: UUID) -> Any:
    """All that were given up, under the same ids."""
    count = actions.replay_failed(endpoint=_endpoint(key), at=timezone.now())
    send_webhooks.enqueue()
    return {"count": count}


@router.get("/deliveries/", response=Page[DeliveryOut], operation_id="list_deliveries")
@needs(MANAGE_INTEGRATIONS)
def deliveries(
    request: HttpRequest,
    endpoint: UUID | None = None,
    state: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Any:
    """Of thirty days. `state` is waiting, sent or failed."""
    rows = queries.deliveries()
    if endpoint:
        rows = rows.filter(endpoint=_endpoint(endpoint))
    if state and state not in set(State):
        raise Problem(422, f"A delivery is {', '.join(State)}.")
    return page_of(rows.filter(state=state) if state else rows, cursor=cursor, limit=limit)


@router.post("/deliveries/{uuid:key}/again/", response=DeliveryOut, operation_id="replay_delivery")
@needs(MANAGE_INTEGRATIONS)
def delivery_again(request: HttpRequest, key: UUID) -> Any:
    """Once more, under the same id."""
    row = get_object_or_404(queries.deliveries(), key=key)
    actions.replay(delivery=row, at=timezone.now())
    send_webhooks.enqueue()
    return get_object_or_404(queries.deliveries(), key=key)


def _endpoint(key: UUID) -> Endpoint:
    return get_object_or_404(queries.endpoints(), key=key)


def _user(request: HttpRequest) -> Any:
    return request.user
