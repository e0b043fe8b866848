"""Drafts may change, signatures make a version last for good."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core import filters
from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.changes.actions import record_change
from baton.core.settings.queries import organisation_zone
from baton.core.worktime.rules.hours import day_start
from baton.qualification.handoff.actions.refusals import (
    BadAgreement,
    MayNotSign,
    NothingToSign,
    StaleTerms,
)
from baton.qualification.handoff.models import Agreement, Pool
from baton.qualification.handoff.models.agreements import NUMBERS, OPTIONAL, OWN_NUMBERS, TERMS
from baton.qualification.handoff.queries import agreement_to_amend, signing_sides
from baton.qualification.handoff.rules import (
    AT_LEAST,
    AT_MOST,
    AT_MOST_BY_CODE,
    LADDER,
    REST_REASONS,
    RETURN,
    Gives,
    Kind,
    first_terms,
)

AHEAD = timedelta(days=366)  # nobody agrees today on what begins later than that


@transaction.atomic
def amend_agreement(
    *,
    values: Mapping[str, Any],
    by: User | None,
    at: datetime,
    read: str | None = None,
    kind: str = Kind.MARKETING,
) -> Agreement:
    """The draft with these terms, the others as they are in force; signed versions never change.

    A draft that nobody has signed is changed; where a side has signed, it becomes a new version.
    ``read``: the digest of the terms on which the change is based. Raises BadAgreement, StaleTerms.
    """
    rows = Agreement.objects.of_kind(kind).select_for_update(no_key=True)
    rows.order_by("-version").first()
    base = agreement_to_amend(kind)
    draft = base if base and base.valid_from is None else None
    if read is not None and read != (base.digest() if base else ""):
        raise StaleTerms(_("Somebody changed the terms meanwhile. Compare, and propose again."))
    terms = {name: getattr(base, name) for name in TERMS} if base else dict(first_terms(kind))
    before = dict(terms) if base else {}
    if draft is None:
        terms["starts_on"] = None  # the day of a version that is signed was its own
    terms |= {name: values[name] for name in TERMS if name in values}
    if kind != Kind.MARKETING:  # nobody raises a hand: both lanes have one clock
        terms["hand_raise_accept_minutes"] = terms["accept_minutes"]
        terms["hand_raise_respond_minutes"] = terms["respond_minutes"]
    _check(terms, kind=kind)
    _check_start(terms["starts_on"], at=at)
    if draft and not draft.signed_sides():
        for name, value in terms.items():
            setattr(draft, name, value)
        draft.save(update_fields=list(terms))
        _record(draft, "edited", before=before, after=terms, by=by, at=at)
        return draft
    made = _create(kind=kind, version=base.version + 1 if base else 1, terms=terms)
    _record(made, "created", before=before, after=terms, by=by, at=at)
    return made


def _create(*, kind: str, version: int, terms: Mapping[str, Any]) -> Agreement:
    """Of the very first one there is no row that would let a second one wait."""
    try:
        with transaction.atomic():
            return Agreement.objects.create(kind=kind, version=version, **terms)
    except IntegrityError as taken:
        words = _("Somebody changed the terms meanwhile. Compare, and propose again.")
        raise StaleTerms(words) from taken


def _record(
    agreement: Agreement,
    verb: str,
    *,
    after: Mapping[str, Any],
    by: User | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    cause: str = "",
) -> None:
    """What became other than it was."""
    known = before or {}
    changed = [name for name, value in after.items() if known.get(name) != value]
    record_change(
        object_type="agreement",
        object_id=agreement.pk,
        verb=verb,
        before={name: known.get(name) for name in changed},
        after={name: after[name] for name in changed},
        by=by,
        at=at,
        cause=cause,
    )


def _check(terms: Mapping[str, Any], *, kind: str) -> None:
    for name in NUMBERS:
        if terms[name] is None or terms[name] < AT_LEAST.get(name, 1):
            raise BadAgreement(_("Give every number of the agreement, 1 or more."))
    if any(terms[name] is not None and terms[name] < 1 for name in OPTIONAL):
        raise BadAgreement(_("Give every number of the agreement, 1 or more."))
    # Beyond, nobody could accept a lead: the due day of its attempts would be out of reach.
    if any(terms[name] is not None and terms[name] > most for name, most in AT_MOST.items()):
        raise BadAgreement(_("A number of the agreement is larger than anybody could keep."))
    if terms["hand_raise_accept_minutes"] > terms["accept_minutes"]:
        raise BadAgreement(_("Who raises a hand waits no longer than the others."))
    _check_codes(terms)
    if kind == Kind.EXECUTIVE and terms["is_on"]:
        _check_executives(terms)
    if kind == Kind.OWNER:
        _check_owners(terms)


def _check_executives(terms: Mapping[str, Any]) -> None:
    """Somebody has to be there who closes, and reasons are those that there are."""
    pool = Pool.objects.living().filter(pk=terms["pool_id"], is_catch_all=False).first()
    if pool is None:
        raise BadAgreement(_("Choose the pool of account executives who take turns."))
    if set(terms["return_reasons"]) - {reason.code for reason in RETURN}:
        raise BadAgreement(_("The agreement names a reason or a role that is none."))


def _check_owners(terms: Mapping[str, Any]) -> None:
    """Somebody gets new customers, and they are looked after."""
    if any(terms[name] is None for name in OWN_NUMBERS):
        raise BadAgreement(_("Give every number of the agreement, 1 or more."))
    if terms["gives"] not in set(Gives):
        raise BadAgreement(_("Say who gets new customers."))
    named = who_can_sign_in().filter(pk=terms["given_to_id"])
    if terms["gives"] == Gives.ONE and not named.exists():
        raise BadAgreement(_("Say which colleague gets new customers."))


def _check_codes(terms: Mapping[str, Any]) -> None:
    """Only reasons after which somebody rests, and roles of the ladder, each told after the one
    before. Raises BadAgreement, BadFilter."""
    rests, ladder = terms["rest_days"], terms["ladder"]
    named = {*rests, *terms["rest_conditions"]}
    if named - set(REST_REASONS) or set(ladder) - set(LADDER):
        raise BadAgreement(_("The agreement names a reason or a role that is none."))
    for name, most in AT_MOST_BY_CODE.items():
        least = AT_LEAST.get(name, 1)
        if not all(isinstance(n, int) and least <= n <= most for n in terms[name].values()):
            raise BadAgreement(_("A number of the agreement is larger than anybody could keep."))
    for tree in terms["rest_conditions"].values():
        filters.parse(tree, object_type="person")
    climbed = [ladder[role] for role in LADDER if role in ladder]
    if climbed != sorted(climbed):
        raise BadAgreement(_("The manager is told of a late lead before the heads are."))


def _check_start(starts_on: date | None, *, at: datetime) -> None:
    if starts_on and starts_on > (at + AHEAD).date():
        raise BadAgreement(_("Let the version begin within a year."))


@transaction.atomic
def sign_agreement(
    *, agreement: Agreement, side: str, by: User, at: datetime, read: str | None = None
) -> Agreement:
    """One side signs; with the second signature the version is in force from ``at`` on, or from
    the first moment of its own day.

    Signing twice changes nothing. ``read``: the digest of the terms that ``by`` has read. Raises
    MayNotSign, NothingToSign for an outdated draft, StaleTerms, and BadAgreement where a draft
    names somebody or something that is gone since.
    """
    if side not in signing_sides(by, kind=agreement.kind):
        raise MayNotSign(_("The head of that side signs for it."))
    agreement = Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    newer = Agreement.objects.of_kind(agreement.kind).filter(version__gt=agreement.version)
    if newer.exists():
        raise NothingToSign(_("There is a newer version. Sign that one."))
    if side in agreement.signed_sides():
        return agreement
    if read is not None and read != agreement.digest():
        raise StaleTerms(_("The terms were changed since you read them. Read them, then sign."))
    _check({name: getattr(agreement, name) for name in TERMS}, kind=agreement.kind)
    setattr(agreement, f"signed_for_{side}_by", by)
    setattr(agreement, f"signed_for_{side}_at", at)
    if len(agreement.signed_sides()) == len(agreement.parties()):
        agreement.valid_from = _first_moment(agreement, at=at)
    agreement.save()
    _record(agreement, "edited", after={"side": side}, by=by, at=at, cause="signed")
    return agreement


def _first_moment(agreement: Agreement, *, at: datetime) -> datetime:
    if agreement.starts_on is None:
        return at
    return max(at, day_start(agreement.starts_on, zone=organisation_zone()))


@transaction.atomic
def ensure_first_agreement(
    *, by: User, at: datetime, values: Mapping[str, Any] | None = None
) -> Agreement:
    """Version 1, signed by ``by`` for both sides, when nothing was ever agreed; else the latest.

    ``by`` signs as founder of the instance, whatever their role.
    """
    latest = Agreement.objects.of_kind(Kind.MARKETING).order_by("-version").first()
    if latest:
        return latest
    agreement = amend_agreement(values=values or {}, by=by, at=at)
    agreement.signed_for_marketing_by = agreement.signed_for_sales_by = by
    agreement.signed_for_marketing_at = agreement.signed_for_sales_at = at
    agreement.valid_from = at
    agreement.save()
    return agreement
