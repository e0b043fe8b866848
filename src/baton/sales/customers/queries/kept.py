"""How sellers and customer owners keep what they agreed on, month by month, with what stands
behind each figure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from baton.core.access.models import User
from baton.core.facts.models import FactRecord
from baton.core.settings.queries import organisation_zone
from baton.qualification.handoff.queries.attainment import Months, month_of
from baton.qualification.handoff.rules import Tally
from baton.sales.customers.models import Customer, CustomerQuerySet, Step, StepQuerySet
from baton.sales.customers.rules import Whose


class Owed(StrEnum):
    """What is promised, and at the same time the list that stands behind it."""

    HANDED = "handed"  # no promise: how many were handed over
    BRIEF = "brief"  # the seller's
    ACCEPT = "accept"
    CALL = "call"
    STEPS = "steps"
    VALUE = "value"
    CHECKINS = "checkins"


PROMISES = tuple(one for one in Owed if one is not Owed.HANDED)


class By(StrEnum):
    """By what the promises are told apart."""

    OWNER = "owner"
    TEAM = "team"
    SELLER = "seller"


_PATHS = {
    By.OWNER: ("owner__key", "owner__name"),
    By.TEAM: ("owner__team__key", "owner__team__name"),
    By.SELLER: ("seller__key", "seller__name"),
}


@dataclass(kw_only=True)
class Keeping:
    """One group, or all: ``handed`` customers of the month, and each promise. ``group`` is "" for
    none."""

    group: str = ""
    name: str = ""
    handed: int = 0
    promises: dict[Owed, Tally] = field(default_factory=dict)

    def of(self, promise: Owed) -> Tally:
        return self.promises.get(promise, Tally(kept=0, all=0))


@dataclass(frozen=True, kw_only=True)
class _Counted:
    """Rows that were due, which of them kept the promise, and what leads from one to its
    customer."""

    rows: QuerySet[Any]
    kept: Q
    path: str = ""


def kept_by(by: By, *, user: User, day: date, at: datetime) -> list[Keeping]:
    """The month of ``day`` so far, the largest groups first: one query a promise."""
    found: dict[str, Keeping] = {}
    month = month_of(day)
    for promise in Owed:
        asked = _asked(promise, user=user, month=month, at=at)
        for row in _grouped(asked, by=by):
            group = str(row["group"] or "")
            one = found.setdefault(group, Keeping(group=group, name=row["called"] or ""))
            if promise is Owed.HANDED:
                one.handed = row["all"]
            else:
                one.promises[promise] = Tally(kept=row["kept"], all=row["all"])
    return sorted(found.values(), key=lambda one: (-one.handed, one.name))


def kept_in(*, user: User, day: date, at: datetime) -> Keeping:
    """The same of all together."""
    groups = kept_by(By.OWNER, user=user, day=day, at=at)
    tallies: dict[Owed, Tally] = {
        promise: Tally(
            kept=sum(one.of(promise).kept for one in groups),
            all=sum(one.of(promise).all for one in groups),
        )
        for promise in PROMISES
    }
    return Keeping(handed=sum(one.handed for one in groups), promises=tallies)


def _grouped(asked: _Counted, *, by: By) -> Iterator[Mapping[str, Any]]:
    key, name = (f"{asked.path}{path}" for path in _PATHS[by])
    rows = asked.rows.order_by().values(group=F(key), called=F(name))
    yield from rows.annotate(all=Count("pk"), kept=Count("pk", filter=asked.kept))


def behind(
    promise: Owed,
    *,
    user: User,
    day: date,
    at: datetime,
    is_broken: bool = False,
    by: By | None = None,
    group: str = "",
) -> QuerySet[Any]:
    """Customers, of ``STEPS`` steps, that a figure counts; or only those that broke it."""
    asked = _asked(promise, user=user, month=month_of(day), at=at)
    rows = asked.rows
    if by is not None:
        rows = rows.filter(**{f"{asked.path}{_PATHS[by][0]}": group or None})
    if is_broken:
        rows = rows.exclude(pk__in=rows.order_by().filter(asked.kept).values("pk"))
    related = ("company", "person", "owner", "seller")
    return rows.select_related(*(f"{asked.path}{name}" for name in related))


def _asked(promise: Owed, *, user: User, month: Months, at: datetime) -> _Counted:
    if promise is Owed.STEPS:
        return _steps(user=user, month=month, at=at)
    if promise is Owed.CHECKINS:
        return _checkins(user=user, month=month, at=at)
    rows = Customer.objects.visible_to(user)
    if promise is Owed.VALUE:
        today = at.astimezone(organisation_zone()).date()
        meant = rows.filter(value_due_on__gte=month.first, value_due_on__lt=_ends(month))
        due = Q(first_value_on__isnull=False) | Q(value_due_on__lt=today)
        return _Counted(rows=meant.filter(due), kept=Q(first_value_on__lte=F("value_due_on")))
    handed = rows.filter(offered_at__gte=month.since, offered_at__lt=month.until)
    due, kept = _of_handover(promise, at=at)
    return _Counted(rows=handed.filter(due), kept=kept)


def _of_handover(promise: Owed, *, at: datetime) -> tuple[Q, Q]:
    """What of the handovers of a month was due by ``at``, and what of that was kept."""
    match promise:
        case Owed.BRIEF:
            due = Q(briefed_at__isnull=False) | Q(brief_due_at__lte=at)
            return Q(brief_due_at__isnull=False) & due, Q(briefed_at__lte=F("brief_due_at"))
        case Owed.ACCEPT:
            was = Q(accepted_at__isnull=False)
            return was | Q(accept_due_at__lte=at), was & Q(accept_late=False)
        case Owed.CALL:
            was = Q(called_at__isnull=False)
            due = Q(call_due_at__isnull=False) & (was | Q(call_due_at__lte=at))
            return due, was & Q(call_late=False)
        case _:
            return Q(), Q()


def _steps(*, user: User, month: Months, at: datetime) -> _Counted:
    """Of the plans, as far as they are ours and due in the month."""
    zone = organisation_zone()
    seen: StepQuerySet = Step.objects.visible_to(user).exclude(whose=Whose.CUSTOMER)
    meant = seen.filter(due_on__gte=month.first, due_on__lt=_ends(month))
    due = Q(done_at__isnull=False) | Q(due_on__lt=at.astimezone(zone).date())
    rows = meant.filter(due).annotate(done_on=TruncDate("done_at", tzinfo=zone))
    return _Counted(rows=rows, kept=Q(done_on__lte=F("due_on")), path="customer__")


def _checkins(*, user: User, month: Months, at: datetime) -> _Counted:
    """Of those who were looked after, the ones whose check-in was never overdue in the month."""
    today = at.astimezone(organisation_zone()).date()
    told = FactRecord.objects.standing().filter(
        name="customer.checkin_late", happened_at__gte=month.since, happened_at__lt=month.until
    )
    late = {pk for pk in told.values_list("payload__customer_id", flat=True) if pk}
    overdue = Q(pk__in=late) | Q(checkin_on__lt=min(today, _ends(month)))
    looked_after = Q(checkin_on__isnull=False, churned_on=None, started_at__lt=month.until)
    rows: CustomerQuerySet = Customer.objects.visible_to(user)
    return _Counted(rows=rows.filter(looked_after | Q(pk__in=late)), kept=~overdue)


def _ends(month: Months) -> date:
    return month.until.astimezone(organisation_zone()).date()
