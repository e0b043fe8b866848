"""How the two sides keep the agreement, month by month, each figure with the handoffs behind it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual

from baton.core.access.models import User
from baton.core.calendars.queries import hours_of
from baton.core.prepared import Fixed, Prepared, one_row
from baton.core.settings.queries import organisation_zone
from baton.qualification.handoff.models import Agreement, Attempt, Handoff, Offer
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.rules import Kind, Outcome, State, Tally, pace


class Promise(StrEnum):
    """What is promised, and at the same time the list that stands behind it."""

    MQLS = "mqls"
    ACCEPT = "accept"
    RESPOND = "respond"
    ATTEMPTS = "attempts"
    VERDICT = "verdict"


@dataclass(frozen=True)
class Months:
    """A month in the organisation's zone, as moments: from, and up to but not at."""

    first: date
    since: datetime
    until: datetime


def month_of(day: date) -> Months:
    zone = organisation_zone()
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return Months(
        first=first,
        since=datetime.combine(first, time(), tzinfo=zone),
        until=datetime.combine(following, time(), tzinfo=zone),
    )


def months_up_to(day: date, *, count: int) -> Months:
    """So many whole months, the last of which is that of ``day``."""
    first = month_of(months_before(day, count=count - 1))
    return Months(first=first.first, since=first.since, until=month_of(day).until)


def months_before(day: date, *, count: int) -> date:
    """The first of the month that lies so many months before that of ``day``."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, 1)


@dataclass(frozen=True, kw_only=True)
class Kept(Tally):
    """Of one promise of who got the leads."""

    promise: Promise


@dataclass(frozen=True, kw_only=True)
class Attainment:
    """``handed``: MQLs handed over; ``due``: as many as are owed by now, None = none agreed."""

    month: Months
    handed: int
    due: float | None
    owed: int | None
    promises: list[Kept]


def made_in(month: Months, *, user: User, kind: str = Kind.MARKETING) -> HandoffQuerySet:
    """What marketing handed over in the month, as far as the user may see it; or SDRs on."""
    rows = Handoff.objects.visible_to(user).filter(
        made_at__gte=month.since, made_at__lt=month.until
    )
    return rows.to_executives() if kind == Kind.EXECUTIVE else rows.of_marketing()


def conditions(at: datetime) -> Mapping[Promise, tuple[Q, Q]]:
    """For each promise of sales: what was due by ``at``, and what of that was kept."""
    was_answered = Q(answered_at__isnull=False)
    let_down = Q(Exists(Offer.objects.filter(UNANSWERED, handoff=OuterRef("pk"))))
    in_time = was_answered & Q(is_late=False) & ~let_down
    was_taken = Q(respond_due_at__isnull=False)
    responded = Q(responded_at__isnull=False, responded_at__lte=F("respond_due_at"))
    needs_tries = was_taken & Q(attempt_due_at__lte=at)
    tried = Q(responded_at__lte=F("attempt_due_at")) | _all_tried()
    return {
        Promise.ACCEPT: (was_answered | Q(accept_due_at__lte=at) | let_down, in_time),
        Promise.RESPOND: (
            was_taken & (Q(responded_at__isnull=False) | Q(respond_due_at__lte=at)),
            responded,
        ),
        Promise.ATTEMPTS: (needs_tries, tried | Q(closed_at__lte=F("attempt_due_at"))),
        Promise.VERDICT: (Q(closed_at__isnull=False) | needs_tries, Q(closed_at__isnull=False)),
    }


def handed_in(month: Months, *, user: User, kind: str = Kind.MARKETING) -> HandoffQuerySet:
    """What counts of it: what was taken back in time promised nothing."""
    return made_in(month, user=user, kind=kind).exclude(state=State.WITHDRAWN)


def counts(at: datetime) -> dict[str, Count]:
    """What is asked of handoffs by whoever tells how promises were kept."""
    asked = {"handed": Count("pk")}
    for promise, (due, kept) in conditions(at).items():
        asked[f"{promise}_due"] = Count("pk", filter=due)
        asked[f"{promise}_kept"] = Count("pk", filter=due & kept)
    return asked


def counted(found: Mapping[str, Any]) -> list[Kept]:
    """The answer to ``counts``."""
    return [
        Kept(promise=promise, kept=found[f"{promise}_kept"], all=found[f"{promise}_due"])
        for promise in Promise
        if promise is not Promise.MQLS
    ]


# One that a manager gave to somebody else in time lets nobody down.
UNANSWERED = Q(outcome=Outcome.SILENCE) | Q(outcome=Outcome.MOVED, ended_at__gt=F("due_at"))


def _all_tried() -> Q:
    """As many attempts as agreed, within the agreed days."""
    in_time = Attempt.objects.filter(handoff=OuterRef("pk"), at__lte=OuterRef("attempt_due_at"))
    counted = in_time.order_by().values("handoff").annotate(count=Count("pk")).values("count")
    return Q(GreaterThanOrEqual(Coalesce(Subquery(counted), 0), F("agreement__attempts")))


def attainment(*, user: User, agreement: Agreement | None, day: date, at: datetime) -> Attainment:
    """The month of ``day`` so far: one query."""
    month, kind = month_of(day), agreement.kind if agreement else Kind.MARKETING
    found: Mapping[str, int] = Counter(
        _COUNTED.first(user=user, since=month.since, until=month.until, kind=Fixed(kind), at=at)
    )
    owed = agreement.mqls_a_month if agreement else None
    today = min(at.astimezone(organisation_zone()).date(), month.until.date() - timedelta(days=1))
    return Attainment(
        month=month,
        handed=found["handed"],
        owed=owed,
        due=pace(owed=owed, month=month.first, today=today, hours=hours_of(None)) if owed else None,
        promises=counted(found),
    )


def _counted(
    user: User, since: datetime, until: datetime, kind: str, at: datetime
) -> QuerySet[Any, Any]:
    month = Months(first=since.date(), since=since, until=until)
    asked = counts(at)
    rows: QuerySet[Any, Any] = one_row(handed_in(month, user=user, kind=kind))
    found: QuerySet[Any, Any] = rows.annotate(**asked).values(*asked)
    return found


_COUNTED: Prepared[dict[str, int]] = Prepared(_counted)


def behind(
    promise: Promise,
    *,
    user: User,
    day: date,
    is_broken: bool,
    at: datetime,
    kind: str = Kind.MARKETING,
) -> QuerySet[Handoff]:
    """The handoffs behind a figure: those that count, or only those that broke the promise."""
    month = month_of(day)
    rows = handed_in(month, user=user, kind=kind)
    if promise is not Promise.MQLS:
        due, kept = conditions(at)[promise]
        rows = rows.filter(due)
        if is_broken:
            made = made_in(month, user=user, kind=kind)
            rows = rows.exclude(pk__in=made.filter(kept).values("pk"))
    return rows.select_related("person__company", "rep", "agreement", "reply").order_by(
        "-made_at", "-pk"
    )
