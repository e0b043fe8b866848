import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from baton.core.changes.models import Change
from baton.records.people.tests.factories import a_person
from baton.records.timeline import actions
from baton.records.timeline.models import Task
from baton.records.timeline.tests.factories import a_task

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TASKS = reverse("timeline:tasks")
HOUR = timedelta(hours=1)


def url(name, task):
    return reverse(f"timeline:{name}-task", args=[task.key])


def groups(answer):
    return {
        str(group.heading): [shown.task.title for shown in group.tasks]
        for group in answer.context["groups"]
    }


def test_my_open_tasks_stand_by_when_they_are_due(rep, colleague, signed_in):
    now = timezone.now()
    noon = timezone.localtime().replace(hour=23, minute=58, second=0, microsecond=0)
    a_task(owner=rep, title="No date")
    a_task(owner=rep, title="Next week", due_at=now + timedelta(days=7))
    a_task(owner=rep, title="Today", due_at=noon + timedelta(minutes=1))
    a_task(owner=rep, title="Late", due_at=now - HOUR)
    a_task(owner=colleague, title="Not mine", due_at=now)
    done = a_task(owner=rep, title="Done")
    actions.finish_task(task=done, by=rep, at=now)

    answer = signed_in(rep).get(TASKS)

    assert groups(answer) == {
        "Late": ["Late"],
        "Today": ["Today"],
        "Later": ["Next week"],
        "No date": ["No date"],
    }
    assert list(groups(answer)) == ["Late", "Today", "Later", "No date"]


def test_an_empty_list_offers_a_first_task(rep, signed_in):
    page = signed_in(rep).get(TASKS).content.decode()

    assert "Nothing is waiting for you." in page
    assert reverse("timeline:new-task") in page


def test_what_was_done_lately_has_a_tab(rep, signed_in):
    task = a_task(owner=rep, title="Send the offer")
    actions.finish_task(task=task, by=rep, at=timezone.now())

    page = signed_in(rep).get(TASKS, {"done": ""}).content.decode()

    assert "Send the offer" in page
    assert url("reopen", task) in page


def test_the_sidebar_counts_what_is_due_and_warns_of_what_is_late(rep, signed_in):
    now = timezone.now()
    a_task(owner=rep, due_at=now - HOUR)
    a_task(owner=rep, due_at=now + timedelta(days=3))
    client = signed_in(rep)

    page = client.get(TASKS)

    [section] = [
        section
        for section in page.context["shell"].sections
        for place in section.places
        if place.url == TASKS
    ]
    [place] = [place for place in section.places if place.url == TASKS]
    assert (place.count.number, place.count.hue) == (1, "red")


def test_a_ticked_task_is_done_and_can_be_taken_back(rep, signed_in):
    task = a_task(owner=rep)
    client = signed_in(rep)

    answer = client.post(url("finish", task), headers=HTMX)
    task.refresh_from_db()
    done_at = task.done_at
    undo = reverse("timeline:undo", args=[Change.objects.get(verb="edited").batch])
    client.post(undo)

    task.refresh_from_db()
    assert answer.status_code == 200
    assert undo in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert (done_at is not None, task.done_at) == (True, None)


def test_a_tick_without_script_leads_back(rep, signed_in):
    task = a_task(owner=rep)

    answer = signed_in(rep).post(url("finish", task))

    assert (answer.status_code, answer["Location"]) == (302, TASKS)


def test_a_tick_on_a_persons_page_answers_with_their_panel(rep, signed_in):
    person = a_person(owner=rep)
    task = a_task(owner=rep, person=person, title="Send the offer")
    sent = {"about": f"person:{person.key}"}

    answer = signed_in(rep).post(url("finish", task), sent, headers=HTMX)

    assert 'id="timeline-panel"' in answer.content.decode()
    assert "Done: Send the offer" in answer.content.decode()


@pytest.mark.parametrize("about", ["person:x", "king:7", f"person:{'0' * 32}"])
def test_a_tick_about_nobody_is_not_found(about, rep, signed_in):
    task = a_task(owner=rep)

    answer = signed_in(rep).post(url("finish", task), {"about": about}, headers=HTMX)

    assert answer.status_code == 404


def test_a_task_is_opened_again(rep, signed_in):
    task = a_task(owner=rep)
    actions.finish_task(task=task, by=rep, at=timezone.now())

    signed_in(rep).post(url("reopen", task))

    assert Task.objects.open().get() == task


def test_a_new_task_has_a_day_and_an_hour(rep, signed_in):
    day = timezone.localdate() + timedelta(days=2)
    sent = {"title": "Ring", "due_on": day.isoformat(), "due_time": "15:30", "owner": rep.key}

    answer = signed_in(rep).post(reverse("timeline:new-task"), sent)

    task = Task.objects.get()
    due = timezone.localtime(task.due_at)
    assert answer["Location"] == TASKS
    assert (task.title, task.owner, due.date(), f"{due:%H:%M}") == ("Ring", rep, day, "15:30")


@pytest.mark.parametrize("sent", [{}, {"title": "Ring"}, {"title": "x" * 251, "owner": "me"}])
def test_a_new_task_without_sense_comes_back(sent, rep, signed_in):
    answer = signed_in(rep).post(reverse("timeline:new-task"), sent)

    assert answer.status_code == 422
    assert not Task.objects.exists()


def test_an_edited_task_keeps_its_hour(rep, colleague, signed_in):
    due_at = timezone.localtime().replace(hour=15, minute=30, second=0, microsecond=0)
    task = a_task(owner=rep, due_at=due_at)
    client = signed_in(rep)

    form = client.get(url("edit", task)).context["form"]
    sent = {name: value for name, value in form.initial.items() if value is not None}
    client.post(url("edit", task), {**sent, "title": "Ring twice", "owner": colleague.key})

    task.refresh_from_db()
    assert (task.title, task.owner, task.due_at) == ("Ring twice", colleague, due_at)


def test_a_deleted_task_comes_back_by_undo(rep, signed_in):
    task = a_task(owner=rep)
    client = signed_in(rep)

    client.post(url("delete", task))
    left = Task.objects.open().count()
    client.post(reverse("timeline:undo", args=[Change.objects.get(verb="deleted").batch]))

    assert (left, Task.objects.open().count()) == (0, 1)


@pytest.mark.parametrize("name", ["edit", "finish", "reopen", "delete"])
def test_a_colleague_may_and_an_outsider_finds_nothing(name, rep, colleague, outsider, signed_in):
    task = a_task(owner=rep)

    statuses = [signed_in(user).post(url(name, task)).status_code for user in (outsider, colleague)]

    assert statuses == [404, 422 if name == "edit" else 302]


@pytest.mark.parametrize("count", [1, 15])
def test_the_list_costs_the_same_however_long(count, rep, signed_in, django_assert_num_queries):
    for number in range(count):
        a_task(owner=rep, person=a_person(owner=rep), title=f"Task {number}")
    client = signed_in(rep)

    with django_assert_num_queries(3):
        client.get(TASKS, headers=HTMX)


def test_new_task_takes_the_focus(signed_in, rep):
    page = signed_in(rep).get(reverse("timeline:new-task")).content.decode()

    assert re.search(r'<form class="form" method="post" data-begin[^>]*>', page)
