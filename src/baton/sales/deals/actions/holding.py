"""What every act on a deal begins and ends with: hold the rows, keep the amounts true, save."""

from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypedDict

from django.db.models import Field
from django.utils.translation import gettext as _

from baton.core.errors import RuleViolation
from baton.core.money.queries import in_base
from baton.core.settings.queries import organisation
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.rules import COIN, MOST, StageKind
from baton.sales.deals.words import local_day


class DealGone(RuleViolation):
    """In the trash, or deleted for good."""


class StageGone(RuleViolation):
    """The stage was removed from its pipeline."""


class BadAmount(RuleViolation):
    """Below zero, or more than can be kept."""


class About(TypedDict):
    """Whom a fact of a deal is about."""

    deal_id: int
    person_id: int | None
    company_id: int | None


def hold_deal(deal_id: int) -> Deal:
    """The living deal, locked until the transaction ends. Raises DealGone."""
    held = (
        Deal.objects.select_for_update(of=("self",))
        .select_related("stage", "person", "company", "owner")
        .filter(pk=deal_id)
        .first()
    )
    if held is None:
        raise DealGone(_("This deal no longer exists."))
    if held.deleted_at:
        raise DealGone(_("“%(deal)s” is in the trash. Restore it first.") % {"deal": held.name})
    return held


def hold_stage(stage_id: int) -> Stage:
    """The living stage, kept from being removed meanwhile. Raises StageGone.

    Always held before the deal: who removes a stage takes the rows in the same order.
    """
    held = Stage.objects.select_for_update(no_key=True, of=("self",)).filter(pk=stage_id).first()
    if held is None or held.deleted_at:
        name = held.name if held else ""
        raise StageGone(
            _("The stage “%(stage)s” was removed. Choose one of the present stages.")
            % {"stage": name}
        )
    return held


def first_stage(pipeline_id: int, *, kind: StageKind = StageKind.OPEN) -> Stage:
    """The pipeline's first living stage of the kind. Raises StageGone."""
    stages = Stage.objects.living().of_kind(kind).filter(pipeline=pipeline_id)
    found = stages.order_by("position", "pk").first()
    if found is None:
        raise StageGone(_("This pipeline has no such stage. Add one in its settings."))
    return hold_stage(found.pk)


def check_amount(amount: Decimal | None) -> Decimal | None:
    """The amount with the two decimals that are kept. Raises BadAmount."""
    if amount is not None and not (amount.is_finite() and 0 <= amount <= MOST):
        raise BadAmount(_("Enter an amount between 0 and %(most)s.") % {"most": f"{MOST:,}"})
    return None if amount is None else amount.quantize(COIN, rounding=ROUND_HALF_UP)


def value_deal(deal: Deal, *, at: datetime) -> None:
    """Set the amount in the company's currency; once closed, at the rate of the closing day."""
    if deal.amount is None:
        deal.base_amount = deal.rate_on = None
        return
    company = organisation()
    valued = in_base(
        deal.amount,
        currency=deal.currency,
        base=company.base_currency,
        on=local_day(deal.closed_at or at, zone=company.zone),
    )
    deal.base_amount, deal.rate_on = valued.amount, valued.rate_on


def save_deal(deal: Deal, *, at: datetime, fields: Iterable[str]) -> None:
    """Write these fields, and that somebody was at it."""
    deal.touched_at = at
    deal.save(update_fields={*fields, "version", "touched_at"})


def about(deal: Deal) -> About:
    """The ids that every fact of this deal carries."""
    return {"deal_id": deal.pk, "person_id": deal.person_id, "company_id": deal.company_id}


def written(amount: Decimal | None) -> str:
    """An amount as facts keep it; empty = unknown."""
    return "" if amount is None else str(amount)


def present(deal: Deal, names: Iterable[str]) -> dict[str, Any]:
    """The present values of these fields; ids for records."""
    return {name: getattr(deal, column_of(name).attname) for name in names}


def column_of(name: str) -> "Field[Any, Any]":
    """The deal's field of that name; none of another table that points here."""
    found = Deal._meta.get_field(name)
    assert isinstance(found, Field), name  # noqa: S101 -- the callers name our own columns
    return found
