"""What of an agreement goes over the wire."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from baton.qualification.handoff.models import Agreement


class AgreementOut(Schema):
    """Of the second kind ``is_on``, ``asks_owner``, ``pool`` and ``return_reasons`` count besides,
    and what belongs to marketing's leads does not."""

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
    starts_on: date | None
    signed_for_marketing_at: datetime | None
    signed_for_sales_at: datetime | None
    valid_from: datetime | None

    @staticmethod
    def resolve_pool(agreement: Agreement) -> UUID | None:
        return agreement.pool.key if agreement.pool else None
