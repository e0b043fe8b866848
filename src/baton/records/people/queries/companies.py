"""Which companies are known: by domain, by name, by another system's id."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from baton.core.access.models import User
from baton.core.bulk import one_of
from baton.core.prepared import Prepared
from baton.core.search.finding import found, found_in_order, ids_found
from baton.core.search.typed import Typed
from baton.records.people.models import (
    Company,
    CompanyDomain,
    CompanyIdentity,
    CompanyQuerySet,
    CompanyWords,
    Person,
)
from baton.records.people.rules import read_domain, tidy

_COMPANIES_BORN: Prepared[int] = Prepared(
    lambda company_id: CompanyIdentity.objects.filter(company=company_id).values_list(
        "old_id", flat=True
    )
)


def companies_born_as(company_id: int) -> list[int]:
    """Ids in the fact log of a company and of all that were merged into it."""
    return [company_id, *_COMPANIES_BORN.rows(company_id=company_id)]


def company_by_domain(domain: str) -> Company | None:
    """The living company at this domain, however it is written."""
    host = read_domain(domain)
    return Company.objects.living().filter(domains__domain=host).first() if host else None


def companies_by_domains(texts: Iterable[str]) -> dict[str, Company]:
    """Living companies by domain; unknown and unreadable ones are left out."""
    wanted = {host for text in texts if (host := read_domain(text))}
    rows = CompanyDomain.objects.filter(domain__in=wanted, deleted_at=None)
    return {row.domain: row.company for row in rows.select_related("company")}


def company_by_name(name: str) -> Company | None:
    """The living company of that name, whatever the case; the oldest when there are several."""
    return companies_by_names([name]).get(tidy(name).casefold())


def companies_by_names(
    names: Iterable[str], *, among: CompanyQuerySet | None = None
) -> dict[str, Company]:
    """Living companies by casefolded name, ``among`` these or all; of namesakes the oldest."""
    wanted = {key for name in names if (key := tidy(name).casefold())}
    known = Company.objects.living() if among is None else among
    rows = known.filter(sort_key__in=one_of(wanted)).order_by("-pk")
    return {row.sort_key: row for row in rows}


def companies_by_external_ids(source: str, external_ids: Iterable[str]) -> dict[str, Company]:
    """Companies by that system's ids; also those in the trash."""
    so = {"external_ids__source": source, "external_ids__external_id__in": one_of(external_ids)}
    known = Company.objects.filter(**so).annotate(called=F("external_ids__external_id"))
    return {vars(company)["called"]: company for company in known}


_DOMAINS: Prepared[tuple[int, str]] = Prepared(
    lambda ids: (
        CompanyDomain.objects.filter(company_id__in=ids, deleted_at=None)
        .order_by("pk")
        .values_list("company_id", "domain")
    )
)


def domains_of(company_ids: Collection[int]) -> dict[int, list[str]]:
    """The living domains of each, oldest first."""
    found: dict[int, list[str]] = {pk: [] for pk in company_ids}
    for company_id, domain in _DOMAINS.rows(ids=list(found)):
        found[company_id].append(domain)
    return found


def companies_matching(companies: QuerySet[Company], text: str | Typed) -> QuerySet[Company]:
    """Of which each word begins one of the name's or of a domain's."""
    return found(companies, text)


def companies_matching_in_order(
    companies: QuerySet[Company], text: str | Typed
) -> QuerySet[Company]:
    """The same, for a page of many in the order of an index."""
    return found_in_order(companies, text, among=CompanyWords)


def company_ids_matching(companies: QuerySet[Company], text: str | Typed) -> QuerySet[Any]:
    """Their ids alone, to be counted."""
    return ids_found(companies, text, among=CompanyWords)


def with_people_count(companies: CompanyQuerySet, *, user: User) -> CompanyQuerySet:
    """Each with ``people_count``: those there whom this user may see."""
    seen = Person.objects.visible_to(user).filter(company=OuterRef("pk")).order_by()
    counted = seen.values("company").annotate(count=Count("pk")).values("count")
    return companies.annotate(people_count=Coalesce(Subquery(counted), 0))
