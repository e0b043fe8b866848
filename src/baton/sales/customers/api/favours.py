"""Reviews and referrals over the REST API: /api/v1/customers/favours/."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.core.mail.tasks import send_mail
from baton.records.people.models import Person
from baton.sales.customers import actions
from baton.sales.customers.api.shared import PLAIN, customer_or_404
from baton.sales.customers.models import Favour
from baton.sales.customers.permissions import EDIT_CUSTOMERS, VIEW_CUSTOMERS
from baton.sales.customers.queries import favour_terms, our_name
from baton.sales.customers.words import favour_text

router = Router(tags=["customers"])
Short = Annotated[str, Field(max_length=200, pattern=PLAIN)]


class FavourOut(Schema):
    """``outcome``: reviewed, referred, declined; empty while nobody knows."""

    key: UUID
    customer: UUID
    person: UUID
    kind: str
    text: str
    asked_at: datetime
    mailed_at: datetime | None
    outcome: str
    closed_at: datetime | None


class FavourIn(Schema):
    """Without ``text`` the usual one; ``by_mail``: it goes to the person's address."""

    model_config = ConfigDict(extra="forbid")

    person: UUID
    kind: Literal["review", "referral"]
    text: Annotated[str, Field(max_length=4000, pattern=PLAIN)] = ""
    by_mail: bool = False


class FavourOutcomeIn(Schema):
    model_config = ConfigDict(extra="forbid")

    outcome: Literal["reviewed", "declined"]


class ReferralIn(Schema):
    """Whom they named; of somebody known by ``email`` nothing is changed."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Short, Field(min_length=1)]
    email: Annotated[str, Field(max_length=254, pattern=PLAIN)] = ""
    company: Short = ""


@router.get("/favours/", response=Page[FavourOut], operation_id="list_favours")
@needs(VIEW_CUSTOMERS)
def list_favours(
    request: HttpRequest,
    cursor: str = "",
    limit: int = 50,
    kind: Literal["review", "referral", ""] = "",
) -> Any:
    """Who was asked for a review or a referral, and what came of it."""
    rows = Favour.objects.visible_to(user_of(request)).select_related("customer", "person")
    page = page_of(rows.filter(kind=kind) if kind else rows, cursor=cursor, limit=limit)
    return {"items": [favour_out(one) for one in page["items"]], "next": page["next"]}


@router.post("/{uuid:key}/favours/", response={201: FavourOut}, operation_id="ask_favour")
@needs(EDIT_CUSTOMERS)
@idempotent(FavourOut)
def ask_favour(request: HttpRequest, key: UUID, sent: FavourIn) -> Any:
    """A task for their owner, or a mail; 409 where the same was asked lately, or an issue is
    open."""
    found, user = customer_or_404(request, key, EDIT_CUSTOMERS), user_of(request)
    person = Person.objects.visible_to(user).filter(key=sent.person).first()
    if person is None:
        raise Problem(422, "person: there is nobody with this key whom you see.")
    usual = favour_text(sent.kind, ours=our_name(), url=favour_terms().review_url)
    favour, _batch = actions.ask_favour(
        customer_id=found.pk,
        person=person,
        kind=sent.kind,
        text=sent.text.strip() or usual,
        by=user,
        at=timezone.now(),
        by_mail=sent.by_mail,
    )
    if sent.by_mail:
        send_mail.enqueue()
    return Status(201, favour_out(favour))


@router.post("/favours/{uuid:key}/outcome/", response=FavourOut, operation_id="close_favour")
@needs(EDIT_CUSTOMERS)
def close_favour(request: HttpRequest, key: UUID, sent: FavourOutcomeIn) -> Any:
    """409 where it is known already, or cannot come of what was asked."""
    favour = _favour(request, key)
    actions.close_favour(
        favour=favour, outcome=sent.outcome, by=user_of(request), at=timezone.now()
    )
    return favour_out(_favour(request, key))


@router.post("/favours/{uuid:key}/referred/", response=FavourOut, operation_id="refer_person")
@needs(EDIT_CUSTOMERS)
def refer_person(request: HttpRequest, key: UUID, sent: ReferralIn) -> Any:
    """A new lead whom they introduced, or one who is known."""
    actions.refer_person(
        favour=_favour(request, key),
        name=sent.name,
        email=sent.email,
        company=sent.company,
        by=user_of(request),
        at=timezone.now(),
    )
    return favour_out(_favour(request, key))


def favour_out(found: Favour) -> dict[str, Any]:
    plain = [name for name in FavourOut.model_fields if name not in {"customer", "person"}]
    return {
        "customer": found.customer.key,
        "person": found.person.key,
        **{name: getattr(found, name) for name in plain},
    }


def _favour(request: HttpRequest, key: UUID) -> Favour:
    rows = Favour.objects.visible_to(user_of(request), EDIT_CUSTOMERS)
    return get_object_or_404(rows.select_related("customer", "person"), key=key)
