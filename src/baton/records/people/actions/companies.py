"""Make companies."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Required, TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import record_change
from baton.core.facts import publish
from baton.records.people.actions.lists import (
    read_domains,
    refuse_domains_taken,
    write_domains,
)
from baton.records.people.actions.refusals import DomainTaken, NoName, refuse_too_long
from baton.records.people.events import CompanyCreated
from baton.records.people.models import Company, CompanyExternalId
from baton.records.people.queries import company_by_domain, company_by_name
from baton.records.people.rules import is_freemail, read_domain, tidy

BESIDE = frozenset({"at", "domains", "custom", "external_ids"})  # kept elsewhere


class NewCompany(TypedDict, total=False):
    """All that may be known of a new company besides its name."""

    at: Required[datetime]
    domains: Iterable[str]
    industry: str
    employee_count: int | None
    annual_revenue: Any  # Decimal
    revenue_currency: str
    city: str
    country: str
    region: str
    parent: Company | None
    owner: User | None
    custom: Mapping[str, Any] | None
    external_ids: Mapping[str, str] | None  # source -> id


def create_company(
    *,
    name: str,
    by: User | None = None,
    cause: str = "",
    batch: UUID | None = None,
    **new: Unpack[NewCompany],
) -> Company:
    """A new company. Raises NoName, DomainTaken, BadAddress or TooLong."""
    shown = tidy(name)
    if not shown:
        raise NoName(_("Give the company a name."))
    domains = read_domains(new.get("domains", ()))
    columns: dict[str, Any] = {
        key: tidy(value) if isinstance(value, str) else value
        for key, value in new.items()
        if key not in BESIDE
    }
    columns |= {"name": shown, "sort_key": shown.casefold()}
    refuse_too_long(Company, columns)
    company = Company(**columns, custom=dict(new.get("custom") or {}))
    try:
        with transaction.atomic():
            _write(company, new, by=by, cause=cause, batch=batch)
    except IntegrityError:
        # Two may bring the same domain at once: the unique index decides.
        refuse_domains_taken(domains)
        raise
    return company


def _write(
    company: Company, new: NewCompany, *, by: User | None, cause: str, batch: UUID | None
) -> None:
    company.save()
    write_domains(company, read_domains(new.get("domains", ())))
    CompanyExternalId.objects.bulk_create(
        CompanyExternalId(company=company, source=source, external_id=external_id)
        for source, external_id in (new.get("external_ids") or {}).items()
    )
    record_change(
        object_type="company",
        object_id=company.pk,
        verb="created",
        after={"name": company.name},
        by=by,
        at=new["at"],
        cause=cause,
        batch=batch,
    )
    actor = by.pk if by else None
    publish(CompanyCreated(happened_at=new["at"], company_id=company.pk, actor_id=actor))


def find_or_create_company(
    *, name: str = "", domain: str = "", at: datetime, by: User | None = None
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
        return create_company(name=name or host, domains=[host], at=at, by=by), True
    except DomainTaken as taken:
        return taken.company, False
