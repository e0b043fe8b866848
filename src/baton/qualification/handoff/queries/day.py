"""Who is late, who carries how much, and what was handed over between two days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from baton.core.access.models import User
from baton.core.prepared import Fixed, Prepared, one_row
from baton.core.settings.queries import organisation_zone
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.queries.attainment import Months, handed_in
from baton.qualification.handoff.rules import State


@dataclass(frozen=True, kw_only=True)
class Load:
    """What one rep has open: waiting for their answer, in their hands, and of both what is late."""

    user_id: int
    key: UUID
    name: str
    offered: int
    accepted: int
    late: int


def is_late(at: datetime) -> Q:
    """Not answered, or without a first response, beyond what was promised."""
    unanswered = Q(state=State.OFFERED, accept_due_at__lte=at)
    return unanswered | Q(state=State.ACCEPTED, responded_at=None, respond_due_at__lte=at)


def open_handoffs(user: User) -> HandoffQuerySet:
    """All that is owed still, as far as the user may see it."""
    return Handoff.objects.visible_to(user).open()


def late_now(user: User, *, at: datetime, most: int) -> list[Handoff]:
    """Who waits the longest beyond what was promised."""
    return _LATE.rows(user=user, at=at, most=Fixed(most))


def _late(user: User, at: datetime, most: int) -> QuerySet[Handoff]:
    """Those few first: joined to all that is shown of them, SQLite may begin with all people."""
    rows = open_handoffs(user).filter(is_late(at)).order_by("accept_due_at", "pk")
    few = Handoff.objects.filter(pk__in=rows.values("pk")[:most])
    return few.select_related("person__company", "agreement", "rep").order_by("accept_due_at", "pk")


_LATE: Prepared[Handoff] = Prepared(_late)


def counted_late(user: User, *, at: datetime) -> tuple[int, int]:
    """How many are late, of how many open ones."""
    return _COUNTED.first(user=user, at=at) or (0, 0)


_COUNTED: Prepared[tuple[int, int]] = Prepared(
    lambda user, at: (
        one_row(open_handoffs(user))
        .annotate(late=Count("pk", filter=is_late(at)), all=Count("pk"))
        .values_list("late", "all")
    )
)


def load_of_reps(user: User, *, at: datetime, most: int) -> list[Load]:
    """Who has most late, then most open; one query."""
    return [
        Load(user_id=pk, key=key, name=name, offered=offered, accepted=accepted, late=late)
        for pk, key, name, offered, accepted, late in _LOADS.rows(
            user=user, at=at, most=Fixed(most)
        )
    ]


def _loads(user: User, at: Any, most: int) -> QuerySet[Any, Any]:
    rows = open_handoffs(user).filter(rep__isnull=False).order_by()
    counted = rows.values("rep_id", "rep__key", "rep__name").annotate(
        offered=Count("pk", filter=Q(state=State.OFFERED)),
        accepted=Count("pk", filter=Q(state=State.ACCEPTED)),
        late=Count("pk", filter=is_late(at)),
    )
    ordered = counted.order_by("-late", "-offered", "-accepted", "rep__name")
    names = ("rep_id", "rep__key", "rep__name", "offered", "accepted", "late")
    return ordered.values_list(*names)[:most]


_LOADS: Prepared[tuple[int, UUID, str, int, int, int]] = Prepared(_loads)


def handed_between(user: User, *, since: date, until: date) -> QuerySet[Handoff]:
    """What marketing handed over on these days, both included."""
    zone = organisation_zone()
    return handed_from(
        user,
        since=datetime.combine(since, time(), tzinfo=zone),
        until=datetime.combine(until + timedelta(days=1), time(), tzinfo=zone),
    )


def handed_from(user: User, *, since: datetime, until: datetime) -> QuerySet[Handoff]:
    """The same between two moments."""
    return handed_in(Months(first=since.date(), since=since, until=until), user=user)
