from collections.abc import Collection
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_each, restore_rows, trash_rows
from baton.core.errors import RuleViolation
from baton.core.facts import Touch, publish
from baton.records.people.models import Company, Person
from baton.records.timeline.actions.shared import (
    about,
    clean,
    hold,
    refuse_nobody,
    save_edit,
    write_created,
)
from baton.records.timeline.actions.touches import refresh_latest_touch
from baton.records.timeline.events import ActivityLogged
from baton.records.timeline.models import Activity
from baton.records.timeline.rules import Direction, touch_of

Ids = Collection[int]
MOST_MINUTES = 24 * 60


class ActivityValues(TypedDict, total=False):
    """What may be edited: what came of it stays, since clocks stood still on it."""

    subject: str
    body: str
    minutes: int | None


class ImpossibleOutcome(RuleViolation):
    """A call is not held, a meeting not sent; nothing lasts longer than a day."""


def log_activity(
    *,
    kind: str,
    outcome: str,
    by: User | None,
    at: datetime,
    person: Person | None = None,
    company: Company | None = None,
    deal_id: int | None = None,
    subject: str = "",
    body: str = "",
    minutes: int | None = None,
    direction: str = Direction.OURS,
    external_id: str = "",
) -> Activity:
    """Note a call, meeting or mail that took place at ``at``; its fact carries the touch.

    With an ``external_id`` ("source:id") the same activity is logged once. Raises AboutNothing,
    ImpossibleOutcome, TooLong.
    """
    refuse_nobody(person, company, deal_id)
    touch = check_outcome(kind, outcome=outcome, direction=direction)
    _refuse_endless(minutes)
    activity = Activity(
        kind=kind,
        outcome=outcome,
        direction=Direction.THEIRS if touch == Touch.THEIRS else direction,
        subject=clean(subject, limit=250),
        body=clean(body),
        minutes=minutes,
        person=person,
        company=company,
        deal_id=deal_id,
        by=by,
        at=at,
        external_id=clean(external_id, limit=200),
    )
    return _write_once(activity, touch=touch, by=by, at=at)


@transaction.atomic(savepoint=False)
def _write_once(activity: Activity, *, touch: Touch, by: User | None, at: datetime) -> Activity:
    known = _insert_or_read(activity)
    if known is not None:
        return known
    write_created(activity, object_type="activity", by=by, at=at)
    _tell(activity, touch=touch)
    return activity


@transaction.atomic
def edit_activity(
    *,
    activity: Activity,
    values: ActivityValues,
    version: int | None,
    by: User | None,
    at: datetime,
) -> Activity:
    """Other words or minutes. Raises LostRace, TooLong, ImpossibleOutcome."""
    cleaned = values.copy()
    if "subject" in values:
        cleaned["subject"] = clean(values["subject"], limit=250)
    if "body" in values:
        cleaned["body"] = clean(values["body"])
    _refuse_endless(values.get("minutes"))
    return save_edit(
        hold(activity), object_type="activity", values=cleaned, version=version, by=by, at=at
    )


@transaction.atomic
def trash_activities(*, activity_ids: Ids, by: User | None, at: datetime) -> UUID:
    """Off the timeline; undone by the batch that is returned. A clock that it stopped stays so."""
    moved = put_activities_away(activity_ids, at)
    return record_each(moved, object_type="activity", verb="deleted", by=by, at=at)


@transaction.atomic
def put_activities_away(activity_ids: Ids, at: datetime) -> list[int]:
    """Without history; the latest touch shown follows."""
    moved = trash_rows(Activity.objects.filter(pk__in=activity_ids), at=at)
    _show_touches(moved)
    return moved


@transaction.atomic
def bring_activities_back(activity_ids: Ids) -> list[int]:
    """Likewise."""
    moved = restore_rows(Activity.objects.filter(pk__in=activity_ids))
    _show_touches(moved)
    return moved


def _show_touches(activity_ids: Ids) -> None:
    people = Activity.objects.filter(pk__in=activity_ids).exclude(person=None)
    refresh_latest_touch(person_ids=set(people.values_list("person_id", flat=True)))


def check_outcome(kind: str, *, outcome: str, direction: str) -> Touch:
    """What it means to the clocks. Raises ImpossibleOutcome."""
    try:
        return Touch(touch_of(kind, outcome=outcome, direction=Direction(direction)))
    except ValueError as error:
        words = _("A %(kind)s does not end as “%(outcome)s”.")
        raise ImpossibleOutcome(words % {"kind": kind, "outcome": outcome}) from error


def _refuse_endless(minutes: int | None) -> None:
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise ImpossibleOutcome(_("Give the minutes as a whole number up to 1,440."))


def _insert_or_read(activity: Activity) -> Activity | None:
    """None when it is new. Two imports may meet one at once: the unique index decides."""
    if not activity.external_id:
        activity.save()
        return None
    try:
        with transaction.atomic():
            activity.save()
    except IntegrityError:
        known = Activity.objects.filter(external_id=activity.external_id or None).first()
        if known is None:
            raise
        return known
    return None


def _tell(activity: Activity, *, touch: Touch) -> None:
    publish(
        ActivityLogged(
            happened_at=activity.at,
            touch=touch,
            activity_id=activity.pk,
            kind=activity.kind,
            outcome=activity.outcome,
            minutes=activity.minutes,
            actor_id=activity.by_id,
            **about(activity.person, activity.company, activity.deal_id),
        )
    )
