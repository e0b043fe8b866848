"""Drafts may change, signatures make a version last for good."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.qualification.handoff.actions.refusals import BadAgreement, MayNotSign, NothingToSign
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries import agreement_in_force, draft_agreement
from baton.qualification.handoff.rules import AT_LEAST, AT_MOST, Side, sides_of

NUMBERS = (
    "threshold",
    "accept_minutes",
    "respond_minutes",
    "hand_raise_accept_minutes",
    "hand_raise_respond_minutes",
    "grace_minutes",
    "attempts",
    "attempt_days",
    "recycle_days",
    "max_rounds",
)
TERMS = (*NUMBERS, "mqls_a_month", "hand_raise_forms", "when_late")
FIRST: Mapping[str, Any] = {
    "threshold": 70,
    "accept_minutes": 60,
    "respond_minutes": 240,
    "hand_raise_accept_minutes": 15,
    "hand_raise_respond_minutes": 30,
    "grace_minutes": 30,
    "attempts": 5,
    "attempt_days": 10,
    "recycle_days": 90,
    "max_rounds": 3,
    "hand_raise_forms": ["request-demo", "contact"],
    "mqls_a_month": None,
    "when_late": "",
}


@transaction.atomic
def amend_agreement(*, values: Mapping[str, Any], by: User | None, at: datetime) -> Agreement:
    """The draft with these terms, the others as they are in force; signed versions never change.

    A draft that nobody has signed is changed; where a side has signed, it becomes a new version.
    Raises BadAgreement.
    """
    draft = draft_agreement()
    base = draft or agreement_in_force()
    terms = {name: getattr(base, name) for name in TERMS} if base else dict(FIRST)
    terms |= {name: values[name] for name in TERMS if name in values}
    _check(terms)
    if draft and not draft.signed_sides():
        # Asked again in the database: a signature may have come since the look.
        unsigned = Agreement.objects.filter(
            pk=draft.pk, signed_for_marketing_at=None, signed_for_sales_at=None
        )
        if unsigned.update(**terms):
            draft.refresh_from_db()
            return draft
    latest = Agreement.objects.select_for_update(no_key=True).order_by("-version").first()
    return Agreement.objects.create(version=latest.version + 1 if latest else 1, **terms)


def _check(terms: Mapping[str, Any]) -> None:
    for name in NUMBERS:
        if terms[name] is None or terms[name] < AT_LEAST.get(name, 1):
            raise BadAgreement(_("Give every number of the agreement, 1 or more."))
    # Beyond, nobody could accept a lead: the due day of its attempts would be out of reach.
    if any(terms[name] is not None and terms[name] > most for name, most in AT_MOST.items()):
        raise BadAgreement(_("A number of the agreement is larger than anybody could keep."))
    if terms["hand_raise_accept_minutes"] > terms["accept_minutes"]:
        raise BadAgreement(_("Who raises a hand waits no longer than the others."))


@transaction.atomic
def sign_agreement(*, agreement: Agreement, side: str, by: User, at: datetime) -> Agreement:
    """One side signs; with the second signature the version is in force from ``at`` on.

    Signing twice changes nothing. Raises MayNotSign, or NothingToSign for an outdated draft.
    """
    if side not in sides_of(by.role):
        raise MayNotSign(_("The head of that side signs for it."))
    agreement = Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    if Agreement.objects.filter(version__gt=agreement.version).exists():
        raise NothingToSign(_("There is a newer version. Sign that one."))
    if side in agreement.signed_sides():
        return agreement
    if side == Side.MARKETING:
        agreement.signed_for_marketing_by, agreement.signed_for_marketing_at = by, at
    else:
        agreement.signed_for_sales_by, agreement.signed_for_sales_at = by, at
    if len(agreement.signed_sides()) == len(Side):
        agreement.valid_from = at
    agreement.save()
    return agreement


@transaction.atomic
def ensure_first_agreement(
    *, by: User, at: datetime, values: Mapping[str, Any] | None = None
) -> Agreement:
    """Version 1, signed by ``by`` for both sides, when nothing was ever agreed; else the latest.

    ``by`` signs as founder of the instance, whatever their role.
    """
    latest = Agreement.objects.order_by("-version").first()
    if latest:
        return latest
    agreement = amend_agreement(values=values or {}, by=by, at=at)
    agreement.signed_for_marketing_by = agreement.signed_for_sales_by = by
    agreement.signed_for_marketing_at = agreement.signed_for_sales_at = at
    agreement.valid_from = at
    agreement.save()
    return agreement
