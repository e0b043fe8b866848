"""Edit many people, each in their own way, as a file says more of those who are here already;
or one field of all who are ticked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.bulk import one_of, update_rows
from baton.core.changes.actions import plain, record_columns
from baton.core.columns import Column, Same
from baton.core.errors import RuleViolation
from baton.core.facts import publish_many
from baton.core.fields.actions import obey_rules
from baton.records.people.actions.each import make_each
from baton.records.people.actions.edits import (
    PLAIN_FIELDS,
    Edit,
    edit_person,
    person_news,
    set_plain_fields,
)
from baton.records.people.actions.refusals import PersonGone
from baton.records.people.models import Person

LINKS = {"company", "owner"}
COLUMNS = {field.name: field.attname for field in Person._meta.concrete_fields}


class PersonEdit(NamedTuple):
    """What somebody is to have."""

    person: Person
    values: Mapping[str, Any]


class _Told(NamedTuple):
    """Who, when, why, and what it is undone with."""

    by: User | None
    at: datetime
    batch: UUID
    cause: str


def edit_people(
    edits: Sequence[PersonEdit],
    *,
    by: User | None = None,
    at: datetime,
    batch: UUID,
    cause: str = "",
) -> list[Person | RuleViolation]:
    """As ``edit_person`` for each of them, in order: how they are now, or why it was refused. Those
    of plain fields are written together; what names, lists, tags and own fields become hangs on
    more than the values, so these are edited one by one."""
    told = _Told(by, at, batch, cause)
    found: dict[int, Person | RuleViolation] = {}
    together: dict[int, PersonEdit] = {}  # by their places
    waiting: set[int] = set()  # whose they are
    for place, edit in enumerate(edits):
        if edit.person.pk in waiting:
            found |= _each(together, told)
            together, waiting = {}, set()
        if not edit.values:
            found[place] = edit.person
        elif edit.values.keys() <= PLAIN_FIELDS:
            together[place] = edit
            waiting.add(edit.person.pk)
        else:
            [found[place]] = make_each([edit], partial(_edit_alone, told=told))
    found |= _each(together, told)
    return [found[place] for place in range(len(edits))]


def _each(together: Mapping[int, PersonEdit], told: _Told) -> dict[int, Person | RuleViolation]:
    verdicts = make_each([*together.values()], partial(_edit_together, told=told))
    return dict(zip(together, verdicts, strict=True))


def _edit_alone(edits: Sequence[PersonEdit], *, told: _Told) -> list[Person]:
    [(person, values)] = edits
    shared = told._asdict()
    return [edit_person(person=person, values=values, version=None, **shared)]


@transaction.atomic
def _edit_together(edits: Sequence[PersonEdit], *, told: _Told) -> list[Person]:
    """Each of another person; all of them or, on a refusal, none."""
    ids = [edit.person.pk for edit in edits]
    locked = Person.objects.select_for_update().filter(pk__in=one_of(ids)).order_by("pk")
    people = {person.pk: person for person in locked}
    if len(people) < len(ids):
        raise PersonGone(_("This person is not there any more."))
    linked = LINKS & {name for edit in edits for name in edit.values}
    prefetch_related_objects([*people.values()], *sorted(linked))  # else each looks up its own
    made = [
        (person, set_plain_fields(person, values=edit.values))
        for person, edit in ((people[edit.person.pk], edit) for edit in edits)
    ]
    changed = [(person, edit) for person, edit in made if edit.after]
    _save(changed)
    if changed:
        pks = [person.pk for person, _edit in changed]
        obey_rules(Person, pks, object_type="person", at=told.at, by=told.by, cause=told.cause)
        _tell(changed, told)
    return [person for person, _edit in made]


def _save(changed: Sequence[tuple[Person, Edit]]) -> None:
    """A statement for all in whom the same fields differ."""
    alike: dict[frozenset[str], list[Person]] = defaultdict(list)
    for person, edit in changed:
        alike[frozenset(edit.after)].append(person)
    for names, people in alike.items():
        columns = [*(COLUMNS[name] for name in sorted(names)), "version"]
        update_rows(Person, {one.pk: vars(one) for one in people}, fields=columns)


def _tell(changed: Sequence[tuple[Person, Edit]], told: _Told) -> None:
    """History and facts."""
    columns: dict[str, Column] = {
        "object_id": [person.pk for person, _edit in changed],
        "before": [_plain(edit.before) for _person, edit in changed],
        "after": [_plain(edit.after) for _person, edit in changed],
    }
    by = told.by.pk if told.by else None
    shared: dict[str, Any] = {"object_type": "person", "verb": "edited", "by_id": by}
    shared |= {"at": told.at, "batch": told.batch, "cause": told.cause}
    columns |= {name: Same(value) for name, value in shared.items()}
    record_columns(columns, count=len(changed))
    publish_many(
        fact
        for person, edit in changed
        for fact in person_news(person, edit, by=told.by, at=told.at)
    )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}
