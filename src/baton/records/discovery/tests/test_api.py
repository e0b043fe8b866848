from uuid import uuid4

import pytest

from baton.core.fields.actions import edit_field
from baton.core.fields.tests.factories import a_field
from baton.records.audience.tests.factories import a_persona
from baton.records.discovery.models import Discovery, Guide
from baton.records.discovery.rules import Question
from baton.records.discovery.tests.factories import AT, METERS, TITLE, a_guide, answers
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
URL = "/api/v1/discovery/"


def test_guide_is_made_read_edited_deleted_and_restored(api_client, admin):
    persona, client = a_persona(), api_client(admin)
    sent = {
        "name": "First call",
        "questions": [{"text": "How many meters?", "fills": "person.job_title"}],
        "personas": [str(persona.key)],
    }

    made = client.post(URL, sent, content_type="application/json").json()
    page = f"{URL}{made['key']}/"
    edited = client.patch(
        page, {"version": made["version"], "name": "Second call"}, content_type="application/json"
    ).json()
    lost = client.patch(page, {"version": 1, "name": "Third"}, content_type="application/json")
    client.delete(page)
    gone = client.get(URL).json()["items"]
    client.post(f"{page}restore/")

    assert made["questions"] == [
        {"code": "q1", "text": "How many meters?", "hint": "", "fills": "person.job_title"}
    ]
    assert (edited["name"], edited["personas"]) == ("Second call", [str(persona.key)])
    assert (lost.status_code, gone) == (409, [])
    assert client.get(page).json()["name"] == "Second call"


def test_unknown_persona_or_field_is_told(api_client, admin):
    client = api_client(admin)
    asked = [{"text": "What?", "fills": "person.nothing"}]
    nobody = {"name": "A", "questions": asked, "personas": [str(uuid4())]}

    statuses = [
        client.post(URL, body, content_type="application/json").status_code
        for body in (nobody, {"name": "A", "questions": asked})
    ]

    assert statuses == [422, 409]
    assert not Guide.objects.exists()


def test_answers_fill_fields_and_are_read_edited_and_deleted(api_client, rep):
    guide, person, client = a_guide(METERS, TITLE), a_person(owner=rep), api_client(rep)
    page = f"{URL}people/{person.key}/answers/"
    said = {"q1": "Eleven", "q2": "Plant manager"}

    made = client.post(
        page, {"guide": str(guide.key), "answers": said}, content_type="application/json"
    ).json()
    one = f"{URL}answers/{made['key']}/"
    client.patch(one, {"version": 1, "answers": {"q1": "Twelve"}}, content_type="application/json")
    read = client.get(page).json()
    client.delete(one)

    assert Person.objects.get().job_title == "Plant manager"
    assert [one["answer"] for one in made["answers"]] == ["Eleven", "Plant manager"]
    assert [one["answer"] for one in read[0]["answers"]] == ["Twelve", "Plant manager"]
    assert client.get(page).json() == []


def test_answer_of_a_field_that_the_role_does_not_see_keeps_its_words(
    api_client, company, admin, marketer
):
    field = a_field("Budget", kind="text")
    budget = Question(code="q3", text="Which budget?", fills="person.custom.budget")
    guide, person = a_guide(METERS, budget), a_person(owner=admin)
    page = f"{URL}people/{person.key}/answers/"
    said = {"guide": str(guide.key), "answers": {"q1": "Eleven", "q3": "9000"}}
    made = api_client(admin).post(page, said, content_type="application/json").json()
    edit_field(field=field, values={"hidden_for": [marketer.role]}, by=admin, at=AT)

    edited = api_client(marketer).patch(
        f"{URL}answers/{made['key']}/",
        {"version": 1, "answers": {"q1": "Twelve", "q3": "none"}},
        content_type="application/json",
    )

    assert [one["code"] for one in edited.json()["answers"]] == ["q1"]
    assert [one["answer"] for one in Discovery.objects.get().answers] == ["Twelve", "9000"]


def test_outsider_reads_and_writes_nothing(api_client, outsider, rep):
    person = a_person(owner=rep)
    found, client = answers(person, by=rep), api_client(outsider)
    sent = {"guide": str(Guide.objects.get().key), "answers": {"q1": "x"}}

    statuses = [
        client.get(f"{URL}people/{person.key}/answers/").status_code,
        client.post(
            f"{URL}people/{person.key}/answers/", sent, content_type="application/json"
        ).status_code,
        client.delete(f"{URL}answers/{found.key}/").status_code,
    ]

    assert statuses == [404, 404, 404]
    assert Discovery.objects.count() == 1


def test_bad_answers_are_told_with_their_question(api_client, rep):
    guide, client = a_guide(METERS), api_client(rep)
    page = f"{URL}people/{a_person(owner=rep).key}/answers/"

    nothing = client.post(
        page, {"guide": str(guide.key), "answers": {}}, content_type="application/json"
    )

    assert nothing.status_code == 409
