from datetime import timedelta

import pytest
from django.db import transaction

from baton.core.facts import ACTS, Origin, care, delivery, models, origin, publish
from baton.core.facts.models import Cursor, FactRecord, ParkedFact
from baton.core.facts.numbering import number_facts, seat_subscribers
from baton.core.facts.subscribers import subscribers as registered
from tests.core.stories import AT, NOTE_STEPS, seen, step_through
from tests.lab import subscribers
from tests.lab.events import Echoed
from tests.lab.models import Effect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_waiting")]


def test_facts_arrive_in_order_and_once(run_background, monkeypatch):
    monkeypatch.setattr(models, "WINDOW", 60)
    Cursor.objects.update(batch=20)
    step_through(200)

    run_background()

    assert seen("batch") == seen("single") == list(range(200))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["poison", "strict"])
def test_poison_facts_are_parked_and_the_rest_go_on(run_background, kind):
    """``strict`` breaks a deferred foreign key: only the commit notices."""
    getattr(subscribers, kind).update({0, 17, 49})
    step_through(50)

    run_background()

    parked = ParkedFact.objects.order_by("fact_id").values_list("fact__payload__step", flat=True)
    assert list(parked) == [0, 17, 49]
    assert seen() == [step for step in range(50) if step not in {0, 17, 49}]
    assert seen("single") == list(range(50))


def test_parked_fact_is_taken_when_its_cause_is_mended(run_background):
    subscribers.poison.add(5)
    step_through(10)
    run_background()
    subscribers.poison.clear()

    care.retry_parked(ParkedFact.objects.get())

    assert (sorted(seen()), ParkedFact.objects.count()) == (list(range(10)), 0)


def test_parked_fact_that_was_retracted_is_forgotten(run_background):
    subscribers.poison.add(0)
    step_through(1)
    run_background()
    subscribers.poison.clear()
    FactRecord.objects.update(retracted_at=AT)

    care.retry_parked(ParkedFact.objects.get())

    assert (seen(), ParkedFact.objects.count()) == ([], 0)


def test_next_facts_are_found_by_position_however_many_have_the_name():
    """The index over names would sort all the log's facts of a name for each batch."""
    step_through(3)
    wanted = registered[NOTE_STEPS].wants()

    plan = FactRecord.objects.filter(wanted, position__gt=1).order_by("position")[:1].explain()

    assert "fact_by_name" not in plan


def test_a_failure_waits_before_the_next_attempt(run_background, monkeypatch):
    monkeypatch.setattr(delivery, "timedelta", timedelta)
    subscribers.poison.add(0)
    step_through(1)

    run_background()

    cursor = Cursor.objects.get(name=NOTE_STEPS)
    assert (cursor.attempts, ParkedFact.objects.count(), seen()) == (1, 0, [])
    assert "ValueError" in cursor.error
    # The cause is mended, and the pause is over: nothing is held against it any more.
    subscribers.poison.clear()
    Cursor.objects.filter(name=NOTE_STEPS).update(retry_at=AT)
    run_background()

    cursor.refresh_from_db()
    assert (cursor.attempts, cursor.retry_at, cursor.error, seen()) == (0, None, "", [0])


def test_chain_is_stopped_at_ten_and_shown(run_background):
    with transaction.atomic():
        publish(Echoed(happened_at=AT, subject=1))

    run_background()

    depths = list(FactRecord.objects.order_by("id").values_list("depth", flat=True))
    assert depths == list(range(11))
    assert FactRecord.objects.order_by("id")[1].caused_by == FactRecord.objects.order_by("id")[0]
    assert [p.error.rsplit(".", 1)[-1] for p in ParkedFact.objects.all()] == ["FactLoop"]


def test_slow_machine_gets_smaller_batches_but_never_fact_by_fact():
    seat_subscribers()
    Cursor.objects.update(batch=200)
    step_through(1000)
    end = number_facts()
    listener = registered["tests.lab.subscribers.note_steps"]

    sizes = []
    while delivery.deliver(listener, end=end, longest=1e-9):
        sizes.append(Cursor.objects.get(name=listener.name).batch)

    assert (sizes[0], min(sizes)) == (100, delivery.LEAST)


def test_each_alone_commits_after_each_fact():
    seat_subscribers()
    step_through(3)
    end = number_facts()
    decide = registered["tests.lab.subscribers.decide"]

    delivery.deliver(decide, end=end)

    assert (seen("alone"), Cursor.objects.get(name=decide.name).position) == ([0], 1)

    while delivery.deliver(decide, end=end):
        pass
    assert seen("alone") == [0, 1, 2]


@pytest.mark.parametrize("source", [Origin.IMPORT, Origin.DEMO, Origin.REPLAY])
def test_who_acts_on_people_hears_only_what_is_live(run_background, source):
    with origin(source):
        step_through(2)
    step_through(1, first=2)

    run_background()

    assert (seen("act"), seen("single")) == ([2], [0, 1, 2])


def test_new_subscriber_begins_with_what_is_not_yet_numbered(run_background):
    step_through(2)
    run_background()
    Cursor.objects.get(name=NOTE_STEPS).delete()
    Effect.objects.all().delete()
    step_through(2, first=2)

    seat_subscribers()
    run_background()

    assert seen() == [2, 3]


def test_seating_everybody_takes_few_statements_and_again_one(db, django_assert_num_queries):
    with django_assert_num_queries(4):  # in the test's transaction two of them are a savepoint
        seat_subscribers()
    with django_assert_num_queries(1):
        seat_subscribers()

    assert set(registered) | {Cursor.LINE} == set(Cursor.objects.values_list("name", flat=True))


def test_renamed_subscriber_goes_on_where_the_old_name_stood(run_background, monkeypatch):
    step_through(2)
    run_background()
    parked = ParkedFact.objects.create(
        subscriber="old.name", fact=FactRecord.objects.earliest("id"), error="broken"
    )
    Cursor.objects.filter(name=NOTE_STEPS).update(name="old.name")
    step_through(1, first=2)
    number_facts()
    renamed = registered[NOTE_STEPS].__class__(
        name=NOTE_STEPS,
        wanted=registered[NOTE_STEPS].wanted,
        handle=registered[NOTE_STEPS].handle,
        was="old.name",
    )
    monkeypatch.setitem(registered, NOTE_STEPS, renamed)

    seat_subscribers()
    run_background()

    parked.refresh_from_db()
    assert (seen(), parked.subscriber) == ([0, 1, 2], NOTE_STEPS)
    assert not Cursor.objects.filter(name="old.name").exists()


def test_acts_takes_live_facts_alone():
    assert frozenset({Origin.LIVE}) == ACTS
