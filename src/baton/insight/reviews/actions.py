"""Write minutes, decisions and tasks; end a review."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_change, restore_rows, trash_rows
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.insight.reviews.events import ReviewFinished
from baton.insight.reviews.models import Draft, Point, Review
from baton.insight.reviews.permissions import EDIT_REVIEWS
from baton.insight.reviews.rules import Kind, monday_of
from baton.records.timeline.actions import add_task

POINT = "review_point"
LONGEST = 5000
LONGEST_TASK = 250


class ReviewIsOver(RuleViolation):
    """What stands in it stays as it was when it ended."""


class NothingSaid(RuleViolation):
    """Blanks are no minutes, and what is longer than a task has no title."""


@transaction.atomic
def add_point(
    *,
    day: date,
    kind: str,
    text: str,
    by: User | None,
    at: datetime,
    owner: User | None = None,
    due_at: datetime | None = None,
) -> Point:
    """In the review of that day's week; a task becomes one of ``owner``. Raises ReviewIsOver and
    NothingSaid."""
    wanted, said = Kind(kind), text.strip()
    longest = LONGEST_TASK if wanted is Kind.TASK else LONGEST
    if not said or len(said) > longest:
        raise NothingSaid(_("Write something, %(n)s characters at most.") % {"n": longest})
    review = _held(day)
    task = None
    if wanted is Kind.TASK:
        if owner is None:
            raise NothingSaid(_("Say who takes the task."))
        task = add_task(title=said, owner=owner, by=by, at=at, due_at=due_at)
    point = Point.objects.create(review=review, kind=wanted, text=said, by=by, at=at, task=task)
    if by:
        Draft.objects.filter(user=by, monday=review.monday).delete()
    _record(point, "created", by=by, at=at)
    return point


def _held(day: date) -> Review:
    """The week's, locked, and still open."""
    made, _is_new = Review.objects.get_or_create(monday=monday_of(day))
    review = Review.objects.select_for_update(of=("self",)).get(pk=made.pk)
    if review.finished_at:
        raise ReviewIsOver(_("This review is over. Write it into the next one."))
    return review


@transaction.atomic
def remove_point(*, point: Point, by: User | None, at: datetime) -> UUID:
    """Into the trash; the batch that is returned brings it back. Its task stays with its owner.
    Raises ReviewIsOver."""
    _held(point.review.monday)
    _put_away([point.pk], by, at)
    return _record(point, "deleted", by=by, at=at)


@transaction.atomic
def finish_review(
    *, day: date, agenda: Sequence[Mapping[str, Any]], by: User, at: datetime
) -> Review:
    """From here on it shows the agenda as it was. Raises ReviewIsOver."""
    review = _held(day)
    review.agenda, review.finished_at, review.finished_by = list(agenda), at, by
    review.save(update_fields=["agenda", "finished_at", "finished_by"])
    record_change(
        object_type="review", object_id=review.pk, verb="edited", by=by, at=at, cause="finished"
    )
    publish(
        ReviewFinished(
            happened_at=at,
            actor_id=by.pk,
            review_id=review.pk,
            monday=review.monday.isoformat(),
        )
    )
    return review


def keep_draft(*, user: User, day: date, text: str) -> None:
    """In the place of what was kept before; nothing typed, nothing kept."""
    mine: dict[str, Any] = {"user": user, "monday": monday_of(day)}
    if text.strip():
        Draft.objects.update_or_create(**mine, defaults={"text": text[:LONGEST]})
    else:
        Draft.objects.filter(**mine).delete()


def _put_away(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return trash_rows(_open(ids), at=at)


def _bring_back(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    return restore_rows(_open(ids))


def _open(ids: Collection[int]) -> Any:
    """Points of reviews that are over stay as they are."""
    return Point.objects.filter(pk__in=ids, review__finished_at=None)


def _write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """Nothing of a point is edited."""


def _record(point: Point, verb: str, *, by: User | None, at: datetime) -> UUID:
    batch = new_key()
    record_change(
        object_type=POINT,
        object_id=point.pk,
        verb=verb,
        after={"kind": point.kind} if verb == "created" else None,
        by=by,
        at=at,
        batch=batch,
    )
    return batch


TRACKED = Tracked(
    object_type=POINT,
    label="Point of a review",
    read=partial(read_fields, Point),
    write=_write_back,
    trash=_put_away,
    restore=_bring_back,
    reach=lambda user, verb: Point.objects.reached_by(user, EDIT_REVIEWS),
)
