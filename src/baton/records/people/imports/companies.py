from collections.abc import Mapping, Sequence
from decimal import Decimal
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
from baton.records.people.actions import NewCompany, create_companies, edit_company
from baton.records.people.imports.keeping import Kept, in_trash
from baton.records.people.imports.making import blamed, failed, make_all
from baton.records.people.imports.naming import named, no_company, owners_of
from baton.records.people.models import Company
from baton.records.people.queries import companies_by_domains, companies_by_external_ids
from baton.records.people.rules import read_domain, tidy

PLAIN = ("name", "industry", "city", "country", "region")
LARGEST_COUNT = 2_000_000_000


class Known:
    """Which companies the rows of one chunk are about, and whose their domains are."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        keys = [*(row.key for row in rows), *named(rows, "parent")]
        self.companies: dict[str, Company] = companies_by_external_ids(run.source, keys)
        self.by_domain = companies_by_domains(named(rows, "domain"))

    def wrong(self, row: ImportRow) -> Verdict | None:
        """The verdict on a row that cannot come in as it is."""
        company = self.companies.get(row.key)
        if company and company.deleted_at:
            return in_trash(company)
        if row.values.get("name") is not None and not tidy(row.values["name"]):
            return failed("name", gettext("Give the company a name."))
        count: Decimal | None = row.values.get("employee_count")
        if count is not None and not 0 <= count <= LARGEST_COUNT:
            words = gettext("The number of employees is no count of people. Mend or empty it.")
            return failed("employee_count", words)
        return self._wrong_domain(row.values.get("domain") or "", company)

    def _wrong_domain(self, text: str, company: Company | None) -> Verdict | None:
        if text and not read_domain(text):
            words = gettext("“%(text)s” is no domain. Write it like halden.example.")
            return failed("domain", words % {"text": text[:60]})
        bearer = self.by_domain.get(read_domain(text)) if text else None
        return taken(text, str(bearer)) if bearer and bearer != company else None


class Links(Known):
    """What else the rows name, looked up in a few queries; owners whom nobody knows are made."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        super().__init__(rows, run)
        self.owners = owners_of(rows, run)
        self.kept = Kept(rows, companies=self.companies.values())

    def wrong(self, row: ImportRow) -> Verdict | None:
        parent = row.values.get("parent")
        if parent and parent not in self.companies:
            return no_company("parent", parent)
        return super().wrong(row)


class CompaniesCheck:
    """Refuses a domain that two rows of one import bring, besides what is wrong with each."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._bearers: dict[str, str] = {}  # domain -> key of the company that brings it

    def __call__(self, rows: Sequence[ImportRow]) -> dict[int, Verdict]:
        known = Known(rows, self._run)
        found = {place: known.wrong(row) or self._double(row) for place, row in enumerate(rows)}
        return {place: verdict for place, verdict in found.items() if verdict}

    def _double(self, row: ImportRow) -> Verdict | None:
        text = row.values.get("domain")
        if not text:
            return None
        bearer = self._bearers.setdefault(read_domain(text), row.key)
        return None if bearer == row.key else taken(text, bearer)


def taken(text: str, owner: str) -> Verdict:
    words = gettext("%(text)s belongs to %(owner)s already. Mend or empty it.")
    return failed("domain", words % {"text": text[:60], "owner": owner[:60]})


def upsert_companies(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """By the key in the source. A parent must stand in the source too, before or in this chunk."""
    links = Links(rows, run)
    verdicts: dict[int, Verdict] = {}
    for wave in _waves(rows):
        verdicts |= _upsert({place: rows[place] for place in wave}, run, links)
    return [verdicts[place] for place in range(len(rows))]


def _upsert(rows: Mapping[int, ImportRow], run: ImportRun, links: Links) -> dict[int, Verdict]:
    """Of one wave: those that are known one by one, the new ones in bulk."""
    verdicts: dict[int, Verdict] = {}
    fresh: dict[int, NewCompany] = {}
    for place, row in rows.items():
        if refusal := links.wrong(row):
            verdicts[place] = refusal
            continue
        try:
            if row.key in links.companies:
                verdicts[place] = _edit(row, run, links)
            else:
                fresh[place] = _new(row, run, links)
        except RuleViolation as no:
            verdicts[place] = failed(blamed(no), str(no))

    def make(new: Sequence[NewCompany]) -> None:
        made = create_companies(new=new, cause="import", batch=run.batch)
        for one, company in zip(new, made, strict=True):
            links.companies[(one.get("external_ids") or {})[run.source]] = company

    return verdicts | make_all(fresh, make)


def _new(row: ImportRow, run: ImportRun, links: Links) -> NewCompany:
    new: NewCompany = {
        "name": row.key,
        "at": run.at,
        "custom": row.custom,
        "external_ids": {run.source: row.key},
    }
    new.update(cast(NewCompany, _values(row, run, links)))
    return new


def _edit(row: ImportRow, run: ImportRun, links: Links) -> Verdict:
    company = links.companies[row.key]
    values = _values(row, run, links)
    if row.custom:
        values["custom"] = {**company.custom, **row.custom}
    after = edit_company(
        company=company,
        values=values,
        version=None,
        by=None,
        at=run.at,
        cause="import",
        batch=run.batch,
    )
    links.companies[row.key] = after
    is_changed = after.version != company.version
    return Verdict(ImportStatus.UPDATED if is_changed else ImportStatus.UNCHANGED)


def _values(row: ImportRow, run: ImportRun, links: Links) -> dict[str, Any]:
    """What the file fills; empty cells leave a known company as it is."""
    values: dict[str, Any] = {
        name: row.values[name] for name in PLAIN if row.values.get(name) is not None
    }
    count: Decimal | None = row.values.get("employee_count")
    if count is not None:
        values["employee_count"] = int(count)
    if row.values.get("annual_revenue") is not None:
        values["annual_revenue"] = row.values["annual_revenue"]
        values["revenue_currency"] = run.currency
    if row.values.get("domain"):
        known = links.companies.get(row.key)
        values["domains"] = links.kept.domains_with(row.values["domain"], known)
    if row.values.get("tags"):
        values["tags"] = links.kept.tags_with(row.values["tags"], links.companies.get(row.key))
    if row.values.get("parent"):
        values["parent"] = links.companies[row.values["parent"]]
    if row.values.get("owner"):
        values["owner"] = links.owners[row.values["owner"]]
    return values


def _waves(rows: Sequence[ImportRow]) -> list[list[int]]:
    """Places in rounds: a row whose parent stands in this chunk comes in a later round than it.

    Rows that are each other's parents share a round: the parent is known already, or missing.
    """
    parents = {row.key: row.values.get("parent") for row in rows}
    waves: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        above, line = parents[row.key], {row.key}
        while above in parents and above not in line:
            line.add(above)
            above = parents[above]
        waves.setdefault(len(line) if above not in line else 0, []).append(place)
    return [waves[depth] for depth in sorted(waves)]


def _text(name: str, label: Any) -> ImportField:
    limit = getattr(Company._meta.get_field(name), "max_length", None)
    return ImportField(name=name, label=label, longest=limit or 0)


COMPANIES = ImportTarget(
    object_type="company",
    label=_("Companies"),
    order=30,
    fields=(
        _text("name", _("Name")),
        _text("industry", _("Industry")),
        _text("city", _("City")),
        _text("country", _("Country")),
        _text("region", _("Region")),
        ImportField(name="domain", label=_("Domain"), longest=253),
        ImportField(name="employee_count", label=_("Employees"), kind=ImportKind.NUMBER),
        ImportField(name="annual_revenue", label=_("Yearly revenue"), kind=ImportKind.NUMBER),
        ImportField(name="tags", label=_("Tags")),
        ImportField(name="parent", label=_("Parent company"), kind=ImportKind.LINK, of="company"),
        ImportField(name="owner", label=_("Owner"), kind=ImportKind.LINK, of="user"),
    ),
    upsert=upsert_companies,
    check=CompaniesCheck,
    known=companies_by_external_ids,
)
