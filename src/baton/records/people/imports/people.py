from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple, cast

from django.utils.translation import gettext_lazy as _

from baton.core.changes.rules import unheld
from baton.core.errors import RuleViolation
from baton.core.fields.actions import rules_read_once
from baton.core.offers import (
    Conflict,
    ImportRow,
    ImportRun,
    ImportStatus,
    ImportTarget,
    Verdict,
    link_by,
    read_link,
)
from baton.records.people.actions import (
    NewPerson,
    PersonEdit,
    bring_in_people,
    call_people,
    clear_tags,
    edit_people,
    forget_people,
    read_person,
)
from baton.records.people.imports.joining import filled
from baton.records.people.imports.keeping import lists_of
from baton.records.people.imports.making import blamed, failed, make_all
from baton.records.people.imports.people_fields import FIELDS
from baton.records.people.imports.several import mails_of, with_names
from baton.records.people.imports.who import Links, PeopleCheck
from baton.records.people.models import Person
from baton.records.people.queries import (
    normalised,
    people_linked,
    person_ids_linked,
)
from baton.records.people.rules import Origin, read_country

PROFILE = ("seniority", "buying_role", "linkedin", "x", "website")
PLAIN = (
    "full_name",
    "first_name",
    "last_name",
    "job_title",
    *PROFILE,
    "language",
    "zone",
    "country",
)
SOURCE = ("channel", "campaign", "landing_page", "said_source")  # set once, when they are new
TEXTS = frozenset({*PLAIN, *SOURCE})
NAMES = ("full_name", "first_name", "last_name")
NOBODY: frozenset[str] = frozenset()
UPDATED, UNCHANGED = Verdict(ImportStatus.UPDATED), Verdict(ImportStatus.UNCHANGED)


class _Further(NamedTuple):
    """What a row says of somebody who is here, and where it contradicts us."""

    person: Person
    values: Mapping[str, Any]
    conflicts: tuple[Conflict, ...]


@rules_read_once()
def upsert_people(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """By the key in the source; whom only their address knows is joined, or refused."""
    rows = [*map(with_names, rows)]
    verdicts: dict[int, Verdict] = {}
    links = None
    while left := {place: row for place, row in enumerate(rows) if place not in verdicts}:
        links = Links([*left.values()], run, before=links)
        verdicts |= _upsert(left, run, links)
    return [verdicts[place] for place in range(len(rows))]


def _upsert(rows: Mapping[int, ImportRow], run: ImportRun, links: Links) -> dict[int, Verdict]:
    """One round: of new ones with the same address the first, the others join them in the next."""
    verdicts: dict[int, Verdict] = {}
    told: dict[int, _Further] = {}
    fresh: dict[int, NewPerson] = {}
    coming: set[str] = set()
    for place, row in rows.items():
        person = links.about(row)
        if refusal := links.wrong(row, person):
            verdicts[place] = refusal
        elif person:
            is_ours = links.who(row) and not read_link(row.key)[0]
            told[place] = (_further if is_ours else _joining)(person, row, links)
        elif not coming & (mails := {*map(normalised, mails_of(row))} if run.joins else NOBODY):
            coming |= mails
            fresh[place] = _new(row, run, links)

    def make(new: Sequence[NewPerson]) -> Sequence[int]:
        return bring_in_people(new=new, cause="import", batch=run.batch)

    verdicts |= _write(told, run) | make_all(fresh, make)
    call_people(source=run.source, names=links.joined)
    _call(rows, verdicts, run)
    return verdicts


def _call(rows: Mapping[int, ImportRow], verdicts: Mapping[int, Verdict], run: ImportRun) -> None:
    """The other keys of who came in."""
    more = {rows[place].also: rows[place].key for place in verdicts if rows[place].also}
    if more:
        people = people_linked(run.source, [*more.values()])
        names = {also: people[key] for also, key in more.items() if key in people}
        call_people(source=run.source, names=names)


def read_ahead(row: ImportRow, run: ImportRun) -> NewPerson:
    """Whom it makes, should they be new, but for whom it names."""
    row = with_names(row)
    said = row.values
    values: dict[str, Any] = {name: text for name, text in said.items() if text and name in TEXTS}
    values |= lists_of(row)
    new: NewPerson = {
        "at": said.get("at") or run.at,
        "origin": said.get("origin") or Origin.MARKETING,
        "external_ids": {} if read_link(row.key)[0] else {run.source: row.key},
        "custom": dict(row.custom),
        "shown": row.shown,
    }
    new.update(cast(NewPerson, values))
    with suppress(RuleViolation):  # it is told when they are made
        new["read"] = read_person(new)
    return new


def _new(row: ImportRow, run: ImportRun, links: Links) -> NewPerson:
    new: NewPerson = row.read or read_ahead(row, run)
    new["company"] = links.companies.get(row.values.get("company") or "")
    new["owner"] = links.owners.get(row.values.get("owner") or "")
    return new


def _joining(person: Person, row: ImportRow, links: Links) -> _Further:
    """Somebody who was here before: the file fills what is empty, and is told where it differs."""
    values = _said(row, links) | links.kept.joined(row, person)
    made_up = NAMES if _is_nameless(person) else ()
    fresh, conflicts = filled(
        person, values, row.custom, made_up=made_up, overwrites=links.overwrites
    )
    if not read_link(row.key)[0]:
        links.joined[row.key] = person
    return _Further(person, fresh, conflicts)


def _is_nameless(person: Person) -> bool:
    """Whether what they are called was made of their address."""
    return not person.first_name and not person.last_name


def _further(person: Person, row: ImportRow, links: Links) -> _Further:
    """Fields that the file fills; those it leaves empty, or that a colleague has changed since,
    stay as they are."""
    held = links.held.get(person.pk, set())
    plain, custom, conflicts = unheld(person, _said(row, links), row.custom, held=held)
    lists, more = links.kept.unheld(row, person, held=held)
    values = plain | lists
    if custom:
        values["custom"] = {**person.custom, **custom}
    return _Further(person, values, (*conflicts, *more))


def _said(row: ImportRow, links: Links) -> dict[str, Any]:
    """What the file says of somebody, but for lists and own fields."""
    values: dict[str, Any] = {
        name: row.values[name] for name in PLAIN if row.values.get(name) is not None
    }
    if values.get("country"):
        values["country"] = read_country(values["country"])
    if row.values.get("company"):
        values["company"] = links.companies[row.values["company"]]
    if row.values.get("owner"):
        values["owner"] = links.owners[row.values["owner"]]
    return values


def _write(told: Mapping[int, _Further], run: ImportRun) -> dict[int, Verdict]:
    edits = [PersonEdit(one.person, one.values) for one in told.values()]
    became = edit_people(edits, at=run.at, cause="import", batch=run.batch)
    return {place: _verdict(told[place], one) for place, one in zip(told, became, strict=True)}


def _verdict(told: _Further, became: Person | RuleViolation) -> Verdict:
    if isinstance(became, RuleViolation):
        verdict = failed(blamed(became), str(became))
    else:
        verdict = UPDATED if became.version != told.person.version else UNCHANGED
    return replace(verdict, conflicts=told.conflicts)


def mail_of(row: ImportRow) -> list[str]:
    """The links that fit whom this row brings."""
    return [link_by("email", mail) for text in mails_of(row) if (mail := normalised(text))]


def alike(link: str) -> str:
    """The form by which links are compared; keys are as they are."""
    way, text = read_link(link)
    return link_by(way, normalised(text) or text) if way == "email" else link


PEOPLE = ImportTarget(
    object_type="person",
    label=_("People"),
    order=40,
    fields=FIELDS,
    upsert=upsert_people,
    read=read_ahead,
    check=PeopleCheck,
    known=people_linked,
    ids=person_ids_linked,
    names_of=mail_of,
    forget=lambda source, names: forget_people(source=source, names=names),
    clear=lambda _source, batch, _at: clear_tags(batch=batch),
    alike=alike,
)
