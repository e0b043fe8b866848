from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from baton.records.people.tests.factories import a_person
from baton.records.timeline.models import Task
from baton.records.timeline.tests.factories import AT, a_task, an_activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


def home(browser):
    return browser.get("/").content.decode()


def a_mail_from(name, *, owner, at=AT):
    person = a_person(full_name=name, owner=owner)
    an_activity(person=person, by=owner, kind="mail", outcome="received", direction="theirs", at=at)


def test_home_shows_what_is_due_until_tonight_and_takes_it_off(signed_in, rep):
    late = a_task(owner=rep, title="Late one", due_at=AT - DAY)
    a_task(owner=rep, title="Tonight's", due_at=AT + timedelta(hours=10))
    a_task(owner=rep, title="Tomorrow's", due_at=AT + DAY)
    browser = signed_in(rep)

    page = home(browser)
    done = browser.post(
        reverse("timeline:finish-task", args=[late.key]), headers={"referer": "http://testserver/"}
    )

    assert [name in page for name in ("Late one", "Tonight&#x27;s", "Tomorrow&#x27;s")] == [
        True,
        True,
        False,
    ]
    assert done["location"] == "/"
    assert Task.objects.open().count() == 2


def test_home_tells_what_ones_own_people_did_since_yesterday(
    signed_in, rep, colleague, run_background
):
    a_mail_from("Lena Fischer", owner=rep)
    a_mail_from("Paul Weber", owner=rep, at=AT - timedelta(days=3))
    a_mail_from("Of Nora", owner=colleague)
    mine = a_person(full_name="Called by Teo", owner=rep)
    an_activity(person=mine, by=rep)
    run_background()

    page = home(signed_in(rep))

    names = ("Lena Fischer", "Paul Weber", "Of Nora", "Called by Teo")
    assert [name for name in names if name in page] == ["Lena Fischer"]
    assert "Got a mail" in page


def test_home_costs_the_same_however_much_happened(
    signed_in, rep, run_background, django_assert_max_num_queries
):
    browser = signed_in(rep)
    a_task(owner=rep, due_at=AT - DAY)
    a_mail_from("Lena Fischer", owner=rep)
    run_background()
    with django_assert_max_num_queries(60) as few:
        home(browser)
    for number in range(4):
        a_task(owner=rep, due_at=AT - DAY)
        a_mail_from(f"Lena {number}", owner=rep)
    run_background()

    with django_assert_max_num_queries(len(few)):
        page = home(browser)

    assert "Lena 3" in page


def test_home_without_tasks_leads_on(signed_in, rep):
    page = home(signed_in(rep))

    assert "Nothing is due until tonight." in page
    assert "None of your people did anything since yesterday." in page
