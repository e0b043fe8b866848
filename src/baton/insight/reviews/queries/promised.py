"""What was written down: in this week's review, and promised in those before."""

from datetime import date

from django.db.models import Q, QuerySet

from baton.core.access.models import User
from baton.insight.reviews.models import Point, Review
from baton.insight.reviews.queries.week import Week
from baton.insight.reviews.rules import Kind

FEW = 12


def review_of(monday: date) -> Review | None:
    """None before anything was written in it."""
    return Review.objects.select_related("finished_by").filter(monday=monday).first()


def points_of(review: Review | None, *, user: User) -> list[Point]:
    if review is None:
        return []
    rows = Point.objects.visible_to(user).filter(review=review)
    return list(rows.select_related("by", "task__owner").order_by("at", "pk"))


def promised_before(week: Week, *, user: User) -> list[Point]:
    """Tasks of earlier reviews that were open as the week began, or are still."""
    rows: QuerySet[Point] = Point.objects.visible_to(user).filter(
        Q(task__done_at=None) | Q(task__done_at__gte=week.since),
        kind=Kind.TASK,
        review__monday__lt=week.monday,
        task__deleted_at=None,
        task__isnull=False,
    )
    return list(rows.select_related("task__owner", "review").order_by("task__due_at", "pk"))


def latest_reviews(user: User) -> list[Review]:
    rows = Review.objects.visible_to(user).select_related("finished_by")
    return list(rows.order_by("-monday")[:FEW])
