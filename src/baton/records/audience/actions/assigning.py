"""Which persona somebody is: by the first rule that fits, unless a colleague said otherwise."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction

from baton.core import filters
from baton.core.access.models import User
from baton.core.facts import publish, publish_many
from baton.core.settings.queries import organisation_zone
from baton.records.audience.events import PersonaAssigned
from baton.records.audience.models import Persona, PersonaAssignment
from baton.records.audience.queries import in_order, rule_of
from baton.records.people.actions import show_many
from baton.records.people.models import Person

CHUNK = 500


@transaction.atomic
def assign_by_rules(
    *,
    person_ids: Collection[int],
    at: datetime,
    told_at: Mapping[int, datetime] | None = None,
) -> None:
    """Try the rules on these people, a handful of statements for all of them.

    Those set by hand stay. Safe to run twice: only what differs is written and told. ``told_at``
    says when it came about, by person, where that was not now: history comes with its own dates.
    """
    people = {row.pk: row for row in Person.objects.living().filter(pk__in=person_ids)}
    links = {
        link.person_id: link
        for link in PersonaAssignment.objects.select_for_update(of=("self",))
        .filter(person__in=people)
        .select_related("persona")
    }
    kept = {pk for pk, link in links.items() if link.is_by_hand and not link.persona.deleted_at}
    fitting = _fitting(people.keys() - kept, at=at)
    before = {pk: links[pk].persona_id for pk in links}
    moved = {pk: one for pk, one in fitting.items() if before.get(pk) != one.pk}
    dropped = links.keys() - fitting.keys() - kept
    known_at = told_at or {}
    times = {pk: known_at.get(pk, at) for pk in moved.keys() | dropped}
    _link(moved, times=times)
    PersonaAssignment.objects.filter(person__in=dropped).delete()
    _tell({pk: one.pk for pk, one in moved.items()} | dict.fromkeys(dropped, 0), times=times)
    _show(people.values(), fitting | {pk: links[pk].persona for pk in kept})


@transaction.atomic
def assign_by_hand(
    *, person: Person, persona: Persona | None, by: User | None, at: datetime
) -> None:
    """A colleague knows better than the rules; None hands the person back to them."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if persona is None:
        PersonaAssignment.objects.filter(person=person, is_by_hand=True).delete()
        assign_by_rules(person_ids=[person.pk], at=at)
        return
    link = PersonaAssignment.objects.filter(person=person).first()
    if link and link.is_by_hand and link.persona_id == persona.pk:
        return
    PersonaAssignment.objects.update_or_create(
        person=person, defaults={"persona": persona, "is_by_hand": True, "by": by, "at": at}
    )
    show_many({person.pk: {"persona": persona.name}})
    publish(
        PersonaAssigned(
            happened_at=at,
            person_id=person.pk,
            company_id=person.company_id,
            actor_id=by.pk if by else None,
            persona_id=persona.pk,
            is_by_hand=True,
        )
    )


def _fitting(person_ids: Collection[int], *, at: datetime) -> dict[int, Persona]:
    """The first persona in order whose rule fits, for those whom one fits."""
    waiting, found = set(person_ids), dict[int, Persona]()
    zone = organisation_zone()
    for persona in in_order(Persona.objects.living().exclude(rule=None)):
        rule = rule_of(persona)
        if rule is None or not waiting:
            continue
        asked = filters.compile(rule, at=at, zone=zone)
        fits = set(Person.objects.filter(asked, pk__in=waiting).values_list("pk", flat=True))
        found |= dict.fromkeys(fits, persona)
        waiting -= fits
    return found


def _link(moved: dict[int, Persona], *, times: Mapping[int, datetime]) -> None:
    PersonaAssignment.objects.bulk_create(
        (
            PersonaAssignment(person_id=pk, persona=persona, by=None, at=times[pk])
            for pk, persona in moved.items()
        ),
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["persona", "is_by_hand", "by", "at"],
        batch_size=CHUNK,
    )


def _tell(persona_ids: dict[int, int], *, times: Mapping[int, datetime]) -> None:
    publish_many(
        PersonaAssigned(
            happened_at=times[pk], person_id=pk, persona_id=persona_id, is_by_hand=False
        )
        for pk, persona_id in sorted(persona_ids.items())
    )


def _show(people: Iterable[Person], personas: dict[int, Persona]) -> None:
    names = {pk: persona.name for pk, persona in personas.items()}
    show_many(
        {
            person.pk: {"persona": names.get(person.pk, "")}
            for person in people
            if person.persona != names.get(person.pk, "")
        }
    )
