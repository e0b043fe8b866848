from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baton.core.errors import RuleViolation
from baton.core.offers import (
    ImportField,
    ImportKind,
    ImportRow,
    ImportRun,
    ImportStatus,
    ImportTarget,
    Verdict,
)
from baton.records.people.actions import NewPerson, create_people, edit_person
from baton.records.people.imports.keeping import Kept, in_trash
from baton.records.people.imports.making import blamed, failed, make_all
from baton.records.people.imports.naming import named, no_company, owners_of
from baton.records.people.models import Company, Person
from baton.records.people.queries import (
    companies_by_external_ids,
    people_by_emails,
    people_by_external_ids,
    person_ids_by_external_ids,
)
from baton.records.people.rules import Origin, UnreadableAddress, read_email

PLAIN = ("full_name", "first_name", "last_name", "job_title", "language", "zone", "country")
SOURCE = ("channel", "campaign", "landing_page", "said_source")  # set once, when they are new
UPDATED = Verdict(ImportStatus.UPDATED)


class Known:
    """Who the rows of one chunk are about, and whose their addresses are."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        self.people: Mapping[str, Person] = people_by_external_ids(
            run.source, [row.key for row in rows]
        )
        self.by_mail: Mapping[str, Person] = people_by_emails(named(rows, "email"))

    def wrong(self, row: ImportRow) -> Verdict | None:
        """The verdict on a row that cannot come in as it is."""
        person = self.people.get(row.key)
        if person and person.deleted_at:
            return in_trash(person)
        return self._wrong_mail(row.values.get("email") or "", person)

    def _wrong_mail(self, text: str, person: Person | None) -> Verdict | None:
        if not text:
            return None
        try:
            owner = self.by_mail.get(read_email(text).normalised)
        except UnreadableAddress:
            words = gettext("“%(text)s” is no mail address. Mend or empty it.")
            return failed("email", words % {"text": text[:60]})
        if owner and owner != person:
            return taken(text, str(owner))
        return None


class Links(Known):
    """What else the rows name, looked up in a few queries; owners whom nobody knows are made."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        super().__init__(rows, run)
        self.companies: Mapping[str, Company] = companies_by_external_ids(
            run.source, named(rows, "company")
        )
        self.owners = owners_of(rows, run)
        self.kept = Kept(rows, people=self.people.values())

    def wrong(self, row: ImportRow) -> Verdict | None:
        wanted = row.values.get("company")
        if wanted and wanted not in self.companies:
            return no_company("company", wanted)
        return super().wrong(row)


class PeopleCheck:
    """Refuses an address that two rows of one import bring, besides what is wrong with each."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._bearers: dict[str, str] = {}  # normalised address -> key of who brings it

    def __call__(self, rows: Sequence[ImportRow]) -> dict[int, Verdict]:
        known = Known(rows, self._run)
        found = {place: known.wrong(row) or self._double(row) for place, row in enumerate(rows)}
        return {place: verdict for place, verdict in found.items() if verdict}

    def _double(self, row: ImportRow) -> Verdict | None:
        text = row.values.get("email")
        if not text:
            return None
        bearer = self._bearers.setdefault(read_email(text).normalised, row.key)
        return None if bearer == row.key else taken(text, bearer)


def taken(text: str, owner: str) -> Verdict:
    words = gettext("%(text)s belongs to %(owner)s already. Mend or empty it.")
    return failed("email", words % {"text": text[:60], "owner": owner[:60]})


def upsert_people(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """By the key in the source; somebody known by mail only is not taken over but refused."""
    links = Links(rows, run)
    verdicts: dict[int, Verdict] = {}
    fresh: dict[int, NewPerson] = {}
    for place, row in enumerate(rows):
        if refusal := links.wrong(row):
            verdicts[place] = refusal
        elif known := links.people.get(row.key):
            verdicts[place] = in_trash(known) if known.deleted_at else _edit(known, row, run, links)
        else:
            fresh[place] = _new(row, run, links)

    def make(new: Sequence[NewPerson]) -> None:
        create_people(new=new, cause="import", batch=run.batch)

    verdicts |= make_all(fresh, make)
    return [verdicts[place] for place in range(len(rows))]


def _new(row: ImportRow, run: ImportRun, links: Links) -> NewPerson:
    values: dict[str, Any] = {
        name: row.values[name] for name in (*PLAIN, *SOURCE) if row.values.get(name)
    }
    values |= links.kept.lists_of(row, None)
    new: NewPerson = {
        "at": row.values.get("at") or run.at,
        "origin": row.values.get("origin") or Origin.MARKETING,
        "company": links.companies.get(row.values.get("company") or ""),
        "owner": links.owners.get(row.values.get("owner") or ""),
        "external_ids": {run.source: row.key},
        "custom": dict(row.custom),
    }
    new.update(cast(NewPerson, values))
    return new


def _edit(person: Person, row: ImportRow, run: ImportRun, links: Links) -> Verdict:
    """Fields that the file fills; those it leaves empty stay as they are."""
    values: dict[str, Any] = {
        name: row.values[name] for name in PLAIN if row.values.get(name) is not None
    }
    values |= links.kept.lists_of(row, person)
    if row.values.get("company"):
        values["company"] = links.companies[row.values["company"]]
    if row.values.get("owner"):
        values["owner"] = links.owners[row.values["owner"]]
    if row.custom:
        values["custom"] = {**person.custom, **row.custom}
    before = person.version
    try:
        after = edit_person(
            person=person,
            values=values,
            version=None,
            by=None,
            at=run.at,
            cause="import",
            batch=run.batch,
        )
    except RuleViolation as no:
        return failed(blamed(no), str(no))
    return UPDATED if after.version != before else Verdict(ImportStatus.UNCHANGED)


def _text(name: str, label: Any) -> ImportField:
    limit = getattr(Person._meta.get_field(name), "max_length", None)
    return ImportField(name=name, label=label, longest=limit or 0)


PEOPLE = ImportTarget(
    object_type="person",
    label=_("People"),
    order=40,
    fields=(
        _text("full_name", _("Name")),
        _text("first_name", _("First name")),
        _text("last_name", _("Last name")),
        ImportField(name="email", label=_("Mail"), longest=254),
        ImportField(name="phone", label=_("Phone"), longest=60),
        _text("job_title", _("Job title")),
        _text("language", _("Language")),
        _text("zone", _("Time zone")),
        _text("country", _("Country")),
        ImportField(name="origin", label=_("Origin"), choices=tuple(Origin)),
        _text("channel", _("Channel")),
        _text("campaign", _("Campaign")),
        _text("landing_page", _("Landing page")),
        _text("said_source", _("How they heard of us")),
        ImportField(name="at", label=_("Known since"), kind=ImportKind.MOMENT),
        ImportField(name="tags", label=_("Tags")),
        ImportField(name="company", label=_("Company"), kind=ImportKind.LINK, of="company"),
        ImportField(name="owner", label=_("Owner"), kind=ImportKind.LINK, of="user"),
    ),
    upsert=upsert_people,
    check=PeopleCheck,
    known=person_ids_by_external_ids,
)
