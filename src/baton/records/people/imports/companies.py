from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

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
from baton.records.people.actions import create_company, edit_company
from baton.records.people.models import Company
from baton.records.people.queries import companies_by_external_ids

PLAIN = ("name", "industry", "city", "country", "region")
LARGEST_COUNT = 2_000_000_000


def upsert_companies(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """By the key in the source. A parent must stand in the source too, before or in this chunk."""
    known = dict(companies_by_external_ids(run.source, _keys(rows)))
    owners = users_by_external_ids(
        run.source, [row.values["owner"] for row in rows if row.values.get("owner")]
    )
    verdicts: dict[int, Verdict] = {}
    for place in _parents_first(rows):
        row = rows[place]
        try:
            values = _values(row, run)
            if row.values.get("owner"):
                values["owner"] = owners[row.values["owner"]]
            if row.values.get("parent"):
                values["parent"] = known[row.values["parent"]]
            verdicts[place] = _write(row, run, values, known)
        except KeyError as missing:
            message = f"There is no company or user “{missing.args[0]}” in this import."
            verdicts[place] = Verdict(ImportStatus.FAILED, "parent", message)
        except RuleViolation as no:
            verdicts[place] = Verdict(ImportStatus.FAILED, "name", str(no))
    return [verdicts[place] for place in range(len(rows))]


def _write(
    row: ImportRow, run: ImportRun, values: dict[str, Any], known: dict[str, Company]
) -> Verdict:
    company = known.get(row.key)
    if company is None:
        known[row.key] = create_company(
            **values,
            custom=dict(row.custom),
            at=run.at,
            external_ids={run.source: row.key},
            cause="import",
            batch=run.batch,
        )
        return Verdict(ImportStatus.CREATED)
    if row.custom:
        values["custom"] = {**company.custom, **row.custom}
    before = company.version
    known[row.key] = edit_company(
        company=company,
        values=values,
        version=None,
        by=None,
        at=run.at,
        cause="import",
        batch=run.batch,
    )
    return Verdict(
        ImportStatus.UPDATED if known[row.key].version != before else ImportStatus.UNCHANGED
    )


def _values(row: ImportRow, run: ImportRun) -> dict[str, Any]:
    """What the file fills; empty cells leave a known company as it is."""
    values: dict[str, Any] = {name: row.values[name] for name in PLAIN if row.values.get(name)}
    values.setdefault("name", row.key)
    count: Decimal | None = row.values.get("employee_count")
    if count is not None:
        if not 0 <= count <= LARGEST_COUNT:
            raise RuleViolation("The number of employees is no count of people.")
        values["employee_count"] = int(count)
    if row.values.get("annual_revenue") is not None:
        values["annual_revenue"] = row.values["annual_revenue"]
        values["revenue_currency"] = run.currency
    if row.values.get("domain"):
        values["domains"] = [row.values["domain"]]
    return values


def _parents_first(rows: Sequence[ImportRow]) -> list[int]:
    """Places in an order in which no row comes before its parent in the same chunk."""
    places = {row.key: place for place, row in enumerate(rows)}
    ordered: list[int] = []
    done: set[int] = set()
    for place in range(len(rows)):
        line = [place]
        while (parent := rows[line[-1]].values.get("parent")) in places:
            if places[parent] in done or places[parent] in line:
                break
            line.append(places[parent])
        for one in reversed(line):
            if one not in done:
                done.add(one)
                ordered.append(one)
    return ordered


def _keys(rows: Sequence[ImportRow]) -> list[str]:
    parents = [row.values["parent"] for row in rows if row.values.get("parent")]
    return [*(row.key for row in rows), *parents]


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
