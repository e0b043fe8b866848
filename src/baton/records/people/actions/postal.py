"""The postal addresses of a person: a list whose first entry is the one to use."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from baton.records.people.actions.refusals import refuse_too_long
from baton.records.people.models import Person, PostalAddress
from baton.records.people.queries import postal_of
from baton.records.people.rules import read_postal

REMEMBERED = 4096  # many live in one town


def read_addresses(ids: Collection[int]) -> dict[int, list[dict[str, str]]]:
    """As history keeps them."""
    return {pk: [as_values(row) for row in rows] for pk, rows in postal_of(ids).items()}


def as_values(row: PostalAddress) -> dict[str, str]:
    """One of them by its parts."""
    return {
        "kind": row.kind,
        "street": row.street,
        "postcode": row.postcode,
        "city": row.city,
        "region": row.region,
        "country": row.country,
    }


def clean_addresses(given: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """As they would be kept, without empty ones and doubles. Raises TooLong."""
    found: list[dict[str, str]] = []
    for one in map(read_postal, given):
        if one and one not in found:
            _refuse_too_long(tuple(one.items()))
            found.append(one)
    return found


@lru_cache(maxsize=REMEMBERED)
def _refuse_too_long(parts: tuple[tuple[str, str], ...]) -> None:
    refuse_too_long(PostalAddress, dict(parts))


def write_addresses(person: Person, wanted: list[dict[str, str]]) -> None:
    """These and no others, in this order; the first ones keep their rows while they stay."""
    rows = postal_of([person.pk])[person.pk]
    same = 0
    while same < min(len(rows), len(wanted)) and as_values(rows[same]) == wanted[same]:
        same += 1
    PostalAddress.objects.filter(pk__in=[row.pk for row in rows[same:]]).delete()
    fresh = wanted[same:]
    PostalAddress.objects.bulk_create(PostalAddress(person=person, **one) for one in fresh)
