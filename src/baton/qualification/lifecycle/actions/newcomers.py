"""Moves of many who have no history yet, as files bring them: written column by column, and what
the same steps make of somebody is worked out once for all who bring them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from baton.core.bulk import one_of
from baton.core.columns import Column, Same, insert_columns, usual
from baton.core.facts import publish_columns
from baton.qualification.lifecycle.actions.moves import IMPORT, NewMove, Standing, by_time
from baton.qualification.lifecycle.events import LifecycleChanged
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import SELF_SERVE, Begun, Link, Stage, Step, begun
from baton.records.people.actions import show_many
from baton.records.people.models import Person


class _Row(NamedTuple):
    """A move that counts, and its place in the history."""

    person: Standing
    move: NewMove
    place: int
    link: Link

    @property
    def is_told(self) -> bool:
        """That somebody became known was told already: ``person.created`` makes the lead."""
        return bool(self.link.from_stage) or self.link.change.to_stage != Stage.LEAD


def came_alike(moves: Sequence[NewMove], *, cause: str) -> bool:
    """Whether they came one way, and are undone together; what was bought is looked at each."""
    way = moves[0].came_by
    return (
        all(move.came_by == way for move in moves)
        and moves[0].batch is not None
        and ((moves[0].cause or cause) not in SELF_SERVE)
    )


def begin_histories(
    newcomers: Iterable[tuple[Standing, Sequence[NewMove]]], *, cause: str, by_id: int | None
) -> list[list[int]]:
    """Which of the moves of each were written. Each one's come in their order, and all of them
    alike; whoever has a history already is none of them."""
    rows: list[_Row] = []
    shown: dict[int, Mapping[str, object]] = {}
    written: list[list[int]] = []
    for person, moves in newcomers:
        story = begun(_steps(moves))
        rows += _rows(person, moves, story)
        if other := _shown(person, story, moves):
            shown[person.pk] = other
        written.append([link.change.id for link in story.links])
    _write(rows, cause=cause, by_id=by_id)
    show_many(shown)
    return written


@transaction.atomic(savepoint=False)
def begin_newcomers(moves: Mapping[int, Sequence[NewMove]]) -> None:
    """Of people whom this transaction has made, by their ids, what an import says that they were;
    all came alike. They show it already (``shown_of``), nobody else can see them, and none has a
    history: there is nothing to lock or to read but whose they are."""
    people = Person.objects.filter(pk__in=one_of(moves)).order_by("pk")
    rows: list[_Row] = []
    for whose in people.values_list("pk", "company_id", "owner_id"):
        ordered = sorted(moves[whose[0]], key=by_time)
        rows += _rows(Standing(*whose), ordered, begun(_steps(ordered)))
    _write(rows, cause=IMPORT, by_id=None)


def _rows(person: Standing, moves: Sequence[NewMove], story: Begun) -> list[_Row]:
    return [_Row(person, moves[link.change.id], at, link) for at, link in enumerate(story.links)]


def _write(rows: Sequence[_Row], *, cause: str, by_id: int | None) -> None:
    if rows:
        first = rows[0].move
        shared = {"by_id": Same(first.by_id or by_id), "cause": Same(first.cause or cause)}
        _tell([row for row in rows if row.is_told], first, **shared)
        insert_columns(StageChange, _columns(rows, first) | shared, count=len(rows))


def _steps(moves: Sequence[NewMove]) -> tuple[Step, ...]:
    moments: dict[datetime, int] = {}
    return tuple(
        Step(one.to_stage, one.is_back, moments.setdefault(one.at, len(moments))) for one in moves
    )


def shown_of(moves: Iterable[NewMove]) -> dict[str, object]:
    """What somebody new shows after these."""
    ordered = sorted(moves, key=by_time)
    return _all_shown(begun(_steps(ordered)), ordered)


def _shown(person: Standing, story: Begun, moves: Sequence[NewMove]) -> dict[str, object]:
    """What the person shows otherwise now."""
    values = _all_shown(story, moves).items()
    return {name: fresh for name, fresh in values if fresh != getattr(person, name)}


def _all_shown(story: Begun, moves: Sequence[NewMove]) -> dict[str, object]:
    stage = Stage.LEAD.value if story.standing is None else moves[story.standing].to_stage
    return {
        "stage": str(stage),
        "stage_at": None if story.standing is None else moves[story.standing].at,
        "lead_at": None if story.lead is None else moves[story.lead].at,
    }


def _columns(rows: Sequence[_Row], first: NewMove) -> dict[str, Column]:
    """What stands in the history."""
    return {
        "person_id": [row.person.pk for row in rows],
        "from_stage": usual([str(row.link.from_stage) for row in rows]),
        "to_stage": usual([str(row.move.to_stage) for row in rows]),
        "at": [row.move.at for row in rows],
        "is_back": usual([row.move.is_back for row in rows]),
        "place": usual([row.place for row in rows]),
        "is_overtaken": usual([row.link.is_overtaken for row in rows]),
        "owner_id": usual([row.move.owner_id or row.person.owner_id for row in rows]),
        "reason": Same(first.reason),
        "fact_id": Same(first.fact_id),
        "batch": Same(first.batch),
    }


def _tell(rows: Sequence[_Row], first: NewMove, *, by_id: Same, cause: Same) -> None:
    publish_columns(
        LifecycleChanged,
        {
            "happened_at": [row.move.at for row in rows],
            "person_id": [row.person.pk for row in rows],
            "company_id": [row.person.company_id for row in rows],
            "actor_id": by_id,
            "from_stage": [str(row.link.from_stage) for row in rows],
            "to_stage": [str(row.move.to_stage) for row in rows],
            "why": cause,
            "is_back": [row.move.is_back for row in rows],
            "reason": Same(first.reason),
            "origin": Same(first.origin),
            "batch": Same(first.batch),
        },
        count=len(rows),
    )
