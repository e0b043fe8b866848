"""Edit one person or one company: compare, save, write down, tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import apply_edit, check_version, record_change
from baton.core.facts import Fact, publish, publish_many
from baton.core.fields.actions import check_edit, obey_rules
from baton.records.people.actions.lists import LISTS, clean_list, read_list, write_list
from baton.records.people.actions.profile import LINES, as_kept, phone_as_kept
from baton.records.people.actions.refusals import NoName, refuse_ring, refuse_too_long
from baton.records.people.actions.tags import kind_of, turned_tags, write_tags
from baton.records.people.events import CompanyChanged, OwnerChanged, PersonChanged
from baton.records.people.models import Company, Person
from baton.records.people.queries import emails_of
from baton.records.people.rules import TAG, make_name, tidy

WRITTEN_ALONG = frozenset({"sort_key", "phone_e164"})  # with the name and the phone
NAMES = ("first_name", "last_name", "full_name")
PERSON_FIELDS = frozenset(
    {*NAMES, "job_title", "company", "language", "zone", "country", "owner", "said_source"}
    | {"custom", "emails", "phones", "tags", "origin", "channel", "campaign", "landing_page"}
    | {"seniority", "buying_role", "linkedin", "x", "website", "addresses"}
)
PLAIN_FIELDS = PERSON_FIELDS - {*NAMES, *LISTS, "tags", "custom"}  # a column each, and no more
COMPANY_FIELDS = frozenset(
    {"name", "industry", "employee_count", "annual_revenue", "revenue_currency", "city"}
    | {"country", "region", "parent", "owner", "custom", "domains", "tags"}
    | {"stage", "stage_at", "stage_reason"}  # by lifecycle alone
    | {"phone", "linkedin", "x", "website", "territory", "street", "postcode"}
)


@dataclass
class Edit:
    """The fields that differed, before and after."""

    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        """Their names; each tag is a change of its own, and of "tags"."""
        return {"tags" if name.startswith(TAG) else name for name in self.after}

    @property
    def written(self) -> dict[str, Any]:
        """What they hold now, as roles are kept from them."""
        return {name: self.after.get(name) for name in self.fields - {"custom"}}


@transaction.atomic
def edit_person(
    *,
    person: Person,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
    cause: str = "",
    batch: UUID | None = None,
) -> Person:
    """Set the fields that differ (see PERSON_FIELDS; lists have their primary entry first).

    Raises LostRace when somebody saved since ``version`` was read, NotAccepted, and the refusals of
    this module.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    had = dict(person.custom)
    edit = set_person_fields(person, values=values, version=version)
    if edit.after:
        written = edit.written
        check_edit("person", had, person.custom, by=by, cause=cause, changed=written)
        obey_rules(Person, [person.pk], object_type="person", at=at, by=by, cause=cause)
        record_change(
            object_type="person",
            object_id=person.pk,
            verb="edited",
            before=edit.before,
            after=edit.after,
            by=by,
            at=at,
            cause=cause,
            batch=batch,
        )
        tell_person_changed(person, edit, by=by, at=at)
    return person


@transaction.atomic
def edit_company(
    *,
    company: Company,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
    cause: str = "",
    batch: UUID | None = None,
) -> Company:
    """Set the fields that differ (see COMPANY_FIELDS). Raises LostRace, NotAccepted and ours."""
    company = Company.objects.select_for_update().get(pk=company.pk)
    had = dict(company.custom)
    edit = set_company_fields(company, values=values, version=version)
    if edit.after:
        written = edit.written
        check_edit("company", had, company.custom, by=by, cause=cause, changed=written)
        obey_rules(Company, [company.pk], object_type="company", at=at, by=by, cause=cause)
        record_change(
            object_type="company",
            object_id=company.pk,
            verb="edited",
            before=edit.before,
            after=edit.after,
            by=by,
            at=at,
            cause=cause,
            batch=batch,
        )
        tell_company_changed(company, edit, by=by, at=at)
    return company


def set_person_fields(person: Person, *, values: Mapping[str, Any], version: int | None) -> Edit:
    """Save what differs on a locked person; writes no history and tells nobody."""
    _refuse_unknown(values, PERSON_FIELDS)
    values = {**values, **as_kept(Person, values)}
    if values.keys() & set(NAMES):
        values = {**values, **_named(person, values)}
    return _set_fields(person, values=values, version=version)


def set_plain_fields(person: Person, *, values: Mapping[str, Any]) -> Edit:
    """Set what differs of PLAIN_FIELDS on a locked person; saves nothing."""
    _refuse_unknown(values, PLAIN_FIELDS)
    columns = _columns({**values, **as_kept(Person, values)})
    refuse_too_long(Person, columns)
    before = {name: getattr(person, name) for name in columns}
    changed = apply_edit(person, values=columns)
    return Edit({name: before[name] for name in changed}, {name: columns[name] for name in changed})


def set_company_fields(company: Company, *, values: Mapping[str, Any], version: int | None) -> Edit:
    """Save what differs on a locked company; writes no history and tells nobody."""
    _refuse_unknown(values, COMPANY_FIELDS)
    values = {**values, **as_kept(Company, values)}
    if "phone" in values:
        country = values.get("country", company.country)
        values = {**values, **phone_as_kept(values["phone"], country=country)}
    if "name" in values:
        name = tidy(values["name"])
        if not name:
            raise NoName(_("Give the company a name."))
        values = {**values, "name": name, "sort_key": name.casefold()}
    parent: Company | None = values.get("parent")
    if parent and parent.pk != company.parent_id:
        refuse_ring(company, parent=parent)
    return _set_fields(company, values=values, version=version)


def tell_person_changed(person: Person, edit: Edit, *, by: User | None, at: datetime) -> None:
    publish_many(person_news(person, edit, by=by, at=at))


def person_news(person: Person, edit: Edit, *, by: User | None, at: datetime) -> list[Fact]:
    """A change of owner is a fact of its own; all else goes into one."""
    news: list[Fact] = []
    told: dict[str, Any] = {"person_id": person.pk, "company_id": person.company_id}
    told |= {"happened_at": at, "actor_id": by.pk if by else None}
    fields = sorted(edit.fields - {"owner"} - WRITTEN_ALONG)
    if fields:
        former = _pk(edit.before.get("company"))
        news.append(PersonChanged(**told, fields=fields, former_company_id=former))
    if "owner" in edit.after:
        former, owner = _pk(edit.before["owner"]), _pk(edit.after["owner"])
        news.append(OwnerChanged(**told, owner_id=owner, former_owner_id=former))
    return news


def tell_company_changed(company: Company, edit: Edit, *, by: User | None, at: datetime) -> None:
    """One fact with the names of the fields."""
    fields = sorted(edit.fields - WRITTEN_ALONG)
    actor = by.pk if by else None
    publish(CompanyChanged(company_id=company.pk, happened_at=at, actor_id=actor, fields=fields))


def _refuse_unknown(values: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := {name for name in values if not name.startswith(TAG)} - known:
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")


def _pk(record: User | Company | None) -> int:
    return record.pk if record else 0


def _named(person: Person, values: Mapping[str, Any]) -> dict[str, str]:
    """All four name fields, made anew from the ones that were given."""
    is_whole_only = values.keys() & set(NAMES) == {"full_name"}
    known = {} if is_whole_only else {name: getattr(person, name) for name in NAMES[:2]}
    given = {**known, **{name: values[name] for name in NAMES if name in values}}
    primary = next(iter(emails_of([person.pk])[person.pk]), None)
    made = make_name(
        first=given.get("first_name", ""),
        last=given.get("last_name", ""),
        full=given.get("full_name", ""),
        email=primary.address if primary else "",
    )
    if not made.full:
        raise NoName(_("Give a name: there is no mail address to show instead."))
    return {
        "first_name": made.first,
        "last_name": made.last,
        "full_name": made.full,
        "sort_key": made.sort_key,
    }


def _set_fields(
    record: Person | Company, *, values: Mapping[str, Any], version: int | None
) -> Edit:
    columns = _columns(values)
    refuse_too_long(type(record), columns)
    lists, tags = _changed_lists(record, values), turned_tags(kind_of(record), record, values)
    beside = {**lists.after, **tags}
    if beside:
        check_version(record, version=version)
    before = {name: getattr(record, name) for name in columns}
    changed = apply_edit(record, values=columns, version=version)
    if beside and not changed:
        record.version += 1
    if beside or changed:
        record.save(update_fields=[*changed, "version"])
    for name, texts in lists.after.items():
        write_list(name, record, texts)
    write_tags(kind_of(record), record, tags)
    was = {key: None if name else key.removeprefix(TAG) for key, name in tags.items()}
    return Edit(
        before={**{name: before[name] for name in changed}, **lists.before, **was},
        after={**{name: columns[name] for name in changed}, **beside},
    )


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in columns of the record, as it is kept there."""
    return {
        name: tidy(value) if isinstance(value, str) and name not in LINES else value
        for name, value in values.items()
        if name not in LISTS | {"tags"} and not name.startswith(TAG)
    }


def _changed_lists(record: Person | Company, values: Mapping[str, Any]) -> Edit:
    edit = Edit()
    country = values.get("country", record.country)
    for name in LISTS & values.keys():
        now = read_list(name, [record.pk])[record.pk]
        wanted = clean_list(name, values[name], country=country)
        if now != wanted:
            edit.before[name], edit.after[name] = now, wanted
    return edit
