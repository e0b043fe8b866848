"""The histories of two people who become one are one; they stand where the further one stood."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from baton.core.facts import retract
from baton.core.keys import new_key
from baton.qualification.lifecycle.actions.moves import NewMove
from baton.qualification.lifecycle.actions.moving import (
    forget_moves,
    hang_anew,
    move_people,
)
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import rank
from baton.records.people.actions import Rows
from baton.records.people.models import Person
from baton.records.people.slots import Pairs, PersonCarrier

ROWS = Rows(StageChange, "person", once=("to_stage", "at", "is_back"))
MERGED = "person.merged"  # the cause of a move that no history tells


def _carry(pairs: Pairs, at: datetime) -> dict[int, dict[str, Any]]:
    stages = _stages(pairs)
    moved = ROWS.carry(pairs, at)
    hang_anew({*pairs, *pairs.values()})
    carried: dict[int, dict[str, Any]] = {
        pk: {"rows": moved.get(pk, []), "batch": None} for pk in pairs
    }
    now = _stages(pairs)
    for merged, kept in pairs.items():
        furthest = max((stages[pk] for pk in (kept, merged)), key=rank)
        if rank(furthest) > rank(now[kept]):
            batch = new_key()
            move = NewMove(person_id=kept, to_stage=furthest, at=at, batch=batch)
            if move_people(moves=[move], cause=MERGED):
                carried[merged]["batch"] = str(batch)
                now[kept] = furthest
    return carried


def _give_back(pairs: Pairs, carried: Mapping[int, Any], at: datetime) -> None:
    batches = [UUID(one["batch"]) for one in carried.values() if one["batch"]]
    forget_moves(batches=batches)
    for batch in batches:
        retract(batch=batch, at=at)
    ROWS.give_back(pairs, {pk: one["rows"] for pk, one in carried.items()}, at)
    hang_anew({*pairs, *pairs.values()})


def _stages(pairs: Pairs) -> dict[int, str]:
    ids = {*pairs, *pairs.values()}
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "stage"))


CARRIER = PersonCarrier(
    name=ROWS.name, columns=(ROWS.name,), carry=_carry, give_back=_give_back, order=50
)
