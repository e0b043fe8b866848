"""One definition, two engines: the figures of the lake are those of the database."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from baton.core.access.actions import create_team, create_user
from baton.core.access.roles import Role
from baton.core.facts import Origin, publish, retract
from baton.core.facts.numbering import number_facts, seat_subscribers
from baton.core.settings.actions import set_up_organisation
from baton.insight.analytics.plain import closed_loop_data, pipeline_data
from baton.insight.analytics.queries import (
    GROUPS,
    PIPELINE_GROUPS,
    PipelineQuestion,
    Question,
    closed_loop,
    pipeline,
)
from baton.insight.analytics.rules import Basis
from baton.insight.analytics.tests.chance import Chance
from baton.insight.lake import actions
from baton.insight.lake.models import LakeFile
from baton.qualification.lifecycle.actions import forget_moves
from baton.qualification.lifecycle.events import LifecycleChanged
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT

pytestmark = pytest.mark.django_db
SPRING: dict[str, Any] = {"from_on": date(2026, 3, 20), "to_on": date(2026, 5, 3)}
ASKED = [*product(GROUPS, Basis)]


@pytest.fixture(scope="module")
def reps(lasting, tmp_path_factory):
    """Sealed moves, some of them undone since, and others that came after."""
    with override_settings(LAKE_ROOT=tmp_path_factory.mktemp("lake")):
        set_up_organisation(name="Fennmark", zone="Europe/Berlin")
        users = [
            create_user(
                name=name, role=Role.REP, email=f"{name}@x.example", team=create_team(name=name)
            )
            for name in ("Teo", "Otto")
        ]
        chance = Chance(seed=7, users=users)
        chance.tell()
        people = list(Person.objects.all())
        seat_subscribers()
        batch = chance.undoable_moves(people[:20])
        actions.seal("stage_changes", at=AT)
        undo(batch, people[0])
        chance.moves(people[40:])
        yield users


@transaction.atomic
def undo(batch, person):
    told: dict[str, Any] = {
        "from_stage": "lead",
        "to_stage": "mql",
        "why": "by hand",
        "person_id": person.pk,
    }
    publish(LifecycleChanged(happened_at=AT, batch=batch, origin=Origin.LIVE, **told))
    forget_moves(batches=[batch])
    retract(batch=batch, at=AT)
    number_facts()


def plain(value):
    """Days are halves of seconds apart in a double of SQLite."""
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-6, abs=1e-6)
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("by", "basis"), ASKED)
def test_closed_loop_is_the_same_by_both(reps, by, basis):
    turn = ASKED.index((by, basis))
    asked: dict[str, Any] = {"by": by, "basis": basis, "user": [None, reps[0]][turn % 2]}
    period = [{}, SPRING][turn // 2 % 2]

    found = closed_loop_data(closed_loop(Question(**asked, **period, from_lake=True)))

    assert LakeFile.objects.exists()
    assert len(found["rows"]) > 1
    assert found == plain(
        closed_loop_data(closed_loop(Question(**asked, **period, from_lake=False)))
    )


def test_closed_loop_of_many_moves_comes_from_the_lake_by_itself(reps, monkeypatch):
    few = closed_loop(Question(user=reps[0]))
    monkeypatch.setitem(closed_loop.__globals__, "MANY", 1)
    many = closed_loop(Question(user=reps[0]))

    assert (few.question.from_lake, many.question.from_lake) == (False, True)
    assert closed_loop_data(many) == plain(closed_loop_data(few))


@pytest.mark.parametrize("by", PIPELINE_GROUPS)
def test_pipeline_is_the_same_by_both(reps, by):
    turn = list(PIPELINE_GROUPS).index(by)
    asked: dict[str, Any] = {
        "by": by,
        "user": [None, reps[0]][turn % 2],
        **[{}, SPRING][turn // 2 % 2],
    }

    found = pipeline_data(pipeline(PipelineQuestion(**asked, from_lake=True)))

    assert found["rows"]
    assert found == plain(pipeline_data(pipeline(PipelineQuestion(**asked))))
