from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from baton.core.access.actions import create_user
from baton.core.facts.models import FactRecord
from baton.records.people.tests.factories import a_person
from baton.records.timeline import actions
from baton.records.timeline.models import Activity
from baton.records.timeline.tests.factories import AT, a_task, an_activity

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="an in-memory database has one connection"
    ),
]
TWO = 2


def twice_at_once(act):
    start = Barrier(TWO)

    def run(_number):
        try:
            start.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(TWO) as pool:
        return list(pool.map(run, range(TWO)))


def test_a_task_ticked_by_two_is_done_once():
    rep = create_user(name="Teo", role="rep")
    task = a_task(owner=rep)

    batches = twice_at_once(lambda: actions.finish_task(task=task, by=rep, at=AT))

    assert sum(batch is not None for batch in batches) == 1
    assert FactRecord.objects.filter(name="task.done").count() == 1


def test_an_activity_imported_by_two_is_logged_once():
    person = a_person()

    rows = twice_at_once(lambda: an_activity(person=person, external_id="crm:7"))

    assert Activity.objects.count() == 1
    assert {row.pk for row in rows} == {Activity.objects.get().pk}
    assert FactRecord.objects.filter(name="activity.logged").count() == 1
