"""What stands in the log, folded into points."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from baton.core.facts import Fact
from baton.core.facts.models import FactRecord
from baton.core.prepared import Prepared
from baton.qualification.scoring.queries.books import RuleBook
from baton.qualification.scoring.queries.tallies import Tallies, count_fact
from baton.records.people.models import Identity, Person
from baton.records.people.queries import born_as

_MERGED: Prepared[tuple[int, int]] = Prepared(
    lambda ids: Identity.objects.filter(old_id__in=ids).values_list("old_id", "person_id")
)
_THERE: Prepared[int] = Prepared(
    lambda ids: Person.objects.filter(pk__in=ids).values_list("pk", flat=True)
)
_PLACES: Prepared[tuple[int, int | None]] = Prepared(
    lambda ids: FactRecord.objects.filter(pk__in=ids).values_list("pk", "position")
)


def known_now(person_ids: Iterable[int]) -> dict[int, int]:
    """Ids of the fact log -> the person that is now; ids of nobody are left out."""
    ids = set(person_ids)
    if not ids:
        return {}
    now = {pk: pk for pk in ids} | dict(_MERGED.rows(ids=sorted(ids)))
    there = set(_THERE.rows(ids=sorted({*now.values()})))
    return {old: person_id for old, person_id in now.items() if person_id in there}


def positions_of(facts: Iterable[Fact]) -> dict[int, int]:
    """By fact id its place in the log."""
    ids = [fact.id for fact in facts]
    if not ids:
        return {}
    return {pk: position or 0 for pk, position in _PLACES.rows(ids=ids)}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The whole log of some people, folded: ``position`` is the last one seen of each."""

    tallies: Tallies
    position: Mapping[int, int]


def log_of(born: Collection[int], *, book: RuleBook) -> QuerySet[FactRecord]:
    """What stands in the log about these ids and may give points, in order."""
    rows = FactRecord.objects.standing().filter(person_id__in=born, name__in=book.engagement)
    return rows.order_by("position", "pk")


def read_log(person_ids: Collection[int], *, book: RuleBook) -> Reading:
    """Fold everything that stands in the log about these people.

    Facts that have no place in the log yet are left out: the subscriber will bring them.
    """
    born = born_as(person_ids)
    tallies: Tallies = {}
    position: dict[int, int] = {}
    for row in log_of(born, book=book).filter(position__isnull=False):
        person_id = born[row.person_id or 0]
        position[person_id] = row.position or 0
        fact = row.as_fact()
        count_fact(tallies, fact=fact, name=row.name, person_id=person_id, book=book)
    return Reading(tallies=tallies, position=position)


def people_after(person_id: int, *, limit: int) -> list[int]:
    """The next ids, in order, for work that goes through everybody."""
    rows = Person.objects.filter(pk__gt=person_id).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def people_of_batch(batch: UUID, *, after: int, limit: int) -> list[int]:
    """The next ids about whom the facts of a batch told, retracted ones, too."""
    rows = FactRecord.objects.filter(batch=batch, person_id__gt=after).order_by("person_id")
    return [pk for pk in rows.values_list("person_id", flat=True).distinct()[:limit] if pk]
