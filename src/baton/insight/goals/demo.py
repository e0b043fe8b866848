"""What Fennmark wants to reach this month, quarter and year, and who answers for it."""

from datetime import date, timedelta
from decimal import Decimal

from baton.core.access.models import User
from baton.core.demo.slots import Chapter, Story, chapters
from baton.core.settings.queries import organisation_zone
from baton.insight.goals.actions import set_goal, set_quotas
from baton.insight.goals.models import Goal
from baton.insight.goals.queries import FIGURES, Kind, Ledger, reading_of
from baton.insight.goals.rules import Span, Unit, span_of

BEGUN = Decimal("0.2")  # of a period: before, nothing in it says what is usual
# Figure, period, whose head answers, and the target beside what the pace of now would come to.
WANTED = (
    ("revenue", Unit.YEAR, "olga", "1.1"),
    ("leads", Unit.QUARTER, "ines", "0.95"),
    ("mqls", Unit.QUARTER, "ines", "1.05"),
    ("sqls", Unit.QUARTER, "nora", "1"),
    ("pipeline", Unit.QUARTER, "nora", "1.15"),
    ("won", Unit.QUARTER, "nora", "1.2"),
    ("mql_to_sql", Unit.QUARTER, "nora", "1.1"),
    ("cac", Unit.QUARTER, "ines", "0.9"),
    ("speed_to_lead", Unit.QUARTER, "nora", "0.9"),
    ("retention", Unit.QUARTER, "nora", "1"),
    ("satisfaction", Unit.QUARTER, "nora", "1"),
    ("leads", Unit.MONTH, "mara", "1.05"),
)
USUAL = {  # where there is nothing yet to measure by
    Kind.COUNT: Decimal(40),
    Kind.MONEY: Decimal(120_000),
    Kind.SHARE: Decimal("0.9"),
    Kind.MINUTES: Decimal(60),
}
QUOTA, REPS = Decimal(60_000), ("teo", "ravi", "sam")


def tell_goals(story: Story) -> None:
    """Set as the year and the quarter began; targets come from what is measured, rounded."""
    users: dict[str, User] = story.cast["users"]
    today = story.at.astimezone(organisation_zone()).date()
    ledger = Ledger(Span(span_of(Unit.YEAR, today).first - timedelta(days=366), today))
    goals = [
        set_goal(
            figure=name,
            unit=unit,
            day=today,
            target=_target(name, unit, today, times=Decimal(times), ledger=ledger),
            owner=users[owner],
            by=users["olga"],
            at=story.at - timedelta(days=60),
        )
        for name, unit, owner, times in WANTED
    ]
    quotas = [(users[name], _quota(users[name], today, ledger=ledger)) for name in REPS]
    set_quotas(
        unit=Unit.QUARTER,
        day=today,
        quotas=quotas,
        by=users["nora"],
        at=story.at - timedelta(days=55),
    )
    span = span_of(Unit.QUARTER, today)
    own = Goal.objects.living().on(span).filter(rep__in=[rep for rep, _target in quotas])
    story.keep(*goals, *own)
    story.cast["goals"] = goals


def _target(
    name: str, unit: Unit, today: date, *, times: Decimal, ledger: Ledger, rep: User | None = None
) -> Decimal:
    figure, span = FIGURES[name], span_of(unit, today)
    part = Span(span.first, today)
    owners = frozenset([rep.pk]) if rep else None
    value = reading_of(figure, part, owners, ledger=ledger).value
    whole = Decimal((today - span.first).days + 1) / ((span.last - span.first).days + 1)
    if not value or (figure.adds_up and whole < BEGUN):
        return QUOTA if rep else USUAL[figure.kind]
    wanted = value * times / (whole if figure.adds_up else 1)
    return min(_rounded(wanted), Decimal(1)) if figure.kind is Kind.SHARE else _rounded(wanted)


def _quota(rep: User, today: date, *, ledger: Ledger) -> Decimal:
    return _target("won", Unit.QUARTER, today, times=Decimal("1.1"), ledger=ledger, rep=rep)


def _rounded(value: Decimal) -> Decimal:
    """To two figures, as people set targets."""
    step = Decimal(10) ** (value.adjusted() - 1)
    return max((value / step).to_integral_value() * step, step)


chapters.add(Chapter("goals", 60, tell_goals))
