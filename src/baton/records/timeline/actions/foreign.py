"""Notes, activities and tasks of another system, a few hundred at once, with the file's dates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.actions import record_changes
from baton.core.changes.models import Change
from baton.core.changes.queries import held_fields
from baton.core.changes.rules import unheld
from baton.core.facts import Fact, Touch, publish_many
from baton.core.offers import ImportStatus, Verdict
from baton.records.people.models import Company, Person
from baton.records.timeline.actions.activities import check_outcome
from baton.records.timeline.actions.shared import about, clean, save_edit
from baton.records.timeline.events import ActivityLogged, NoteAdded, TaskAdded, TaskDone
from baton.records.timeline.models import Activity, ForeignId, Note, Task
from baton.records.timeline.rules import Direction

CHUNK = 500
KINDS: Mapping[str, type[Note | Activity | Task]] = {
    "note": Note,
    "activity": Activity,
    "task": Task,
}


@dataclass(frozen=True, kw_only=True)
class ForeignEntry:
    """One of them as another system knows it; ``kind``: note, task, or an activity's kind."""

    external_id: str
    kind: str
    at: datetime
    outcome: str = ""
    direction: str = Direction.OURS
    subject: str = ""
    body: str = ""
    minutes: int | None = None
    person: Person | None = None
    company: Company | None = None
    deal_id: int | None = None
    by: User | None = None
    due_at: datetime | None = None
    done_at: datetime | None = None

    def table(self) -> str:
        """Which of the three tables holds it."""
        return self.kind if self.kind in {"note", "task"} else "activity"

    def words(self) -> dict[str, Any]:
        """What a later file may say otherwise."""
        if self.kind == "note":
            return {"body": clean(self.body)}
        if self.kind == "task":
            return {"title": clean(self.subject, limit=250), "due_at": self.due_at}
        return {"subject": clean(self.subject, limit=250), "body": clean(self.body)}


@dataclass
class _Written:
    """What one import has made: rows with their entries, and the facts of them."""

    rows: list[tuple[ForeignEntry, Note | Activity | Task]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


@transaction.atomic(savepoint=False)
def import_entries(
    *,
    entries: Sequence[ForeignEntry],
    source: str,
    at: datetime,
    batch: UUID,
    overwrites: bool = False,
) -> list[Verdict]:
    """Write them; what became of each, in order. ``overwrites``: also what colleagues changed."""
    ids = [one.external_id for one in entries]
    known = {row.external_id: row for row in _links(source, ids)}
    made = [one for one in entries if one.external_id not in known]
    _create(made, source=source, batch=batch)
    news = dict.fromkeys((one.external_id for one in made), Verdict(ImportStatus.CREATED))
    held = {} if overwrites else _held(known.values())
    for one in entries:
        if link := known.get(one.external_id):
            names = held.get((link.kind, link.object_id), frozenset())
            news[one.external_id] = _edit(one, link, held=names, at=at, batch=batch)
    return [news[one.external_id] for one in entries]


def forget_entries(source: str, keys: Collection[str]) -> None:
    """Of these keys those of rows in the trash are nothing's any more."""
    for name, kind in KINDS.items():
        links = _links(source, keys).filter(kind=name)
        gone = kind._default_manager.filter(pk__in=links.values("object_id"))
        ids = list(gone.exclude(deleted_at=None).values_list("pk", flat=True))
        links.filter(object_id__in=ids).delete()


def entry_ids(source: str, keys: Collection[str]) -> dict[str, int]:
    """The ids of rows by that system's keys."""
    return dict(_links(source, keys).values_list("external_id", "object_id"))


def _links(source: str, keys: Collection[str]) -> Any:
    return ForeignId.objects.filter(source=source, external_id__in=keys)


def _create(made: Sequence[ForeignEntry], *, source: str, batch: UUID) -> None:
    written = _Written()
    for table, write in (("note", _notes), ("activity", _activities), ("task", _tasks)):
        if mine := [one for one in made if one.table() == table]:
            write(mine, written)
    ForeignId.objects.bulk_create(
        ForeignId(source=source, external_id=one.external_id, kind=one.table(), object_id=row.pk)
        for one, row in written.rows
    )
    record_changes(
        Change(
            object_type=one.table(),
            object_id=row.pk,
            verb="created",
            by=one.by,
            at=one.at,
            cause="import",
            batch=batch,
        )
        for one, row in written.rows
    )
    publish_many(written.facts)


def _about(one: ForeignEntry) -> dict[str, Any]:
    return {"person": one.person, "company": one.company, "deal_id": one.deal_id}


def _told(one: ForeignEntry, *, at: datetime | None = None) -> dict[str, Any]:
    actor = one.by.pk if one.by else None
    subject = about(one.person, one.company, one.deal_id)
    return {"happened_at": at or one.at, "actor_id": actor, **subject}


def _notes(mine: Sequence[ForeignEntry], written: _Written) -> None:
    rows = [Note(**one.words(), **_about(one), by=one.by, at=one.at) for one in mine]
    Note.objects.bulk_create(rows, batch_size=CHUNK)
    for one, row in zip(mine, rows, strict=True):
        written.rows.append((one, row))
        written.facts.append(NoteAdded(note_id=row.pk, **_told(one)))


def _activities(mine: Sequence[ForeignEntry], written: _Written) -> None:
    touches = [
        check_outcome(one.kind, outcome=one.outcome, direction=one.direction) for one in mine
    ]
    rows = [
        Activity(
            kind=one.kind,
            outcome=one.outcome,
            direction=Direction.THEIRS if touch == Touch.THEIRS else one.direction,
            minutes=one.minutes,
            by=one.by,
            at=one.at,
            **one.words(),
            **_about(one),
        )
        for one, touch in zip(mine, touches, strict=True)
    ]
    Activity.objects.bulk_create(rows, batch_size=CHUNK)
    for one, row, touch in zip(mine, rows, touches, strict=True):
        said: dict[str, Any] = {"kind": row.kind, "outcome": row.outcome, "minutes": row.minutes}
        written.rows.append((one, row))
        fact = ActivityLogged(activity_id=row.pk, touch=touch, **said, **_told(one))
        written.facts.append(fact)


def _tasks(mine: Sequence[ForeignEntry], written: _Written) -> None:
    rows = [
        Task(**one.words(), **_about(one), owner=one.by, created_by=one.by, done_at=one.done_at)
        for one in mine
        if one.by
    ]
    Task.objects.bulk_create(rows, batch_size=CHUNK)
    for one, row in zip(mine, rows, strict=True):
        written.rows.append((one, row))
        written.facts.append(TaskAdded(task_id=row.pk, **_told(one)))
        if one.done_at:
            written.facts.append(TaskDone(task_id=row.pk, **_told(one, at=one.done_at)))


def _held(links: Collection[ForeignId]) -> dict[tuple[str, int], Collection[str]]:
    """Which words a colleague has changed since a file set them, by kind and id."""
    found: dict[tuple[str, int], Collection[str]] = {}
    for kind in {link.kind for link in links}:
        ids = [link.object_id for link in links if link.kind == kind]
        held = held_fields(object_type=kind, ids=ids)
        found |= {(kind, pk): names for pk, names in held.items()}
    return found


def _edit(
    one: ForeignEntry, link: ForeignId, *, held: Collection[str], at: datetime, batch: UUID
) -> Verdict:
    """Other words; what came of it and whom it was about stay, and what a colleague wrote."""
    kind = KINDS[link.kind]
    row = kind._default_manager.select_for_update().filter(pk=link.object_id).first()
    if row is None or link.kind != one.table():
        return Verdict(ImportStatus.UNCHANGED)
    shared: dict[str, Any] = {"version": None, "by": None, "at": at, "batch": batch}
    before, said = row.version, one.words()
    values, _own, conflicts = unheld(row, said, {}, held=held)
    save_edit(row, object_type=link.kind, values=values, **shared)
    status = ImportStatus.UNCHANGED if row.version == before else ImportStatus.UPDATED
    return Verdict(status, conflicts=conflicts)
