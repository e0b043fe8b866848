"""How the leads of the demo's year fare."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from baton.qualification.handoff.demo.fates import share_in_need
from baton.qualification.handoff.demo.turns import SQUAD, Turns

AT = datetime(2026, 8, 3, 9, tzinfo=UTC)


def test_who_fits_needs_us_more_often_so_that_a_score_can_be_learned():
    shares = [share_in_need(fit=points) for points in (-40, 0, 20, 40, 60)]

    assert shares == sorted(shares)
    assert shares[0] == shares[1] < 0.2
    assert 0.5 < shares[2] < 0.6
    assert shares[-1] > 0.9


def test_of_a_squad_that_is_on_leave_others_stand_in():
    cast: Any = [SimpleNamespace(pk=1, name="Teo"), SimpleNamespace(pk=2, name="Ravi")]
    alone: Any = SimpleNamespace(pk=3, name="Sam")
    week = [(AT - timedelta(days=1), AT + timedelta(days=6))]
    year: Any = SimpleNamespace(cast={"reps": [*cast, alone], "leave": {3: week}})
    pool: Any = SimpleNamespace(pk=1, name="All")
    turns = Turns(year, pool=pool, queue=pool, weights={1: 1, 2: 1})
    person: Any = SimpleNamespace(owner_id=None)

    asked = [turns.decide(person, at=AT, silent=frozenset()).rep for _ in range(4)]

    assert len(cast) < SQUAD
    assert [rep.name for rep in asked if rep] == ["Teo", "Ravi", "Teo", "Ravi"]
