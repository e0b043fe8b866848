from datetime import timedelta

import pytest

from baton.core.notices import actions as notices
from baton.core.notices.models import Notice
from baton.records.people.actions import assign_owner
from baton.records.people.tests.factories import a_company, a_person
from baton.records.timeline import notices as timeline
from baton.records.timeline.actions import finish_task
from baton.records.timeline.notices import DUE, due_news
from baton.records.timeline.tests.factories import AT, a_task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HOUR = timedelta(hours=1)


def told():
    return list(Notice.objects.order_by("pk").values_list("user__name", "kind", "what"))


def test_task_that_a_colleague_gave_is_told(rep, colleague, run_background):
    a_task(owner=rep, title="Call Lena", by=colleague)
    a_task(owner=rep, title="My own")
    run_background()

    assert told() == [("Teo", "task.given", "Call Lena")]


def test_task_is_told_with_whom_it_is_about_unless_it_says_so(rep):
    lena = a_person(full_name="Lena Fischer", owner=rep)
    halden = a_company(name="Halden Foods", owner=rep)
    a_task(owner=rep, title="Send the offer", person=lena, due_at=AT)
    a_task(owner=rep, title="Ring Lena Fischer back", person=lena, due_at=AT)
    a_task(owner=rep, title="Ask who signs", company=halden, due_at=AT)

    notices.tell(DUE, due_news(at=AT))

    assert [what for _, _, what in told()] == [
        "Send the offer, Lena Fischer",
        "Ring Lena Fischer back",
        "Ask who signs, Halden Foods",
    ]


def test_task_is_told_once_when_it_falls_due(rep):
    a_task(owner=rep, title="Call Lena", due_at=AT + HOUR)
    done = a_task(owner=rep, title="Done", due_at=AT + HOUR)
    finish_task(task=done, by=rep, at=AT)
    a_task(owner=rep, title="Long ago", due_at=AT - timedelta(days=30))

    for at in (AT, AT + HOUR, AT + 2 * HOUR):
        notices.tell(DUE, due_news(at=at))

    assert told() == [("Teo", "task.due", "Call Lena")]


def test_tasks_beyond_the_first_bite_are_told_in_the_next_minute(rep, monkeypatch):
    monkeypatch.setattr(timeline, "MOST", 2)
    for number in range(5):
        a_task(owner=rep, title=f"Call {number}", due_at=AT)

    assert [notices.tell(DUE, due_news(at=AT)) for _minute in range(4)] == [2, 2, 1, 0]


def test_nothing_is_asked_about_tasks_that_were_told(rep, django_assert_num_queries):
    a_task(owner=rep, title="Call", person=a_person(owner=rep), due_at=AT)
    notices.tell(DUE, due_news(at=AT))

    with django_assert_num_queries(2):  # what is due, and what of it was told
        assert list(due_news(at=AT + HOUR)) == []


def test_due_task_names_whom_it_is_about_as_far_as_its_owner_sees_them(rep, outsider):
    mine = a_person(full_name="Lena Fischer", owner=rep)
    theirs = a_person(full_name="Paul Weber", owner=outsider)
    for title, person in (("Call", mine), ("Write to Lena Fischer", mine), ("Ask", theirs)):
        a_task(owner=rep, title=title, person=person, due_at=AT)

    notices.tell(DUE, due_news(at=AT))

    said = {what for _name, _kind, what in told()}
    assert said == {"Call, Lena Fischer", "Write to Lena Fischer", "Ask"}


def test_person_that_becomes_mine_is_told_unless_i_took_them(rep, colleague, run_background):
    given, taken = a_person(full_name="Lena Fischer"), a_person(full_name="Paul Weber")
    assign_owner(person=given, owner=rep, by=colleague, at=AT)
    assign_owner(person=taken, owner=rep, by=rep, at=AT)
    run_background()

    assert told() == [("Teo", "person.given", "Lena Fischer")]
