"""What customers were asked, over the REST API: /api/v1/customers/surveys/."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.core.mail.tasks import send_mail
from baton.records.people.models import Person
from baton.sales.customers import actions
from baton.sales.customers.api.shared import customer_or_404
from baton.sales.customers.models import Survey
from baton.sales.customers.permissions import EDIT_CUSTOMERS, VIEW_CUSTOMERS
from baton.sales.customers.tokens import survey_link

router = Router(tags=["customers"])


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
    rows = Survey.objects.visible_to(user_of(request)).select_related("customer", "person")
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
    found, user = customer_or_404(request, key, EDIT_CUSTOMERS), user_of(request)
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
