"""Versions of the agreements over the API: read there, proposed and signed by people on screen."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.qualification.handoff.api.handoffs import router
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.queries import agreement_in_force, versions_of
from baton.qualification.handoff.rules import Kind


class AgreementOut(Schema):
    """Of ``sdr_to_ae`` ``is_on``, ``asks_owner``, ``pool`` and ``return_reasons`` count besides; of
    ``ae_to_owner`` ``gives`` (turns, one, seller) and what follows it, with ``respond_minutes`` as
    the first call. What belongs to marketing's leads counts there not."""

    kind: str
    is_on: bool
    asks_owner: bool
    pool: UUID | None
    return_reasons: list[str]
    version: int
    threshold: int
    accept_minutes: int
    respond_minutes: int
    hand_raise_forms: list[str]
    hand_raise_accept_minutes: int
    hand_raise_respond_minutes: int
    grace_minutes: int
    attempts: int
    attempt_days: int
    recycle_days: int
    max_rounds: int
    mqls_a_month: int | None
    revenue_goal: int | None
    marketing_share: int | None
    average_deal: int | None
    when_late: str
    rest_days: dict[str, int]
    rest_conditions: dict[str, Any]
    ladder: dict[str, int]
    reply_minutes: int | None
    idle_days: int | None
    idle_by_stage: dict[str, int]
    step_days: int | None
    pause_days: int | None
    gives: str
    given_to: UUID | None
    brief_minutes: int | None
    value_days: int | None
    quiet_days: int | None
    checkin_well: int | None
    checkin_watch: int | None
    checkin_risk: int | None
    starts_on: date | None
    signed_for_marketing_at: datetime | None
    signed_for_sales_at: datetime | None
    signed_for_customers_at: datetime | None
    valid_from: datetime | None

    @staticmethod
    def resolve_pool(agreement: Agreement) -> UUID | None:
        return agreement.pool.key if agreement.pool else None

    @staticmethod
    def resolve_given_to(agreement: Agreement) -> UUID | None:
        return agreement.given_to.key if agreement.given_to else None


@router.get("/agreement/", response=AgreementOut, operation_id="get_agreement")
@needs(VIEW_HANDOFFS)
def agreement(request: HttpRequest, kind: Kind = Kind.MARKETING) -> Any:
    """The version of this kind that is in force; 404 before one is."""
    in_force = agreement_in_force(kind)
    pk = in_force.pk if in_force else None
    return get_object_or_404(versions_of(kind, user=user_of(request)), pk=pk)


@router.get(
    "/agreement/versions/", response=list[AgreementOut], operation_id="list_agreement_versions"
)
@needs(VIEW_HANDOFFS)
def agreement_versions(request: HttpRequest, kind: Kind = Kind.MARKETING) -> Any:
    """All versions of this kind, the latest first; without ``valid_from`` one is a draft."""
    return versions_of(kind, user=user_of(request))
