"""Make companies: one, or hundreds with a handful of statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Required, TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.bulk import insert_rows, row_maker
from baton.core.changes.actions import record_changes
from baton.core.changes.models import Change
from baton.core.facts import publish_many
from baton.core.fields.actions import begin_with, obey_rules
from baton.core.keys import new_key
from baton.records.people.actions.lists import read_domains, refuse_domains_taken
from baton.records.people.actions.profile import LINES, as_kept, phone_as_kept
from baton.records.people.actions.refusals import (
    DomainTaken,
    NoName,
    refuse_known_elsewhere,
    refuse_too_long,
)
from baton.records.people.actions.tags import COMPANIES, clean_tags, link_tags
from baton.records.people.events import CompanyCreated
from baton.records.people.models import Company, CompanyDomain, CompanyExternalId
from baton.records.people.queries import company_by_domain, company_by_name
from baton.records.people.rules import is_freemail, read_domain, tidy

CHUNK = 500
_new_change = row_maker(Change)
BESIDE = frozenset({"at", "domains", "custom", "external_ids", "tags"})  # kept elsewhere


class NewCompany(TypedDict, total=False):
    """All that may be known of a new company; ``at`` is when it became known."""

    name: Required[str]
    at: Required[datetime]
    domains: Iterable[str]
    tags: Iterable[str]
    industry: str
    employee_count: int | None
    annual_revenue: Any  # Decimal
    revenue_currency: str
    phone: str
    linkedin: str
    x: str
    website: str
    territory: str
    street: str
    postcode: str
    city: str
    country: str
    region: str
    parent: Company | None
    owner: User | None
    custom: Mapping[str, Any] | None
    external_ids: Mapping[str, str] | None  # source -> id


@dataclass(frozen=True)
class _Draft:
    new: NewCompany
    company: Company
    domains: list[str]
    tags: list[str]


def create_company(
    *, by: User | None = None, cause: str = "", **new: Unpack[NewCompany]
) -> Company:
    """A new company. Raises NoName, DomainTaken, BadAddress, TooLong or NotAccepted."""
    [company] = create_companies(new=[new], by=by, cause=cause)
    return company


def create_companies(
    *,
    new: Sequence[NewCompany],
    by: User | None = None,
    cause: str = "",
    batch: UUID | None = None,
) -> list[Company]:
    """New companies in this order, written set-based: all of them or, on a refusal, none."""
    drafts = [_draft(one) for one in new]
    _begin(drafts, by=by, cause=cause)
    wanted = _each_once(drafts)
    refuse_domains_taken(wanted)
    try:
        with transaction.atomic():
            return _write(drafts, by=by, cause=cause, batch=batch or new_key())
    except IntegrityError:
        # Two may bring the same domain at once: the unique index decides.
        refuse_domains_taken(wanted)
        refuse_known_elsewhere(CompanyExternalId, (one.get("external_ids") for one in new))
        raise


def _draft(new: NewCompany) -> _Draft:
    shown = tidy(new["name"])
    if not shown:
        raise NoName(_("Give the company a name."))
    columns: dict[str, Any] = {
        key: tidy(value) if isinstance(value, str) and key not in LINES else value
        for key, value in new.items()
        if key not in BESIDE
    }
    columns |= as_kept(Company, columns)
    if columns.get("phone"):
        columns |= phone_as_kept(columns["phone"], country=columns.get("country", ""))
    columns |= {"name": shown, "sort_key": shown.casefold()}
    refuse_too_long(Company, columns)
    company = Company(**columns, custom=dict(new.get("custom") or {}))
    domains, tags = read_domains(new.get("domains", ())), clean_tags(new.get("tags", ()))
    return _Draft(new, company, domains, tags)


def _begin(drafts: Sequence[_Draft], *, by: User | None, cause: str) -> None:
    """With what own fields begin with. Raises NotAccepted."""
    given = [draft.company.custom for draft in drafts]
    said = [{**draft.new, "domains": draft.domains, "tags": draft.tags} for draft in drafts]
    custom = begin_with("company", given, by=by, cause=cause, said=said)
    for draft, values in zip(drafts, custom, strict=True):
        draft.company.custom = values


def _each_once(drafts: Sequence[_Draft]) -> set[str]:
    """The domains of all. Raises DomainTaken for one that two of them bring."""
    owners: dict[str, Company] = {}
    for draft in drafts:
        for domain in draft.domains:
            if owners.setdefault(domain, draft.company) is not draft.company:
                raise DomainTaken(domain=domain, company=owners[domain])
    return set(owners)


def _write(drafts: list[_Draft], *, by: User | None, cause: str, batch: UUID) -> list[Company]:
    companies = insert_rows(Company, (draft.company for draft in drafts))
    CompanyDomain.objects.bulk_create(
        (
            CompanyDomain(company=draft.company, domain=domain)
            for draft in drafts
            for domain in draft.domains
        ),
        batch_size=CHUNK,
    )
    CompanyExternalId.objects.bulk_create(
        (
            CompanyExternalId(company=draft.company, source=source, external_id=external_id)
            for draft in drafts
            for source, external_id in (draft.new.get("external_ids") or {}).items()
        ),
        batch_size=CHUNK,
    )
    link_tags(COMPANIES, {draft.company.pk: draft.tags for draft in drafts if draft.tags})
    if drafts:
        ids = [company.pk for company in companies]
        latest = max(draft.new["at"] for draft in drafts)
        obey_rules(Company, ids, object_type="company", at=latest, by=by, cause=cause)
    record_changes(_created(draft, by=by, cause=cause, batch=batch) for draft in drafts)
    publish_many(_told(draft, by=by) for draft in drafts)
    return companies


def _created(draft: _Draft, *, by: User | None, cause: str, batch: UUID) -> Change:
    return _new_change(
        object_type="company",
        object_id=draft.company.pk,
        verb="created",
        after={"name": draft.company.name},
        by_id=by.pk if by else None,
        at=draft.new["at"],
        cause=cause,
        batch=batch,
    )


def _told(draft: _Draft, *, by: User | None) -> CompanyCreated:
    return CompanyCreated(
        happened_at=draft.new["at"],
        company_id=draft.company.pk,
        actor_id=by.pk if by else None,
    )


def find_or_create_company(
    *, name: str = "", domain: str = "", at: datetime, by: User | None = None, cause: str = ""
) -> tuple[Company | None, bool]:
    """The company at that domain, else of that name, else a new one; and whether it is new.

    None when nothing names one: a mail provider's domain is nobody's company. Nothing of a known
    company is changed. Safe when two bring the same domain at once.
    """
    host = read_domain(domain)
    host = "" if is_freemail(host) else host
    known = (company_by_domain(host) if host else None) or company_by_name(name)
    if known or not (tidy(name) or host):
        return known, False
    try:
        made = create_company(name=name or host, domains=[host], at=at, by=by, cause=cause)
    except DomainTaken as taken:
        return taken.company, False
    return made, True
