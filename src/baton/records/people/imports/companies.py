from collections.abc import Mapping, Sequence
from decimal import Decimal
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
from baton.records.people.actions import NewCompany, create_companies, edit_company
from baton.records.people.imports.keeping import Kept, in_trash
from baton.records.people.imports.making import failed, make_all
from baton.records.people.models import Company
from baton.records.people.queries import companies_by_external_ids

PLAIN = ("name", "industry", "city", "country", "region")
LARGEST_COUNT = 2_000_000_000


class Links:
    """What the rows of one chunk name, looked up in a few queries."""

    def __init__(self, rows: Sequence[ImportRow], run: ImportRun) -> None:
        keys = [*(row.key for row in rows), *_named(rows, "parent")]
        self.companies: dict[str, Company] = companies_by_external_ids(run.source, keys)
        self.owners: Mapping[str, User] = users_by_external_ids(run.source, _named(rows, "owner"))
        self.kept = Kept(rows, companies=self.companies.values())

    def missing(self, row: ImportRow) -> Verdict | None:
        """The verdict on a row that names what is not there."""
        parent, owner = row.values.get("parent"), row.values.get("owner")
        if parent and parent not in self.companies:
            return failed("parent", f"There is no company “{parent[:60]}” in this import.")
        if owner and owner not in self.owners:
            return failed("owner", f"There is no user “{owner[:60]}” in this import.")
        return None


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
        if refusal := links.missing(row):
            verdicts[place] = refusal
            continue
        try:
            if row.key in links.companies:
                verdicts[place] = _edit(row, run, links)
            else:
                fresh[place] = _new(row, run, links)
        except RuleViolation as no:
            verdicts[place] = failed("name", str(no))

    def make(new: Sequence[NewCompany]) -> None:
        made = create_companies(new=new, cause="import", batch=run.batch)
        for one, company in zip(new, made, strict=True):
            links.companies[(one.get("external_ids") or {})[run.source]] = company

    return verdicts | make_all(fresh, make, field="name")


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
    if company.deleted_at:
        return in_trash(company)
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
        if not 0 <= count <= LARGEST_COUNT:
            raise RuleViolation("The number of employees is no count of people.")
        values["employee_count"] = int(count)
    if row.values.get("annual_revenue") is not None:
        values["annual_revenue"] = row.values["annual_revenue"]
        values["revenue_currency"] = run.currency
    if row.values.get("domain"):
        known = links.companies.get(row.key)
        values["domains"] = links.kept.domains_with(row.values["domain"], known)
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


def _named(rows: Sequence[ImportRow], name: str) -> list[str]:
    return [row.values[name] for row in rows if row.values.get(name)]


COMPANIES = ImportTarget(
    object_type="company",
    label=_("Companies"),
    order=30,
    fields=(
        ImportField(name="name", label=_("Name")),
        ImportField(name="industry", label=_("Industry")),
        ImportField(name="city", label=_("City")),
        ImportField(name="country", label=_("Country")),
        ImportField(name="region", label=_("Region")),
        ImportField(name="domain", label=_("Domain")),
        ImportField(name="employee_count", label=_("Employees"), kind=ImportKind.NUMBER),
        ImportField(name="annual_revenue", label=_("Yearly revenue"), kind=ImportKind.NUMBER),
        ImportField(name="parent", label=_("Parent company"), kind=ImportKind.LINK, of="company"),
        ImportField(name="owner", label=_("Owner"), kind=ImportKind.LINK, of="user"),
    ),
    upsert=upsert_companies,
)
