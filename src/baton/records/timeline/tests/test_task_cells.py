from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from baton.core.changes.models import Change
from baton.records.timeline import actions
from baton.records.timeline.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def task(rep):
    due = timezone.localtime().replace(hour=9, minute=30, second=0, microsecond=0)
    return actions.add_task(title="Send the plan", owner=rep, by=rep, at=timezone.now(), due_at=due)


def cell(task, name):
    return reverse("timeline:task-cell", args=[task.key, name]) + "?cell=1"


def test_day_of_a_task_moves_in_the_list_and_its_hour_stays(signed_in, rep, task):
    was = timezone.localtime(task.due_at).date()
    typed = was + timedelta(days=3)

    saved = signed_in(rep).post(cell(task, "due_at"), {"value": typed, "was": was}, headers=HTMX)

    assert saved.status_code == 200
    due = timezone.localtime(Task.objects.get().due_at)
    assert (due.date(), due.hour, due.minute) == (typed, 9, 30)


def test_impossible_day_is_refused_with_what_was_typed(signed_in, rep, task):
    was = timezone.localtime(task.due_at).date()

    refused = signed_in(rep).post(
        cell(task, "due_at"), {"value": "9999-01-01", "was": was}, headers=HTMX
    )

    assert (refused.status_code, "9999-01-01" in refused.content.decode()) == (422, True)


def test_outsider_reaches_no_cell(signed_in, outsider, task):
    assert signed_in(outsider).get(cell(task, "owner"), headers=HTMX).status_code == 404


def test_ticked_tasks_change_hands_are_done_and_come_back(signed_in, rep, colleague, task):
    client = signed_in(rep)

    client.post("/bulk/tasks/owner/", {"row": [task.key], "value-owner": colleague.key})
    given = Task.objects.get().owner
    client.post("/bulk/tasks/done/", {"row": [task.key]})
    done = Task.objects.get().done_at
    batch = Change.objects.filter(after__has_key="done_at").get().batch
    client.post(reverse("changes:undo", args=[batch]))

    assert given == colleague
    assert done
    assert Task.objects.get().done_at is None
