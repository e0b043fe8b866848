"""What somebody should see of their own day: tasks that are due, and what their people did."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from baton.core.access.models import User
from baton.core.facts import Touch
from baton.core.prepared import Fixed, Prepared
from baton.records.people.models import Person
from baton.records.timeline.models import Task
from baton.records.timeline.queries.entries import timeline_of
from baton.records.timeline.queries.tasks import TaskShown, in_order, shown
from baton.records.timeline.rules import Entry

PEOPLE_LOOKED_AT = 30


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One of somebody's people, and the latest thing that this person did."""

    person: Person
    entry: Entry


def tasks_until_tonight(*, owner: User, at: datetime, most: int) -> list[TaskShown]:
    """Late ones first, then those of the rest of today; one query."""
    tonight = midnight(at) + timedelta(days=1)
    due = _DUE.rows(owner=owner.pk, until=tonight, most=Fixed(most))
    return [shown(task, at=at) for task in due]


_DUE = Prepared(
    lambda owner, until, most: in_order(Task.objects.open().filter(owner=owner, due_at__lt=until))[
        :most
    ]
)


def people_who_moved(*, owner: User, at: datetime, most: int) -> list[Moved]:
    """What the people of ``owner`` did since yesterday morning, the latest first.

    What colleagues or ``owner`` did with them is left out: that is no news of theirs.
    """
    since = midnight(at) - timedelta(days=1)
    by_id = _TOUCHED.by_id(owner=owner, since=since)
    entries = timeline_of(person_ids=by_id, user=owner, since=since).entries if by_id else []
    return [
        Moved(person=by_id[entry.person_id], entry=entry)
        for entry in _latest_of_each(entries)
        if entry.person_id in by_id
    ][:most]


_TOUCHED = Prepared(
    lambda owner, since: (
        Person.objects.visible_to(owner)
        .filter(owner=owner.pk, latest_touch_at__gte=since)
        .select_related("company")
        .order_by("-latest_touch_at", "-pk")[:PEOPLE_LOOKED_AT]
    )
)


def _latest_of_each(entries: list[Entry]) -> Iterator[Entry]:
    seen: set[int | None] = set()
    for entry in entries:
        if entry.touch == Touch.THEIRS and entry.person_id not in seen:
            seen.add(entry.person_id)
            yield entry


def midnight(at: datetime) -> datetime:
    """The begin of that day in the reader's zone."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
