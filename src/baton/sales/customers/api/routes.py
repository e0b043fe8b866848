"""Customers over the REST API: /api/v1/customers/."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.doors import user_of
from baton.core.access.models import User
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.sales.customers import actions
from baton.sales.customers.api.shared import READ, CustomerOut, customer_or_404, done, fresh, out
from baton.sales.customers.models import Customer
from baton.sales.customers.permissions import DELETE_CUSTOMERS, EDIT_CUSTOMERS, VIEW_CUSTOMERS
from baton.sales.customers.queries.terms import able_owners
from baton.sales.deals.models import Deal

router = Router(tags=["customers"])


class CustomerIn(Schema):
    """Of a deal that is won; without ``owner`` whom the agreement names."""

    model_config = ConfigDict(extra="forbid")

    deal: UUID
    owner: UUID | None = None
    note: Annotated[str, Field(max_length=4000)] = ""


class CustomerGiveIn(Schema):
    model_config = ConfigDict(extra="forbid")

    owner: UUID
    note: Annotated[str, Field(max_length=4000)] | None = None


@router.get("/", response=Page[CustomerOut], operation_id="list_customers")
@needs(VIEW_CUSTOMERS)
def list_customers(
    request: HttpRequest,
    cursor: str = "",
    limit: int = 50,
    handover: Literal["waiting", "accepted", "done", "none", ""] = "",
) -> Any:
    """Those whom the key's user sees."""
    rows = Customer.objects.visible_to(user_of(request)).select_related(*READ)
    page = page_of(rows.filter(handover=handover) if handover else rows, cursor=cursor, limit=limit)
    return {"items": [out(one) for one in page["items"]], "next": page["next"]}


@router.get("/{uuid:key}/", response=CustomerOut, operation_id="get_customer")
@needs(VIEW_CUSTOMERS)
def customer(request: HttpRequest, key: UUID) -> Any:
    return out(customer_or_404(request, key, VIEW_CUSTOMERS))


@router.post("/", response={201: CustomerOut}, operation_id="start_customer")
@needs(EDIT_CUSTOMERS)
@idempotent(CustomerOut)
def start_customer(request: HttpRequest, sent: CustomerIn) -> Any:
    """409 where the deal is not won, or they are a customer already."""
    user = user_of(request)
    deals = Deal.objects.living().visible_to(user, EDIT_CUSTOMERS)
    deal = deals.filter(key=sent.deal).first()
    if deal is None:
        raise Problem(422, "deal: there is none with this key that you may edit.")
    owner = _owner(sent.owner) if sent.owner else None
    made = actions.start_customer(
        deal=deal, owner=owner, note=sent.note, by=user, at=timezone.now()
    )
    return Status(201, out(fresh(made)))


@router.post("/{uuid:key}/accept/", response=CustomerOut, operation_id="accept_customer")
@needs(EDIT_CUSTOMERS)
def accept_customer(request: HttpRequest, key: UUID) -> Any:
    """Taken over; 409 where that is done, or nothing was handed over."""
    return done(request, key, actions.accept_customer)


@router.post("/{uuid:key}/called/", response=CustomerOut, operation_id="note_first_call")
@needs(EDIT_CUSTOMERS)
def note_first_call(request: HttpRequest, key: UUID) -> Any:
    """409 where no first call is owed."""
    return done(request, key, actions.note_call)


@router.post("/{uuid:key}/give/", response=CustomerOut, operation_id="give_customer")
@needs(EDIT_CUSTOMERS)
def give_customer(request: HttpRequest, key: UUID, sent: CustomerGiveIn) -> Any:
    """To another owner, whose clock begins."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    actions.give_customer(
        customer=found,
        owner=_owner(sent.owner),
        note=sent.note,
        by=user_of(request),
        at=timezone.now(),
    )
    return out(fresh(found))


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_customer")
@needs(DELETE_CUSTOMERS)
def delete_customer(request: HttpRequest, key: UUID) -> Any:
    """Into the trash."""
    found = customer_or_404(request, key, DELETE_CUSTOMERS)
    actions.trash_customer(customer=found, by=user_of(request), at=timezone.now())
    return Status(204, None)


def _owner(key: UUID) -> User:
    found = able_owners().filter(key=key).first()
    if found is None:
        raise Problem(422, "owner: nobody with this key can look after a customer.")
    return found
