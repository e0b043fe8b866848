from datetime import timedelta

import pytest
from django.db import transaction

from baton.core.changes.actions import undo
from baton.core.facts import Origin, Touch, origin, publish, retract
from baton.core.facts.care import replay
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.records.people.models import Identity
from baton.records.people.tests.factories import a_person
from baton.records.timeline import actions
from baton.records.timeline.events import NoteAdded
from baton.records.timeline.tests.factories import AT, an_activity

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def shown(person):
    person.refresh_from_db()
    return (person.latest_touch, person.latest_touch_at)


def test_a_person_shows_their_latest_touch(rep, run_background):
    person = a_person()

    an_activity(by=rep, person=person, at=AT + DAY)
    an_activity(by=rep, person=person, at=AT)
    run_background()

    assert shown(person) == ("activity.logged.call", AT + DAY)


def test_a_touch_that_arrives_late_changes_nothing(rep, run_background):
    person = a_person()
    an_activity(by=rep, person=person, at=AT + DAY)
    run_background()

    an_activity(by=rep, person=person, at=AT)
    run_background()

    assert shown(person) == ("activity.logged.call", AT + DAY)


def test_what_is_no_touch_is_not_shown(rep, run_background):
    person = a_person()

    actions.add_note(person=person, body="Careful", by=rep, at=AT)
    run_background()

    assert shown(person) == ("", None)


def test_imported_touches_are_shown(rep, run_background):
    person = a_person()

    with origin(Origin.IMPORT, batch=new_key()):
        an_activity(by=rep, person=person)
    run_background()

    assert shown(person) == ("activity.logged.call", AT)


def test_a_replay_shows_the_same(rep, run_background):
    person = a_person()
    an_activity(by=rep, person=person)
    run_background()
    actions.refresh_latest_touch(person_ids=[person.pk])

    replay("baton.records.timeline.subscribers.show_latest_touch")
    run_background()

    assert shown(person) == ("activity.logged.call", AT)


def test_touches_of_a_merged_person_count_for_who_they_are_now(rep, run_background):
    person, merged = a_person(), a_person()
    an_activity(by=rep, person=merged)
    Identity.objects.create(old_id=merged.pk, person=person)

    run_background()

    assert shown(person) == ("activity.logged.call", AT)
    assert shown(merged) == ("", None)


def test_a_deleted_call_is_nobodys_latest_touch(rep, run_background):
    person = a_person()
    an_activity(by=rep, person=person, at=AT)
    mistaken = an_activity(by=rep, person=person, at=AT + DAY)
    run_background()

    gone = actions.trash_activities(activity_ids=[mistaken.pk], by=rep, at=AT + DAY)
    without = shown(person)
    undo(batch=gone, by=rep, at=AT + DAY)

    assert (without, shown(person)) == (
        ("activity.logged.call", AT),
        ("activity.logged.call", AT + DAY),
    )


def test_the_only_call_deleted_leaves_no_touch(rep, run_background):
    person = a_person()
    mistaken = an_activity(by=rep, person=person)
    run_background()

    actions.trash_activities(activity_ids=[mistaken.pk], by=rep, at=AT)

    assert shown(person) == ("", None)


def test_an_undone_import_takes_its_touches_along(rep, run_background):
    person, batch = a_person(), new_key()
    an_activity(by=rep, person=person)
    with origin(Origin.IMPORT, batch=batch):
        an_activity(by=rep, person=person, at=AT + DAY)
    run_background()

    retract(batch=batch, at=AT + DAY)
    run_background()

    assert shown(person) == ("activity.logged.call", AT)


def test_a_touch_of_somebody_who_is_gone_stops_nobody(rep, run_background):
    person = a_person()
    with transaction.atomic():
        publish(NoteAdded(happened_at=AT, person_id=999_999, note_id=1, touch=Touch.OURS))
    an_activity(by=rep, person=person)

    run_background()

    assert shown(person) == ("activity.logged.call", AT)


@pytest.mark.parametrize("count", [1, 40])
def test_many_touches_cost_what_one_costs(count, rep, django_assert_num_queries):
    for person in [a_person() for _ in range(count)]:
        an_activity(by=rep, person=person)
    facts = [row.as_fact() for row in FactRecord.objects.filter(name="activity.logged")]

    with django_assert_num_queries(6):
        actions.show_latest_touch(facts=facts)
