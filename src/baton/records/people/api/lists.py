"""What people have several of, read with them by prepared questions: of a prefetch Django makes the
SQL anew each time, which takes longer than to answer it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from baton.core.prepared import Prepared
from baton.records.people.models import Person, PersonExternalId, PersonTag, PostalAddress
from baton.records.people.queries import emails_of, phones_of

_ADDRESSES = Prepared(lambda ids: PostalAddress.objects.filter(person_id__in=ids))
_EXTERNAL_IDS = Prepared(
    lambda ids: PersonExternalId.objects.filter(person_id__in=ids).order_by("pk")
)
_TAGS = Prepared(lambda ids: PersonTag.objects.filter(person_id__in=ids).select_related("tag"))

By = Mapping[int, Collection[Any]]


def _by_person(rows: Iterable[Any], *, item: Callable[[Any], Any] = lambda row: row) -> By:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(item(row))
    return found


LISTS: Mapping[str, Callable[[Collection[int]], By]] = {
    "emails": emails_of,
    "phones": phones_of,
    "addresses": lambda ids: _by_person(_ADDRESSES.rows(ids=ids)),
    "tags": lambda ids: _by_person(_TAGS.rows(ids=ids), item=lambda row: row.tag),
    "external_ids": lambda ids: _by_person(_EXTERNAL_IDS.rows(ids=ids)),
}


def hold_lists(people: Collection[Person], *, names: Collection[str] = (*LISTS,)) -> None:
    """These lists are at hand, as they are stored; the others are empty."""
    ids = [person.pk for person in people]
    for name, read in LISTS.items():
        found = read(ids) if name in names and ids else {}
        for person in people:
            # One by one: who may not see a list gets none, and the row knows of that.
            held = vars(person).setdefault("_prefetched_objects_cache", {})
            held[name] = found.get(person.pk, ())
