"""Relations made, changed, ended and taken away; and the former employer of who changes theirs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from baton.core.access.models import User
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    record_each,
    restore_rows,
    trash_rows,
)
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation, gettext_noop
from baton.core.keys import new_key
from baton.records.people.models import Company, Person
from baton.records.relations.models import Relation
from baton.records.relations.permissions import EDIT_RELATIONS
from baton.records.relations.rules import BOTH_WAYS, LONGEST_TITLE, OF_COMPANIES, RelationKind

FIELDS = ("kind", "title", "since", "until", "is_past")
TOLD = ("person", "other", "company", *FIELDS)


class BadRelation(RuleViolation):
    """Nobody can stand so to each other."""


class EndsTooSoon(RuleViolation):
    """Before its first day."""

    fields = ("until",)


class RelationKnown(RuleViolation):
    """The same is written down already."""


@dataclass(frozen=True, kw_only=True)
class Ends:
    """Between whom, and what the person is to the other or to the company."""

    person: Person
    kind: RelationKind
    other: Person | None = None
    company: Company | None = None


@transaction.atomic
def add_relation(
    *,
    ends: Ends,
    title: str = "",
    since: date | None = None,
    until: date | None = None,
    is_past: bool = False,
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> Relation:
    """Raises BadRelation and RelationKnown."""
    _hold(ends.person.pk, ends.other.pk if ends.other else None)
    _refuse_ends(ends)
    _refuse_days(since, until)
    relation = Relation(
        person=ends.person,
        kind=ends.kind.value,
        other=ends.other,
        company=ends.company,
        title=_title(title),
        since=since,
        until=until,
        is_past=is_past,
    )
    _refuse_twice(relation)
    relation.save()
    _record(relation, "created", by=by, at=at, batch=batch)
    return relation


@transaction.atomic
def edit_relation(
    *,
    relation: Relation,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
    is_turned: bool = False,
) -> Relation:
    """Set those of FIELDS that differ; turned, the two people change places. Raises LostRace and
    our refusals."""
    _hold(relation.person_id, relation.other_id)
    relation = Relation.objects.select_for_update().get(pk=relation.pk)
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    values = {**values, **({"title": _title(values["title"])} if "title" in values else {})}
    if is_turned:
        values |= {"person": relation.other, "other": relation.person}
    before = {name: getattr(relation, name) for name in values}
    changed = apply_edit(relation, values=values, version=version)
    if not changed:
        return relation
    is_of_company = RelationKind(relation.kind) in OF_COMPANIES
    if is_of_company != (relation.company_id is not None):
        raise BadRelation(gettext_noop("People are that to each other, or to companies."))
    _refuse_days(relation.since, relation.until)
    _refuse_twice(relation)
    relation.is_derived = False
    relation.save(update_fields=[*changed, "is_derived", "version"])
    record_change(
        object_type="relation",
        object_id=relation.pk,
        verb="edited",
        before={name: before[name] for name in changed},
        after={name: getattr(relation, name) for name in changed},
        by=by,
        at=at,
        batch=batch,
    )
    return relation


def remove_relation(
    *, relation: Relation, by: User | None, at: datetime, batch: UUID | None = None
) -> UUID:
    """It was written down by mistake; undone by its batch."""
    with transaction.atomic():
        gone = trash_rows(Relation.objects.filter(pk=relation.pk), at=at)
        return record_each(
            gone, object_type="relation", verb="deleted", by=by, at=at, batch=batch or new_key()
        )


@transaction.atomic
def keep_former_employer(
    *, person_id: int, former_id: int, company_id: int | None, title: str, on: date, at: datetime
) -> None:
    """They went from one company to another, or to none. Safe when it is told twice; whoever goes
    back on the same day, as an undo does, was not away."""
    _hold(person_id)
    at_work = Relation.objects.living().filter(person=person_id, kind=RelationKind.WORKS_AT)
    known = at_work.select_for_update().order_by("-is_past", "pk")
    rows = {row.company_id: row for row in known}  # what holds comes last, and counts
    here, there = rows.get(former_id), rows.get(company_id) if company_id else None
    if here and here.is_derived and here.since == on and not here.is_past:
        trash_rows(Relation.objects.filter(pk=here.pk), at=at)
    elif here is None:
        _derive(person_id, former_id, title=title, until=on, is_past=True, at=at)
    elif not here.is_past:
        _turn(here, until=max(on, here.since or on), is_past=True, at=at)
    if there and there.is_past and there.until == on:
        _turn(there, until=None, is_past=False, at=at)
    elif company_id and (there is None or there.is_past):
        _derive(person_id, company_id, since=on, at=at)


def _derive(person_id: int, company_id: int, *, at: datetime, **values: Any) -> None:
    relation = Relation.objects.create(
        person_id=person_id,
        company_id=company_id,
        kind=RelationKind.WORKS_AT.value,
        is_derived=True,
        **values,
    )
    _record(relation, "created", by=None, at=at, cause="person.changed")


def _turn(relation: Relation, *, at: datetime, **values: Any) -> None:
    before = {name: getattr(relation, name) for name in values}
    changed = apply_edit(relation, values=values, version=None)
    relation.save(update_fields=[*changed, "version"])
    record_change(
        object_type="relation",
        object_id=relation.pk,
        verb="edited",
        before=before,
        after=values,
        at=at,
        cause="person.changed",
    )


def _record(relation: Relation, verb: str, **act: Any) -> None:
    after = {name: getattr(relation, name) for name in TOLD}
    record_change(object_type="relation", object_id=relation.pk, verb=verb, after=after, **act)


def _hold(*people: int | None) -> None:
    """Who writes relations of these people waits until we have: what is not there yet cannot be
    locked itself. In one order, so that two never wait for each other."""
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=filter(None, people))
    list(rows.order_by("pk").values_list("pk"))


def _title(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:LONGEST_TITLE]


def _refuse_ends(ends: Ends) -> None:
    if (ends.other is None) == (ends.company is None):
        raise BadRelation(gettext_noop("A relation is to a person or to a company."))
    if (ends.kind in OF_COMPANIES) != (ends.company is not None):
        raise BadRelation(gettext_noop("People are that to each other, or to companies."))
    if ends.other and ends.other.pk == ends.person.pk:
        raise BadRelation(gettext_noop("Nobody stands so to themself."))


def _refuse_days(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise EndsTooSoon(gettext_noop("It ends before it begins."))


def _refuse_twice(relation: Relation) -> None:
    """Twice the same at the same time; once more after it was over is another."""
    one, two = relation.person, relation.other
    ends = Q(person=one, other=two, company=relation.company)
    if relation.kind in BOTH_WAYS:
        ends |= Q(person=two, other=one)
    when = {"is_past": relation.is_past, "until": relation.until}
    same = Relation.objects.living().filter(ends, kind=relation.kind, **when)
    if same.exclude(pk=relation.pk).exists():
        raise RelationKnown(gettext_noop("That is written down already."))


def _write_back(pk: int, values: Mapping[str, Any], _by: User | None, _at: datetime) -> None:
    relation = Relation.objects.select_for_update().get(pk=pk)
    changed = apply_edit(relation, values=live_values(Relation, values), version=None)
    if changed:
        relation.save(update_fields=[*changed, "version"])


def _put_away(ids: Collection[int], _by: User | None, at: datetime) -> list[int]:
    return trash_rows(Relation.objects.filter(pk__in=ids), at=at)


def _bring_back(ids: Collection[int], _by: User | None, _at: datetime) -> list[int]:
    return restore_rows(Relation.objects.filter(pk__in=ids))


RELATION = Tracked(
    object_type="relation",
    label="Relation",
    read=partial(read_fields, Relation),
    write=_write_back,
    trash=_put_away,
    restore=_bring_back,
    reach=lambda user, _verb: Relation.objects.reached_by(user, EDIT_RELATIONS),
    has_trash=False,
)
