"""How many leads a working day the plan brings, and how many the reps can take."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q

from baton.core.calendars.queries import hours_of
from baton.insight.goals.queries import within
from baton.insight.goals.rules import Span, working_days
from baton.qualification.handoff.models import Attempt, Handoff, PoolMember

DAY = timedelta(days=1)
LATEST, LOOKED_BACK = 60, timedelta(days=100)  # working days that are measured


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """``planned``, ``handed`` and ``cap`` are leads a working day; None: unknown, and why is plain:
    nothing planned, nothing measured, or somebody without a cap (``uncapped``)."""

    planned: float | None
    days: int  # working days of the quarter
    handed: float | None
    measured: Span
    unanswered: int
    attempts: float | None  # that a lead took, on the mean
    cap: int | None
    reps: int
    uncapped: list[str] = field(default_factory=list)

    @property
    def missing(self) -> float:
        """Leads a day beyond the caps; 0 while they are unknown."""
        if self.planned is None or self.cap is None:
            return 0.0
        return max(0.0, self.planned - self.cap)

    @property
    def is_new(self) -> bool:
        """More than was ever handed over on the mean, and no cap says that it can be worked."""
        if self.planned is None or self.cap is not None:
            return False
        return self.handed is None or self.planned > self.handed


def capacity_of(mqls: int | None, *, quarter: Span, today: date) -> Capacity:
    """Four queries."""
    hours = hours_of(None)
    days = len(working_days(quarter, hours))
    latest = working_days(Span(today - LOOKED_BACK, today - DAY), hours)[-LATEST:]
    measured = Span(latest[0] if latest else today - DAY, today - DAY)
    made = Handoff.objects.of_marketing().filter(within("made_at", measured))
    attempts = Attempt.objects.filter(handoff__in=made.exclude(responded_at=None)).count()
    counted = made.aggregate(
        all=Count("pk", filter=~Q(state="withdrawn")),
        talked=Count("pk", filter=Q(responded_at__isnull=False)),
    )
    caps = _caps()
    uncapped = sorted(name for name, cap in caps.values() if cap is None)
    return Capacity(
        planned=mqls / days if mqls and days else None,
        days=days,
        handed=counted["all"] / len(latest) if latest else None,
        measured=measured,
        unanswered=Handoff.objects.unanswered().count(),
        # The conversation that ended it counts as one more.
        attempts=1 + attempts / counted["talked"] if counted["talked"] else None,
        cap=sum(cap or 0 for _name, cap in caps.values()) if caps and not uncapped else None,
        reps=len(caps),
        uncapped=uncapped,
    )


def _caps() -> dict[int, tuple[str, int | None]]:
    """Name and daily cap of each who takes turns now: of several pools the widest."""
    found: dict[int, tuple[str, int | None]] = {}
    rows = PoolMember.objects.filter(
        is_available=True, pool__deleted_at=None, user__deleted_at=None, user__is_active=True
    )
    for member in rows.select_related("user").order_by("pk"):
        known = found.get(member.user_id)
        cap = member.daily_cap
        if known and (known[1] is None or (cap is not None and cap <= known[1])):
            continue
        found[member.user_id] = (member.user.name, cap)
    return found
