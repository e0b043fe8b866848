"""Thousands of activities, notes and tasks at once, with a handful of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.actions import record_changes
from baton.core.changes.models import Change
from baton.core.facts import Touch, publish_many
from baton.records.people.models import Person
from baton.records.timeline.actions.activities import check_outcome
from baton.records.timeline.actions.shared import about, clean, written
from baton.records.timeline.events import ActivityLogged, NoteAdded, TaskAdded, TaskDone
from baton.records.timeline.models import AboutSomething, Activity, Note, Task
from baton.records.timeline.rules import Direction

CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class NewActivity:
    """A call, meeting or mail with a person, as ``log_activity`` takes it."""

    kind: str
    outcome: str
    person: Person
    by: User | None
    at: datetime
    deal_id: int | None = None
    subject: str = ""
    body: str = ""
    minutes: int | None = None
    direction: str = Direction.OURS


@dataclass(frozen=True, kw_only=True)
class NewNote:
    body: str
    person: Person
    by: User | None
    at: datetime
    deal_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewTask:
    """``done_at``: when it was done, if it was."""

    title: str
    owner: User
    person: Person
    at: datetime
    due_at: datetime | None = None
    done_at: datetime | None = None
    deal_id: int | None = None


@transaction.atomic(savepoint=False)
def log_activities(*, new: Sequence[NewActivity]) -> list[ActivityLogged]:
    """The facts of them in this order. Raises ImpossibleOutcome, TooLong."""
    touches = [check_outcome(one.kind, outcome=one.outcome, direction=one.direction) for one in new]
    rows = [_activity(one, touch) for one, touch in zip(new, touches, strict=True)]
    Activity.objects.bulk_create(rows, batch_size=CHUNK)
    _write_created("activity", rows)
    return publish_many(
        ActivityLogged(
            happened_at=row.at,
            touch=touch,
            activity_id=row.pk,
            kind=row.kind,
            outcome=row.outcome,
            minutes=row.minutes,
            actor_id=row.by_id,
            **about(row.person, None, row.deal_id),
        )
        for row, touch in zip(rows, touches, strict=True)
    )


def _activity(one: NewActivity, touch: Touch) -> Activity:
    return Activity(
        kind=one.kind,
        outcome=one.outcome,
        direction=Direction.THEIRS if touch == Touch.THEIRS else one.direction,
        subject=clean(one.subject, limit=250),
        body=clean(one.body),
        minutes=one.minutes,
        person=one.person,
        deal_id=one.deal_id,
        by=one.by,
        at=one.at,
    )


@transaction.atomic(savepoint=False)
def add_notes(*, new: Sequence[NewNote]) -> None:
    """Raises EmptyText, TooLong."""
    rows = [
        Note(body=written(one.body), person=one.person, deal_id=one.deal_id, by=one.by, at=one.at)
        for one in new
    ]
    Note.objects.bulk_create(rows, batch_size=CHUNK)
    _write_created("note", rows)
    publish_many(
        NoteAdded(
            happened_at=row.at,
            note_id=row.pk,
            actor_id=row.by_id,
            **about(row.person, None, row.deal_id),
        )
        for row in rows
    )


@transaction.atomic(savepoint=False)
def add_tasks(*, new: Sequence[NewTask]) -> None:
    """Each given by its owner to themselves. Raises EmptyText, TooLong."""
    rows = [
        Task(
            title=written(one.title, limit=250),
            owner=one.owner,
            created_by=one.owner,
            due_at=one.due_at,
            done_at=one.done_at,
            person=one.person,
            deal_id=one.deal_id,
        )
        for one in new
    ]
    Task.objects.bulk_create(rows, batch_size=CHUNK)
    told = list(zip(new, rows, strict=True))
    record_changes(_created("task", row.pk, by=one.owner, at=one.at) for one, row in told)
    publish_many([_added(one, row) for one, row in told])
    publish_many([_done(one, row) for one, row in told if one.done_at])


def _added(one: NewTask, row: Task) -> TaskAdded:
    return TaskAdded(
        happened_at=one.at,
        task_id=row.pk,
        actor_id=one.owner.pk,
        **about(one.person, None, one.deal_id),
    )


def _done(one: NewTask, row: Task) -> TaskDone:
    return TaskDone(
        happened_at=one.done_at or one.at,
        task_id=row.pk,
        actor_id=one.owner.pk,
        **about(one.person, None, one.deal_id),
    )


def _write_created(object_type: str, rows: Iterable[AboutSomething]) -> None:
    record_changes(_created(object_type, row.pk, by=row.by, at=row.at) for row in rows)


def _created(object_type: str, pk: int, *, by: User | None, at: datetime) -> Change:
    return Change(object_type=object_type, object_id=pk, verb="created", by=by, at=at)
