from datetime import timedelta

import pytest

from baton.core.changes.actions import NothingToUndo
from baton.core.facts.models import FactRecord
from baton.core.fields.actions import NotAccepted
from baton.core.fields.models import ValidationRule
from baton.qualification.lifecycle import actions
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def move(person, to_stage, *, by, day=1, reason="Met at the fair"):
    return actions.move_by_hand(
        person=person, to_stage=to_stage, reason=reason, by=by, at=AT + day * DAY
    )


def stage_of(person):
    person.refresh_from_db()
    return person.stage


@pytest.fixture
def person(rep, run_background):
    person = a_person(owner=rep)
    run_background()
    return person


@pytest.mark.parametrize(
    ("to_stage", "is_back"), [("sql", False), ("subscriber", True), ("other", True)]
)
def test_a_person_is_moved_by_hand_both_ways(to_stage, is_back, person, rep):
    move(person, to_stage, by=rep)

    row = StageChange.objects.get(to_stage=to_stage)
    assert (row.cause, row.reason, row.by, row.is_back) == (
        "by hand",
        "Met at the fair",
        rep,
        is_back,
    )
    assert stage_of(person) == to_stage


def test_the_fact_says_why(person, rep):
    move(person, "sql", by=rep)

    fact = FactRecord.objects.get(name="lifecycle.changed", payload__to_stage="sql")
    assert (fact.payload["why"], fact.payload["reason"]) == ("by hand", "Met at the fair")
    assert fact.actor_id == rep.pk


@pytest.mark.parametrize(
    ("to_stage", "reason", "refusal"),
    [
        ("sql", "  ", actions.NoReason),
        ("prospect", "Met", actions.NotAStage),
        ("lead", "Met", actions.SameStage),
    ],
)
def test_a_move_that_says_nothing_is_refused(to_stage, reason, refusal, person, rep):
    with pytest.raises(refusal):
        move(person, to_stage, by=rep, reason=reason)

    assert StageChange.objects.count() == 1


def test_rule_refuses_a_person_and_a_company_in_a_stage(person, rep):
    halden = a_company()
    for of in ("person", "company"):
        there = {"field": f"{of}.stage", "op": "is", "value": "customer"}
        ValidationRule.objects.create(object_type=of, message="Not so.", condition=there)
    before = stage_of(person)

    with pytest.raises(NotAccepted, match="Not so"):
        move(person, "customer", by=rep)
    with pytest.raises(NotAccepted, match="Not so"):
        actions.set_company_stage(
            company=halden, to_stage="customer", reason="Signed", by=rep, at=AT
        )

    assert (stage_of(person), stage_of(halden)) == (before, "")
    move(person, "sql", by=rep)


def test_a_move_by_hand_is_taken_back_without_a_trace(person, rep, run_background):
    batch = move(person, "customer", by=rep)

    actions.undo_move(batch=batch, by=rep, at=AT + 2 * DAY)
    run_background()

    assert stage_of(person) == "lead"
    assert not StageChange.objects.filter(to_stage="customer").exists()
    assert not FactRecord.objects.standing().filter(name="lifecycle.changed").exists()


def test_what_came_after_stays_when_a_move_is_taken_back(person, rep):
    batch = move(person, "mql", by=rep)
    move(person, "sql", by=rep, day=2)

    actions.undo_move(batch=batch, by=rep, at=AT + 3 * DAY)

    chain = StageChange.objects.order_by("place").values_list("from_stage", "to_stage")
    assert list(chain) == [("", "lead"), ("lead", "sql")]
    assert stage_of(person) == "sql"


def test_a_move_is_taken_back_once_and_by_who_made_it(person, rep, colleague):
    batch = move(person, "mql", by=rep)

    with pytest.raises(NothingToUndo):
        actions.undo_move(batch=batch, by=colleague, at=AT)
    actions.undo_move(batch=batch, by=rep, at=AT)
    with pytest.raises(NothingToUndo):
        actions.undo_move(batch=batch, by=rep, at=AT)


def test_a_person_whose_lead_is_on_its_way_can_be_moved(rep, run_background):
    person = a_person()

    move(person, "sql", by=rep)
    run_background()

    chain = StageChange.objects.order_by("place").values_list("from_stage", "to_stage")
    assert list(chain) == [("", "lead"), ("lead", "sql")]
    assert stage_of(person) == "sql"
