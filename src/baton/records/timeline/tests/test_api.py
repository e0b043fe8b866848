from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from baton.core.facts.models import FactRecord
from baton.records.people.tests.factories import a_company, a_person
from baton.records.timeline.models import Activity, Note, Task
from baton.records.timeline.tests.factories import AT, a_note, a_task, an_activity

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/timeline"


def post(client, path, *, key="", **sent: Any):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"{ROOT}/{path}", sent, content_type="application/json", headers=headers)


def bodies(answer):
    return [item["body"] for item in answer.json()["items"]]


@pytest.fixture
def person(rep):
    return a_person(owner=rep, full_name="Jonas Berg")


def test_a_note_is_written(person, rep, api_client):
    answer = post(api_client(rep), "notes", person=str(person.key), body="Budget in May")

    note = Note.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "key": str(note.key),
        "person": str(person.key),
        "company": None,
        "by": "Teo",
        "body": "Budget in May",
        "at": answer.json()["at"],
    }
    assert (note.person, note.by) == (person, rep)


def test_the_same_call_twice_writes_once(person, rep, api_client):
    client = api_client(rep)
    sent = {"person": str(person.key), "body": "Budget in May"}

    first, second = (post(client, "notes", key="k", **sent) for _ in range(2))
    other = post(client, "notes", key="k", **{**sent, "body": "Another"})

    assert (first.status_code, second.status_code, other.status_code) == (201, 201, 422)
    assert first.json() == second.json()
    assert Note.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 422),
        ({"body": ""}, 422),
        ({"body": "x" * 20_001}, 422),
        ({"body": "To nobody"}, 409),
        ({"body": "To both", "person": "0" * 32, "company": "0" * 32}, 422),
        ({"body": "To a ghost", "person": "0" * 32}, 404),
        ({"body": "To a deal", "deal": "0" * 32}, 404),
        ({"body": "To a name", "person": "Jonas"}, 422),
    ],
)
def test_a_bad_note_is_refused(sent, status, rep, api_client):
    answer = post(api_client(rep), "notes", **sent)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert not Note.objects.exists()


def test_a_call_is_logged_with_its_touch(person, rep, api_client):
    sent = {"kind": "call", "outcome": "conversation", "minutes": 12, "at": AT.isoformat()}

    answer = post(api_client(rep), "activities", person=str(person.key), **sent)

    assert answer.status_code == 201
    assert (answer.json()["minutes"], answer.json()["direction"]) == (12, "ours")
    assert Activity.objects.get().at == AT
    assert FactRecord.objects.get(name="activity.logged").touch == "first_response"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"kind": "call", "outcome": "held"}, 409),
        ({"kind": "fax", "outcome": "sent"}, 422),
        ({"kind": "call", "outcome": "conversation", "minutes": -1}, 422),
        ({"kind": "call", "outcome": "conversation", "at": "2199-01-01T10:00:00Z"}, 422),
        ({"kind": "call", "outcome": "conversation", "at": "2026-01-01T10:00:00"}, 422),
        ({"kind": "call", "outcome": "conversation", "at": "0001-01-01T00:00:00+14:00"}, 422),
    ],
)
def test_a_bad_activity_is_refused(sent, status, person, rep, api_client):
    answer = post(api_client(rep), "activities", person=str(person.key), **sent)

    assert answer.status_code == status
    assert not Activity.objects.exists()


def test_a_task_is_added_and_finished(person, rep, colleague, api_client):
    client = api_client(rep)
    due_at = timezone.now() + timedelta(days=1)

    made = post(
        client,
        "tasks",
        title="Ring",
        person=str(person.key),
        owner=str(colleague.key),
        due_at=due_at.isoformat(),
    )
    done = [post(client, f"tasks/{made.json()['key']}/finish").json() for _ in range(2)]
    again = post(client, f"tasks/{made.json()['key']}/reopen").json()

    task = Task.objects.get()
    assert (task.owner, task.person, task.due_at) == (colleague, person, due_at)
    assert done[0]["done_at"] == done[1]["done_at"] is not None
    assert again["done_at"] is None
    assert FactRecord.objects.filter(name="task.done").count() == 1


def test_a_task_about_nobody_is_ones_own(rep, api_client):
    answer = post(api_client(rep), "tasks", title="Tidy up")

    assert answer.json()["owner"] == str(rep.key)


def test_a_task_for_an_outsider_or_without_a_zone_is_refused(rep, outsider, api_client):
    client = api_client(rep)

    foreign = post(client, "tasks", title="Ring", owner=str(outsider.key))
    vague = post(client, "tasks", title="Ring", due_at="2026-03-02T10:00:00")
    endless = post(client, "tasks", title="Ring", due_at="9999-12-31T23:59:00-12:00")

    assert (foreign.status_code, vague.status_code, endless.status_code) == (404, 422, 422)
    assert not Task.objects.exists()


def test_notes_and_activities_are_listed_by_whom_they_are_about(person, rep, api_client):
    company = a_company(owner=rep)
    a_note(by=rep, person=person, body="Hers")
    a_note(by=rep, company=company, body="Theirs")
    an_activity(by=rep, person=person, body="Talked")
    client = api_client(rep)

    assert bodies(client.get(f"{ROOT}/notes?person={person.key}")) == ["Hers"]
    assert bodies(client.get(f"{ROOT}/notes?company={company.key}")) == ["Theirs"]
    assert bodies(client.get(f"{ROOT}/notes")) == ["Hers", "Theirs"]
    assert bodies(client.get(f"{ROOT}/activities?person={person.key}")) == ["Talked"]


def test_a_list_goes_on_where_the_cursor_says(person, rep, api_client):
    for number in range(3):
        a_note(by=rep, person=person, body=f"Note {number}")
    client = api_client(rep)

    first = client.get(f"{ROOT}/notes?limit=2")
    second = client.get(f"{ROOT}/notes?limit=2&cursor={first.json()['next']}")

    assert (bodies(first), bodies(second)) == (["Note 0", "Note 1"], ["Note 2"])
    assert second.json()["next"] == ""


@pytest.mark.parametrize(("query", "titles"), [("", 2), ("?is_done=true", 1), ("?is_done=0", 1)])
def test_tasks_are_listed_done_and_open(query, titles, rep, api_client):
    client = api_client(rep)
    a_task(owner=rep)
    post(client, f"tasks/{a_task(owner=rep).key}/finish")

    assert len(client.get(f"{ROOT}/tasks{query}").json()["items"]) == titles


def test_the_timeline_is_read_page_by_page(person, rep, api_client):
    for number in range(3):
        a_note(by=rep, person=person, body=f"Note {number}", at=AT + timedelta(hours=number))
    client = api_client(rep)
    url = f"{ROOT}/person/{person.key}/entries"

    first = client.get(url, {"limit": 2}).json()
    second = client.get(url, {"limit": 2, "before": first["older"]}).json()

    assert [item["quote"] for item in first["items"]] == ["Note 2", "Note 1"]
    assert [item["name"] for item in second["items"]] == ["note.added", "person.created"]
    assert (first["items"][0]["who"], second["older"]) == ("Teo", "")


@pytest.mark.parametrize(
    "query",
    [
        {"side": "top"},
        {"before": "x"},
        {"before": f"2026-03-02T09:00:00+00:00_{10**20}"},
        {"before": "0001-01-01T00:00:00+14:00_1"},
    ],
)
def test_a_bad_question_to_the_timeline_is_refused(query, person, rep, api_client):
    answer = api_client(rep).get(f"{ROOT}/person/{person.key}/entries", query)

    assert answer.status_code == 422


def test_an_outsider_finds_nothing(person, rep, outsider, api_client):
    a_note(by=rep, person=person)
    an_activity(by=rep, person=person)
    task = a_task(owner=rep, person=person)
    client = api_client(outsider)

    named = [
        client.get(f"{ROOT}/notes?person={person.key}").status_code,
        client.get(f"{ROOT}/person/{person.key}/entries").status_code,
        post(client, "notes", person=str(person.key), body="x").status_code,
        post(client, f"tasks/{task.key}/finish").status_code,
    ]
    listed = [client.get(f"{ROOT}/{kind}").json()["items"] for kind in LISTS]

    assert named == [404, 404, 404, 404]
    assert listed == [[], [], []]
    assert Task.objects.get().done_at is None


LISTS = ("notes", "activities", "tasks")


def test_a_colleague_of_the_team_sees_all(person, rep, colleague, api_client):
    a_note(by=rep, person=person)
    an_activity(by=rep, person=person)
    a_task(owner=rep, person=person)
    client = api_client(colleague)

    assert [len(client.get(f"{ROOT}/{kind}").json()["items"]) for kind in LISTS] == [1, 1, 1]


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("count", [1, 9])
def test_a_list_costs_the_same_however_long(
    kind, count, person, rep, api_client, django_assert_num_queries
):
    for _ in range(count):
        a_note(by=rep, person=person)
        an_activity(by=rep, person=person)
        a_task(owner=rep, person=person)
    client = api_client(rep)
    client.get(f"{ROOT}/{kind}")  # the key writes down once a minute that it was used

    with django_assert_num_queries(3):
        client.get(f"{ROOT}/{kind}")
