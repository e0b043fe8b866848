from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

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
    NewCompany,
    call_companies,
    create_companies,
    edit_company,
    forget_companies,
)
from baton.records.people.imports.calling import alike, company_ids_linked, names_of, twofold
from baton.records.people.imports.companies_fields import FIELDS
from baton.records.people.imports.joining import filled
from baton.records.people.imports.making import blamed, failed, make_all
from baton.records.people.imports.staying import keep_companies
from baton.records.people.imports.which import CompaniesCheck, Links
from baton.records.people.models import Company
from baton.records.people.queries import companies_linked
from baton.records.people.rules import read_country, read_domain

SHOWN = ("phone", "linkedin", "x", "website", "territory", "street", "postcode")
LISTS = {"domains", "tags"}  # a file takes none off
PLAIN = ("name", "industry", *SHOWN, "city", "country", "region")


@rules_read_once()
def upsert_companies(rows: Sequence[ImportRow], run: ImportRun) -> list[Verdict]:
    """By the key in the source. A parent must stand in the source too, before or in this chunk."""
    verdicts: dict[int, Verdict] = {}
    while left := {place: row for place, row in enumerate(rows) if place not in verdicts}:
        links = Links([*left.values()], run)
        for wave in _waves(left):
            verdicts |= _upsert({place: rows[place] for place in wave}, run, links)
    return [verdicts[place] for place in range(len(rows))]


def _upsert(rows: Mapping[int, ImportRow], run: ImportRun, links: Links) -> dict[int, Verdict]:
    """Of one wave: those that are known one by one, the new ones in bulk; of new ones with the
    same domain, or name without a domain, the others join the first in the next round."""
    verdicts: dict[int, Verdict] = {}
    fresh: dict[int, NewCompany] = {}
    coming: set[str] = set()
    by_key_first = sorted(rows, key=lambda place: bool(read_link(rows[place].key)[0]))
    for place, row in ((place, rows[place]) for place in by_key_first):
        if refusal := links.wrong(row):
            verdicts[place] = refusal
            continue
        try:
            if known := links.which(row):
                is_ours = not read_link(row.key)[0]
                verdicts[place] = (_edit if is_ours else _join)(known, row, run, links)
            elif known := links.here_before(row):
                verdicts[place] = _join(known, row, run, links)
            elif _is_first(row, run, coming):
                fresh[place] = _new(row, run, links)
        except RuleViolation as no:
            verdicts[place] = failed(blamed(no), str(no))
    return verdicts | _make(fresh, rows, run, links)


def _is_first(row: ImportRow, run: ImportRun, coming: set[str]) -> bool:
    """Whether no other new one of this round may be the same company."""
    domain = read_domain(row.values.get("domain") or "")
    shared = {link_by("domain", domain)} if domain else set()
    if read_link(row.key)[0]:
        shared |= {*names_of(row)}
    is_first = not run.joins or not shared & coming
    coming |= {*shared, *names_of(row)} if is_first else set()
    return is_first


def _make(
    fresh: dict[int, NewCompany], rows: Mapping[int, ImportRow], run: ImportRun, links: Links
) -> dict[int, Verdict]:
    def make(new: Sequence[NewCompany]) -> list[int]:
        made = create_companies(new=new, cause="import", batch=run.batch)
        keys = {id(fresh[place]): rows[place] for place in fresh}
        for one, company in zip(new, made, strict=True):
            row = keys[id(one)]
            links.companies |= {key: company for key in (row.key, row.also) if key}
        more = {row.also: links.companies[row.key] for row in keys.values() if row.also}
        call_companies(source=run.source, names=more)
        return [company.pk for company in made]

    return make_all(fresh, make)


def _new(row: ImportRow, run: ImportRun, links: Links) -> NewCompany:
    way, called = read_link(row.key)
    new: NewCompany = {
        "name": called,
        "at": run.at,
        "custom": row.custom,
        "external_ids": {} if way else {run.source: row.key},
    }
    new.update(cast(NewCompany, _values(row, run, links, links.which(row))))
    return new


def _edit(company: Company, row: ImportRow, run: ImportRun, links: Links) -> Verdict:
    """Fields that the file fills; those that a colleague has changed since stay as they are."""
    said = _values(row, run, links, company)
    held = links.held.get(company.pk, set()) - LISTS
    values, custom, conflicts = unheld(company, said, row.custom, held=held)
    if "annual_revenue" not in values:
        values.pop("revenue_currency", None)
    if custom:
        values["custom"] = {**company.custom, **custom}
    return replace(_write(company, values, row, run, links), conflicts=conflicts)


def _join(company: Company, row: ImportRow, run: ImportRun, links: Links) -> Verdict:
    """One that was here before: the file fills what is empty, and is told where it differs."""
    values = _values(row, run, links, company)
    if company.annual_revenue is not None and not run.overwrites:
        values.pop("revenue_currency", None)
    fresh, conflicts = filled(company, values, row.custom, overwrites=run.overwrites)
    if not read_link(row.key)[0]:
        call_companies(source=run.source, names={row.key: company})
    return replace(_write(company, fresh, row, run, links), conflicts=conflicts)


def _write(
    company: Company, values: Mapping[str, Any], row: ImportRow, run: ImportRun, links: Links
) -> Verdict:
    shared: dict[str, Any] = {"cause": "import", "batch": run.batch, "at": run.at}
    after = edit_company(company=company, values=values, version=None, by=None, **shared)
    links.companies[row.key] = after
    is_changed = after.version != company.version
    return Verdict(ImportStatus.UPDATED if is_changed else ImportStatus.UNCHANGED)


def _values(row: ImportRow, run: ImportRun, links: Links, known: Company | None) -> dict[str, Any]:
    """What the file fills; empty cells leave a known company as it is."""
    values: dict[str, Any] = {
        name: row.values[name] for name in PLAIN if row.values.get(name) is not None
    }
    if values.get("country"):
        values["country"] = read_country(values["country"])
    count: Decimal | None = row.values.get("employee_count")
    if count is not None:
        values["employee_count"] = int(count)
    if row.values.get("annual_revenue") is not None:
        values["annual_revenue"] = row.values["annual_revenue"]
        values["revenue_currency"] = row.values.get("revenue_currency") or run.currency
    if row.values.get("domain"):
        values["domains"] = links.kept.domains_with(row.values["domain"], known)
    if row.values.get("tags"):
        values["tags"] = links.kept.tags_with(row.values["tags"], links.companies.get(row.key))
    if row.values.get("parent"):
        values["parent"] = links.companies[row.values["parent"]]
    if row.values.get("owner"):
        values["owner"] = links.owners[row.values["owner"]]
    return values


def _waves(rows: Mapping[int, ImportRow]) -> list[list[int]]:
    """Places in rounds: a row whose parent stands in this chunk comes in a later round than it.

    Rows that are each other's parents share a round: the parent is known already, or missing.
    """
    parents = {row.key: row.values.get("parent") for row in rows.values()}
    waves: dict[int, list[int]] = {}
    for place, row in rows.items():
        above, line = parents[row.key], {row.key}
        while above in parents and above not in line:
            line.add(above)
            above = parents[above]
        waves.setdefault(len(line) if above not in line else 0, []).append(place)
    return [waves[depth] for depth in sorted(waves)]


COMPANIES = ImportTarget(
    object_type="company",
    label=_("Companies"),
    order=30,
    fields=FIELDS,
    upsert=upsert_companies,
    check=CompaniesCheck,
    known=companies_linked,
    ids=company_ids_linked,
    names_of=names_of,
    twofold=twofold,
    forget=lambda source, names: forget_companies(source=source, names=names),
    clear=keep_companies,
    alike=alike,
)
