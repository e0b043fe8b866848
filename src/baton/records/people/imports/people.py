from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.queries import users_by_external_ids
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
from baton.records.people.imports.making import failed, make_all
from baton.records.people.models import Company, Person
from baton.records.people.queries import (
    companies_by_external_ids,
    people_by_emails,
    people_by_external_ids,
)
from baton.records.people.rules import Origin, UnreadableAddress, read_email

PLAIN = ("full_name", "first_name", "last_name", "job_title", "language", "zone", "country")
SOURCE = ("channel", "campaign", "landing_page", "said_source")  # set once, when they are new
UPDATED = Verdict(ImportStatus.UPDATED)


class Links:
    """What the rows of one chunk name, looked up in a few queries."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        self.people: Mapping[str, Person] = people_by_external_ids(
            run.source, [row.key for row in rows]
        )
        self.companies: Mapping[str, Company] = companies_by_external_ids(
            run.source, _named(rows, "company")
        )
        self.owners: Mapping[str, User] = users_by_external_ids(run.source, _named(rows, "owner"))
        self.by_mail: Mapping[str, Person] = people_by_emails(_named(rows, "email"))
        self.kept = Kept(rows, people=self.people.values())

    def missing(self, row: ImportRow) -> Verdict | None:
        """The verdict on a row that names what is not there."""
        for name, found in (("company", self.companies), ("owner", self.owners)):
            wanted = row.values.get(name)
            if wanted and wanted not in found:
                return failed(name, f"There is no {name} “{wanted[:60]}” in this import.")
        return None


def upsert_people(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """By the key in the source; somebody known by mail only is not taken over but refused."""
    links = Links(rows, run)
    verdicts: dict[int, Verdict] = {}
    fresh: dict[int, NewPerson] = {}
    for place, row in enumerate(rows):
        refusal = links.missing(row) or _refuse_mail(row, links)
        if refusal:
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
        return failed("", str(no))
    return UPDATED if after.version != before else Verdict(ImportStatus.UNCHANGED)


def _refuse_mail(row: ImportRow, links: Links) -> Verdict | None:
    text = row.values.get("email")
    if not text:
        return None
    try:
        mail = read_email(text)
    except UnreadableAddress:
        return failed("email", f"“{text[:60]}” is no mail address. Mend or empty it.")
    owner = links.by_mail.get(mail.normalised)
    if owner and owner != links.people.get(row.key):
        return failed("email", f"{text[:60]} belongs to {owner} already.")
    return None


def _named(rows: Sequence[ImportRow], name: str) -> list[str]:
    return [row.values[name] for row in rows if row.values.get(name)]


def _text(name: str, label: Any) -> ImportField:
    return ImportField(name=name, label=label)


PEOPLE = ImportTarget(
    object_type="person",
    label=_("People"),
    order=40,
    fields=(
        _text("full_name", _("Name")),
        _text("first_name", _("First name")),
        _text("last_name", _("Last name")),
        _text("email", _("Mail")),
        _text("phone", _("Phone")),
        _text("job_title", _("Job title")),
        _text("language", _("Language")),
        _text("zone", _("Time zone")),
        _text("country", _("Country")),
        _text("origin", _("Origin")),
        _text("channel", _("Channel")),
        _text("campaign", _("Campaign")),
        _text("landing_page", _("Landing page")),
        _text("said_source", _("How they heard of us")),
        ImportField(name="at", label=_("Known since"), kind=ImportKind.MOMENT),
        ImportField(name="company", label=_("Company"), kind=ImportKind.LINK, of="company"),
        ImportField(name="owner", label=_("Owner"), kind=ImportKind.LINK, of="user"),
    ),
    upsert=upsert_people,
)
