"""How the promises are kept, by who owes and by where the leads came from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from baton.core.access.models import User
from baton.qualification.handoff.models import Handoff, Offer
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.queries.attainment import (
    UNANSWERED,
    Kept,
    Promise,
    behind,
    counted,
    counts,
    handed_in,
    month_of,
)
from baton.qualification.handoff.rules import Kind, Outcome


class By(StrEnum):
    """By what the promises are told apart."""

    REP = "rep"
    TEAM = "team"
    CAMPAIGN = "campaign"
    PERSONA = "persona"


# Paths from a handoff: what tells the groups apart, and what they are called.
_PATHS = {
    By.REP: ("rep__key", "rep__name"),
    By.TEAM: ("rep__team__key", "rep__team__name"),
    By.CAMPAIGN: ("campaign", "campaign"),
    By.PERSONA: ("person__persona", "person__persona"),
}
OWING = frozenset({By.REP, By.TEAM})  # who was asked answers for it, whoever has the lead now


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """One group: ``handed`` leads of the month, and each promise. ``group`` is "" for none."""

    group: str
    name: str
    handed: int
    promises: list[Kept]


def kept_by(
    by: By, *, user: User, day: date, at: datetime, kind: str = Kind.MARKETING
) -> list[Keeping]:
    """The month of ``day`` so far, the largest groups first: one query, of reps and teams two."""
    key, name = _PATHS[by]
    handed = handed_in(month_of(day), user=user, kind=kind).order_by()
    rows = handed.values(group=F(key), called=F(name)).annotate(**counts(at))
    found = [_keeping(row) for row in rows]
    if by in OWING:
        found = _answered_by(found, by=by, handed=handed, at=at)
    return sorted(found, key=lambda one: (-one.handed, one.name))


def _keeping(row: Mapping[str, Any]) -> Keeping:
    return Keeping(
        group=str(row["group"] or ""),
        name=row["called"] or "",
        handed=row["handed"],
        promises=counted(row),
    )


def offers_due(at: datetime) -> tuple[Q, Q]:
    """Which offers called for an answer by ``at``, and which of them got none in time."""
    answered = Q(outcome__in=(Outcome.ACCEPTED, Outcome.REJECTED, Outcome.REDIRECTED))
    silent = UNANSWERED | Q(ended_at=None, due_at__lte=at)
    return answered | silent, silent | (answered & Q(ended_at__gt=F("due_at")))


def _answered_by(
    found: list[Keeping], *, by: By, handed: HandoffQuerySet, at: datetime
) -> list[Keeping]:
    """With the answers of who was asked, in place of who has the lead by now."""
    key, name = _PATHS[by]
    due, broken = offers_due(at)
    asked = Offer.objects.filter(handoff__in=handed).filter(due)
    counted = asked.order_by().values(group=F(key), called=F(name))
    rows = counted.annotate(
        all=Count("handoff", distinct=True),
        broken=Count("handoff", filter=broken, distinct=True),
    )
    groups = {one.group: one for one in found}
    answers: dict[str, Kept] = {}
    for row in rows:
        group = str(row["group"] or "")
        answers[group] = Kept(
            promise=Promise.ACCEPT, kept=row["all"] - row["broken"], all=row["all"]
        )
        groups.setdefault(group, _nothing(group, name=row["called"] or ""))
    none = Kept(promise=Promise.ACCEPT, kept=0, all=0)
    return [
        replace(one, promises=[answers.get(one.group, none), *one.promises[1:]])
        for one in groups.values()
    ]


def _nothing(group: str, *, name: str) -> Keeping:
    """Was asked, and has none of those leads now."""
    promises = [one for one in Promise if one is not Promise.MQLS]
    return Keeping(
        group=group,
        name=name,
        handed=0,
        promises=[Kept(promise=one, kept=0, all=0) for one in promises],
    )


def behind_group(
    promise: Promise,
    *,
    by: By,
    group: str,
    user: User,
    day: date,
    is_broken: bool,
    at: datetime,
    kind: str = Kind.MARKETING,
) -> QuerySet[Handoff]:
    """The handoffs that a figure of a group counts."""
    key, _name = _PATHS[by]
    asked: dict[str, Any] = {"user": user, "day": day, "at": at, "kind": kind}
    wanted = Q(**{key: group or (None if by in OWING else "")})
    if promise is not Promise.ACCEPT or by not in OWING:
        rows = behind(promise, is_broken=is_broken, **asked)
        return rows.filter(wanted)
    due, broken = offers_due(at)
    offers = Offer.objects.filter(broken if is_broken else due, wanted, handoff=OuterRef("pk"))
    rows = behind(Promise.MQLS, is_broken=False, **asked)
    return rows.filter(Exists(offers))
