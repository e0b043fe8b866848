"""The list of all that was done: what it says, to whom, and from where each change came."""

import csv
import io

import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.core.whence import Way, came_by
from baton.records.people.actions import assign_owner, edit_person, trash_people
from baton.records.people.tests.factories import AT, a_company, a_person
from baton.records.timeline.actions import add_note, edit_note

pytestmark = pytest.mark.django_db
URL = "/audit/"


def page_of(client, **asked):
    return client.get(URL, asked).content.decode()


def edited(person, *, by, title="Head of plants"):
    edit_person(person=person, values={"job_title": title}, version=None, by=by, at=AT)
    return Change.objects.latest("pk")


def test_line_says_who_changed_what_and_leads_to_the_record(signed_in, admin, rep):
    person = a_person(full_name="Ann Lund", owner=rep)
    with came_by(Way.WEB, ip="203.0.113.7"):
        edited(person, by=rep)

    text = page_of(signed_in(admin))

    assert "Job title: – → Head of plants" in text
    assert f'href="{person.get_absolute_url()}"' in text
    assert reverse("people:person-changes", args=[person.key]) in text
    assert "203.0.113.7" in text
    assert "Screen" in text


def test_owner_is_called_by_name_and_a_note_leads_to_its_record(signed_in, admin, rep, colleague):
    person = a_person(full_name="Ann Lund", owner=rep)
    assign_owner(person=person, owner=colleague, by=rep, at=AT)
    note = add_note(body="Before May", person=person, by=rep, at=AT)
    edit_note(note=note, body="Before June", version=note.version, by=rep, at=AT)

    text = page_of(signed_in(admin))

    assert "Owner: Teo → Nora" in text
    assert "Body: Before May → Before June" in text
    assert f'<a class="link" href="{person.get_absolute_url()}">Before June</a>' in text


def test_only_who_may_opens_it(signed_in, rep, colleague):
    assert signed_in(rep).get(URL).status_code == 403


def test_history_of_a_record_leads_to_its_part_of_the_list(signed_in, admin, rep):
    person, other = a_person(owner=rep), a_person(owner=rep)
    edited(person, by=rep), edited(other, by=rep, title="Clerk")
    history = reverse("people:person-changes", args=[person.key])

    led = f"{URL}?of=person:{person.key}"
    assert led in signed_in(admin).get(history).content.decode()
    assert led not in signed_in(rep).get(history).content.decode()
    text = signed_in(admin).get(led).content.decode()
    assert "Head of plants" in text
    assert "Clerk" not in text
    assert "Head of plants" not in page_of(signed_in(admin), of="person:nonsense")


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ('"by","is",%(rep)s', 2),
        ('"verb","is","deleted"', 1),
        ('"object_type","is","company"', 1),
        ('"way","is","key"', 1),
        ('"way_name","contains","zap"', 1),
        ('"ip","is","203.0.113.7"', 1),
        ('"at","after","2026-03-01"', 4),
        ('"at","after","2026-03-02"', 0),
    ],
)
def test_it_is_narrowed_by(condition, found, signed_in, admin, rep):
    person = a_person(owner=rep, by=admin)
    with came_by(Way.KEY, name="Zapier", ip="203.0.113.7"):
        edited(person, by=rep)
    trash_people(people_ids=[person.pk], by=rep, at=AT)
    a_company(by=admin)
    asked = condition % {"rep": rep.pk}

    page = signed_in(admin).get(URL, {"filter": f"[1,[{asked}]]"})

    assert page.context["list"].total == found


def test_page_asks_as_much_for_many_lines(signed_in, admin, rep, django_assert_num_queries):
    client = signed_in(admin)
    edited(a_person(owner=rep), by=rep)
    page_of(client)
    with django_assert_num_queries(QUERIES):
        page_of(client)
    for n in range(12):
        edited(a_person(owner=rep), by=rep, title=f"{n}")

    with django_assert_num_queries(QUERIES):
        page_of(client)


QUERIES = 10


def test_it_is_taken_out_as_a_file(signed_in, admin, rep):
    with came_by(Way.IMPORT, name="HubSpot"):
        edited(a_person(full_name="Ann Lund", owner=rep), by=rep)

    answer = signed_in(admin).post(
        f"{reverse('exchange:new-export')}?list=audit", {"columns": "shown"}
    )
    content = b"".join(answer.streaming_content).decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(content)))
    line = rows[0]
    assert (line["Record"], line["Who"]) == ("Ann Lund", "Teo")
    assert line["By which way"] == "Import: HubSpot"
    assert line["Fields"] == "Job title:  → Head of plants"


def test_screen_key_and_job_are_told_apart(signed_in, api_client, rep, admin, run_background):
    person = a_person(owner=rep)
    signed_in(rep).post(
        reverse("people:delete", args=[person.key]), headers={"user-agent": "Firefox"}
    )
    screen = Change.objects.latest("pk")
    other = a_person(owner=rep)
    api_client(rep).patch(
        f"/api/v1/people/{other.key}/",
        {"job_title": "Clerk", "version": other.version},
        content_type="application/json",
    )
    program = Change.objects.latest("pk")

    assert (screen.way, screen.ip, screen.verb) == ("web", "127.0.0.1", "deleted")
    assert (program.way, program.way_name) == ("key", "tests")
    assert program.ip == "127.0.0.1"


def test_nothing_is_known_of_what_nobody_opened_a_way_for(rep):
    change = edited(a_person(owner=rep), by=rep)

    assert (change.way, change.way_name, change.ip) == (None, None, None)


def test_amounts_are_written_out(signed_in, admin, rep):
    change = edited(a_person(owner=rep), by=rep)
    Change.objects.filter(pk=change.pk).update(after={"amount": "1.44E+4"})

    assert "Amount: – → 14400" in page_of(signed_in(admin))
