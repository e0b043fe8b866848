"""Customers over the REST API: /api/v1/customers/."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.core.mail.tasks import send_mail
from baton.records.people.models import Person
from baton.sales.customers import actions
from baton.sales.customers.models import Customer, Survey
from baton.sales.customers.permissions import (
    DELETE_CUSTOMERS,
    EDIT_CUSTOMERS,
    VIEW_CUSTOMERS,
)
from baton.sales.customers.queries.terms import able_owners
from baton.sales.customers.tokens import survey_link
from baton.sales.customers.words import reasons_in_words
from baton.sales.deals.models import Deal

router = Router(tags=["customers"])
WITH = ("company", "person", "owner", "seller", "deal")


class CustomerOut(Schema):
    """``handover``: waiting, accepted (the first call is owed), done, none; ``health``: green,
    amber, red, with the reasons in words."""

    key: UUID
    version: int
    company: UUID | None
    person: UUID | None
    deal: UUID | None
    owner: UUID | None
    seller: UUID | None
    started_at: datetime
    note: str
    handover: str
    accept_due_at: datetime | None
    accepted_at: datetime | None
    accept_late: bool
    call_due_at: datetime | None
    called_at: datetime | None
    call_late: bool
    health: str
    reasons: list[str]
    contacted_at: datetime | None
    first_value_on: date | None
    issue: str
    issue_at: datetime | None
    contract_ends_on: date | None
    contract_amount: Decimal | None
    contract_currency: str
    renewal_step: str
    churned_on: date | None
    churn_reason: str


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


class SurveyOut(Schema):
    """``kind``: nps (0 to 10), csat (1 to 5); without ``answered_at`` nobody has answered yet."""

    key: UUID
    customer: UUID
    person: UUID
    kind: str
    asked_at: datetime
    mailed_at: datetime | None
    answered_at: datetime | None
    score: int | None
    comment: str


class SurveyAskedOut(SurveyOut):
    link: str


class SurveyIn(Schema):
    """``by_mail``: the link goes to the person's address, unless they said no to our mail."""

    model_config = ConfigDict(extra="forbid")

    person: UUID
    kind: Literal["nps", "csat"]
    by_mail: bool = False


@router.get("/", response=Page[CustomerOut], operation_id="list_customers")
@needs(VIEW_CUSTOMERS)
def list_customers(
    request: HttpRequest,
    cursor: str = "",
    limit: int = 50,
    handover: Literal["waiting", "accepted", "done", "none", ""] = "",
) -> Any:
    """Those whom the key's user sees."""
    rows = Customer.objects.visible_to(_user(request)).select_related(*WITH)
    page = page_of(rows.filter(handover=handover) if handover else rows, cursor=cursor, limit=limit)
    return {"items": [out(one) for one in page["items"]], "next": page["next"]}


@router.get("/{uuid:key}/", response=CustomerOut, operation_id="get_customer")
@needs(VIEW_CUSTOMERS)
def get_customer(request: HttpRequest, key: UUID) -> Any:
    return out(_customer(request, key, VIEW_CUSTOMERS))


@router.post("/", response={201: CustomerOut}, operation_id="start_customer")
@needs(EDIT_CUSTOMERS)
@idempotent(CustomerOut)
def start_customer(request: HttpRequest, sent: CustomerIn) -> Any:
    """409 where the deal is not won, or they are a customer already."""
    user = _user(request)
    deals = Deal.objects.living().visible_to(user, EDIT_CUSTOMERS)
    deal = deals.filter(key=sent.deal).first()
    if deal is None:
        raise Problem(422, "deal: there is none with this key that you may edit.")
    owner = _owner(sent.owner) if sent.owner else None
    made = actions.start_customer(
        deal=deal, owner=owner, note=sent.note, by=user, at=timezone.now()
    )
    return Status(201, out(_fresh(made)))


@router.post("/{uuid:key}/accept/", response=CustomerOut, operation_id="accept_customer")
@needs(EDIT_CUSTOMERS)
def accept_customer(request: HttpRequest, key: UUID) -> Any:
    """Taken over; 409 where that is done, or nothing was handed over."""
    found = _customer(request, key, EDIT_CUSTOMERS)
    actions.accept_customer(customer=found, by=_user(request), at=timezone.now())
    return out(_fresh(found))


@router.post("/{uuid:key}/called/", response=CustomerOut, operation_id="note_first_call")
@needs(EDIT_CUSTOMERS)
def note_first_call(request: HttpRequest, key: UUID) -> Any:
    """409 where no first call is owed."""
    found = _customer(request, key, EDIT_CUSTOMERS)
    actions.note_call(customer=found, by=_user(request), at=timezone.now())
    return out(_fresh(found))


@router.post("/{uuid:key}/give/", response=CustomerOut, operation_id="give_customer")
@needs(EDIT_CUSTOMERS)
def give_customer(request: HttpRequest, key: UUID, sent: CustomerGiveIn) -> Any:
    """To another owner, whose clock begins."""
    found = _customer(request, key, EDIT_CUSTOMERS)
    actions.give_customer(
        customer=found,
        owner=_owner(sent.owner),
        note=sent.note,
        by=_user(request),
        at=timezone.now(),
    )
    return out(_fresh(found))


@router.delete("/{uuid:key}/", response={204: None}, operation_id="delete_customer")
@needs(DELETE_CUSTOMERS)
def delete_customer(request: HttpRequest, key: UUID) -> Any:
    """Into the trash."""
    found = _customer(request, key, DELETE_CUSTOMERS)
    actions.trash_customer(customer=found, by=_user(request), at=timezone.now())
    return Status(204, None)


@router.get("/surveys/", response=Page[SurveyOut], operation_id="list_surveys")
@needs(VIEW_CUSTOMERS)
def list_surveys(
    request: HttpRequest,
    cursor: str = "",
    limit: int = 50,
    kind: Literal["nps", "csat", ""] = "",
    answered: Literal["yes", "no", ""] = "",
) -> Any:
    """What customers were asked, and answered."""
    rows = Survey.objects.visible_to(_user(request)).select_related("customer", "person")
    if kind:
        rows = rows.filter(kind=kind)
    if answered:
        rows = rows.filter(answered_at__isnull=answered == "no")
    page = page_of(rows, cursor=cursor, limit=limit)
    return {"items": [survey_out(one) for one in page["items"]], "next": page["next"]}


@router.post("/{uuid:key}/surveys/", response={201: SurveyAskedOut}, operation_id="ask_customer")
@needs(EDIT_CUSTOMERS)
@idempotent(SurveyAskedOut)
def ask_customer(request: HttpRequest, key: UUID, sent: SurveyIn) -> Any:
    """The link to hand over stands in the answer; 409 where the same is asked already, or no mail
    may go."""
    found, user = _customer(request, key, EDIT_CUSTOMERS), _user(request)
    person = Person.objects.visible_to(user).filter(key=sent.person).first()
    if person is None:
        raise Problem(422, "person: there is nobody with this key whom you see.")
    survey, _batch = actions.ask_customer(
        customer_id=found.pk,
        person=person,
        kind=sent.kind,
        by=user,
        at=timezone.now(),
        by_mail=sent.by_mail,
    )
    if sent.by_mail:
        send_mail.enqueue()
    return Status(201, {**survey_out(survey), "link": survey_link(survey)})


def survey_out(found: Survey) -> dict[str, Any]:
    plain = [name for name in SurveyOut.model_fields if name not in {"customer", "person"}]
    return {
        "customer": found.customer.key,
        "person": found.person.key,
        **{name: getattr(found, name) for name in plain},
    }


def out(found: Customer) -> dict[str, Any]:
    """As the API tells it."""
    plain = [name for name in CustomerOut.model_fields if name not in {*WITH, "reasons"}]
    return {
        "reasons": [words for words, _hue in reasons_in_words(found.reasons)],
        **{name: getattr(found, name) for name in plain},
        **{name: _key(getattr(found, name)) for name in WITH},
    }


def _key(record: Any) -> UUID | None:
    return record.key if record else None


def _customer(request: HttpRequest, key: UUID, permission: Permission) -> Customer:
    rows = Customer.objects.visible_to(_user(request), permission)
    return get_object_or_404(rows.select_related(*WITH), key=key)


def _fresh(found: Customer) -> Customer:
    return Customer.objects.select_related(*WITH).get(pk=found.pk)


def _owner(key: UUID) -> User:
    found = able_owners().filter(key=key).first()
    if found is None:
        raise Problem(422, "owner: nobody with this key can look after a customer.")
    return found


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
