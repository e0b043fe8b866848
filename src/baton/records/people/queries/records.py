"""Who is known: by address, by another system's id, by domain, by name."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.core.bulk import one_of
from baton.core.limits import hidden
from baton.core.prepared import Fixed, Prepared
from baton.core.search.finding import found, found_in_order, ids_found
from baton.core.search.typed import Typed
from baton.records.people.models import (
    Company,
    CompanyDomain,
    CompanyIdentity,
    CompanyQuerySet,
    CompanyWords,
    EmailAddress,
    Identity,
    Person,
    PersonExternalId,
    PersonQuerySet,
    PersonWords,
    Phone,
)
from baton.records.people.rules import read_domain, tidy
from baton.records.people.slots import campaign_namers

HANDOFF = ("mql", "sal", "sql")  # stages in which sales owes an answer


def person_by_external_id(source: str, external_id: str) -> Person | None:
    """Whom that system calls so; also one in the trash, since the id stays theirs."""
    return people_by_external_ids(source, [external_id]).get(external_id)


def people_by_external_ids(source: str, external_ids: Iterable[str]) -> dict[str, Person]:
    """People by that system's ids; also those in the trash."""
    so = {"external_ids__source": source, "external_ids__external_id__in": one_of(external_ids)}
    people = Person.objects.filter(**so).annotate(called=F("external_ids__external_id"))
    return {vars(person)["called"]: person for person in people}


def person_ids_by_external_ids(source: str, external_ids: Iterable[str]) -> dict[str, int]:
    """The same, where the ids alone will do."""
    links = PersonExternalId.objects.filter(source=source, external_id__in=one_of(external_ids))
    return dict(links.values_list("external_id", "person_id"))


def people_matching(people: QuerySet[Person], text: str | Typed) -> QuerySet[Person]:
    """Of whom each word begins one of the name's, of an address's or of the company's."""
    return found(people, text)


def people_matching_in_order(people: QuerySet[Person], text: str | Typed) -> QuerySet[Person]:
    """The same, for a page of many in the order of an index."""
    return found_in_order(people, text, among=PersonWords)


def people_ids_matching(people: QuerySet[Person], text: str | Typed) -> QuerySet[Any]:
    """Their ids alone, to be counted."""
    return ids_found(people, text, among=PersonWords)


def people_called(text: str | Typed) -> QuerySet[Any]:
    """Ids of all living people whose name the words begin: to narrow what hangs on people."""
    return PersonWords._base_manager.filter(words__called=text).values("pk")


_EMAILS = Prepared(
    lambda ids: EmailAddress.objects.filter(person_id__in=ids, deleted_at=None).order_by(
        "-is_primary", "pk"
    )
)
_PHONES = Prepared(
    lambda ids: Phone.objects.filter(person_id__in=ids).order_by("-is_primary", "pk")
)


def emails_of(person_ids: Collection[int]) -> dict[int, list[EmailAddress]]:
    """The living addresses of each, the primary one first."""
    found: dict[int, list[EmailAddress]] = {pk: [] for pk in person_ids}
    for row in _EMAILS.rows(ids=list(found)):
        found[row.person_id].append(row)
    return found


def phones_of(person_ids: Collection[int]) -> dict[int, list[Phone]]:
    """The numbers of each, the primary one first."""
    found: dict[int, list[Phone]] = {pk: [] for pk in person_ids}
    for row in _PHONES.rows(ids=list(found)):
        found[row.person_id].append(row)
    return found


_FORMER: Prepared[tuple[int, int]] = Prepared(
    lambda ids: Identity.objects.filter(person_id__in=ids).values_list("old_id", "person_id")
)


def born_as(person_ids: Collection[int]) -> dict[int, int]:
    """Ids in the fact log -> who that is now, for these people and all that were merged into them.

    A person who never took in another has no Identity row: their own id is theirs.
    """
    return {pk: pk for pk in person_ids} | dict(_FORMER.rows(ids=person_ids))


_COMPANIES_BORN: Prepared[int] = Prepared(
    lambda company_id: CompanyIdentity.objects.filter(company=company_id).values_list(
        "old_id", flat=True
    )
)


def companies_born_as(company_id: int) -> list[int]:
    """Ids in the fact log of a company and of all that were merged into it."""
    return [company_id, *_COMPANIES_BORN.rows(company_id=company_id)]


def who_now(born_ids: Collection[int]) -> dict[int, int]:
    """The other way round: for each id in the fact log who that is now."""
    merged = Identity.objects.filter(old_id__in=born_ids).values_list("old_id", "person_id")
    return {pk: pk for pk in born_ids} | dict(merged)


def living_ids_after(after: int, *, limit: int) -> list[int]:
    """The next ids in order: for work on everybody, a bite at a time."""
    rows = Person.objects.living().filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def ids_at_companies(company_ids: Collection[int]) -> dict[int, list[int]]:
    """The living people who work at each; companies without any are left out."""
    found: dict[int, list[int]] = {}
    rows = Person.objects.living().filter(company_id__in=company_ids).order_by("pk")
    for company_id, pk in rows.values_list("company_id", "pk"):
        found.setdefault(company_id or 0, []).append(pk)
    return found


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


def people_in_view(
    people: PersonQuerySet, view: str, *, user: User, quiet_since: datetime
) -> PersonQuerySet:
    """The saved views that everybody has: mine, handoff, quiet; else all."""
    if view == "mine":
        return people.filter(owner=user)
    if view == "handoff":
        return people.filter(stage__in=HANDOFF)
    if view == "quiet":
        return people.filter(Q(latest_touch_at=None) | Q(latest_touch_at__lt=quiet_since))
    return people


def possible_owners(*, present: UUID | None = None) -> QuerySet[User]:
    """Colleagues to whom a record may be given, by name: those who can sign in.

    ``present``: the key of the one who owns it already, and may stay.
    """
    able = who_can_sign_in()
    return able | User.objects.filter(key=present) if present else able


def owners_named() -> list[User]:
    """The same with nothing but their names, to choose from."""
    return _ABLE.rows()


_ABLE = Prepared(lambda: possible_owners().only("key", "name"))


def known_owners() -> list[User]:
    """Whoever works here, by name: also those whom only an import knows."""
    return _OWNERS.rows()


def sought_owners() -> list[User]:
    """Whose people one may look for: theirs, and of who may not sign in any more and owns some;
    to whoever may see owners."""
    return _OWNERS.rows() if "owner" in hidden("person") else _SOUGHT.rows()


_OWNERS = Prepared(lambda: _named(Q(is_active=True)))
_SOUGHT = Prepared(lambda: _named(Q(is_active=True) | Exists(_owned_by())))


def _named(who: Combinable | Q) -> QuerySet[User]:
    return User.objects.filter(who, deleted_at=None).order_by("name", "pk").only("key", "name")


def _owned_by() -> PersonQuerySet:
    return Person.objects.living().filter(owner=OuterRef("pk")).order_by()


def colleagues_at(company: Company, *, user: User, limit: int) -> list[Person]:
    """The people there whom this user may see, the latest touched first."""
    return _COLLEAGUES.rows(company=company.pk, user=user, most=Fixed(limit))


_COLLEAGUES = Prepared(
    lambda company, user, most: (
        Person.objects.visible_to(user)
        .filter(company=company)
        .order_by(F("latest_touch_at").desc(nulls_last=True), "sort_key")[:most]
    )
)


def campaigns_called(codes: Iterable[str]) -> dict[str, str]:
    """What the campaigns of these codes are called; of a code that nobody knows, the code."""
    wanted = {code for code in codes if code}
    called = {code: code for code in wanted}
    for names in campaign_namers if wanted else ():
        called.update(names(wanted))
    return called
