"""Moves of people without a history, which are written column by column, leave behind what they
leave one by one."""

from random import Random
from typing import Any

import pytest

from baton.core.facts import Origin
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.qualification.lifecycle.actions import (
    NewMove,
    begin_newcomers,
    move_each,
    moving,
    shown_of,
)
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.rules import Stage
from baton.qualification.lifecycle.tests.factories import DAY
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_person

pytestmark = pytest.mark.django_db
PEOPLE = 60
BATCH = new_key()


def some_moves(people, *, seed):
    dice = Random(seed)
    return [
        NewMove(
            person_id=person.pk,
            to_stage=dice.choice(list(Stage)),
            at=AT + dice.randrange(3) * DAY,
            is_back=dice.random() < 0.25,
            origin=Origin.IMPORT,
            batch=BATCH,
        )
        for person in people
        for _move in range(dice.randrange(1, 5))
    ]


def written():
    moves = StageChange.objects.order_by("person", "place").values_list(
        "person",
        "from_stage",
        "to_stage",
        "at",
        "is_back",
        "place",
        "is_overtaken",
        "by",
        "owner",
        "cause",
        "reason",
        "fact_id",
        "batch",
    )
    facts = FactRecord.objects.filter(name="lifecycle.changed").values(
        "happened_at", "person_id", "company_id", "actor_id", "origin", "batch", "depth", "payload"
    )
    shown = Person.objects.order_by("pk").values_list("pk", "stage", "stage_at", "lead_at")
    return list(moves), sorted(facts, key=str), list(shown)


@pytest.mark.parametrize("seed", [1, 2])
def test_many_newcomers_stand_where_each_would_stand_alone(seed, rep, monkeypatch):
    people = [a_person(owner=rep if place % 2 else None) for place in range(PEOPLE)]
    moves = some_moves(people, seed=seed)
    news = move_each(moves=moves, by=rep)
    together = written()
    StageChange.objects.all().delete()
    FactRecord.objects.filter(name="lifecycle.changed").delete()
    Person.objects.update(stage="lead", stage_at=None, lead_at=None)

    monkeypatch.setattr(moving, "came_alike", lambda _moves, *, cause: False)

    assert move_each(moves=moves, by=rep) == news
    assert written() == together
    assert len(set(news)) == 2


def test_who_was_made_just_now_stands_where_they_would_had_they_been_looked_at(rep):
    people = [a_person(owner=rep if place % 2 else None) for place in range(PEOPLE)]
    moves = some_moves(people, seed=3)
    move_each(moves=moves)
    looked_at = written()
    StageChange.objects.all().delete()
    FactRecord.objects.filter(name="lifecycle.changed").delete()

    theirs = {one.pk: [move for move in moves if move.person_id == one.pk] for one in people}
    begin_newcomers(theirs)

    assert written() == looked_at
    shown = Person.objects.order_by("pk").values("stage", "stage_at", "lead_at")
    assert list(shown) == [shown_of(some) for some in theirs.values()]


def test_newcomers_among_the_known_take_their_own_way():
    known, fresh = a_person(), a_person()
    shared: dict[str, Any] = {"origin": Origin.IMPORT, "batch": BATCH}
    move_each(moves=[NewMove(person_id=known.pk, to_stage="mql", at=AT, **shared)])

    news = move_each(
        moves=[
            NewMove(person_id=fresh.pk, to_stage="sql", at=AT, **shared),
            NewMove(person_id=known.pk, to_stage="lead", at=AT + DAY, **shared),
            NewMove(person_id=known.pk, to_stage="sql", at=AT + DAY, **shared),
        ]
    )

    assert news == [True, False, True]
    assert set(Person.objects.values_list("stage", "stage_at")) == {("sql", AT), ("sql", AT + DAY)}
    assert list(StageChange.objects.filter(person=known).values_list("place", flat=True)) == [0, 1]
