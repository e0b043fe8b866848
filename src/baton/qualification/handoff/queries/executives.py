"""How SDRs and account executives keep what they agreed on, with what stands behind it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q

from baton.core.access.models import User
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.queries.attainment import handed_in, month_of
from baton.qualification.handoff.rules import Kind, State

RETURNED = Q(state=State.REJECTED)
ANSWERED = Q(answered_at__isnull=False)
CLOSED = Q(state=State.QUALIFIED)


@dataclass(frozen=True, kw_only=True)
class Qualifier:
    """What one SDR handed on in a month, and what became of it."""

    key: UUID
    name: str
    handed: int
    answered: int
    returned: int
    deals: int

    @property
    def sound(self) -> float | None:
        """Of those that were answered, the share that was not turned down."""
        return 1 - self.returned / self.answered if self.answered else None


def handed_on_in(day: date, *, user: User, sdr: UUID | None = None) -> HandoffQuerySet:
    """In the month of ``day``, as far as the user sees them; of all SDRs, or of one."""
    rows = handed_in(month_of(day), user=user, kind=Kind.EXECUTIVE)
    return rows.filter(handed_by__key=sdr) if sdr else rows


def qualifiers(*, user: User, day: date) -> list[Qualifier]:
    """Who handed on the most first: one query."""
    rows = handed_on_in(day, user=user).order_by().values(who=F("handed_by__key"))
    found = rows.annotate(
        called=F("handed_by__name"),
        handed=Count("pk"),
        answered=Count("pk", filter=ANSWERED),
        returned=Count("pk", filter=RETURNED),
        deals=Count("pk", filter=CLOSED),
    )
    people = [
        Qualifier(
            key=row["who"],
            name=row["called"],
            handed=row["handed"],
            answered=row["answered"],
            returned=row["returned"],
            deals=row["deals"],
        )
        for row in found
    ]
    return sorted(people, key=lambda one: (-one.handed, one.name))


def returns_in(day: date, *, user: User) -> list[tuple[str, int]]:
    """By reason how many were turned down, the most frequent first: one query."""
    rows = handed_on_in(day, user=user).filter(RETURNED).order_by().values("verdict")
    counted = rows.annotate(count=Count("pk")).order_by("-count", "verdict")
    return list(counted.values_list("verdict", "count"))
