"""Drafts may change or be taken back; two signatures make an edition last for good."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_change, restore_rows, trash_rows
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.insight.goals.rules import Unit, span_of
from baton.insight.plans.events import PlanSigned
from baton.insight.plans.models import Plan
from baton.insight.plans.permissions import EDIT_PLANS
from baton.insight.plans.rules import FOLLOWED, Assumed, Terms
from baton.qualification.handoff.actions import MayNotSign, NothingToSign, StaleTerms
from baton.qualification.handoff.rules import PARTIES, Kind, Side, sides_of

PLAN = "plan"
MOST = Decimal(10) ** 12


class BadPlan(RuleViolation):
    """Something in it cannot be planned."""


@transaction.atomic
def draft_plan(
    *,
    day: date,
    terms: Terms,
    by: User | None,
    at: datetime,
    read: str | None = None,
    batch: UUID | None = None,
) -> Plan:
    """The quarter's draft with these terms. One that nobody has signed is changed; where a side has
    signed, it becomes a new edition.

    ``read``: the digest of the terms on which the change is based. Raises BadPlan, StaleTerms.
    """
    _check(terms)
    first = span_of(Unit.QUARTER, day).first
    base = latest_edition(first, locks=True)
    if read is not None and read != (base.digest() if base else ""):
        raise StaleTerms(_("Somebody changed the plan meanwhile. Compare, and propose again."))
    kept = terms.plain()
    if base and not base.signed_sides():
        before, base.terms = base.terms, kept
        base.version += 1
        base.save(update_fields=["terms", "version"])
        told = {"before": {"terms": before}, "after": {"terms": kept}}
        _record(base, "edited", **told, by=by, at=at, batch=batch)
        return base
    made = _create(first, kept)
    _record(made, "created", after={"terms": kept}, by=by, at=at, batch=batch)
    return made


def latest_edition(first: date, *, locks: bool = False) -> Plan | None:
    rows = Plan.objects.filter(starts_on=first, deleted_at=None).order_by("-edition")
    return (rows.select_for_update(of=("self",)) if locks else rows).first()


def _create(first: date, kept: Mapping[str, Any]) -> Plan:
    """Of the very first one there is no row that would let a second one wait."""
    known = Plan.objects.filter(starts_on=first).order_by("-edition").first()
    edition = known.edition + 1 if known else 1
    try:
        with transaction.atomic():
            return Plan.objects.create(starts_on=first, edition=edition, terms=kept)
    except IntegrityError as taken:
        words = _("Somebody changed the plan meanwhile. Compare, and propose again.")
        raise StaleTerms(words) from taken


def _check(terms: Terms) -> None:
    if any(not 0 <= one.amount < MOST for one in terms.budget):
        raise BadPlan(_("A budget is an amount of 0 or more."))
    places = [(one.channel, one.campaign) for one in terms.budget]
    if len(set(places)) < len(places):
        raise BadPlan(_("A channel or a campaign stands twice in the budget. Add its amounts up."))
    if any(not one.what.strip() for one in terms.launches):
        raise BadPlan(_("Say of each launch what it is."))
    for name, value in terms.assumptions.items():
        if name not in set(Assumed) or not 0 < value < MOST:
            raise BadPlan(_("An assumption is a number above 0."))
        if name in FOLLOWED and value > 1:
            raise BadPlan(_("A share is at most 100 %."))
    if terms.mqls is not None and not 0 < terms.mqls < MOST:
        raise BadPlan(_("Plan one MQL or more, or leave the number out."))


@transaction.atomic
def sign_plan(*, plan: Plan, side: str, by: User, at: datetime, read: str | None = None) -> Plan:
    """One side signs; with the second signature it is in force. Signing twice changes nothing.

    Raises MayNotSign, NothingToSign for an outdated edition, StaleTerms.
    """
    if side not in sides_of(by.role):
        raise MayNotSign(_("The head of that side signs for it."))
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    latest = latest_edition(plan.starts_on)
    if latest is None or latest.pk != plan.pk:
        raise NothingToSign(_("There is a newer edition. Sign that one."))
    if side in plan.signed_sides():
        return plan
    if read is not None and read != plan.digest():
        raise StaleTerms(_("The plan was changed since you read it. Read it, then sign."))
    if side == Side.MARKETING:
        plan.signed_for_marketing_by, plan.signed_for_marketing_at = by, at
    else:
        plan.signed_for_sales_by, plan.signed_for_sales_at = by, at
    if len(plan.signed_sides()) == len(PARTIES[Kind.MARKETING]):
        plan.valid_from = at
        _tell(plan, by=by, at=at)
    plan.save()
    _record(plan, "edited", after={"side": side}, by=by, at=at, cause="signed")
    return plan


def _tell(plan: Plan, *, by: User, at: datetime) -> None:
    publish(
        PlanSigned(
            happened_at=at,
            actor_id=by.pk,
            plan_id=plan.pk,
            starts_on=plan.starts_on.isoformat(),
            edition=plan.edition,
        )
    )


@transaction.atomic
def discard_plan(*, plan: Plan, by: User | None, at: datetime) -> UUID:
    """A draft into the trash; the batch that is returned brings it back. Raises BadPlan."""
    batch = new_key()
    if plan.valid_from is not None:
        raise BadPlan(_("Both have signed it: it stays. Propose a change instead."))
    if _put_away([plan.pk], by, at):
        _record(plan, "deleted", by=by, at=at, batch=batch)
    return batch


def _put_away(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return trash_rows(Plan.objects.filter(pk__in=ids, valid_from=None), at=at)


def _bring_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """Those behind which nobody has made a newer one."""
    back = []
    for plan in Plan.objects.filter(pk__in=ids).exclude(deleted_at=None):
        latest = latest_edition(plan.starts_on)
        if latest is None or latest.edition < plan.edition:
            back += restore_rows(Plan.objects.filter(pk=plan.pk))
    return back


def _write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """What is signed is not written back: a signature stands for what was read."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=pk)
    if "terms" in values and not plan.signed_sides():
        plan.terms = values["terms"]
        plan.version += 1
        plan.save(update_fields=["terms", "version"])


def _record(plan: Plan, verb: str, **named: Any) -> None:
    record_change(object_type=PLAN, object_id=plan.pk, verb=verb, **named)


TRACKED = Tracked(
    object_type=PLAN,
    label="Plan",
    read=partial(read_fields, Plan),
    write=_write_back,
    trash=_put_away,
    restore=_bring_back,
    reach=lambda user, verb: Plan.objects.reached_by(user, EDIT_PLANS),
)
