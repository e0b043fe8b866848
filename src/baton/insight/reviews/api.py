"""Reviews over the REST API: /api/v1/reviews/."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.doors import user_of
from baton.core.access.queries import who_can_sign_in
from baton.core.api.doors import needs
from baton.core.api.enums import told_here
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.insight.analytics.queries import today
from baton.insight.reviews import actions
from baton.insight.reviews.models import Point, Review
from baton.insight.reviews.permissions import EDIT_REVIEWS, VIEW_REVIEWS
from baton.insight.reviews.queries import points_of
from baton.insight.reviews.rules import Kind

router = Router(tags=["reviews"])


class ReviewOut(Schema):
    key: UUID
    monday: date
    finished_at: datetime | None


class PointOut(Schema):
    """``task``: the key of the task that it became."""

    key: UUID
    kind: str
    text: str
    at: datetime
    task: UUID | None

    @staticmethod
    def resolve_task(point: Point) -> UUID | None:
        return point.task.key if point.task else None


class WholeReviewOut(ReviewOut):
    points: list[PointOut]


class PointIn(Schema):
    """Into the review of that day's week; a task needs ``owner``."""

    model_config = ConfigDict(extra="forbid")

    day: Annotated[date, Field(ge=date(1970, 1, 1))]
    kind: Annotated[Kind, told_here(Kind)]
    text: Annotated[str, Field(min_length=1, max_length=5000)]
    owner: UUID | None = None


@router.get("/", response=Page[ReviewOut], operation_id="list_reviews")
@needs(VIEW_REVIEWS)
def reviews(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    """In the order in which they were begun."""
    return page_of(Review.objects.visible_to(user_of(request)), cursor=cursor, limit=limit)


@router.get("/{uuid:key}/", response=WholeReviewOut, operation_id="get_review")
@needs(VIEW_REVIEWS)
def review(request: HttpRequest, key: UUID) -> Any:
    """With its minutes, decisions and tasks."""
    found = get_object_or_404(Review.objects.visible_to(user_of(request)), key=key)
    points = points_of(found, user=user_of(request))
    named = {name: getattr(found, name) for name in ("key", "monday", "finished_at")}
    return {**named, "points": points}


@router.post("/points/", response={201: PointOut}, operation_id="create_review_point")
@needs(EDIT_REVIEWS)
@idempotent(PointOut)
def create_point(request: HttpRequest, sent: PointIn) -> Any:
    """409 once the review is over."""
    if sent.day > today():
        raise Problem(422, "day: that week lies ahead.")
    owner = who_can_sign_in().filter(key=sent.owner).first() if sent.owner else None
    if sent.owner and owner is None:
        raise Problem(422, "owner: there is none with this key.")
    made = actions.add_point(
        day=sent.day,
        kind=sent.kind,
        text=sent.text,
        owner=owner,
        by=user_of(request),
        at=timezone.now(),
    )
    return Status(201, made)
