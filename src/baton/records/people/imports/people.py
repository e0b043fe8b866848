from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baton.core.changes.queries import held_fields
from baton.core.changes.rules import unheld
from baton.core.errors import RuleViolation
from baton.core.fields.actions import rules_read_once
from baton.core.offers import (
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
    bring_in_people,
    call_people,
    clear_tags,
    edit_person,
    forget_people,
)
from baton.records.people.imports.joining import filled
from baton.records.people.imports.keeping import Kept, in_trash
from baton.records.people.imports.making import blamed, failed, make_all
from baton.records.people.imports.naming import named, no_company, owners_of
from baton.records.people.imports.people_fields import FIELDS
from baton.records.people.imports.several import mails_of, with_names, wrong_of
from baton.records.people.models import Company, Person
from baton.records.people.queries import (
    companies_linked,
    normalised,
    people_by_emails,
    people_linked,
    person_ids_linked,
)
from baton.records.people.rules import Origin

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
TEXTS = (*PLAIN, *SOURCE)
NAMES = ("full_name", "first_name", "last_name")
NOBODY: frozenset[str] = frozenset()
UPDATED = Verdict(ImportStatus.UPDATED)


class Known:
    """Who the rows of one chunk are about, and whose their addresses are."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        keys = {key for row in rows for key in (row.key, row.also) if key}
        mails = [text for key in keys if (said := read_link(key))[0] and (text := said[1])]
        mails += [mail for row in rows for mail in mails_of(row)]
        self.by_mail: Mapping[str, Person] = people_by_emails(mails)
        self.people: dict[str, Person] = people_linked(run.source, keys, by_mail=self.by_mail)
        self._joins = run.joins

    def who(self, row: ImportRow) -> Person | None:
        """Whom the source calls so."""
        return self.people.get(row.key) or self.people.get(row.also)

    def whose_mail(self, row: ImportRow) -> Person | None:
        """Who was here before with this address: they are joined, where the import joins."""
        if not self._joins:
            return None
        known = (self.by_mail.get(normalised(text)) for text in mails_of(row))
        return next(filter(None, known), None)

    def about(self, row: ImportRow) -> Person | None:
        """Whom it is about, of those who are here."""
        return self.who(row) or self.whose_mail(row)

    def wrong(self, row: ImportRow, person: Person | None) -> Verdict | None:
        """The verdict on a row about this one that cannot come in as it is."""
        if person and person.deleted_at:
            return in_trash(person)
        told = (self._wrong_mail(text, person) for text in mails_of(row))
        return next(filter(None, told), None) or wrong_of(row)

    def _wrong_mail(self, text: str, person: Person | None) -> Verdict | None:
        address = normalised(text)
        if not address:
            words = gettext("“%(text)s” is no mail address. Mend or empty it.")
            return failed("email", words % {"text": text[:60]})
        owner = self.by_mail.get(address)
        if owner and owner != person:
            return taken(text, str(owner))
        return None


class Links(Known):
    """What else the rows name, looked up in a few queries; owners whom nobody knows are made."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        super().__init__(rows, run)
        self.companies: Mapping[str, Company] = companies_linked(run.source, named(rows, "company"))
        self.owners = owners_of(rows, run)
        here = {person.pk: person for person in [*self.people.values(), *self.by_mail.values()]}
        prefetch_related_objects([*here.values()], "company", "owner")
        ids = [person.pk for person in self.people.values()]
        self.held = held_fields(object_type="person", ids=ids) if ids else {}
        self.kept = Kept(rows, people=here.values())
        self.joined: dict[str, Person] = {}  # by the key that is theirs from now on

    def wrong(self, row: ImportRow, person: Person | None) -> Verdict | None:
        wanted = row.values.get("company")
        if wanted and wanted not in self.companies:
            return no_company("company", wanted)
        return super().wrong(row, person)


class PeopleCheck:
    """Refuses an address that two rows of one import bring, besides what is wrong with each."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._bearers: dict[str, str] = {}  # normalised address -> key of who brings it

    def __call__(self, rows: Sequence[ImportRow]) -> dict[int, Verdict]:
        known = Known(rows, self._run)
        found = {
            place: known.wrong(row, known.about(row)) or self._double(row)
            for place, row in enumerate(rows)
        }
        return {place: verdict for place, verdict in found.items() if verdict}

    def _double(self, row: ImportRow) -> Verdict | None:
        for text in () if self._run.joins else mails_of(row):
            bearer = self._bearers.setdefault(normalised(text), row.key)
            if bearer != row.key:
                return taken(text, bearer)
        return None


def taken(text: str, owner: str) -> Verdict:
    words = gettext("%(text)s belongs to %(owner)s already. Mend or empty it.")
    return failed("email", words % {"text": text[:60], "owner": owner[:60]})


@rules_read_once()
def upsert_people(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """By the key in the source; whom only their address knows is joined, or refused."""
    rows = [*map(with_names, rows)]
    verdicts: dict[int, Verdict] = {}
    while left := {place: row for place, row in enumerate(rows) if place not in verdicts}:
        verdicts |= _upsert(left, run)
    return [verdicts[place] for place in range(len(rows))]


def _upsert(rows: Mapping[int, ImportRow], run: ImportRun) -> dict[int, Verdict]:
    """One round: of new ones with the same address the first, the others join them in the next."""
    links = Links([*rows.values()], run)
    verdicts: dict[int, Verdict] = {}
    fresh: dict[int, NewPerson] = {}
    coming: set[str] = set()
    for place, row in rows.items():
        person = links.about(row)
        if refusal := links.wrong(row, person):
            verdicts[place] = refusal
        elif person:
            is_ours = links.who(row) and not read_link(row.key)[0]
            verdicts[place] = (_edit if is_ours else _join)(person, row, run, links)
        elif not coming & (mails := {*map(normalised, mails_of(row))} if run.joins else NOBODY):
            coming |= mails
            fresh[place] = _new(row, run, links)

    def make(new: Sequence[NewPerson]) -> None:
        bring_in_people(new=new, cause="import", batch=run.batch)

    verdicts |= make_all(fresh, make)
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


def _new(row: ImportRow, run: ImportRun, links: Links) -> NewPerson:
    said = row.values
    values: dict[str, Any] = {name: text for name in TEXTS if (text := said.get(name))}
    values |= links.kept.lists_of(row, None)
    new: NewPerson = {
        "at": said.get("at") or run.at,
        "origin": said.get("origin") or Origin.MARKETING,
        "company": links.companies.get(said.get("company") or ""),
        "owner": links.owners.get(said.get("owner") or ""),
        "external_ids": {} if read_link(row.key)[0] else {run.source: row.key},
        "custom": dict(row.custom),
        "shown": row.shown,
    }
    new.update(cast(NewPerson, values))
    return new


def _join(person: Person, row: ImportRow, run: ImportRun, links: Links) -> Verdict:
    """Somebody who was here before: the file fills what is empty, and is told where it differs."""
    values = _said(row, links) | links.kept.joined(row, person)
    made_up = NAMES if _is_nameless(person) else ()
    fresh, conflicts = filled(person, values, row.custom, made_up=made_up)
    if not read_link(row.key)[0]:
        links.joined[row.key] = person
    return replace(_write(person, fresh, run), conflicts=conflicts)


def _is_nameless(person: Person) -> bool:
    """Whether what they are called was made of their address."""
    return not person.first_name and not person.last_name


def _edit(person: Person, row: ImportRow, run: ImportRun, links: Links) -> Verdict:
    """Fields that the file fills; those it leaves empty, or that a colleague has changed since,
    stay as they are."""
    held = links.held.get(person.pk, set())
    plain, custom, conflicts = unheld(person, _said(row, links), row.custom, held=held)
    lists, more = links.kept.unheld(row, person, held=held)
    values = plain | lists
    if custom:
        values["custom"] = {**person.custom, **custom}
    return replace(_write(person, values, run), conflicts=(*conflicts, *more))


def _said(row: ImportRow, links: Links) -> dict[str, Any]:
    """What the file says of somebody, but for lists and own fields."""
    values: dict[str, Any] = {
        name: row.values[name] for name in PLAIN if row.values.get(name) is not None
    }
    if row.values.get("company"):
        values["company"] = links.companies[row.values["company"]]
    if row.values.get("owner"):
        values["owner"] = links.owners[row.values["owner"]]
    return values


def _write(person: Person, values: Mapping[str, Any], run: ImportRun) -> Verdict:
    if not values:
        return Verdict(ImportStatus.UNCHANGED)
    shared: dict[str, Any] = {"cause": "import", "batch": run.batch, "at": run.at}
    try:
        after = edit_person(person=person, values=values, version=None, by=None, **shared)
    except RuleViolation as no:
        return failed(blamed(no), str(no))
    return UPDATED if after.version != person.version else Verdict(ImportStatus.UNCHANGED)


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
    check=PeopleCheck,
    known=people_linked,
    ids=person_ids_linked,
    names_of=mail_of,
    forget=lambda source, names: forget_people(source=source, names=names),
    clear=lambda _source, batch, _at: clear_tags(batch=batch),
    alike=alike,
)
