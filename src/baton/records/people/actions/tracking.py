"""How undo and history read people and companies, and write them back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.records.people.actions.edits import (
    WRITTEN_ALONG,
    set_company_fields,
    set_person_fields,
    tell_company_changed,
    tell_person_changed,
)
from baton.records.people.actions.lists import LISTS, read_list
from baton.records.people.actions.merging import COMPANIES, PEOPLE, Kind, merge_type, take_apart
from baton.records.people.actions.trash import (
    bring_companies_back,
    bring_people_back,
    put_companies_away,
    put_people_away,
)
from baton.records.people.models import Company, Merge, Person
from baton.records.people.permissions import (
    DELETE_COMPANIES,
    DELETE_PEOPLE,
    EDIT_COMPANIES,
    EDIT_PEOPLE,
)
from baton.records.people.queries import tags_of
from baton.records.people.rules import TAG, normalised_tag


@transaction.atomic
def write_person(person_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """Old values back into one person, trashed or not; undo writes the history itself."""
    person = Person.objects.select_for_update().get(pk=person_id)
    edit = set_person_fields(person, values=_live(Person, values), version=None)
    if edit.after:
        tell_person_changed(person, edit, by=by, at=at)


@transaction.atomic
def write_company(
    company_id: int, values: Mapping[str, Any], by: User | None, at: datetime
) -> None:
    """Old values back into one company."""
    company = Company.objects.select_for_update().get(pk=company_id)
    edit = set_company_fields(company, values=_live(Company, values), version=None)
    if edit.after:
        tell_company_changed(company, edit, by=by, at=at)


def _read(
    kind: type[Person] | type[Company], ids: Collection[int], names: Collection[str]
) -> Mapping[int, dict[str, Any]]:
    plain = [name for name in names if name not in LISTS and not name.startswith(TAG)]
    found = read_fields(kind, ids, plain)
    for name in LISTS & set(names):
        for pk, texts in read_list(name, list(found)).items():
            found[pk][name] = texts
    if keys := [name for name in names if name.startswith(TAG)]:
        for pk, tags in tags_of(kind, list(found)).items():
            has = {normalised_tag(name) for name in tags}
            words = {key: key.removeprefix(TAG) for key in keys}
            found[pk] |= {
                key: word if normalised_tag(word) in has else None for key, word in words.items()
            }
    return found


def _live(kind: type[Person] | type[Company], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as history keeps them, turned into what the fields hold."""
    lists = {name: value for name, value in values.items() if name in LISTS or name.startswith(TAG)}
    others = values.keys() - lists.keys() - WRITTEN_ALONG
    return lists | live_values(kind, {name: values[name] for name in others})


def _merged(name: str) -> "QuerySet[Merge, Any]":
    """What is another one by now lies in no trash: only its undo brings it back."""
    return Merge.objects.filter(object_type=name, undone_at=None).values("merged_id")


PERSON = Tracked(
    object_type="person",
    label="Person",
    read=lambda ids, names: _read(Person, ids, names),
    write=write_person,
    trash=put_people_away,
    restore=bring_people_back,
    reach=lambda user, verb: Person.objects.reached_by(
        user, DELETE_PEOPLE if verb is Verb.DELETE else EDIT_PEOPLE
    ).exclude(pk__in=_merged("person")),
)
COMPANY = Tracked(
    object_type="company",
    label="Company",
    read=lambda ids, names: _read(Company, ids, names),
    write=write_company,
    trash=put_companies_away,
    restore=bring_companies_back,
    reach=lambda user, verb: Company.objects.reached_by(
        user, DELETE_COMPANIES if verb is Verb.DELETE else EDIT_COMPANIES
    ).exclude(pk__in=_merged("company")),
)


def _tracked_merge(kind: Kind[Any], label: str) -> Tracked:
    """A merge is undone as anything that was made is: by doing away with it."""
    kept = {"person": PERSON, "company": COMPANY}[kind.name]
    return Tracked(
        object_type=merge_type(kind.name),
        label=label,
        read=lambda ids, names: {},
        write=lambda pk, values, by, at: None,
        trash=lambda ids, by, at: take_apart(kind, ids, by, at),
        restore=lambda ids, by, at: [],
        reach=lambda user, verb: Merge.objects.filter(
            object_type=kind.name, kept_id__in=kept.reach(user, Verb.EDIT).values("pk")
        ),
        has_trash=False,
    )


MERGES = (_tracked_merge(PEOPLE, "Merged people"), _tracked_merge(COMPANIES, "Merged companies"))
