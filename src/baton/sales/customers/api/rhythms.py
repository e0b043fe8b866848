"""The table of check-in rhythms over the API: how often which customers are spoken with."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, StringConstraints

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.core.api.conditions import read_condition
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.problems import Problem
from baton.core.api.trash import restored
from baton.sales.customers import actions
from baton.sales.customers.actions import CHECKIN_RULES
from baton.sales.customers.api.shared import PLAIN
from baton.sales.customers.models import CheckinRule, CheckinRuleQuerySet
from baton.sales.customers.permissions import MANAGE_CUSTOMERS, VIEW_CUSTOMERS
from baton.sales.customers.queries import terms

router = Router(tags=["customers"])
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=PLAIN)
]
Days = Annotated[int, Field(ge=1, le=1000)]
Place = Annotated[int, Field(ge=1, le=999)]
USUAL = ("well", "watch", "risk")


class CheckinRowOut(Schema):
    """``condition``: a tree of conditions on customers; the first row by ``position`` that a
    customer fits counts. Days from one word to the next, by health."""

    key: UUID
    version: int
    name: str
    condition: dict[str, Any]
    position: int
    well: int
    watch: int
    risk: int


class CheckinUsualOut(Schema):
    """Of everybody else, as the agreement in force says; ``version`` is its, 0 where nobody has
    signed any."""

    version: int
    well: int
    watch: int
    risk: int


class CheckinTableOut(Schema):
    """Rows in the order in which they are tried, and at the end everybody else."""

    rows: list[CheckinRowOut]
    everybody_else: CheckinUsualOut


class CheckinRowIn(Schema):
    """``position``: from 1; the last one unless it is said."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    condition: dict[str, Any]
    well: Days
    watch: Days
    risk: Days
    position: Place = 999


class CheckinRowPatch(Schema):
    """Only the fields that are sent change."""

    model_config = ConfigDict(extra="forbid")

    version: int | None = None
    name: Name = "-"
    condition: dict[str, Any] = {}
    well: Days = 1
    watch: Days = 1
    risk: Days = 1
    position: Place = 999


@router.get("/check-ins/", response=CheckinTableOut, operation_id="get_check_in_table")
@needs(VIEW_CUSTOMERS)
def check_in_table(request: HttpRequest) -> Any:
    """How often which customers are spoken with."""
    return {"rows": list(_seen(request).in_order()), "everybody_else": _usual()}


@router.post("/check-ins/", response={201: CheckinRowOut}, operation_id="create_check_in_row")
@needs(MANAGE_CUSTOMERS)
@idempotent(CheckinRowOut)
def create_check_in_row(request: HttpRequest, sent: CheckinRowIn) -> Any:
    """It counts from each customer's next check-in on."""
    row, _batch = actions.save_checkin_rule(
        values=_values(sent), by=user_of(request), at=timezone.now()
    )
    return Status(201, row)


@router.get("/check-ins/{uuid:key}/", response=CheckinRowOut, operation_id="get_check_in_row")
@needs(VIEW_CUSTOMERS)
def check_in_row(request: HttpRequest, key: UUID) -> Any:
    return get_object_or_404(_seen(request).living(), key=key)


@router.patch("/check-ins/{uuid:key}/", response=CheckinRowOut, operation_id="change_check_in_row")
@needs(MANAGE_CUSTOMERS)
def change_check_in_row(request: HttpRequest, key: UUID, sent: CheckinRowPatch) -> Any:
    """409 when somebody saved since you read `version`."""
    found = get_object_or_404(_seen(request, MANAGE_CUSTOMERS).living(), key=key)
    saved, _batch = actions.save_checkin_rule(
        values=_values(sent),
        rule=found,
        version=sent.version,
        by=user_of(request),
        at=timezone.now(),
    )
    return saved


@router.delete("/check-ins/{uuid:key}/", response={204: None}, operation_id="delete_check_in_row")
@needs(MANAGE_CUSTOMERS)
def delete_check_in_row(request: HttpRequest, key: UUID) -> Any:
    """Whom it was for fits another row, or none, from their next check-in on."""
    found = get_object_or_404(_seen(request, MANAGE_CUSTOMERS).living(), key=key)
    actions.delete_checkin_rule(rule=found, by=user_of(request), at=timezone.now())
    return Status(204, None)


@router.post(
    "/check-ins/{uuid:key}/restore/", response={204: None}, operation_id="restore_check_in_row"
)
@needs(MANAGE_CUSTOMERS)
def restore_check_in_row(request: HttpRequest, key: UUID) -> Any:
    """The undo of deleting it: back to its place."""
    return restored(request, CHECKIN_RULES, key)


def _values(sent: CheckinRowIn | CheckinRowPatch) -> dict[str, Any]:
    values = sent.dict(exclude_unset=True, exclude={"version"})
    if "condition" in values:
        chosen = read_condition(values["condition"], object_type="customer", name="condition")
        if not list(chosen.conditions):
            raise Problem(422, "condition: say for which customers it is.")
    return values


def _usual() -> dict[str, int]:
    agreed = terms()
    return {
        "version": agreed.version,
        **{name: getattr(agreed, f"checkin_{name}") for name in USUAL},
    }


def _seen(request: HttpRequest, permission: Permission = VIEW_CUSTOMERS) -> CheckinRuleQuerySet:
    return CheckinRule.objects.visible_to(user_of(request), permission)
