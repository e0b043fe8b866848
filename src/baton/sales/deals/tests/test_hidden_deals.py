"""What is written about a deal is read by those who see the deal, whoever else sees the person."""

from typing import Any

import pytest
from django.urls import reverse

from baton.records.people.tests.factories import a_person
from baton.records.timeline.actions import add_note, add_task, log_activity
from baton.records.timeline.models import Activity, Note, Task
from baton.records.timeline.permissions import EDIT_TIMELINE
from baton.sales.deals.tests.factories import AT, a_deal

pytestmark = pytest.mark.django_db
READ = ("notes", "activities", "tasks")


@pytest.fixture
def told(company, rep, colleague, outsider):
    """The person and what was written are the team's; the deal is another team's."""
    person = a_person(owner=rep)
    deal = a_deal(owner=outsider, by=outsider, person=person)
    about: dict[str, Any] = {"person": person, "deal_id": deal.pk, "at": AT}
    add_note(body="Their budget is 40,000", by=colleague, **about)
    log_activity(kind="call", outcome="conversation", by=colleague, body="Told us all", **about)
    add_task(title="Send the secret offer", owner=colleague, **about, by=colleague)
    return deal


def items(client, kind):
    return client.get(f"/api/v1/timeline/{kind}").json()["items"]


@pytest.mark.parametrize("kind", READ)
def test_who_does_not_see_the_deal_reads_nothing_about_it(told, api_client, rep, kind):
    assert items(api_client(rep), kind) == []


@pytest.mark.parametrize("kind", READ)
def test_who_wrote_it_and_who_sees_all_read_it(told, api_client, admin, colleague, kind):
    assert len(items(api_client(colleague), kind)) == 1
    assert len(items(api_client(admin), kind)) == 1


def test_screens_to_edit_it_are_not_there_either(told, rep, signed_in):
    browser = signed_in(rep)
    note, activity, task = Note.objects.get(), Activity.objects.get(), Task.objects.get()

    assert not Note.objects.visible_to(rep, EDIT_TIMELINE).exists()
    for name, record in (("note", note), ("activity", activity), ("task", task)):
        assert browser.get(reverse(f"timeline:edit-{name}", args=[record.key])).status_code == 404


def test_what_is_about_the_person_alone_is_read_as_before(told, api_client, rep, colleague):
    add_note(body="Likes tea", person=told.person, by=colleague, at=AT)

    assert [note["body"] for note in items(api_client(rep), "notes")] == ["Likes tea"]
