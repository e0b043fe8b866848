from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.actions import record_each, trash_rows
from baton.core.facts import publish
from baton.records.people.models import Company, Person
from baton.records.timeline.actions.shared import (
    about,
    hold,
    refuse_nobody,
    save_edit,
    write_created,
    written,
)
from baton.records.timeline.events import NoteAdded
from baton.records.timeline.models import Note

Ids = Collection[int]


@transaction.atomic
def add_note(
    *,
    body: str,
    by: User | None,
    at: datetime,
    person: Person | None = None,
    company: Company | None = None,
    deal_id: int | None = None,
    campaign_id: int | None = None,
) -> Note:
    """Write down what a colleague should know. Raises AboutNothing, EmptyText, TooLong."""
    refuse_nobody(person, company, deal_id, campaign_id)
    note = Note.objects.create(
        body=written(body),
        person=person,
        company=company,
        deal_id=deal_id,
        campaign_id=campaign_id,
        by=by,
        at=at,
    )
    write_created(note, object_type="note", by=by, at=at)
    publish(
        NoteAdded(
            happened_at=at,
            note_id=note.pk,
            actor_id=by.pk if by else None,
            **about(person, company, deal_id, campaign_id),
        )
    )
    return note


@transaction.atomic
def edit_note(*, note: Note, body: str, version: int | None, by: User | None, at: datetime) -> Note:
    """Other words for the same note. Raises LostRace, EmptyText, TooLong."""
    return save_edit(
        hold(note),
        object_type="note",
        values={"body": written(body)},
        version=version,
        by=by,
        at=at,
    )


@transaction.atomic
def trash_notes(*, note_ids: Ids, by: User | None, at: datetime) -> UUID:
    """Off the timeline; undone by the batch that is returned."""
    moved = trash_rows(Note.objects.filter(pk__in=note_ids), at=at)
    return record_each(moved, object_type="note", verb="deleted", by=by, at=at)
