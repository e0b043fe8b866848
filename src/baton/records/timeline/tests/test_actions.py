from datetime import timedelta

import pytest

from baton.core.changes.actions import LostRace, undo
from baton.core.changes.models import Change
from baton.core.errors import RuleViolation
from baton.core.facts.models import FactRecord
from baton.records.people.tests.factories import a_company, a_person
from baton.records.timeline import actions
from baton.records.timeline.models import Activity, Note, Task
from baton.records.timeline.tests.factories import AT, a_note, a_task, an_activity

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def the_fact(name):
    return FactRecord.objects.get(name=name)


def the_batch(verb):
    return Change.objects.filter(verb=verb).latest("pk").batch


def test_a_note_tells_about_the_person_and_their_company(rep):
    company = a_company()
    person = a_person(company=company)

    note = actions.add_note(person=person, body="  Budget in May \n", by=rep, at=AT)

    fact = the_fact("note.added")
    assert note.body == "Budget in May"
    assert (fact.person_id, fact.company_id, fact.actor_id) == (person.pk, company.pk, rep.pk)
    assert (fact.touch, fact.payload, fact.happened_at) == ("none", {"note_id": note.pk}, AT)


@pytest.mark.parametrize("body", ["", "  \n ", "x" * 20_001])
def test_a_note_without_words_or_with_too_many_is_refused(body, rep):
    person = a_person()

    with pytest.raises(RuleViolation):
        actions.add_note(person=person, body=body, by=rep, at=AT)

    assert not Note.objects.exists()
    assert not FactRecord.objects.filter(name="note.added").exists()


def test_a_note_about_nothing_is_refused(rep):
    with pytest.raises(actions.AboutNothing):
        actions.add_note(body="Who?", by=rep, at=AT)


def test_an_edited_note_can_be_taken_back(rep):
    note = a_note(by=rep, body="Wants a call")

    actions.edit_note(note=note, body="Wants a visit", version=1, by=rep, at=LATER)
    undo(batch=the_batch("edited"), by=rep, at=LATER)

    note.refresh_from_db()
    assert (note.body, note.version) == ("Wants a call", 3)


def test_an_edit_of_an_old_version_loses_the_race(rep):
    note = a_note(by=rep)
    actions.edit_note(note=note, body="Mine", version=1, by=rep, at=LATER)

    with pytest.raises(LostRace):
        actions.edit_note(note=note, body="Yours", version=1, by=rep, at=LATER)

    note.refresh_from_db()
    assert note.body == "Mine"


def test_a_note_goes_to_the_trash_and_comes_back(rep):
    note = a_note(by=rep)

    batch = actions.trash_notes(note_ids=[note.pk], by=rep, at=LATER)
    note.refresh_from_db()
    gone_since = note.deleted_at
    undo(batch=batch, by=rep, at=LATER)

    note.refresh_from_db()
    assert (gone_since, note.deleted_at) == (LATER, None)


@pytest.mark.parametrize(
    ("kind", "outcome", "direction", "touch", "kept_direction"),
    [
        ("call", "unanswered", "ours", "attempt", "ours"),
        ("call", "voicemail", "ours", "attempt", "ours"),
        ("call", "conversation", "theirs", "first_response", "theirs"),
        ("meeting", "held", "ours", "first_response", "ours"),
        ("mail", "sent", "ours", "first_response", "ours"),
        ("mail", "received", "ours", "theirs", "theirs"),
    ],
)
def test_a_logged_activity_carries_its_touch(kind, outcome, direction, touch, kept_direction, rep):
    activity = an_activity(by=rep, kind=kind, outcome=outcome, direction=direction, minutes=12)

    fact = the_fact("activity.logged")
    assert (fact.touch, fact.side, fact.person_id) == (touch, "sales", activity.person_id)
    assert fact.payload == {
        "activity_id": activity.pk,
        "kind": kind,
        "outcome": outcome,
        "minutes": 12,
    }
    assert activity.direction == kept_direction


@pytest.mark.parametrize(
    "over",
    [
        {"kind": "call", "outcome": "held"},
        {"kind": "fax", "outcome": "sent"},
        {"direction": "up"},
        {"minutes": 1441},
        {"minutes": -1},
        {"subject": "x" * 251},
        {"body": "x" * 20_001},
        {"person": None},
    ],
)
def test_an_impossible_activity_is_refused(over, rep):
    person = a_person()

    with pytest.raises(RuleViolation):
        an_activity(by=rep, **{"person": person, **over})

    assert not Activity.objects.exists()


def test_an_imported_activity_is_logged_once(rep):
    person = a_person()
    first = an_activity(by=rep, person=person, external_id="crm:7")

    again = an_activity(by=rep, person=person, external_id="crm:7")

    assert again.pk == first.pk
    assert FactRecord.objects.filter(name="activity.logged").count() == 1


def test_activities_without_an_external_id_stand_beside_each_other(rep):
    person = a_person()

    an_activity(by=rep, person=person)
    an_activity(by=rep, person=person)

    assert Activity.objects.count() == 2


def test_an_edited_activity_keeps_what_came_of_it(rep):
    activity = an_activity(by=rep, minutes=5)

    actions.edit_activity(
        activity=activity,
        values={"body": " Needs 80 sensors ", "minutes": 15},
        version=1,
        by=rep,
        at=LATER,
    )

    activity.refresh_from_db()
    assert (activity.body, activity.minutes, activity.outcome) == (
        "Needs 80 sensors",
        15,
        "conversation",
    )


def test_a_task_is_done_once(rep):
    task = a_task(owner=rep)

    first = actions.finish_task(task=task, by=rep, at=LATER)
    second = actions.finish_task(task=task, by=rep, at=LATER + timedelta(hours=1))

    task.refresh_from_db()
    assert (task.done_at, second) == (LATER, None)
    assert first is not None
    assert FactRecord.objects.filter(name="task.done").count() == 1


def test_a_done_task_can_be_taken_back(rep):
    task = a_task(owner=rep)
    batch = actions.finish_task(task=task, by=rep, at=LATER)
    assert batch

    undo(batch=batch, by=rep, at=LATER)

    task.refresh_from_db()
    assert task.done_at is None


def test_a_reopened_task_can_be_taken_back(rep):
    task = a_task(owner=rep)
    actions.finish_task(task=task, by=rep, at=AT)
    batch = actions.reopen_task(task=task, by=rep, at=LATER)
    assert batch

    undo(batch=batch, by=rep, at=LATER)

    task.refresh_from_db()
    assert task.done_at == AT


def test_a_task_is_reopened_once(rep):
    task = a_task(owner=rep)

    assert actions.reopen_task(task=task, by=rep, at=LATER) is None


def test_an_edited_task_can_be_taken_back(rep, colleague):
    task = a_task(owner=rep, due_at=AT)

    actions.edit_task(
        task=task,
        values={"title": "Send two offers", "owner": colleague, "due_at": LATER},
        version=1,
        by=rep,
        at=AT,
    )
    undo(batch=the_batch("edited"), by=rep, at=LATER)

    task.refresh_from_db()
    assert (task.title, task.owner, task.due_at) == ("Send the offer", rep, AT)


def test_a_new_task_can_be_taken_back(rep):
    task = a_task(owner=rep)

    undo(batch=the_batch("created"), by=rep, at=LATER)

    assert not Task.objects.open().filter(pk=task.pk).exists()


def test_a_task_tells_about_the_company_of_its_person(rep):
    company = a_company()
    person = a_person(company=company)

    actions.finish_task(task=a_task(owner=rep, person=person, deal_id=9), by=rep, at=LATER)

    for name in ("task.added", "task.done"):
        fact = the_fact(name)
        assert (fact.person_id, fact.company_id, fact.deal_id) == (person.pk, company.pk, 9)


def test_a_deleted_task_waits_for_nobody(rep):
    task = a_task(owner=rep)

    batch = actions.trash_tasks(task_ids=[task.pk], by=rep, at=LATER)
    waiting = Task.objects.open().count()
    undo(batch=batch, by=rep, at=LATER)

    assert (waiting, Task.objects.open().count()) == (0, 1)
