from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from baton.core.facts import Fact, Origin, on, on_batch, origin
from baton.records.audience import actions, tasks
from baton.records.audience.events import PersonaChanged
from baton.records.audience.queries import awaited_facts
from baton.records.people.queries import ids_at_companies, who_now


@on_batch(Fact)
def assign_personas(facts: list[Fact]) -> None:
    """After every fact that a persona's rule asks about, whichever module tells it."""
    awaited = awaited_facts()
    waiting = [fact for fact in facts if fact.name in awaited] if awaited else []
    latest: dict[tuple[Origin, UUID | None], dict[int, datetime]] = defaultdict(dict)
    for fact, person_id in _people_of(waiting):
        times = latest[fact.origin, fact.batch]
        times[person_id] = max(fact.happened_at, times.get(person_id, fact.happened_at))
    for (source, batch), told_at in latest.items():
        with origin(source, batch=batch):
            actions.assign_by_rules(person_ids=told_at, at=timezone.now(), told_at=told_at)


@on(PersonaChanged)
def try_everybody_again(fact: PersonaChanged) -> None:
    """The persona's rule or name is another: who is which must be asked of all."""
    tasks.reassign_everybody.enqueue()


def _people_of(facts: list[Fact]) -> list[tuple[Fact, int]]:
    """Whom each fact is about: its person, or all people of the company it tells of."""
    people = who_now({fact.person_id for fact in facts if fact.person_id})
    companies = {fact.company_id for fact in facts if fact.company_id and not fact.person_id}
    staff = ids_at_companies(companies)
    pairs = [(fact, people[fact.person_id]) for fact in facts if fact.person_id]
    for fact in facts:
        if fact.company_id and not fact.person_id:
            pairs += [(fact, person_id) for person_id in staff.get(fact.company_id, ())]
    return pairs
