"""Whose persona it is when two people become one: one set by hand outranks what rules said."""

from collections.abc import Collection
from datetime import datetime

from baton.records.audience.actions.assigning import assign_by_rules
from baton.records.audience.models import PersonaAssignment
from baton.records.people.actions import Rows
from baton.records.people.slots import Pairs, PersonCarrier

ROWS = Rows(PersonaAssignment, "person", once=())


def _carry(pairs: Pairs, at: datetime) -> dict[int, list[int]]:
    by_hand = PersonaAssignment.objects.filter(person_id__in=pairs, is_by_hand=True)
    outranked = {pairs[pk] for pk in by_hand.values_list("person_id", flat=True)}
    # The rules give it back to the kept one when the merge is undone.
    PersonaAssignment.objects.filter(person_id__in=outranked, is_by_hand=False).delete()
    if outranked:
        _first_by_hand(pairs)
    return ROWS.carry(pairs, at)


def _first_by_hand(pairs: Pairs) -> None:
    """Of several merged at once, what rules said stays behind where a colleague said something."""
    by_hand = PersonaAssignment.objects.filter(person_id__in=pairs, is_by_hand=True)
    said = {pairs[pk] for pk in by_hand.values_list("person_id", flat=True)}
    ruled = [pk for pk, kept in pairs.items() if kept in said]
    PersonaAssignment.objects.filter(person_id__in=ruled, is_by_hand=False).delete()


def _settle(person_ids: Collection[int], at: datetime) -> None:
    assign_by_rules(person_ids=person_ids, at=at)


CARRIER = PersonCarrier(
    name=ROWS.name,
    columns=(ROWS.name,),
    carry=_carry,
    give_back=ROWS.give_back,
    settle=_settle,
)
