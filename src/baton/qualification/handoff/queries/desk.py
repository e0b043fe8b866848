"""What lies on somebody's desk, and what is known about the lead that is open."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Max, Q, QuerySet, When

from baton.core.access.models import User
from baton.core.prepared import Fixed, Prepared, one_row
from baton.core.settings.queries import organisation_zone
from baton.marketing.capture.models import Hit
from baton.qualification.handoff.models import Handoff, Offer
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.rules import State
from baton.records.people.models import Person

MINE, TEAM, QUEUE = "mine", "team", "queue"
TABS = (MINE, TEAM, QUEUE)
MOST = 200  # rows of a desk; nobody answers more today


def on_desk(user: User, tab: str) -> HandoffQuerySet:
    """What is owed still, among what the user may see, as the tab narrows it."""
    rows = Handoff.objects.visible_to(user).open()
    if tab == MINE:
        return rows.filter(rep=user)
    if tab == QUEUE:
        return rows.filter(rep=None)
    return rows.filter(rep__isnull=False)


def counts_of(user: User) -> dict[str, int]:
    """How many leads lie in each tab."""
    return (
        Handoff.objects.visible_to(user)
        .open()
        .aggregate(
            mine=Count("pk", filter=Q(rep=user)),
            team=Count("pk", filter=Q(rep__isnull=False)),
            queue=Count("pk", filter=Q(rep=None)),
        )
    )


def rows_of(user: User, tab: str, *, most: int | None = None) -> list[Handoff]:
    """With everything that a row shows: what waits for an answer, then what is owed next."""
    return _ROWS.rows(user=user, tab=Fixed(tab), most=Fixed(most or MOST))


def _rows(user: User, tab: str, most: int) -> "QuerySet[Handoff]":
    rows = on_desk(user, tab).select_related("person__company", "agreement", "rep")
    waits, talked = Q(state=State.OFFERED), Q(responded_at__isnull=False)
    turn = Case(When(waits, then=0), When(talked, then=2), default=1)
    due = Case(
        When(waits, then="accept_due_at"),
        When(talked, then="attempt_due_at"),
        default="respond_due_at",
    )
    return rows.order_by(turn, due, "pk")[:most]


_ROWS = Prepared(_rows)


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody: leads to accept or to respond to, and how many of them are late."""

    count: int
    late: int


def waiting_for(user: User, *, at: datetime) -> Waiting:
    """For the figure in the sidebar: one query."""
    ((count, late),) = _WAITING.rows(rep=user.pk, at=at)
    return Waiting(count=count, late=late)


def _waiting(rep: Any, at: Any) -> Any:
    rows = Handoff.objects.open().filter(rep=rep, responded_at=None).order_by()
    late = Q(state=State.OFFERED, accept_due_at__lte=at) | Q(respond_due_at__lte=at)
    counts = one_row(rows).annotate(count=Count("pk"), late=Count("pk", filter=late))
    return counts.values_list("count", "late")


_WAITING = Prepared(_waiting)


@dataclass(frozen=True)
class Kept:
    """Of the offers to somebody that ended today: how many in time."""

    in_time: int
    all: int


def kept_today(user: User, *, at: datetime) -> Kept:
    midnight = datetime.combine(
        at.astimezone(organisation_zone()), time(), tzinfo=organisation_zone()
    )
    ended = Offer.objects.filter(rep=user, ended_at__gte=midnight, outcome__in=DECIDED)
    in_time = Q(ended_at__lte=F("due_at")) & ~Q(outcome="silence")
    found = ended.aggregate(all=Count("pk"), in_time=Count("pk", filter=in_time))
    return Kept(in_time=found["in_time"], all=found["all"])


DECIDED = ("accepted", "rejected", "redirected", "silence")


@dataclass(frozen=True)
class Read:
    """A page they looked at, and how often."""

    title: str
    count: int
    latest_at: datetime


def pages_read(person: Person, *, limit: int = 6) -> list[Read]:
    """What they read, latest first."""
    rows = Hit.objects.filter(visit__person=person).values("title", "path")
    found = rows.annotate(count=Count("pk"), latest_at=Max("at")).order_by("-latest_at")[:limit]
    return [
        Read(title=row["title"] or row["path"], count=row["count"], latest_at=row["latest_at"])
        for row in found
    ]


def colleagues_of(person: Person, *, user: User, limit: int = 4) -> list[Person]:
    """Others at the same company whom the user may see, the hottest first."""
    if person.company_id is None:
        return []
    others = Person.objects.visible_to(user).living().filter(company=person.company_id)
    return list(others.exclude(pk=person.pk).order_by("-score", "pk")[:limit])


def gone_from(user: User, key: UUID) -> Handoff | None:
    """A lead that the user was asked about, or could have taken, and that another has now."""
    asked = Q(offers__rep=user) | Q(offers__rep=None)
    rows = Handoff.objects.filter(asked, key=key).select_related("rep")
    return rows.first()


def handoffs_of(person: Person | int, *, user: User) -> QuerySet[Handoff]:
    """All handoffs of a person, latest first, as far as the user may see them."""
    rows = (
        Handoff.objects.visible_to(user)
        .filter(person=person)
        .select_related("rep", "agreement", "handed_by")
    )
    return rows.order_by("-made_at", "-pk")
