"""Pairs that are open, what their records are, and whom somebody new looks like."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.records.duplicates.models import COMPANY, PERSON, MatchKey, Pair, PairQuerySet
from baton.records.duplicates.rules.pairs import (
    ASKED,
    SURE,
    Likeness,
    Side,
    compare_companies,
    compare_people,
    keys_of_company,
    keys_of_person,
)
from baton.records.people.models import Company, Merge, Person
from baton.records.people.queries import domains_of, emails_of, phones_of

LARGEST = 20  # records with one key: more share nothing rare
COMPARED = 20_000  # pairs in one bite at most
COUNTED = 99  # the sidebar's figure goes no further


def people_as_sides(ids: Collection[int]) -> dict[int, Side]:
    """Living people as the rules compare them: three queries."""
    rows = Person.objects.living().filter(pk__in=ids).select_related("company")
    emails, phones = emails_of(ids), phones_of(ids)
    return {
        row.pk: Side(
            given=row.first_name,
            surname=row.last_name,
            name=row.full_name,
            mails=[mail.address for mail in emails[row.pk]],
            phones=[phone.e164 or phone.number for phone in phones[row.pk]],
            company=row.company.name if row.company else "",
            country=row.country,
        )
        for row in rows
    }


def companies_as_sides(ids: Collection[int]) -> dict[int, Side]:
    """The same of companies: two queries."""
    rows = Company.objects.living().filter(pk__in=ids)
    domains = domains_of(ids)
    return {
        row.pk: Side(name=row.name, domains=domains[row.pk], city=row.city, country=row.country)
        for row in rows
    }


def sides_of(object_type: str, ids: Collection[int]) -> dict[int, Side]:
    """By kind of record."""
    return people_as_sides(ids) if object_type == PERSON else companies_as_sides(ids)


def keys_of(object_type: str, side: Side) -> set[str]:
    """By kind of record."""
    return keys_of_person(side) if object_type == PERSON else keys_of_company(side)


def likeness(object_type: str, one: Side, other: Side) -> Likeness:
    """By kind of record."""
    compare = compare_people if object_type == PERSON else compare_companies
    return compare(one, other)


def sharing(object_type: str, keys: Collection[str]) -> dict[str, list[int]]:
    """By key the records that have it; keys of too many are left out, by the database."""
    rows = MatchKey.objects.filter(object_type=object_type, text__in=keys)
    rare = rows.values("text").annotate(count=Count("pk")).filter(count__lte=LARGEST)
    found: dict[str, list[int]] = defaultdict(list)
    wanted = rows.filter(text__in=rare.values("text")).order_by("record_id")
    for text, record_id in wanted.values_list("text", "record_id"):
        found[text].append(record_id)
    return found


def meetings(blocks: Iterable[Collection[int]], *, of: Collection[int]) -> set[tuple[int, int]]:
    """Two who share a key, one of them among ``of``; so many at most."""
    met: set[tuple[int, int]] = set()
    for block in sorted(blocks, key=len):
        for one, other in combinations(sorted(set(block)), 2):
            if one in of or other in of:
                met.add((one, other))
        if len(met) > COMPARED:
            break
    return met


def open_pairs(user: User, object_type: str) -> PairQuerySet:
    """What this user may decide, the surest first."""
    rows = Pair.objects.visible_to(user).open().filter(object_type=object_type)
    return rows.order_by("-score", "pk")


def sure_pairs(user: User, object_type: str) -> PairQuerySet:
    """Those that need no second look."""
    return open_pairs(user, object_type).filter(score__gte=SURE)


def open_count(user: User) -> int:
    """How many wait, at most COUNTED."""
    return len(_OPEN.rows(user=user))


_OPEN: Prepared[int] = Prepared(
    lambda user: Pair.objects.visible_to(user).open().values_list("pk", flat=True)[:COUNTED]
)


def records_of(pairs: Collection[Pair], object_type: str) -> Mapping[int, Any]:
    """By id the two records of each."""
    ids = {pk for pair in pairs for pk in (pair.first_id, pair.second_id)}
    if object_type == COMPANY:
        return Company.objects.select_related("owner").in_bulk(ids)
    return Person.objects.select_related("owner", "company").in_bulk(ids)


def alike(object_type: str, side: Side, *, user: User, limit: int = 3) -> list[Any]:
    """Whom somebody new looks like, among those that this user sees, the likest first."""
    seen: QuerySet[Any] = (Person if object_type == PERSON else Company).objects.visible_to(user)
    return likest(object_type, side, among=seen, limit=limit)


def likest(object_type: str, side: Side, *, among: QuerySet[Any], limit: int) -> list[Any]:
    """Those of ``among`` about whom one would be asked, the likest first."""
    found = sharing(object_type, keys_of(object_type, side))
    ids = {pk for block in found.values() for pk in block}
    sides = sides_of(object_type, ids)
    scores = {pk: likeness(object_type, side, other).score for pk, other in sides.items()}
    likely = sorted((pk for pk in scores if scores[pk] >= ASKED), key=lambda pk: -scores[pk])
    rows = among.in_bulk(likely[:50])
    return [rows[pk] for pk in likely if pk in rows][:limit]


def pairs_of(object_type: str, record_id: int, *, user: User) -> list[Pair]:
    """The open pairs of one record that this user may decide."""
    asked = {"object_type": object_type, "record": record_id, "user": user}
    return [*_AS_FIRST.rows(**asked), *_AS_SECOND.rows(**asked)]


_AS_FIRST = Prepared(
    lambda object_type, record, user: open_pairs(user, object_type).filter(first_id=record)[:3]
)
_AS_SECOND = Prepared(
    lambda object_type, record, user: open_pairs(user, object_type).filter(second_id=record)[:3]
)


def batch_of(pair: Pair) -> UUID | None:
    """By what the merge of these two is taken back; None when they are two."""
    ids = [pair.first_id, pair.second_id]
    rows = Merge.objects.filter(object_type=pair.object_type, undone_at=None)
    merged = rows.filter(kept_id__in=ids, merged_id__in=ids)
    return merged.values_list("batch", flat=True).first()
