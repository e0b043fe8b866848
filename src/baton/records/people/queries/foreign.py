"""Who is meant by what a file calls them."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count

from baton.core.bulk import one_of
from baton.core.offers import read_link
from baton.records.people.models import Company, CompanyExternalId, Person
from baton.records.people.queries.companies import (
    companies_by_domains,
    companies_by_external_ids,
    companies_by_names,
)
from baton.records.people.queries.mails import (
    normalised,
    people_by_emails,
    person_ids_by_emails,
)
from baton.records.people.queries.people import people_by_external_ids, person_ids_by_external_ids
from baton.records.people.rules import read_domain, tidy


def people_linked(
    source: str, links: Collection[str], *, by_mail: Mapping[str, Person] | None = None
) -> dict[str, Person]:
    """People by what a file calls them: that system's id, or ``link_by`` a mail address.

    ``by_mail``: who has these addresses, where that was asked already.
    """
    texts = {link: text for link in links if (said := read_link(link))[0] and (text := said[1])}
    ids = set(links) - set(texts)
    found = people_by_external_ids(source, ids) if ids else {}
    if by_mail is None:
        by_mail = people_by_emails(texts.values()) if texts else {}
    mails = {link: by_mail.get(normalised(text)) for link, text in texts.items()}
    return found | {link: person for link, person in mails.items() if person}


def person_ids_linked(source: str, links: Collection[str]) -> dict[str, int]:
    """The ids of the same."""
    texts = {link: text for link in links if (said := read_link(link))[0] and (text := said[1])}
    ids = set(links) - set(texts)
    found = person_ids_by_external_ids(source, ids) if ids else {}
    by_mail = person_ids_by_emails(texts.values()) if texts else {}
    mails = {link: by_mail.get(normalised(text)) for link, text in texts.items()}
    return found | {link: pk for link, pk in mails.items() if pk}


def companies_linked(source: str, links: Collection[str]) -> dict[str, Company]:
    """Companies by what a file calls them: that system's id, or ``link_by`` a domain or a name that
    only one bears."""
    said = {link: read_link(link) for link in links}
    plain = [link for link, (way, _text) in said.items() if not way]
    domains = {link: read_domain(text) for link, (way, text) in said.items() if way == "domain"}
    names = {link: tidy(text).casefold() for link, (way, text) in said.items() if way == "name"}
    found = companies_by_external_ids(source, plain) if plain else {}
    at = companies_by_domains(domains.values()) if domains else {}
    found |= {link: at[host] for link, host in domains.items() if host in at}
    called = companies_by_names(names.values()) if names else {}
    two = names_of_two(names.values()) if names else set()
    return found | {link: called[n] for link, n in names.items() if n in called and n not in two}


def sources_of(companies: Iterable[Company]) -> dict[int, set[str]]:
    """Which systems have called each of them by a key."""
    found: dict[int, set[str]] = {}
    ids = [company.pk for company in companies]
    rows = CompanyExternalId.objects.filter(company_id__in=ids)
    for company_id, source in rows.values_list("company_id", "source"):
        found.setdefault(company_id, set()).add(source)
    return found


def names_of_two(names: Collection[str]) -> set[str]:
    """Of these casefolded names those that more than one living company bears."""
    rows = Company.objects.living().filter(sort_key__in=one_of(names)).order_by()
    counted = rows.values("sort_key").annotate(count=Count("pk")).filter(count__gt=1)
    return set(counted.values_list("sort_key", flat=True))
