from datetime import timedelta
from itertools import permutations

import pytest

from baton.core.facts import Origin, origin, retract
from baton.core.facts.care import replay
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.qualification.lifecycle import actions
from baton.qualification.lifecycle.actions import NewMove
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SUBSCRIBER = "baton.qualification.lifecycle.subscribers.make_leads"


def move(person, to_stage, *, day=0, **more):
    return actions.move_person(
        person_id=person.pk, to_stage=to_stage, at=AT + day * DAY, cause="a test", **more
    )


def history(person):
    rows = StageChange.objects.filter(person=person).order_by("place")
    return [(row.from_stage, row.to_stage, (row.at - AT).days) for row in rows]


def shown(person):
    person.refresh_from_db()
    days = [at and (at - AT).days for at in (person.stage_at, person.lead_at)]
    return (person.stage, *days)


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


def test_many_are_moved_at_once_and_shown_at_the_furthest():
    people = [a_person() for _ in range(3)]
    moves = [
        NewMove(person_id=person.pk, to_stage=stage, at=AT + day * DAY)
        for person in people
        for day, stage in ((4, "customer"), (0, "lead"), (2, "mql"))
    ]

    count = actions.move_people(moves=moves)

    assert count == 9
    assert {shown(person) for person in people} == {("customer", 4, 0)}
    assert history(people[0]) == [("", "lead", 0), ("lead", "mql", 2), ("mql", "customer", 4)]


def test_the_same_import_again_changes_nothing():
    person = a_person()
    moves = [NewMove(person_id=person.pk, to_stage=stage, at=AT) for stage in ("lead", "mql")]
    actions.move_people(moves=moves)
    before = list(StageChange.objects.values())

    count = actions.move_people(moves=moves)

    assert count == 0
    assert list(StageChange.objects.values()) == before
    assert FactRecord.objects.filter(name="lifecycle.changed").count() == 1


@pytest.mark.parametrize("count", [2, 20])
def test_many_cost_what_a_few_cost(count, django_assert_num_queries):
    people = [a_person() for _ in range(count)]
    moves = [
        NewMove(person_id=person.pk, to_stage=stage, at=AT)
        for person in people
        for stage in ("lead", "mql")
    ]

    with django_assert_num_queries(9):
        actions.move_people(moves=moves)


def test_an_undone_import_takes_its_moves_along(run_background):
    person, batch = a_person(), new_key()
    run_background()
    with origin(Origin.IMPORT, batch=batch):
        move(person, "customer", day=1)

    retract(batch=batch, at=AT + 2 * DAY)
    run_background()

    assert history(person) == [("", "lead", 0)]
    assert shown(person) == ("lead", 0, 0)


def test_imported_people_become_leads_of_the_import(run_background):
    batch = new_key()
    with origin(Origin.IMPORT, batch=batch):
        people = [a_person(at=AT - 900 * DAY) for _ in range(3)]

    run_background()

    assert set(StageChange.objects.values_list("batch", flat=True)) == {batch}
    assert {shown(person)[2] for person in people} == {-900}


def test_moves_of_an_import_are_told_as_its_own(run_background):
    person, batch = a_person(), new_key()

    with origin(Origin.IMPORT, batch=batch):
        move(person, "mql", day=1)

    fact = FactRecord.objects.get(name="lifecycle.changed")
    assert (fact.origin, fact.batch) == ("import", batch)
    assert StageChange.objects.get().batch == batch


def test_a_subscriber_who_becomes_known_with_others_is_told_as_imported(run_background):
    batch = new_key()
    with origin(Origin.IMPORT, batch=batch):
        person, _other = a_person(), a_person()
    move(person, "subscriber", day=-1)

    run_background()

    fact = FactRecord.objects.get(name="lifecycle.changed", payload__to_stage="lead")
    assert (fact.origin, fact.batch, fact.person_id) == ("import", batch, person.pk)


def test_a_subscriber_who_becomes_known_is_told_with_the_cause(run_background):
    person = a_person()
    move(person, "subscriber", day=-1)

    run_background()

    fact = FactRecord.objects.get(name="lifecycle.changed", payload__to_stage="lead")
    assert fact.caused_by.name == "person.created"


def test_a_replay_moves_nobody_twice(run_background):
    people = [a_person() for _ in range(3)]
    run_background()
    before = list(StageChange.objects.values())

    replay(SUBSCRIBER)
    run_background()

    assert list(StageChange.objects.values()) == before
    assert Person.objects.filter(stage="lead").count() == len(people)
