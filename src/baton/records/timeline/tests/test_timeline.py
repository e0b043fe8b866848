from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import transaction
from django.utils import timezone

from baton.core.access.slots import Guarded, guarded
from baton.core.facts import Fact, Side, Touch, publish, retract
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.records.people.models import Company, Identity
from baton.records.people.tests.factories import a_company, a_person
from baton.records.timeline import actions
from baton.records.timeline.queries import timeline_of
from baton.records.timeline.tests.factories import AT, a_note, a_task, an_activity

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class KiteFlown(Fact):
    """A kind that offers no entry."""

    name: ClassVar[str] = "kite.flown"
    side: ClassVar[Side] = Side.MARKETING


def happens(**about):
    with transaction.atomic():
        return publish(KiteFlown(**{"happened_at": AT, **about}))


def told(page):
    return [entry.title for entry in page.entries]


def of(person, **more):
    return timeline_of(person_ids=[person.pk], **more)


def quotes(page):
    return [entry.quote for entry in page.entries if entry.name == "note.added"]


def test_what_happened_is_told_newest_first(rep):
    person = a_person()
    an_activity(by=rep, person=person, outcome="unanswered", at=AT + HOUR)
    an_activity(by=rep, person=person, minutes=22, body="Needs it in May", at=AT + 2 * HOUR)
    task = a_task(owner=rep, person=person, title="Send the offer")
    actions.finish_task(task=task, by=rep, at=AT + 3 * HOUR)

    [done, talk, missed] = of(person).entries[:3]

    assert (done.title, done.who) == ("Done: Send the offer", "Teo")
    assert (talk.title, talk.quote, talk.icon, talk.hue) == (
        "Talked on the phone, 22 min",
        "Needs it in May",
        "call",
        "green",
    )
    assert (missed.title, missed.icon, missed.touch) == (
        "Called, no answer",
        "phone-missed",
        "attempt",
    )


@pytest.mark.parametrize(
    ("over", "title"),
    [
        ({"kind": "call", "outcome": "voicemail"}, "Called, left a message"),
        ({"kind": "call", "direction": "theirs"}, "They called, and we talked"),
        ({"kind": "meeting", "outcome": "held", "minutes": 45}, "Met, 45 min"),
        ({"kind": "mail", "outcome": "sent"}, "Wrote a mail"),
        ({"kind": "mail", "outcome": "received"}, "Got a mail"),
    ],
)
def test_activities_are_told_in_words(over, title, rep):
    person = a_person()

    an_activity(by=rep, person=person, at=AT + HOUR, **over)

    assert told(of(person))[0] == title


def test_a_fact_that_nobody_offers_is_told_by_its_name():
    person = a_person()
    happens(person_id=person.pk, happened_at=AT + HOUR)

    assert told(of(person))[0] == "kite.flown"


def test_a_fact_of_a_newer_program_is_told_by_its_name():
    person = a_person()
    happens(person_id=person.pk, happened_at=AT + HOUR)
    FactRecord.objects.filter(name="kite.flown").update(name="kite.lost", payload={"to": "sea"})

    assert told(of(person))[0] == "kite.lost"


def test_retracted_facts_are_not_told():
    person, batch = a_person(), new_key()
    happens(person_id=person.pk, batch=batch)

    retract(batch=batch, at=AT)

    assert "kite.flown" not in told(of(person))


def test_deleted_notes_and_reopened_tasks_are_not_told(rep):
    person = a_person()
    note = a_note(by=rep, person=person)
    task = a_task(owner=rep, person=person)
    actions.finish_task(task=task, by=rep, at=AT)

    actions.trash_notes(note_ids=[note.pk], by=rep, at=AT)
    actions.reopen_task(task=task, by=rep, at=AT)

    names = {entry.name for entry in of(person).entries}
    assert not names & {"note.added", "task.done", "task.added"}


def test_a_task_that_was_done_twice_is_told_once(rep):
    person = a_person()
    task = a_task(owner=rep, person=person)
    actions.finish_task(task=task, by=rep, at=AT)
    actions.reopen_task(task=task, by=rep, at=AT + HOUR)
    actions.finish_task(task=task, by=rep, at=AT + 2 * HOUR)

    [done] = [entry for entry in of(person).entries if entry.name == "task.done"]

    assert done.at == AT + 2 * HOUR


def test_facts_of_merged_people_are_told_of_who_they_are_now(rep):
    person, merged = a_person(), a_person()
    a_note(by=rep, person=merged, body="Known as Jo")
    Identity.objects.create(old_id=merged.pk, person=person)

    [entry] = [entry for entry in of(person).entries if entry.name == "note.added"]

    assert (entry.quote, entry.person_id) == ("Known as Jo", person.pk)


def test_facts_of_others_are_not_told(rep):
    person = a_person()
    a_note(by=rep, person=a_person(), body="Not hers")

    assert quotes(of(person)) == []


def test_a_company_tells_what_happened_with_it_and_its_people(rep):
    company = a_company()
    person = a_person(company=company, full_name="Jonas Berg")
    a_note(by=rep, company=company, body="Moves in May")
    an_activity(by=rep, person=person, at=AT + HOUR)

    page = timeline_of(company_id=company.pk, person_ids=[person.pk])

    assert quotes(page) == ["Moves in May"]
    assert page.entries[0].who == "Teo, Jonas Berg"


def test_a_company_tells_nothing_of_people_whom_one_does_not_see(rep):
    company = a_company()
    a_note(by=rep, person=a_person(company=company), body="Of another team's person")
    a_note(by=rep, company=company, body="Moves in May")

    assert quotes(timeline_of(company_id=company.pk)) == ["Moves in May"]


def test_facts_about_deals_that_one_does_not_see_are_not_told(rep, monkeypatch):
    person, ours = a_person(), a_company()  # companies stand for deals, which lie above
    for deal_id, body in ((ours.pk, "Ours"), (ours.pk + 1, "Another's")):
        a_note(by=rep, person=person, deal_id=deal_id, body=body)
    kind = Guarded(object_type="deal", seen=lambda _user: Company.objects.all())
    monkeypatch.setattr(guarded, "_items", [kind])

    assert quotes(of(person, user=rep)) == ["Ours"]
    assert quotes(of(person)) == ["Another's", "Ours"]


def test_a_deal_tells_its_own(rep):
    a_note(by=rep, deal_id=7, body="Ours")
    a_note(by=rep, deal_id=8, body="Another's")

    assert quotes(timeline_of(deal_id=7)) == ["Ours"]


def test_a_timeline_of_nothing_is_empty(rep):
    a_note(by=rep)

    assert timeline_of().entries == []


@pytest.mark.parametrize(
    ("side", "names"),
    [
        (None, {"kite.flown", "activity.logged", "note.added"}),
        ("marketing", {"kite.flown", "note.added"}),
        ("sales", {"activity.logged", "note.added"}),
    ],
)
def test_each_side_leaves_out_what_only_the_other_did(side, names, rep):
    person = a_person()
    a_note(by=rep, person=person)
    an_activity(by=rep, person=person)
    happens(person_id=person.pk)

    found = {entry.name for entry in of(person, side=side).entries}

    assert found - {"person.created"} == names


def test_pages_tell_all_once_whatever_happens_meanwhile(rep):
    person = a_person()
    for number in range(7):
        a_note(by=rep, person=person, body=f"Note {number}", at=AT + HOUR * (number // 2))

    first = of(person, limit=3)
    a_note(by=rep, person=person, body="Newer", at=AT + 9 * HOUR)
    second = of(person, limit=3, before=first.older)
    third = of(person, limit=3, before=second.older)

    assert [quotes(page) for page in (first, second, third)] == [
        ["Note 6", "Note 5", "Note 4"],
        ["Note 3", "Note 2", "Note 1"],
        ["Note 0"],
    ]
    assert third.older == ""


def test_a_page_that_is_just_full_is_the_last():
    with transaction.atomic():
        for hours in range(2):
            publish(KiteFlown(happened_at=AT + HOUR * hours, deal_id=7))

    assert timeline_of(deal_id=7, limit=2).older == ""


def test_a_run_of_the_same_becomes_one_entry():
    with transaction.atomic():
        for minutes in range(4):
            publish(KiteFlown(happened_at=AT + timedelta(minutes=minutes), deal_id=7))

    [run] = timeline_of(deal_id=7).entries

    assert (run.count, run.at, run.since) == (4, AT + timedelta(minutes=3), AT)


def test_a_run_is_cut_at_midnight_where_the_reader_lives():
    with transaction.atomic():
        for hours in range(2):
            publish(KiteFlown(happened_at=AT + HOUR * hours, deal_id=7))  # 9:00 and 10:00 UTC

    with timezone.override("Pacific/Honolulu"):  # 23:00 and 0:00
        far = timeline_of(deal_id=7)

    assert [entry.count for entry in far.entries] == [1, 1]


def test_what_they_did_bears_their_name():
    person = a_person(full_name="Jonas Berg")
    happens(person_id=person.pk, happened_at=AT + HOUR, touch=Touch.THEIRS)

    assert of(person).entries[0].who == "Jonas Berg"


@pytest.mark.parametrize("before", ["x", "2026-03-02_1"])
def test_a_cursor_that_is_none_of_ours_is_refused(before):
    with pytest.raises(ValueError):  # noqa: PT011 -- each of these texts fails in another place
        timeline_of(deal_id=7, before=before)


@pytest.mark.parametrize("count", [1, 9])
def test_a_page_costs_the_same_however_much_it_tells(count, rep, django_assert_num_queries):
    person = a_person()
    for number in range(count):
        a_note(by=rep, person=person, body=f"Note {number}")
        an_activity(by=rep, person=person, body=f"Talk {number}")
        task = a_task(owner=rep, person=person, title=f"Task {number}")
        actions.finish_task(task=task, by=rep, at=AT)

    with django_assert_num_queries(7):
        of(person)
