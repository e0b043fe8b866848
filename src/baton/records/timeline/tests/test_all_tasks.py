"""The list of all tasks: of those whose work one sees."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baton.records.people.tests.factories import a_person
from baton.records.timeline import actions
from baton.records.timeline.models import Task
from baton.records.timeline.tests.factories import a_task

pytestmark = pytest.mark.django_db
TASKS = reverse("timeline:all-tasks")
HOUR = timedelta(hours=1)
HTMX = {"HX-Request": "true"}


def titles(answer):
    return [row.object.title for row in answer.context["list"].rows]


@pytest.fixture
def tasks(rep, colleague, outsider):
    now = timezone.now()
    a_task(owner=rep, title="No date")
    a_task(owner=rep, title="Late", due_at=now - HOUR)
    a_task(owner=colleague, title="Größe klären", due_at=now + HOUR, person=a_person(owner=rep))
    a_task(owner=outsider, title="Of another team", due_at=now)
    done = a_task(owner=rep, title="Done")
    actions.finish_task(task=done, by=rep, at=now)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Late", "Größe klären", "No date"]),
        ({"sort": "-due_at"}, ["Größe klären", "Late", "No date"]),
        ({"view": "late"}, ["Late"]),
        ({"view": "done"}, ["Done"]),
        ({"q": "KLÄREN GRÖ"}, ["Größe klären"]),
        ({"filter": '[1,["is_late","is",true]]'}, ["Late"]),
        ({"filter": '[1,["due_at","is_empty"]]'}, ["No date"]),
        ({"filter": '[1,["is_done","is",true]]', "view": "done"}, ["Done"]),
        ({"filter": '[1,["title","contains","größe"]]'}, ["Größe klären"]),
    ],
)
def test_tasks_of_the_team_stand_by_when_they_are_due(asked, found, tasks, rep, signed_in):
    assert titles(signed_in(rep).get(TASKS, asked)) == found


def test_tasks_stand_in_groups_by_owner(tasks, rep, colleague, signed_in):
    answer = signed_in(rep).get(TASKS, {"group": "owner"})

    groups = [group for row in answer.context["list"].rows for group in row.groups]
    expected = sorted([(colleague.name, 1), (rep.name, 2)])
    assert [(group.words, group.count) for group in groups] == expected


def test_card_of_a_task_is_given_to_a_colleague(tasks, rep, colleague, outsider, signed_in):
    browser, asked = signed_in(rep), {"as": "board", "by": "owner"}
    board = browser.get(TASKS, asked).context["list"].board.board
    [mine] = [one for one in board.columns if one.name == rep.name]
    card = next(one for one in mine.cards if one.title == "Late")

    refused = browser.post(card.move_url, {"stage": str(outsider.pk)}, headers=HTMX)
    given = browser.post(card.move_url, {"stage": str(colleague.pk)}, headers=HTMX)

    assert (refused.status_code, given.status_code) == (409, 200)
    assert Task.objects.get(title="Late").owner == colleague
    assert "Nobody" not in [one.name for one in board.columns]


def test_task_opens_in_the_dialog_for_those_who_may_edit_it(tasks, rep, admin, signed_in):
    page = signed_in(rep).get(TASKS).content.decode()

    assert page.count('hx-target="#dialog">Late</a>') == 1


def test_list_of_tasks_costs_the_same_however_long(rep, signed_in):
    client = signed_in(rep)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(TASKS).status_code == 200
        return len(queries)

    a_task(owner=rep, person=a_person(owner=rep))
    cost()
    few = cost()
    for number in range(12):
        a_task(owner=rep, title=f"Task {number}", person=a_person(owner=rep))

    assert cost() == few
