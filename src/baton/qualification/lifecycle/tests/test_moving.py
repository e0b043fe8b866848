from itertools import permutations

import pytest

from baton.core.facts.models import FactRecord
from baton.qualification.lifecycle import actions
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.tests.factories import DAY, history, move, shown
from baton.records.people.tests.factories import AT, a_person

pytestmark = pytest.mark.django_db


def test_a_new_person_is_a_lead_from_the_moment_they_are_known(run_background):
    person = a_person()

    run_background()

    [row] = StageChange.objects.all()
    assert (row.to_stage, row.at, row.cause, row.is_back) == ("lead", AT, "person.created", False)
    assert shown(person) == ("lead", 0, 0)


def test_the_first_lead_is_not_told_a_second_time(run_background):
    a_person()

    run_background()

    assert list(FactRecord.objects.values_list("name", flat=True)) == ["person.created"]


def test_a_move_is_told_with_both_stages(rep):
    person = a_person(owner=rep)
    move(person, "lead")

    is_news = move(person, "mql", day=3, by=rep, fact_id=77)

    row = StageChange.objects.get(to_stage="mql")
    fact = FactRecord.objects.get(name="lifecycle.changed", payload__to_stage="mql")
    assert is_news
    assert (row.owner, row.by, row.fact_id, row.cause) == (rep, rep, 77, "a test")
    assert (fact.person_id, fact.happened_at, fact.payload["from_stage"], fact.payload["why"]) == (
        person.pk,
        AT + 3 * DAY,
        "lead",
        "a test",
    )
    assert shown(person) == ("mql", 3, 0)


def test_the_same_move_twice_is_news_once():
    person = a_person()
    move(person, "mql")

    assert not move(person, "mql")
    assert not move(person, "mql", day=2)
    assert history(person) == [("", "mql", 0)]


def test_nobody_goes_back_by_themselves():
    person = a_person()
    move(person, "sql")

    assert not move(person, "mql", day=1)
    assert shown(person) == ("sql", 0, 0)


def test_a_verdict_sends_back_and_a_new_try_goes_forward():
    person = a_person()
    for day, stage in enumerate(("lead", "mql", "sal")):
        move(person, stage, day=day)

    move(person, "lead", day=3, is_back=True)
    sent_back = shown(person)
    move(person, "mql", day=30)

    assert sent_back == ("lead", 3, 0)
    assert shown(person) == ("mql", 30, 0)
    assert [stage for _from, stage, _day in history(person)] == [
        "lead",
        "mql",
        "sal",
        "lead",
        "mql",
    ]


def test_who_will_never_buy_comes_back_by_raising_a_hand():
    person = a_person()
    move(person, "mql")
    move(person, "other", day=1, is_back=True)

    move(person, "mql", day=200)

    assert shown(person) == ("mql", 200, 0)


def test_a_lead_that_comes_late_takes_its_place_and_moves_nothing():
    person = a_person()
    move(person, "mql", day=5)

    is_news = move(person, "lead", day=1)

    assert is_news
    assert history(person) == [("", "lead", 1), ("lead", "mql", 5)]
    assert shown(person) == ("mql", 5, 1)


def test_a_lead_that_comes_late_of_the_same_instant_takes_its_place():
    person = a_person()
    move(person, "mql")
    move(person, "sal")

    assert move(person, "lead")
    assert history(person) == [("", "lead", 0), ("lead", "mql", 0), ("mql", "sal", 0)]
    assert shown(person)[0] == "sal"


def test_created_rejected_and_known_late_in_one_instant():
    person = a_person()
    move(person, "mql")
    move(person, "lead", is_back=True)

    move(person, "lead")

    assert shown(person)[0] == "lead"


def test_a_further_stage_with_an_earlier_date_overtakes():
    person = a_person()
    move(person, "lead", day=5)

    move(person, "mql", day=1)

    assert history(person) == [("", "mql", 1), ("mql", "lead", 5)]
    assert StageChange.objects.get(is_overtaken=True).to_stage == "lead"
    assert shown(person) == ("mql", 1, 1)


@pytest.mark.parametrize("order", list(permutations(["lead", "mql", "sal", "sql"], 4))[::5])
def test_the_history_is_the_same_however_the_moves_arrive(order):
    person = a_person()
    days = {"lead": 0, "mql": 2, "sal": 3, "sql": 9}

    for stage in order:
        move(person, stage, day=days[stage])

    assert history(person) == [
        ("", "lead", 0),
        ("lead", "mql", 2),
        ("mql", "sal", 3),
        ("sal", "sql", 9),
    ]
    assert shown(person) == ("sql", 9, 0)


def test_moving_somebody_who_is_gone_does_nothing():
    assert not actions.move_person(person_id=999, to_stage="mql", at=AT, cause="a test")


def test_an_import_keeps_the_owner_of_then(rep, colleague):
    person = a_person(owner=rep)

    move(person, "mql", owner_id=colleague.pk)

    assert StageChange.objects.get().owner == colleague
