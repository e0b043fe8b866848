"""People by name, mail and company, companies by name and domain, for the palette."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from baton.core.ui.matching import begin_words, begins_word, typed_words
from baton.core.ui.slots import MOST_OF_A_KIND, Command, Finder
from baton.records.people.models import Company, CompanyDomain, EmailAddress, Person
from baton.records.people.permissions import (
    EDIT_COMPANIES,
    EDIT_PEOPLE,
    VIEW_COMPANIES,
    VIEW_PEOPLE,
)

MOST_FIRMS = 200  # whose people are looked through: a letter begins thousands


def _people(user: Any) -> QuerySet[Any]:
    primary = EmailAddress.objects.filter(person=OuterRef("pk"), is_primary=True, deleted_at=None)
    people = Person.objects.visible_to(user).annotate(
        at=F("company__name"), mail=Subquery(primary.values("address")[:1])
    )
    return people.only("key", "full_name")


def _called(people: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Each word is theirs or their company's, or the whole begins one of their addresses.

    Three ways to the first few, each by an index: asked in one, all people would be read.
    """
    words = typed_words(text)
    firms = Company.objects.living().filter(
        reduce(or_, (begins_word("sort_key", word) for word in words), Q())
    )
    called = Q()
    for word in words:
        called &= begins_word("sort_key", word) | begins_word("company__sort_key", word)
    mails = EmailAddress.objects.filter(normalised__begins=text, deleted_at=None)
    ways = (
        people.filter(begin_words("sort_key", text)),
        people.filter(called, company__in=firms.order_by("sort_key").values("pk")[:MOST_FIRMS]),
        people.filter(pk__in=mails.values("person")),
    )
    firsts = (way.order_by("sort_key", "pk").values("pk")[:MOST_OF_A_KIND] for way in ways)
    found = reduce(or_, (Q(pk__in=first) for first in firsts))
    return people.filter(found).order_by("sort_key", "pk")


def _of_person(person: Any) -> str:
    return str(person.at or person.mail or "")


def _companies(user: Any) -> QuerySet[Any]:
    domains = CompanyDomain.objects.filter(company=OuterRef("pk"), deleted_at=None).order_by("pk")
    companies = Company.objects.visible_to(user).only("key", "name", "city")
    return companies.annotate(domain=Subquery(domains.values("domain")[:1]))


def _firms(companies: QuerySet[Any], text: str) -> QuerySet[Any]:
    domains = CompanyDomain.objects.filter(domain__begins=text, deleted_at=None)
    called = begin_words("sort_key", text) | Q(pk__in=domains.values("company"))
    return companies.filter(called).order_by("sort_key", "pk")


def _of_company(company: Any) -> str:
    return str(company.domain or company.city)


FINDERS = (
    Finder(
        name="person",
        label=_("People"),
        icon="person",
        permission=VIEW_PEOPLE.name,
        page="people:person",
        rows=_people,
        matching=_called,
        note=_of_person,
        position=10,
    ),
    Finder(
        name="company",
        label=_("Companies"),
        icon="company",
        permission=VIEW_COMPANIES.name,
        page="people:company",
        rows=_companies,
        matching=_firms,
        note=_of_company,
        position=20,
    ),
)
COMMANDS = (
    Command(
        label=_("New person"),
        url_name="people:new",
        icon="plus",
        permission=EDIT_PEOPLE.name,
        position=10,
        also=_("Add create contact"),
        makes=True,
    ),
    Command(
        label=_("New company"),
        url_name="people:new-company",
        icon="plus",
        permission=EDIT_COMPANIES.name,
        position=20,
        also=_("Add create account"),
        makes=True,
    ),
)
