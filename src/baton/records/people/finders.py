"""People by name, mail and company, companies by name and domain, for the palette."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from baton.core.limits import hidden
from baton.core.prepared import Prepared
from baton.core.search.finding import first_found
from baton.core.search.typed import Typed
from baton.core.ui.slots import MOST_OF_A_KIND, Command, Finder
from baton.records.people.models import Company, CompanyDomain, EmailAddress, Person
from baton.records.people.permissions import (
    EDIT_COMPANIES,
    EDIT_PEOPLE,
    VIEW_COMPANIES,
    VIEW_PEOPLE,
)


def _people(user: Any) -> QuerySet[Any]:
    primary = EmailAddress.objects.filter(person=OuterRef("pk"), is_primary=True, deleted_at=None)
    people = Person.objects.visible_to(user).annotate(
        at=F("company__name"), mail=Subquery(primary.values("address")[:1])
    )
    return people.only("key", "full_name")


def _of_person(person: Any) -> str:
    mail = "" if "emails" in hidden("person") else person.mail
    return str(person.at or mail or "")


def _companies(user: Any) -> QuerySet[Any]:
    domains = CompanyDomain.objects.filter(company=OuterRef("pk"), deleted_at=None).order_by("pk")
    companies = Company.objects.visible_to(user).only("key", "name", "city")
    return companies.annotate(domain=Subquery(domains.values("domain")[:1]))


def _of_company(company: Any) -> str:
    domain = "" if "domains" in hidden("company") else company.domain
    return str(domain or company.city)


_PEOPLE_FOUND: Prepared[Any] = Prepared(
    lambda user, text: first_found(_people(user), text, most=MOST_OF_A_KIND)[:MOST_OF_A_KIND]
)
_PEOPLE_OPENED: Prepared[Any] = Prepared(lambda user, keys: _people(user).filter(key__in=keys))
_COMPANIES_FOUND: Prepared[Any] = Prepared(
    lambda user, text: first_found(_companies(user), text, most=MOST_OF_A_KIND)[:MOST_OF_A_KIND]
)
_COMPANIES_OPENED: Prepared[Any] = Prepared(
    lambda user, keys: _companies(user).filter(key__in=keys)
)
FINDERS = (
    Finder(
        name="person",
        label=_("People"),
        icon="person",
        permission=VIEW_PEOPLE.name,
        page="people:person",
        found=lambda user, text: _PEOPLE_FOUND.rows(user=user, text=Typed.of(text)),
        opened=lambda user, keys: _PEOPLE_OPENED.rows(user=user, keys=keys),
        note=_of_person,
        position=10,
    ),
    Finder(
        name="company",
        label=_("Companies"),
        icon="company",
        permission=VIEW_COMPANIES.name,
        page="people:company",
        found=lambda user, text: _COMPANIES_FOUND.rows(user=user, text=Typed.of(text)),
        opened=lambda user, keys: _COMPANIES_OPENED.rows(user=user, keys=keys),
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
