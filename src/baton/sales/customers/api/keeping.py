"""What is written down of a customer after the handover, over the REST API."""

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import ConfigDict, Field, WithJsonSchema

from baton.core.access.doors import user_of
from baton.core.api.days import Day
from baton.core.api.doors import needs
from baton.core.api.problems import Problem
from baton.core.errors import RuleViolation
from baton.core.money.rules import check_currency
from baton.core.settings.queries import organisation
from baton.sales.customers import actions
from baton.sales.customers.api.shared import PLAIN, CustomerOut, customer_or_404, done, fresh, out
from baton.sales.customers.permissions import EDIT_CUSTOMERS
from baton.sales.customers.rules import ChurnReason

router = Router(tags=["customers"])
Money = Annotated[
    Decimal,
    Field(ge=0, max_digits=15, decimal_places=2),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,13}(\.[0-9]{1,2})?$"}),
]
Line = Annotated[str, Field(max_length=250, pattern=PLAIN)]
Currency = Annotated[str, Field(pattern=r"^([A-Z]{3})?$")]
Reason = Literal["price", "no_use", "missing", "service", "competitor", "closed", "other"]


class FirstValueIn(Schema):
    """``on``: the day on which they first had use of it; null takes it back."""

    model_config = ConfigDict(extra="forbid")

    on: Day | None


class IssueIn(Schema):
    model_config = ConfigDict(extra="forbid")

    issue: Annotated[Line, Field(min_length=1)]


class RenewIn(Schema):
    """Without ``currency`` the contract's, else the company's."""

    model_config = ConfigDict(extra="forbid")

    ends_on: Day
    amount: Money | None = None
    currency: Currency = ""


class ContractIn(Schema):
    """``renewal_step``: what is done next for the renewal; with one health does not warn."""

    model_config = ConfigDict(extra="forbid")

    ends_on: Day | None
    amount: Money | None = None
    currency: Currency = ""
    renewal_step: Line = ""


class ChurnIn(Schema):
    model_config = ConfigDict(extra="forbid")

    on: Day
    reason: Reason


class CheckinsIn(Schema):
    """``days``: null is as the agreement says; ``agreed_on``: a day that they know of."""

    model_config = ConfigDict(extra="forbid")

    days: Annotated[int, Field(ge=1, le=1000)] | None = None
    agreed_on: Day | None = None


@router.post("/{uuid:key}/first-value/", response=CustomerOut, operation_id="set_first_value")
@needs(EDIT_CUSTOMERS)
def first_value(request: HttpRequest, key: UUID, sent: FirstValueIn) -> Any:
    """409 for a day before they were a customer, or after today."""
    return done(request, key, actions.set_first_value, on=sent.on)


@router.post("/{uuid:key}/issue/", response=CustomerOut, operation_id="open_issue")
@needs(EDIT_CUSTOMERS)
def issue(request: HttpRequest, key: UUID, sent: IssueIn) -> Any:
    """What stands between them and us; or the open one in other words."""
    return done(request, key, actions.open_issue, issue=sent.issue)


@router.post("/{uuid:key}/issue/solved/", response=CustomerOut, operation_id="close_issue")
@needs(EDIT_CUSTOMERS)
def solved(request: HttpRequest, key: UUID) -> Any:
    """Safe to say twice."""
    return done(request, key, actions.close_issue)


@router.post("/{uuid:key}/contract/", response=CustomerOut, operation_id="set_contract")
@needs(EDIT_CUSTOMERS)
def contract(request: HttpRequest, key: UUID, sent: ContractIn) -> Any:
    """When it ends, for how much, and what is done next for the renewal."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    actions.set_contract(
        customer=found,
        ends_on=sent.ends_on,
        amount=sent.amount,
        currency=_currency(sent.currency or found.contract_currency),
        step=sent.renewal_step,
        by=user_of(request),
        at=timezone.now(),
    )
    return out(fresh(found))


@router.post("/{uuid:key}/renew/", response=CustomerOut, operation_id="renew_contract")
@needs(EDIT_CUSTOMERS)
def renew(request: HttpRequest, key: UUID, sent: RenewIn) -> Any:
    """They go on; 409 where the end is not a later one, or they are gone."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    actions.renew_contract(
        customer=found,
        ends_on=sent.ends_on,
        amount=sent.amount,
        currency=_currency(sent.currency or found.contract_currency),
        by=user_of(request),
        at=timezone.now(),
    )
    return out(fresh(found))


@router.post("/{uuid:key}/churn/", response=CustomerOut, operation_id="churn_customer")
@needs(EDIT_CUSTOMERS)
def churn(request: HttpRequest, key: UUID, sent: ChurnIn) -> Any:
    """They do not go on; 409 where they are gone already."""
    return done(request, key, actions.churn_customer, on=sent.on, reason=ChurnReason(sent.reason))


@router.post("/{uuid:key}/won-back/", response=CustomerOut, operation_id="win_back_customer")
@needs(EDIT_CUSTOMERS)
def won_back(request: HttpRequest, key: UUID) -> Any:
    """A customer again; safe to say twice."""
    return done(request, key, actions.win_back)


@router.post("/{uuid:key}/check-ins/", response=CustomerOut, operation_id="set_check_ins")
@needs(EDIT_CUSTOMERS)
def check_ins(request: HttpRequest, key: UUID, sent: CheckinsIn) -> Any:
    """How often they are spoken with, and the day agreed on; a talk is an activity of a person."""
    return done(request, key, actions.set_checkins, days=sent.days, agreed_on=sent.agreed_on)


def _currency(code: str) -> str:
    try:
        return check_currency(code or organisation().base_currency)
    except RuleViolation as no:
        raise Problem(422, f"currency: {no}") from no
