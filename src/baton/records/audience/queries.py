"""Personas in their order, and why a person is one."""

from dataclasses import dataclass

from django.db.models import Count, Q

from baton.core import filters
from baton.core.filters import BadFilter, Filter
from baton.core.prepared import Prepared
from baton.records.audience.models import Persona, PersonaAssignment, PersonaQuerySet
from baton.records.people.models import Person


def in_order(personas: PersonaQuerySet) -> PersonaQuerySet:
    """As their rules are tried."""
    return personas.order_by("position", "pk")


def personas_named() -> list[Persona]:
    """The living ones in their order, to choose from: their names alone."""
    return _NAMED.rows()


_NAMED = Prepared(lambda: in_order(Persona.objects.living()).only("key", "name"))


def with_counts(personas: PersonaQuerySet) -> PersonaQuerySet:
    """Each with ``people_count``: the living people who are one."""
    living = Q(assignments__person__deleted_at=None)
    return personas.annotate(people_count=Count("assignments", filter=living))


def rule_of(persona: Persona) -> Filter | None:
    """The rule ready to be asked; None for none, or one whose field is gone with its module."""
    if not persona.rule:
        return None
    try:
        return filters.parse(persona.rule, object_type="person")
    except BadFilter:
        return None


def awaited_facts() -> frozenset[str]:
    """Names of the facts after which some living persona's rule may answer otherwise."""
    rules = [rule_of(persona) for persona in Persona.objects.living().exclude(rule=None)]
    return frozenset(name for rule in rules if rule for name in rule.changed_by)


def has_window() -> bool:
    """Whether a day's passing alone can change who is what."""
    rules = [rule_of(persona) for persona in Persona.objects.living().exclude(rule=None)]
    return any(rule.has_window for rule in rules if rule)


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """The persona of a person and why: ``rule_words`` is "" for one set by hand."""

    link: PersonaAssignment
    rule_words: str


_LINK = Prepared(
    lambda person: PersonaAssignment.objects.filter(
        person=person, persona__deleted_at=None
    ).select_related("persona", "by")[:1]
)


def persona_of(person: Person) -> Belonging | None:
    """Which persona the person is; None for none."""
    link = _LINK.first(person=person.pk)
    if link is None:
        return None
    rule = None if link.is_by_hand else rule_of(link.persona)
    return Belonging(link=link, rule_words=filters.describe(rule) if rule else "")
