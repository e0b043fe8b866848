"""What stands in the log, folded into points."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from baton.core.facts import Fact
from baton.core.facts.models import FactRecord
from baton.qualification.scoring.models import ScoreRule
from baton.qualification.scoring.queries.books import RuleBook
from baton.qualification.scoring.rules import Part, Tally
from baton.records.people.models import Identity, Person
from baton.records.people.queries import born_as


def known_now(person_ids: Iterable[int]) -> dict[int, int]:
    """Ids of the fact log -> the person that is now; ids of nobody are left out."""
    ids = set(person_ids)
    merged = dict(Identity.objects.filter(old_id__in=ids).values_list("old_id", "person_id"))
    there = set(
        Person.objects.filter(pk__in=ids | set(merged.values())).values_list("pk", flat=True)
    )
    return {old: now for old in ids if (now := merged.get(old, old)) in there}


def positions_of(facts: Iterable[Fact]) -> dict[int, int]:
    """By fact id its place in the log."""
    rows = FactRecord.objects.filter(pk__in=[fact.id for fact in facts])
    return {pk: position or 0 for pk, position in rows.values_list("pk", "position")}


Tallies = dict[tuple[int, int], Tally]  # by person and rule


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


def part_for(rule: ScoreRule, *, as_of: datetime, value: float = 0) -> Part:
    """What a rule gives, with nothing in it yet."""
    return Part(
        value=value,
        as_of=as_of,
        half_life_days=rule.half_life_days,
        cap=rule.cap,
        expires_days=rule.expires_days,
        points=rule.points,
    )


def count_fact(
    tallies: Tallies, *, fact: Fact, name: str, person_id: int, book: RuleBook
) -> Iterable[tuple[int, int]]:
    """Add one fact to the tallies in place; says which of them it touched."""
    rules = book.rules_for(name=name, payload=fact.payload())
    return count_points(tallies, fact=fact, rules=rules, person_id=person_id)


def count_points(
    tallies: Tallies, *, fact: Fact, rules: Iterable[ScoreRule], person_id: int
) -> Iterable[tuple[int, int]]:
    """The same where it is known by which rules it gives points."""
    touched = []
    for rule in rules:
        at, key = fact.happened_at, (person_id, rule.pk)
        empty = Tally(part=part_for(rule, as_of=at))
        tallies[key] = tallies.get(key, empty).with_fact(fact_id=fact.id, points=rule.points, at=at)
        touched.append(key)
    return touched


def people_after(person_id: int, *, limit: int) -> list[int]:
    """The next ids, in order, for work that goes through everybody."""
    rows = Person.objects.filter(pk__gt=person_id).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def people_of_batch(batch: UUID, *, after: int, limit: int) -> list[int]:
    """The next ids about whom the facts of a batch told, retracted ones, too."""
    rows = FactRecord.objects.filter(batch=batch, person_id__gt=after).order_by("person_id")
    return [pk for pk in rows.values_list("person_id", flat=True).distinct()[:limit] if pk]
