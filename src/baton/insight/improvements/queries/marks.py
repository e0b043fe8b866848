"""Improvements among other things: on charts, at decisions, in a week."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from baton.core.access.models import User
from baton.insight.goals.rules import Span
from baton.insight.goals.slots import Happened
from baton.insight.improvements.models import Improvement
from baton.insight.improvements.queries.outcomes import MOVABLE, Outcome, outcomes_of, windows_for
from baton.insight.improvements.rules import LENGTHS
from baton.insight.reviews.models import Point

WEEK = timedelta(days=7)


def marks_among(user: User, figure: str, span: Span) -> Iterator[Happened]:
    """Those that should move this figure, and began in these days."""
    rows = Improvement.objects.visible_to(user).filter(figure=figure)
    for one in rows.filter(starts_on__gte=span.first, starts_on__lte=span.last):
        yield Happened(on=one.starts_on, words=one.title, url=one.get_absolute_url())


def logged_of(decisions: Iterable[Point], user: User) -> dict[int, list[Improvement]]:
    """By the ids of decisions."""
    found: dict[int, list[Improvement]] = {}
    rows = Improvement.objects.visible_to(user).filter(decision__in=list(decisions))
    for one in rows.order_by("starts_on", "pk"):
        assert one.decision_id  # noqa: S101 -- asked for
        found.setdefault(one.decision_id, []).append(one)
    return found


def judged_in(monday: date, user: User, *, today: date) -> list[Outcome]:
    """Those whose days were over for the first time in that week."""
    # From the change to its verdict: the days after it, and as many again where shares follow.
    oldest = monday - timedelta(days=2 * max(LENGTHS) + 1)
    rows = Improvement.objects.visible_to(user).filter(figure__in=MOVABLE)
    near = rows.filter(starts_on__gte=oldest, starts_on__lt=monday + WEEK).order_by("starts_on")
    due = [one for one in near if monday <= windows_for(one).judged_on < monday + WEEK]
    over = [one for one in due if windows_for(one).judged_on <= today]
    return outcomes_of(over, today=today)
