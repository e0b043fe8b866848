"""Who is known: by another system's id, by words; their addresses and numbers."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from baton.core.access.models import User
from baton.core.bulk import one_of
from baton.core.prepared import Fixed, Prepared
from baton.core.search.finding import found, found_in_order, ids_found
from baton.core.search.typed import Typed
from baton.records.people.models import (
    Company,
    EmailAddress,
    Identity,
    Person,
    PersonExternalId,
    PersonQuerySet,
    PersonWords,
    Phone,
)
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
