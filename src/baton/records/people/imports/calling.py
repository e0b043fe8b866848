"""By what else files name companies: domains and names."""

from collections.abc import Collection

from baton.core.offers import ImportRow, link_by, read_link
from baton.records.people.queries import companies_linked, names_of_two
from baton.records.people.rules import read_domain, tidy


def names_of(row: ImportRow) -> list[str]:
    """The links that fit what this row brings."""
    domain = read_domain(row.values.get("domain") or "")
    name = tidy(row.values.get("name") or "")
    return [link_by("domain", domain)] * bool(domain) + [link_by("name", name)] * bool(name)


def alike(link: str) -> str:
    """The form by which links are compared; keys are as they are."""
    way, text = read_link(link)
    if way == "domain":
        return link_by(way, read_domain(text) or text)
    return link_by(way, tidy(text).casefold()) if way else link


def twofold(links: Collection[str]) -> set[str]:
    """Those that fit more than one of our companies: namesakes."""
    names = {
        link: text
        for link in links
        if (said := read_link(link))[0] == "name" and (text := tidy(said[1]).casefold())
    }
    two = names_of_two(names.values())
    return {link for link, name in names.items() if name in two}


def company_ids_linked(source: str, links: Collection[str]) -> dict[str, int]:
    """The ids of companies for modules that may not name them."""
    return {link: company.pk for link, company in companies_linked(source, links).items()}
